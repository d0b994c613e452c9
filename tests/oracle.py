"""A second opinion on the chain, written from the design's words alone: does this list of acts make a legal chain?

An act is (kind, step, officer, content, item, named): nothing of Sopan's own types or code is used.
"""

from __future__ import annotations

from typing import NamedTuple


class Deed(NamedTuple):
    kind: str  # kerja, terima, langkah, terbit, kembali, batal, selaras
    step: int | None
    officer: str
    content: str
    item: str
    named: str | None
    reason: bool = True


class Rules(NamedTuple):
    """Steps in order as (number, role, changes content); who holds what; which roles are for different persons."""

    steps: tuple[tuple[int, str, bool], ...]
    holds: dict[str, frozenset[str]]
    apart: tuple[frozenset[str], ...]


def legal(rules: Rules, item: str, deeds: list[Deed]) -> bool:  # noqa: C901 - one walk, read beside the design
    due, content, last_maker, begun, open_, whole, started = 0, "", None, False, False, False, set()
    been: set[tuple[str, str]] = set()
    for deed in deeds:
        if whole:
            return False
        number, role, free = rules.steps[due]
        holder = role in rules.holds.get(deed.officer, frozenset())
        if deed.item != item or (deed.named is not None and deed.named != deed.content):
            return False
        may_edit = deed.kind == "selaras" or (deed.kind in {"kerja", "langkah"} and free)
        if deed.content != content and not may_edit:
            return False
        recall = deed.kind == "kembali" and last_maker == (deed.step, deed.officer)
        acts_as = next(r for n, r, _ in rules.steps if n == deed.step) if recall else role
        if deed.kind not in {"batal", "selaras"} and _clash(rules, been, deed.officer, acts_as):
            return False
        last = due == len(rules.steps) - 1
        earlier = [n for n, _, _ in rules.steps[:due]]
        fine = {
            "kerja": holder and free,
            "terima": holder and deed.step == number and deed.officer not in started,
            "langkah": holder and deed.step == number and not last,
            "terbit": holder and deed.step == number and last,
            "kembali": deed.reason and deed.step in earlier and (holder or recall),
            "batal": deed.reason
            and begun
            and open_
            and (holder or rules.steps[0][1] in rules.holds.get(deed.officer, ())),
            "selaras": begun and holder,
        }[deed.kind]
        if not fine:
            return False
        if deed.kind not in {"batal", "selaras"}:
            been.add((deed.officer, acts_as))
        content, begun, open_, whole = deed.content, True, deed.kind != "batal", deed.kind == "terbit"
        if deed.kind == "terima":
            started.add(deed.officer)
        elif deed.kind == "langkah":
            due, last_maker, started = due + 1, (deed.step, deed.officer), set()
        elif deed.kind in {"kembali", "batal", "selaras"}:
            numbers = [n for n, _, _ in rules.steps]
            due, last_maker, started = numbers.index(deed.step) if deed.kind == "kembali" else 0, None, set()
    return True


def _clash(rules: Rules, been: set[tuple[str, str]], officer: str, role: str) -> bool:
    others = {other for person, other in been if person == officer and other != role}
    return any({role, other} <= group for other in others for group in rules.apart)
