"""Personal data in a text: what must never be published, and what an officer must confirm. Pure detection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sopan import legible, number_forms, personal_numbers, personal_words
from sopan.office import Office
from sopan.personal_kinds import Allowed, Kind, Span

__all__ = ["Allowed", "Degree", "Hit", "Kind", "allowed", "hits", "masked"]

_CONFIRMED = frozenset({Kind.NIP, Kind.LANDLINE})  # of an official, in a formal document
# Without an address or four digits there is nothing to find; a sheet has many thousand cells like that.
_TRACE = re.compile(r"@|[0-9](?:[^0-9]*[0-9]){3}|[\[({< ](?:at?|et)[\])}> ]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W0-9_]")
_BETWEEN_PHONES = re.compile(r"[,;/]|\b(?:dan|atau)\b")
_SHOWN_OF_A_NAME = re.compile(r"[^/]*@|[0-9]")


class Degree(Enum):
    """What follows from a hit: never published, or published when an officer confirms it."""

    REFUSED = "tolak"
    CONFIRM = "konfirmasi"


@dataclass(frozen=True)
class Hit:
    """Personal data of one kind at a line of the text (from 1); `masked` may be shown to anybody."""

    kind: Kind
    degree: Degree
    line: int
    masked: str


def allowed(office: Office) -> Allowed:
    """What kantor.yml names as the office's own contacts."""
    parts = _BETWEEN_PHONES.split(office.contact.phone)
    phones = {number_forms.national("".join(filter(str.isdecimal, part))) for part in parts}
    return Allowed(frozenset(phones - {""}), frozenset({office.contact.email.casefold()} - {""}))


def hits(text: str, *, allowed: Allowed) -> list[Hit]:
    """Every piece of personal data in `text`, in the order in which it stands there, none reported twice."""
    seen = legible.read(text)
    if not _TRACE.search(seen.text):
        return []
    by_words = personal_words.spans(seen.text, allowed) if _LETTER.search(seen.text) else ()
    found = [*by_words, *personal_numbers.spans(seen.text, allowed)]
    spans = sorted(_apart(found, len(seen.text)), key=lambda span: span.start)
    return [Hit(span.kind, _degree(span.kind), seen.line(span.start), span.masked) for span in spans]


def masked(path: str) -> str:
    """A path to show: in those of its names that hold what is refused, every digit and address is masked."""
    return "/".join(_SHOWN_OF_A_NAME.sub("*", name) if _is_refused(name) else name for name in path.split("/"))


def _is_refused(name: str) -> bool:
    return any(hit.degree is Degree.REFUSED for hit in hits(name, allowed=Allowed()))


def _degree(kind: Kind) -> Degree:
    return Degree.CONFIRM if kind in _CONFIRMED else Degree.REFUSED


def _apart(spans: Iterable[Span], length: int) -> Iterable[Span]:
    """Those spans that no earlier one overlaps."""
    taken = bytearray(length)
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            yield span
