"""Text as an eye reads it: what hides digits or letters from a search is undone, and each place keeps its line.

Compatibility forms become plain ones, digits of any script ASCII digits; marks that cannot be seen and Markdown's
emphasis go; runs of blanks become one blank, line ends with the blank lines after them one line end.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_HIDDEN = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters by category, and drawn as nothing
_BLANKS = frozenset("\t\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\u2800")
_DOTS = frozenset("\u00b7\u2022\u2219\u22c5\u2027\u30fb\u3002")
_DASHES = frozenset("\u2212\u2043\u02d7\u00af\u2500\u2501")
_RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089"
_AT_A_NOTE = re.compile(rf"(?<=[0-9])(?=[{_RAISED}])|(?<=[{_RAISED}])(?=[0-9])")
_EMPHASIS = re.compile(r"[`~\\]+|\*+")
_EMPHASIS_LENGTH = 3
# Letters that stand for digits in a long number, as whoever reads it takes them.
_MISWRITTEN = re.compile(r"(?<![0-9A-Za-z])(?=[OoIl]*[0-9])[0-9OoIl]{10,}(?![0-9A-Za-z])")
_AS_DIGITS = str.maketrans("OoIl", "0011")
_MASKING = "\N{MULTIPLICATION SIGN}"
# Digests, keys of objects and UUIDs: their digits are nobody's number.
_DIGEST = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,128})(?![0-9A-Za-z])")


@dataclass(frozen=True)
class Legible:
    """`text` as it is read; `starts` are the places in it at which its lines begin, `numbers` these lines' numbers."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def line(self, place: int) -> int:
        """The line of the original text, from 1, from which the character at `place` comes."""
        return self.numbers[bisect_right(self.starts, place) - 1]


def read(text: str) -> Legible:
    """Read a text; lines without anything legible are left out."""
    lines = [(number, cleaned) for number, line in enumerate(text.split("\n"), 1) if (cleaned := _line(line))]
    starts, place = [], 0
    for _, line in lines:
        starts.append(place)
        place += len(line) + 1
    return Legible("\n".join(line for _, line in lines), tuple(starts), tuple(number for number, _ in lines))


def _line(line: str) -> str:
    if not line.isascii():
        # A raised digit is a note beside a number as often as it is a part of one: it stands as a digit of its own.
        line = "".join(map(_plain, _AT_A_NOTE.sub(" ", line)))
    elif not line.isprintable():
        line = "".join(map(_plain, line))
    unmarked = _EMPHASIS.sub(_unmarked, _DIGEST.sub(_blotted, line))
    return " ".join(_MISWRITTEN.sub(lambda match: match.group().translate(_AS_DIGITS), unmarked).split())


def _unmarked(match: re.Match[str]) -> str:
    """Emphasis goes; a longer row of stars, or one before an @, stands for what somebody has masked."""
    marks = match.group()
    masks = marks[0] == "*" and (len(marks) > _EMPHASIS_LENGTH or match.string.startswith("@", match.end()))
    return _MASKING if masks else ""


def _blotted(match: re.Match[str]) -> str:
    return match.group() if match.group().isdecimal() else _MASKING


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _BLANKS or unicodedata.category(character) == "Zs":
        return " "
    if character in _FILLERS or unicodedata.category(character) in _HIDDEN:
        return ""
    if character in _DASHES or unicodedata.category(character) == "Pd":
        return "-"
    if character in _DOTS:
        return "."
    digit = unicodedata.digit(character, None)
    return str(digit) if digit is not None else _compatible(character)


def _compatible(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    if plain == character:
        return character
    return "".join(map(_plain, plain)).replace("\u2044", "/")
