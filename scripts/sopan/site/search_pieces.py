"""Cuts a bundle's index into small pieces, since a search loads one for each word, and Pagefind makes them large.

The bundle's own file is an array whose second member holds the pages, each an array that begins with the name of the
page's file, and whose third holds of each piece the first word, the last and the name. Names are digests as Pagefind
gives them, which no compression makes shorter; here they are numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version

import cbor2

from sopan.site.search_index import FRAGMENT, PIECE, Word, array_of, packed

OWN = "isi.pf_meta"
SMALL = 4_500  # bytes before they are compressed
_NEITHER_FILTERS_NOR_ORDERS_NOR_PROPERTIES: tuple[list[str], ...] = ([], [], [])


def files(words: Iterable[Word], pages: Sequence[tuple[bytes, int]]) -> Mapping[str, bytes]:
    """The files of a bundle by their names: of its words, in their order, and of its pages with their lengths."""
    pieces = list(_pieces(words))
    numbered = [(str(number), length) for number, (_, length) in enumerate(pages)]
    small = [(piece[0].text, piece[-1].text, str(number)) for number, piece in enumerate(pieces)]
    own = (version("pagefind_bin"), numbered, small, *_NEITHER_FILTERS_NOR_ORDERS_NOR_PROPERTIES)
    return {
        OWN: packed(cbor2.dumps(own)),
        **{f"{number}{PIECE}": packed(_written(piece)) for number, piece in enumerate(pieces)},
        **{f"{number}{FRAGMENT}": fragment for number, (fragment, _) in enumerate(pages)},
    }


def _pieces(words: Iterable[Word]) -> Iterator[Sequence[Word]]:
    """The words in pieces that are small, but for a word that is large by itself."""
    piece: list[Word] = []
    size = 0
    for word in words:
        length = len(word.told)
        if piece and size + length > SMALL:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += length
    if piece:
        yield piece


def _written(piece: Sequence[Word]) -> bytes:
    """The CBOR of a piece."""
    return array_of(1) + array_of(len(piece)) + b"".join(word.told for word in piece)
