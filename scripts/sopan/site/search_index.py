"""Pagefind's index of words, read: its files are gzip over a mark and CBOR, and what they say stays the bytes it was.

An index file is an array of one array of words. A word is an array of three: its text, the pages that hold it, and an
array that stays empty, since no word has marks above its letters. A page is an array of three too: its number, told as
the distance from the page before, the places where the word stands, and those in the page's properties. All numbers
and all heads of arrays tell by their first byte what they are and how long, so one pattern reads a word: a decoder in
the place of it takes twice as long, and an encoder for what it read three times.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import cbor2

from sopan.errors import SopanError

MARK = b"pagefind_dcd"
PIECE, FRAGMENT = ".pf_index", ".pf_fragment"
_OWN = ".pf_meta"

_ARRAY, _ARRAY_OF_THREE, _EMPTY = 0x80, b"\x83", b"\x80"  # the first is what makes a number's CBOR an array's head
_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_HEAD = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_TEXT_HEAD = rb"(?:[\x60-\x77]|\x78.|\x79..)"
_UTF_8 = rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})*"
_PLACES = _HEAD + _NUMBER + rb"*" + _HEAD + _NUMBER + rb"*"
_PAGES = rb"(?:" + _ARRAY_OF_THREE + _NUMBER + _PLACES + rb")*"
_PAGE = re.compile(_ARRAY_OF_THREE + rb"(" + _NUMBER + rb")(" + _PLACES + rb")", re.DOTALL)
_WORD = re.compile(_ARRAY_OF_THREE + _TEXT_HEAD + rb"(" + _UTF_8 + rb")" + _HEAD + _PAGES + _EMPTY, re.DOTALL)
_BEFORE_WORDS = re.compile(rb"\x81" + _HEAD, re.DOTALL)
_UNKNOWN = (
    "Indeks pencarian tidak dapat dibuat: Pagefind menulisnya dalam bentuk yang tidak dikenal. "
    "Laporkan kepada pengelola."
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and the CBOR of all that Pagefind says of it."""

    text: str
    told: bytes


@dataclass(frozen=True)
class Index:
    """An index in the order of its pages: the fragment of each and how many words it has; and all words, sorted."""

    pages: Sequence[tuple[bytes, int]]
    words: Sequence[Word]


def read(made: Mapping[str, bytes]) -> Index:
    """The index in the files that Pagefind made, by their paths; of pages without any word it makes none."""
    own = next((content for path, content in made.items() if path.endswith(_OWN)), None)
    if own is None:
        return Index((), ())
    _, pages, large, *_ = cbor2.loads(unpacked(own))
    words = (word for _, _, name in large for word in _words(unpacked(made[f"index/{name}{PIECE}"])))
    return Index([(made[f"fragment/{name}{FRAGMENT}"], length) for name, length in pages], list(words))


def by_page(words: Iterable[Word], pages: int) -> list[dict[str, bytes]]:
    """What an index of so many pages says of each: the CBOR of the places where each of its words stands."""
    told: list[dict[str, bytes]] = [{} for _ in range(pages)]
    for word in words:
        page = 0
        for further, places in _PAGE.findall(word.told):
            page += _number(further)
            told[page][word.text] = places
    return told


def joined(pages: Sequence[Mapping[str, bytes]]) -> list[Word]:
    """The words of an index of these pages, as Pagefind tells them that reads all pages itself."""
    begins = [_ARRAY_OF_THREE + cbor2.dumps(further) for further in range(len(pages))]
    told: dict[str, list[bytes]] = {}
    latest: dict[str, int] = {}
    for number, page in enumerate(pages):
        for text, places in page.items():
            told.setdefault(text, []).append(begins[number - latest.get(text, 0)] + places)
            latest[text] = number
    return [Word(text, _word(text, told[text])) for text in sorted(told)]


def array_of(count: int) -> bytes:
    """The head of the CBOR of an array of so many."""
    first, *more = cbor2.dumps(count)
    return bytes([first | _ARRAY, *more])


def unpacked(content: bytes) -> bytes:
    """What a file of Pagefind's holds."""
    return gzip.decompress(content).removeprefix(MARK)


def packed(content: bytes) -> bytes:
    """A file as Pagefind's program reads it; the same bytes each time."""
    return gzip.compress(MARK + content, mtime=0)


def _words(told: bytes) -> Iterator[Word]:
    """The words of an index file; SopanError where it holds anything else."""
    begins = _BEFORE_WORDS.match(told)
    read = begins.end() if begins else 0
    for found in _WORD.finditer(told, read):
        read += len(found[0])
        yield Word(found[1].decode(), found[0])
    if read != len(told):
        raise SopanError(_UNKNOWN)


def _word(text: str, pages: Sequence[bytes]) -> bytes:
    return b"".join((_ARRAY_OF_THREE, cbor2.dumps(text), array_of(len(pages)), *pages, _EMPTY))


@cache
def _number(told: bytes) -> int:
    return int(cbor2.loads(told))
