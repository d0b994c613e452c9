"""What personal data is called, and what an office has declared as its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a piece of personal data is; NIK stands for the number of a family card too, which looks the same."""

    NIK = "nik"
    NPWP = "npwp"
    MOBILE = "ponsel"
    EMAIL = "surel"
    ACCOUNT = "rekening"
    PASSPORT = "paspor"
    BIRTH = "lahir"
    NIP = "nip"
    LANDLINE = "telepon"


@dataclass(frozen=True)
class Allowed:
    """The office's own contacts: telephone numbers as digits dialled inside the country, e-mail in small letters."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Span:
    """One piece of personal data between two places of a text."""

    start: int
    end: int
    kind: Kind
    masked: str


def masked_digits(digits: str) -> str:
    """The first four digits, and of a long number the last four too."""
    tail = digits[-4:] if len(digits) >= 16 else ""  # noqa: PLR2004 - as long as a NIK
    return digits[:4] + "*" * (len(digits) - 4 - len(tail)) + tail
