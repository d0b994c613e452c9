"""The policy files of the repository and of the made-up office, and edits of their text."""

import json
import re
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SEED = TOP / "tests/data/sop-050.13-22-bappeda-2019.txt"
OTHER = TOP / "tests/data/sop-lain"


def schema(name):
    return json.loads((TOP / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))


def edited(file, *edits):
    """The bytes of `file` after replacements, each of a text that stands in it exactly once."""
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text.encode()


def sentences(findings):
    return [finding.sentence() for finding in findings]


def read(folder):
    return lambda path: (folder / path).read_bytes() if (folder / path).is_file() else None


def list_files(folder):
    return lambda name: [file.name for file in (folder / name).iterdir()] if (folder / name).is_dir() else []


RULE = re.compile(r"\[([a-z0-9-]+)\]$")
CASES = TOP / "tests/data/kasus"
NOTHING = "tidak ada"


def cases(group):
    """The cases of a group, one a file: edits (`# ganti`, `# menjadi`), then `# temuan` with every sentence expected.

    A legal twin says that it expects nothing in so many words: an empty expectation is a mistake of the case.
    """
    files = sorted((CASES / group).glob("*.txt"))
    assert files, group
    return {file.stem: file for file in files}


def parsed(case):
    """The edits and the expected sentences of a case."""
    *edits, expected = case.read_text(encoding="utf-8").removeprefix("# ganti\n").split("\n# ")
    expected = expected.removeprefix("temuan\n").splitlines()
    assert expected, case
    texts = [part.removeprefix("ganti\n").removeprefix("menjadi\n") for part in edits]
    return list(zip(texts[::2], texts[1::2], strict=True)), [] if expected == [NOTHING] else expected
