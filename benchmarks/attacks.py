"""Plays the whole open catalogue of attacks and its legal twins, and counts what was refused and what was accepted.

PYTHONPATH=scripts:tests python benchmarks/attacks.py

The table belongs into docs/pengembang/keamanan.md; a test compares it with the catalogue.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import catalogue
import offices
from cast import BANGKA
from catalogue import FAMILIES, GOLDEN
from desks import source
from office import Office
from test_cases import CASES, expectation, played


def main() -> int:
    """The table, row by row; 1 when an attack was accepted or a legal move refused."""
    print(catalogue.HEADING)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        base = offices.build(source(top / "sopan"), top / "dasar")
        for family in FAMILIES:
            refused, accepted = _family(base, top, family)
            wrong += (refused, accepted) != catalogue.counts(family)
            print(catalogue.row(family, refused, accepted), flush=True)
    return min(wrong, 1)


def _family(base: Path, top: Path, family: str) -> tuple[int, int]:
    """How many attacks of a family were refused as they should be, and how many legal moves accepted."""
    golden = [name for case in GOLDEN if case[0] == family for name in GOLDEN[case]]
    told = sorted({attack.id for attack in catalogue.ATTACKS if attack.id[0] == family})
    elsewhere = sorted({place for case, place in catalogue.ELSEWHERE.items() if case[0] == family})
    outcomes = [*(_golden(base, top, name) for name in golden), *(_told(base, top, case) for case in told)]
    passed = _passed(elsewhere)
    return sum(refused for refused, _ in outcomes) + passed, sum(accepted for _, accepted in outcomes) + passed


def _golden(base: Path, top: Path, name: str) -> tuple[int, int]:
    folder = CASES / name
    answers = [played(_office(base, top), folder / file) for file in ("kasus.yml", "kembar.yml")]
    return answers[0].said == expectation(folder).splitlines(), answers[1].said == []


def _told(base: Path, top: Path, case: str) -> tuple[int, int]:
    office, refused = _office(base, top), 0
    for attack in (one for one in catalogue.ATTACKS if one.id == case):
        office.begin("main", "butir")
        attack.play(office)
        refused += sorted(office.both(attack.ref).rules) == sorted(attack.rules)
    office.begin("main", "butir")
    catalogue.LEGAL[case[0]](office)
    return refused, office.both("butir").said == []


def _passed(places: list[str]) -> int:
    """How many of the tests that hold attack and twin in one story pass."""
    words = [sys.executable, "-m", "pytest", "-q", "-n", "0"]
    tests = Path(catalogue.__file__).parent
    ended = [
        subprocess.run([*words, str(tests / place)], cwd=tests.parent, capture_output=True, check=False)
        for place in places
    ]
    return sum(one.returncode == 0 for one in ended)


def _office(base: Path, top: Path) -> Office:
    return offices.copy(base, Path(tempfile.mkdtemp(dir=top)) / "kantor", BANGKA)


if __name__ == "__main__":
    sys.exit(main())
