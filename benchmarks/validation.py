"""What it costs to validate every item, beside `cat` and other validators, and whether verdicts are jsonschema's.

pip install -r benchmarks/peers.txt
PYTHONPATH=scripts:tests python benchmarks/validation.py [NUMBER]
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import corpus
import rows
from jsonschema import Draft202012Validator
from rows import Row

import desks
import mutations
from policy_files import TOP, schema
from sopan import item, schema_faults, schema_quick, strict_yaml
from sopan.desk import whole

NUMBER = 10_000
_MUTATIONS = 20_000
_SAMPLE = 1000
_LEVEL = {"$ref": "#/$defs/lengkap"}
_TIMES = 1.5
_CAT = ("sh", "-c", "find docs/informasi -name index.md -print0 | xargs -0 cat")
_CHECK = (sys.executable, "-m", "sopan", "periksa", "--semua")
_PEER = """\
import json, pathlib, frontmatter
from jsonschema import Draft202012Validator, FormatChecker
schema = json.load(open("schemas/informasi.schema.json"))
judge = Draft202012Validator(schema, format_checker=FormatChecker()).evolve(schema={"$ref": "#/$defs/lengkap"})
for file in pathlib.Path("docs/informasi").rglob("index.md"):
    assert judge.is_valid(frontmatter.load(file).metadata)
"""


def measure(top: Path, number: int = NUMBER) -> list[Row]:
    """The rows of validation."""
    tree = _repository(top / "periksa", number)
    around = {"PYTHONPATH": str(TOP / "scripts")}
    cold = []
    for _ in range(2):
        (tree / ".git" / whole.FILE).unlink(missing_ok=True)
        cold.append(rows.run(_CHECK, tree, around=around))
    first = rows.best(cold).seconds
    turns = [(rows.run(_CAT, tree), rows.run(_CHECK, tree, around=around)) for _ in range(12)]  # the noise is shared
    cat, warm = (rows.best(runs).seconds for runs in zip(*turns, strict=True))
    peer = rows.best([rows.run((sys.executable, "-c", _PEER), tree) for _ in range(2)]).seconds
    other = _check_jsonschema(top, tree) * number / _SAMPLE
    same, accepted = agreeing(_MUTATIONS)
    what = f"validate all {number:,} items"
    said = f"{same:,} of {_MUTATIONS:,} ({accepted:,} accepted)"
    return [
        _beside(f"{what}, cold", "python-frontmatter + jsonschema", first, peer),
        _beside(f"{what}, cold", f"check-jsonschema ({_SAMPLE:,} sampled)", first, other),
        Row(
            f"{what}, nothing changed",
            "`cat` of the same files",
            f"≤ {_TIMES} times",
            f"{warm / cat:.2f} times ({warm:.2f} s against {cat:.2f} s)",
            warm <= _TIMES * cat,
        ),
        Row("verdicts on spoilt front matter", "jsonschema", "equal", said, same == _MUTATIONS),
    ]


def agreeing(number: int) -> tuple[int, int]:
    """On how many of so many spoilt items the quick verdict is jsonschema's, and how many are accepted."""
    front, _ = item.split((TOP / "tests/data/butir_lengkap.md").read_bytes(), item.INDEX)
    document, _ = strict_yaml.load(front.front, item.INDEX) if front else (None, [])
    if document is None:
        raise ValueError(front)
    whole_schema, chance = schema("informasi"), random.Random(number)  # noqa: S311  no secret
    quick = schema_quick.compiled(whole_schema, _LEVEL)
    if quick is None:
        raise ValueError(whole_schema)
    judge = Draft202012Validator(whole_schema, format_checker=schema_faults.FORMATS).evolve(schema=_LEVEL)
    spoilt = [mutations.values(document.data, chance) for _ in range(number)]
    verdicts = [(quick(fields), judge.is_valid(fields)) for fields in spoilt]
    return sum(ours == theirs for ours, theirs in verdicts), sum(ours for ours, _ in verdicts)


def _beside(what: str, against: str, ours: float, theirs: float) -> Row:
    measured = f"{ours / theirs:.2f} times ({ours:.1f} s against {theirs:.1f} s)"
    return Row(what, against, "< 1 times", measured, ours < theirs)


def _repository(folder: Path, number: int) -> Path:
    """A repository with so many items on `main`, and its work tree."""
    desks.source(folder)
    corpus.write(folder, number)
    for words in (("add", "-A"), ("commit", "-qm", "Butir"), ("branch", "-M", "main"), ("gc", "-q")):
        subprocess.run(
            ("git", "-c", "gc.auto=0", "-c", "user.name=a", "-c", "user.email=a@b", *words), cwd=folder, check=True
        )
    return folder


def _check_jsonschema(top: Path, tree: Path) -> float:
    fronts = top / "kepala"
    fronts.mkdir()
    for number, file in enumerate(sorted((tree / "docs/informasi").glob("*/butir-*/index.md"))[:_SAMPLE]):
        parts, _ = item.split(file.read_bytes(), item.INDEX)
        if parts:
            (fronts / f"{number}.yml").write_bytes(parts.front)
    name = "informasi.schema.json"
    (fronts / name).write_bytes((TOP / "schemas" / name).read_bytes())
    (fronts / "lengkap.json").write_text(json.dumps({"$ref": f"{name}#/$defs/lengkap"}), "utf-8")
    words = (sys.executable, "-m", "check_jsonschema", "--schemafile", "lengkap.json", *fronts.glob("*.yml"))
    return rows.run(words, fronts).seconds


if __name__ == "__main__":
    chosen = int(sys.argv[1]) if sys.argv[1:] else NUMBER
    rows.alone(lambda top: measure(top, chosen))
