"""Cuts a bundle's index into small pieces, since a search loads one for each word, and Pagefind makes them large.

Pagefind's files are gzip over a mark and CBOR. The bundle's own file is an array whose second member holds the pages,
each an array that begins with the name of the page's file, and whose third holds of each piece the first word, the last
and the name. A piece is an array that holds the array of words, each an array that begins with its text. Names are
digests as Pagefind gives them, which no compression makes shorter; here they are numbers.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import cbor2

MARK = b"pagefind_dcd"
OWN, PIECE, FRAGMENT = "isi.pf_meta", ".pf_index", ".pf_fragment"
SMALL = 4_500  # bytes before they are compressed
_Word = Sequence[Any]  # its text, and where it stands, in Pagefind's way


def cut(made: Path) -> Mapping[str, bytes]:
    """The files, by their names, of the bundle that Pagefind made in the folder `made`, its pieces small."""
    (own,) = made.glob("*.pf_meta")
    version, pages, large, *rest = cbor2.loads(unpacked(own.read_bytes()))
    pieces = [piece for _, _, name in large for piece in _pieces(made / "index" / f"{name}{PIECE}")]
    fragments = [(made / "fragment" / f"{name}{FRAGMENT}").read_bytes() for name, *_ in pages]
    numbered = [(str(number), *told) for number, (_, *told) in enumerate(pages)]
    small = [(piece[0][0], piece[-1][0], str(number)) for number, piece in enumerate(pieces)]
    return {
        OWN: packed(cbor2.dumps([version, numbered, small, *rest])),
        **{f"{number}{PIECE}": packed(cbor2.dumps([piece])) for number, piece in enumerate(pieces)},
        **{f"{number}{FRAGMENT}": fragment for number, fragment in enumerate(fragments)},
    }


def unpacked(content: bytes) -> bytes:
    """What a file of Pagefind's holds."""
    return gzip.decompress(content).removeprefix(MARK)


def packed(content: bytes) -> bytes:
    """A file as Pagefind's program reads it; the same bytes each time."""
    return gzip.compress(MARK + content, mtime=0)


def _pieces(large: Path) -> Iterator[Sequence[_Word]]:
    """The words of a piece in pieces that are small, but for a word that is large by itself."""
    (words,) = cbor2.loads(unpacked(large.read_bytes()))
    piece: list[_Word] = []
    size = 0
    for word in words:
        length = len(cbor2.dumps(word))
        if piece and size + length > SMALL:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += length
    if piece:
        yield piece
