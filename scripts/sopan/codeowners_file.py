"""A CODEOWNERS file as GitHub reads it: which file counts, which lines are skipped, and who owns a path.

The rules are those of GitHub's page "About code owners": patterns as in gitignore(5) without negation, ranges and an
escaped number sign; the last line that matches counts alone, and a line that is not understood is skipped whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sopan.policy import Read
from sopan.policy_files import CODEOWNERS_FILE

PLACES = (f".github/{CODEOWNERS_FILE}", CODEOWNERS_FILE, f"docs/{CODEOWNERS_FILE}")
LARGEST = 3 * 1024 * 1024  # bytes; GitHub does not load a larger file

_WORDS = re.compile(r"(?:\\.|[^\s\\]|\\$)+")
_OWNER = re.compile(r"@[A-Za-z0-9_-]+(?:/[A-Za-z0-9._-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+")
_UNSUPPORTED = re.compile(r"^!|^\\#|[\[\]]|\*{3}")
_PIECES = re.compile(r"\\.|\*+|.", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A line that counts: what it matches, and its owners in their order; none: what it matches has no owner."""

    number: int
    pattern: re.Pattern[str]
    owners: tuple[str, ...]


def locate(read: Read) -> tuple[str, bytes] | None:
    """The file that counts, with its content: the first of GitHub's three places, of the branch that `read` reads."""
    for place in PLACES:
        content = read(place)
        if content is not None:
            return place, content
    return None


def parse(content: bytes) -> list[Line]:
    """The lines that count, in their order; none of a file that is too large."""
    if len(content) > LARGEST:
        return []
    rows = content.decode("utf-8", errors="replace").lstrip("\ufeff").split("\n")
    return [line for number, row in enumerate(rows, start=1) for line in _line(number, row)]


def owners(lines: list[Line], path: str) -> tuple[str, ...]:
    """Who owns a path from the top of the repository: the owners on the last line that matches."""
    return next((line.owners for line in reversed(lines) if line.pattern.fullmatch(path)), ())


def _line(number: int, row: str) -> Iterator[Line]:
    words = _WORDS.findall(row)
    comment = next((place for place, word in enumerate(words) if word.startswith("#")), len(words))
    if not (words := words[:comment]) or _UNSUPPORTED.search(words[0]):
        return
    pattern, *named = words
    if all(_OWNER.fullmatch(name) for name in named):
        yield Line(number, re.compile(_expression(pattern), re.DOTALL), tuple(named))


def _expression(pattern: str) -> str:
    """The regular expression for whole paths. A slash before the end ties a pattern to the top, as in gitignore(5)."""
    body = pattern.rstrip("/")
    anchored = "/" in body
    segments = body.removeprefix("/").split("/")
    text = "" if anchored else "(?:.*/)?"
    for segment in segments[:-1]:
        text += "(?:.*/)?" if segment == "**" else f"{_segment(segment)}/"
    return text + _last(segments[-1], only_below=pattern.endswith("/"), shallow=anchored)


def _last(segment: str, *, only_below: bool, shallow: bool) -> str:
    """The last segment: a name covers a folder of that name too; GitHub takes a closing `/*` for the files there."""
    if not segment:
        return r"(?!)"  # a lone slash matches nothing
    if segment == "**":
        return ".+/.+" if only_below else ".+"
    if only_below:
        return f"{_segment(segment)}/.+"
    return _segment(segment) if shallow and segment == "*" else f"{_segment(segment)}(?:/.+)?"


def _segment(segment: str) -> str:
    return "".join(map(_piece, _PIECES.findall(segment)))


def _piece(piece: str) -> str:
    if piece.startswith("*"):
        return "[^/]*"
    return "[^/]" if piece == "?" else re.escape(piece[1:] if piece.startswith("\\") and len(piece) > 1 else piece)
