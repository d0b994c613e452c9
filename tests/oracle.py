"""A second opinion on the chain, from the design's words alone: nothing of Sopan's own types or code is used."""

from typing import NamedTuple


class Deed(NamedTuple):
    """`kind` is kerja, terima, langkah, terbit, kembali, batal or selaras; `named` is what SOP-Isi claims."""

    kind: str
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


def legal(rules: Rules, item: str, deeds: list[Deed]) -> bool:
    """Whether these deeds, from the first on, are a legal chain or the beginning of one."""
    numbers = [number for number, _, _ in rules.steps]
    due, content, made, begun, cancelled, whole = 0, "", None, False, False, False
    started, been = set(), set()
    for kind, step, officer, new, about, named, reason in deeds:
        number, role, free = rules.steps[due]
        holder, opener = (r in rules.holds.get(officer, ()) for r in (role, rules.steps[0][1]))
        recall = kind == "kembali" and made == (step, officer)
        part = (officer, rules.steps[numbers.index(step)][1] if recall else role)
        decides = kind not in {"batal", "selaras"}
        clash = any(p == officer and r != part[1] and any({r, part[1]} <= g for g in rules.apart) for p, r in been)
        fine = {
            "kerja": holder and free,
            "terima": holder and step == number and officer not in started,
            "langkah": holder and step == number and step != numbers[-1],
            "terbit": holder and step == number and step == numbers[-1],
            "kembali": reason and step in numbers[:due] and (holder or recall),
            "batal": reason and begun and not cancelled and (holder or opener),
            "selaras": begun and holder,
        }[kind]
        edits = kind == "selaras" or (kind in {"kerja", "langkah"} and free)
        true = about == item and named in {None, new} and (edits or new == content)
        if whole or not fine or not true or (decides and clash):
            return False
        been |= {part} if decides else set()
        content, begun, cancelled, whole = new, True, kind == "batal", kind == "terbit"
        if kind == "terima":
            started.add(officer)
        elif kind != "kerja":
            made = (step, officer) if kind == "langkah" else None
            due = due + 1 if kind == "langkah" else numbers.index(step) if kind in {"kembali", "terbit"} else 0
            started = set()
    return True
