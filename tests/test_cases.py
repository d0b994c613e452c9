"""The gate's golden cases: a folder each below `cases/`, named after the rule that it is about.

`kasus.yml` lists verbs of `office.Office`, one move judged at both doors last, which must be refused with the lines of
`harapan.txt`, exactly; `kembar.yml` is the nearest legal variant, which must be accepted. A new case is a new folder.
"""

import re
from pathlib import Path

import pytest
import yaml

from sopan import messages

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(CASES.iterdir())
VERBS = (
    "about", "approve", "begin", "both", "cancel", "commit", "edit", "give_back", "join", "maintain", "maintenance",
    "merge", "publish",
    "recall", "renew", "sent", "start", "step", "turn_to", "upto", "wait", "work",
)  # fmt: skip
TWINS = {(folder / "kembar.yml").read_text("utf-8"): folder for folder in FOLDERS}  # many cases share one: told once
SECTIONS = (
    "Commit objects", "Signature and identity", "Evidence of another forge", "Time", "The chain", "Trees",
    "Refs and merges", "Maintenance",
)  # fmt: skip
ELSEWHERE = {
    "waktu-depan": "test_record.py",  # a report's rule: a gate knows when it received
    "putaran-selesai": "test_chain.py",  # what a merge closed is part of `main`, and no branch any more
    "tanda-tangan-dicabut": "test_maintenance.py",  # which key it is, is known only when the office is made
    "rawat-cabut": "test_maintenance.py",  # the same
    "bukti-pencatat-tiada": "test_evidence.py",  # an office that has no recorder
    "bukti-pencatat-masa": "test_evidence.py",  # which key it is, is known only when the office is made
    "cabang-dibuang": "test_server_removal.py",  # a command of the server comes before the push
}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_case_is_refused_in_these_words(folder, opened):
    expected = (folder / "harapan.txt").read_text("utf-8").splitlines()
    assert expected
    answer = played(opened(), folder / "kasus.yml")
    assert answer.said == expected
    assert answer.code == 1


@pytest.mark.parametrize("folder", TWINS.values(), ids=lambda folder: folder.name)
def test_its_legal_twin_is_accepted(folder, opened):
    answer = played(opened(), folder / "kembar.yml")
    assert answer.said == []
    assert answer.code == 0


def test_every_rule_of_the_gate_is_told_by_a_case():
    assert FOLDERS
    told = {rule for folder in FOLDERS for rule in re.findall(r"\[([a-z0-9-]+)\]$", expectation(folder), re.MULTILINE)}
    here = Path(__file__).parent
    for rule, file in ELSEWHERE.items():
        assert f"[{rule}]" in (here / file).read_text("utf-8")
    assert sorted(rules_of_the_gate() - told - set(ELSEWHERE)) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_case_is_named_after_a_rule_that_it_tells(folder):
    rules = re.findall(r"\[([a-z0-9-]+)\]$", expectation(folder), re.MULTILINE)
    assert any(folder.name == rule or folder.name.startswith(f"{rule}-") for rule in rules)


def expectation(folder):
    return (folder / "harapan.txt").read_text("utf-8")


def rules_of_the_gate():
    """The rules below the headings of the gate's sections, as messages.py lists them."""
    section, rules = "", set()
    for line in Path(messages.__file__).read_text("utf-8").splitlines():
        section = line.removeprefix("    # ") if line.startswith("    # ") else section
        if section in SECTIONS and (match := re.match(r'    "([a-z0-9-]+)":', line)):
            rules.add(match[1])
    assert len(rules) > len(SECTIONS)
    return rules


def played(office, file):
    """The answer to the last verb of a story, which is the judged move."""
    answer = None
    for line in yaml.safe_load(file.read_text("utf-8")):
        ((verb, about),) = line.items() if isinstance(line, dict) else [(line, {})]
        assert verb in VERBS, verb
        words = about if isinstance(about, dict) else {}
        given = [] if isinstance(about, dict) else [about]
        answer = getattr(office, verb)(*given, **{name: value(office, name, one) for name, one in words.items()})
    assert verb == "both"
    return answer


def value(office, name, written):
    """An argument as the verb takes it: contents by path, replacements as pairs, the rest as it stands."""
    if name in {"files", "paths"}:
        return {path: content(office, path, one) for path, one in written.items()}
    if name in {"raw", "spoil", "parents"}:
        return tuple(written)
    return repeated(written)


def content(office, path, written):
    match written:
        case {"mode": mode, "text": text}:
            return office.entry(mode, text)
        case {"edit": edits}:
            return office.edited(path, *edits)
    return repeated(written)


def repeated(written):
    match written:
        case {"repeat": [text, count]}:
            return text * count
    return written
