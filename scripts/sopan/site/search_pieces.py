"""Cuts a bundle's index into small pieces, since a search loads one for each word, and Pagefind makes them large.

Pagefind's files are gzip over a mark and CBOR. The bundle's own file is an array whose second member holds the pages,
each an array that begins with the name of the page's file, and whose third holds of each piece the first word, the last
and the name. A piece is an array that holds the array of words, each an array that begins with its text. Names are
digests as Pagefind gives them, which no compression makes shorter; here they are numbers. Words stay the bytes that
they were, for writing them again costs more than all else.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import cbor2

MARK = b"pagefind_dcd"
OWN, PIECE, FRAGMENT = "isi.pf_meta", ".pf_index", ".pf_fragment"
SMALL = 4_500  # bytes before they are compressed
_ARRAY = 0x80  # what makes the CBOR of a number the head of an array of so many


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, and the CBOR of all that Pagefind says of it."""

    text: str
    told: bytes


def cut(made: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files of a bundle by their names, of those that Pagefind made by their paths: its pieces small."""
    (own,) = (content for path, content in made.items() if path.endswith(".pf_meta"))
    version, pages, large, *rest = cbor2.loads(unpacked(own))
    pieces = [piece for _, _, name in large for piece in _pieces(made[f"index/{name}{PIECE}"])]
    fragments = [made[f"fragment/{name}{FRAGMENT}"] for name, *_ in pages]
    numbered = [(str(number), *told) for number, (_, *told) in enumerate(pages)]
    small = [(piece[0].text, piece[-1].text, str(number)) for number, piece in enumerate(pieces)]
    return {
        OWN: packed(cbor2.dumps([version, numbered, small, *rest])),
        **{f"{number}{PIECE}": packed(_written(piece)) for number, piece in enumerate(pieces)},
        **{f"{number}{FRAGMENT}": fragment for number, fragment in enumerate(fragments)},
    }


def unpacked(content: bytes) -> bytes:
    """What a file of Pagefind's holds."""
    return gzip.decompress(content).removeprefix(MARK)


def packed(content: bytes) -> bytes:
    """A file as Pagefind's program reads it; the same bytes each time."""
    return gzip.compress(MARK + content, mtime=0)


def _pieces(large: bytes) -> Iterator[Sequence[_Word]]:
    """The words of a piece in pieces that are small, but for a word that is large by itself."""
    piece: list[_Word] = []
    size = 0
    for word in _words(unpacked(large)):
        length = len(word.told)
        if piece and size + length > SMALL:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += length
    if piece:
        yield piece


def _words(told: bytes) -> Iterator[_Word]:
    """The words of a piece: what follows the heads of its two arrays, of which the outer is one byte."""
    inner = bytes([told[1] ^ _ARRAY]) + told[2:]
    source = BytesIO(inner)
    decoder = cbor2.CBORDecoder(source)
    for _ in range(decoder.decode()):
        begins = source.tell()
        text, *_ = decoder.decode()
        yield _Word(text, inner[begins : source.tell()])


def _written(piece: Sequence[_Word]) -> bytes:
    """The CBOR of a piece."""
    return _array_of(1) + _array_of(len(piece)) + b"".join(word.told for word in piece)


def _array_of(count: int) -> bytes:
    """The head of an array of so many."""
    first, *more = cbor2.dumps(count)
    return bytes([first | _ARRAY, *more])
