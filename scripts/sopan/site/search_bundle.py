"""A bundle as it is before it is written: its records as Pagefind read them, all at once or each kept from some time.

What Pagefind says of a page does not depend on other pages, but for the page's number. So it is kept by record, and a
bundle of which one record changed asks Pagefind for that one alone.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

import cbor2

from sopan.site import search_index, search_pieces
from sopan.site.search_index import Word


@dataclass(frozen=True)
class Page:
    """A record that was read: the file of what a result shows of it, and how many words were indexed.

    `roots` are these words with spaces between them; `otherwise` has the roots that a browser would not find by itself.
    A record without words has no file, for Pagefind passes it over.
    """

    shown: bytes
    length: int
    roots: str
    otherwise: Mapping[str, str]


@dataclass(frozen=True)
class Bundle:
    """Records in their order, and all words of them in theirs."""

    pages: Sequence[Page]
    words: Sequence[Word]


def files(bundle: Bundle) -> Mapping[str, bytes]:
    """The bundle's files by their names."""
    return search_pieces.files(bundle.words, [(page.shown, page.length) for page in _with_words(bundle.pages)])


def known(bundle: Bundle) -> Mapping[str, object]:
    """The roots that the bundle holds, and those that the browser, which peels, would not find: by their words."""
    roots = {root for page in bundle.pages for root in page.roots.split()}
    otherwise = {word: root for page in bundle.pages for word, root in page.otherwise.items()}
    return {"akar": " ".join(sorted(roots)), "lain": dict(sorted(otherwise.items()))}


def apart(bundle: Bundle) -> Iterator[bytes]:
    """A line for each record with all that a bundle needs of it."""
    places = iter(search_index.by_page(bundle.words, len(_with_words(bundle.pages))))
    for page in bundle.pages:
        yield b64encode(cbor2.dumps((*astuple(page), next(places) if page.shown else {})))


def joined(lines: Iterable[bytes]) -> Bundle:
    """The bundle of the records of these lines: the same as if all had been read at once."""
    told = [cbor2.loads(b64decode(line)) for line in lines]
    words = search_index.joined([places for shown, *_, places in told if shown])
    return Bundle([Page(*page) for *page, _ in told], words)


def _with_words(pages: Iterable[Page]) -> Sequence[Page]:
    return [page for page in pages if page.shown]
