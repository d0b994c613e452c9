"""What people write in a thread, read forgivingly: `/terima`, `/lanjut <note>`, `/kembalikan 3 <reason>`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum


class Verb(Enum):
    """What somebody wants."""

    START = "terima"
    STEP = "lanjut"
    RETURN = "kembalikan"
    RECALL = "tarik"
    CANCEL = "batalkan"
    RENEW = "selaraskan"
    RESTORE = "pulihkan"
    BOARD = "papan"


@dataclass(frozen=True)
class Order:
    """A command; `step` is the number that it names (None: none), `text` the note or reason."""

    verb: Verb
    step: int | None
    text: str


@dataclass(frozen=True)
class Unknown:
    """A word after a slash that is no command, and the one that it is nearest to ("" where none is near)."""

    word: str
    nearest: str


_LINE = re.compile(r"/ ?(?P<word>[^\W\d_]{3,20})(?P<rest>(?:[\s:,.\d].*)?)", re.DOTALL)
_STEP = re.compile(r"(?:ke )?(?:langkah )?(?P<number>[1-9][0-9]?)(?=$|[\s:,.])[:,.]?", re.IGNORECASE)
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " ", "\u2007": " "})
_WRAPPING = "\"'`"


def parse(body: str) -> Order | Unknown | None:
    """The command that a comment begins with; None where it is talk."""
    text = unicodedata.normalize("NFC", body).translate(_QUOTES).replace("\r\n", "\n")
    match = _LINE.fullmatch(_unwrapped(text))
    if match is None:
        return None
    word, rest = match["word"].lower(), match["rest"].strip()
    verb = next((one for one in Verb if one.value == word), None)
    if verb is None:
        return Unknown(word, next(iter(get_close_matches(word, [one.value for one in Verb], n=1)), ""))
    number = _STEP.match(rest) if verb is Verb.RETURN else None
    reason = rest[number.end() :] if number else rest
    return Order(verb, int(number["number"]) if number else None, _note(reason))


def _note(text: str) -> str:
    """The note without what stands around it."""
    lines = (line.rstrip() for line in text.strip(" \n:,").split("\n"))
    return _unwrapped("\n".join(lines))


def _unwrapped(text: str) -> str:
    text = text.strip()
    while len(text) > 1 and text[0] == text[-1] and text[0] in _WRAPPING:
        text = text[1:-1].strip()
    return text
