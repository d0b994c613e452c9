"""What an examination of an attachment gives back: what is wrong, the text found, whether pages are pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """A rule that an attachment breaks, with the values of its sentence: where, never whose."""

    rule: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """Text that a reader can get out of an attachment, and where it stands ("halaman 3", "lembar Data sel B7")."""

    place: str
    text: str


@dataclass(frozen=True)
class Examined:
    """An attachment, examined; `scanned` says that it has pages which only eyes can read."""

    faults: tuple[Fault, ...] = ()
    texts: tuple[Text, ...] = ()
    scanned: bool = False


@dataclass(frozen=True)
class Scan:
    """Found where pages are pictures: only eyes can read them."""


Evidence = Iterator[Fault | Text | Scan]


class Stopped(Exception):  # noqa: N818 - an examination that ends early, with the fault that ended it
    """Nothing more can be learnt from an attachment; the fault says why."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.fault = fault(rule, **values)


class Unreadable(ValueError):  # noqa: N818 - it is said of the file
    """The bytes are not what they claim to be."""


def beyond(what: str, limit: int) -> Stopped:
    """The end of an examination at a limit; millions as a word, because long numbers are masked in sentences."""
    million = 1_000_000
    return Stopped("lampiran-batas", hal=what, batas=f"{limit // million} juta" if limit >= million else limit)


def fault(rule: str, **values: object) -> Fault:
    """A fault with its values as text."""
    return Fault(rule, {name: str(value) for name, value in values.items()})


def gather(evidence: Evidence) -> Examined:
    """Everything found, each fault and each text once; an early end is a fault beside what was found before it."""
    faults: dict[tuple[str, ...], Fault] = {}
    texts: dict[str, Text] = {}
    scanned = False
    try:
        for found in evidence:
            match found:
                case Fault():
                    faults.setdefault((found.rule, *found.values.values()), found)
                case Text():
                    whole = found.text.encode("utf-8", "replace").decode()  # a PDF may hold half a character
                    texts.setdefault(whole, Text(found.place, whole))
                case Scan():
                    scanned = True
    except Stopped as stop:
        faults.setdefault((stop.fault.rule, *stop.fault.values.values()), stop.fault)
    return Examined(tuple(faults.values()), tuple(text for text in texts.values() if text.text.strip()), scanned)
