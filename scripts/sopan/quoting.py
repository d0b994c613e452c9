"""A value as it may be shown: without control characters, not too long, and without what could be personal data."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

SHOWN_CHARACTERS = 160
NOTE_CHARACTERS = 1000

_LONG_DIGITS = re.compile(r"\d(?:[ .\-/]?\d){7,}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"[^\s@]{1,64}@(?P<domain>[^\s@]{1,255})")


class Own(str):
    """Words of our own (a label or hint from a schema of `main`, never a person's input): printed whole."""

    __slots__ = ()


def note(text: str) -> str:
    """A person's note, whole and on one line, as safe to print as any quoted value."""
    return quote(" ".join(text.split()), NOTE_CHARACTERS)


def quote(value: object, longest: int = SHOWN_CHARACTERS) -> str:
    """`value` safe to print: no control characters, at most `longest`, long numbers and private e-mail masked."""
    if isinstance(value, Own | int | datetime):  # figures and instants of our own making are nobody's number
        return str(value)
    printable = "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    masked = _ADDRESS.sub(_mask_address, _LONG_DIGITS.sub(_mask, printable))
    return masked if len(masked) <= longest else masked[: longest - 1] + "…"


def _mask(match: re.Match[str]) -> str:
    digits = match.group()
    if _DATE.fullmatch(digits):
        return digits
    return digits[:4] + "*" * (len(digits) - 4)


def _mask_address(match: re.Match[str]) -> str:
    official = match["domain"].rstrip(".,;'\")").endswith(".go.id")
    return match.group() if official else f"{match.group()[0]}***@{match['domain']}"
