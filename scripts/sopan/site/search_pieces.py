"""Cuts a bundle's index into small pieces, since a search loads one for each word, and Pagefind makes them large.

Pagefind's files are gzip over a mark and CBOR. The bundle's own file is an array whose second member holds the pages,
each an array that begins with the name of the page's file, and whose third holds of each piece the first word, the last
and the name. A piece is an array that holds the array of words, each an array that begins with its text. What a word
holds is moved byte by byte and not understood. Names are digests as Pagefind gives them, which no compression makes
shorter; here they are numbers.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

MARK = b"pagefind_dcd"
OWN, PIECE, FRAGMENT = "isi.pf_meta", ".pf_index", ".pf_fragment"
SMALL = 4_500  # bytes before they are compressed
_TEXT, _ARRAY = 3, 4
_INLINE, _INDEFINITE = 24, 31
_SIZES = 4  # of numbers that are not inline: 1, 2, 4 and 8 bytes


def cut(made: Path) -> Mapping[str, bytes]:
    """The files, by their names, of the bundle that Pagefind made in the folder `made`, its pieces small."""
    (own,) = made.glob("*.pf_meta")
    told = unpacked(own)
    _, (pages, pages_end), (pieces, pieces_end) = islice(_members(told, 0), 3)
    groups = [group for name in _named(told, pieces, 2) for group in _groups(unpacked(_piece(made, name)))]
    fragments = [_fragment(made, name).read_bytes() for name in _named(told, pages, 0)]
    parts = (
        told[:pages],
        _array([_page(told, at, number) for number, (at, _) in enumerate(_members(told, pages))]),
        told[pages_end:pieces],
        _array([_array([_word(group[0]), _word(group[-1]), _said(number)]) for number, group in enumerate(groups)]),
        told[pieces_end:],
    )
    return {
        OWN: packed(b"".join(parts)),
        **{f"{number}{PIECE}": packed(_array([_array(group)])) for number, group in enumerate(groups)},
        **{f"{number}{FRAGMENT}": fragment for number, fragment in enumerate(fragments)},
    }


def unpacked(file: Path) -> bytes:
    """What a file of Pagefind's holds."""
    return gzip.decompress(file.read_bytes()).removeprefix(MARK)


def packed(content: bytes) -> bytes:
    """A file as Pagefind's program reads it; the same bytes each time."""
    return gzip.compress(MARK + content, mtime=0)


def _piece(made: Path, name: str) -> Path:
    return made / "index" / f"{name}{PIECE}"


def _fragment(made: Path, name: str) -> Path:
    return made / "fragment" / f"{name}{FRAGMENT}"


def _groups(piece: bytes) -> Iterator[list[bytes]]:
    """The words of a piece in groups that are small, but for a word that is large by itself."""
    ((start, _),) = _members(piece, 0)
    group: list[bytes] = []
    begun = start
    for at, end in _members(piece, start):
        if group and end - begun > SMALL:
            yield group
            group = []
        begun = begun if group else at
        group.append(piece[at:end])
    if group:
        yield group


def _named(told: bytes, at: int, place: int) -> Iterator[str]:
    """Of each array in the array at `at` the member that is a name."""
    return (_text(told, list(_members(told, entry))[place][0]) for entry, _ in _members(told, at))


def _page(told: bytes, at: int, number: int) -> bytes:
    """The entry of a page, which begins with the name of its file, with a number in the name's place."""
    _, *rest = (told[start:end] for start, end in _members(told, at))
    return _array([_said(number), *rest])


def _said(number: int) -> bytes:
    name = str(number).encode()
    return _head(_TEXT, len(name)) + name


def _word(entry: bytes) -> bytes:
    """A word's text, as it stands at the beginning of the word's entry."""
    start, end = next(_members(entry, 0))
    return entry[start:end]


def _text(data: bytes, at: int) -> str:
    _, length, start = _read(data, at)
    return data[start : start + length].decode()


def _members(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Where the members of the array at `at` begin and end."""
    _, count, at = _read(data, at)
    for _ in range(count):
        end = _end(data, at)
        yield at, end
        at = end


def _end(data: bytes, at: int) -> int:
    """Where the value at `at` ends; nearly all that lies in it are numbers, which are passed over at once."""
    left = 1
    while left:
        left -= 1
        first = data[at]
        if first < _INLINE:
            at += 1
        elif first < _INLINE + _SIZES:
            at += 1 + (1 << (first - _INLINE))
        else:
            kind, count, at = _read(data, at)
            left += count if kind == _ARRAY else 0
            at += count if kind == _TEXT else 0
    return at


def _read(data: bytes, at: int) -> tuple[int, int, int]:
    """The kind of the value at `at`, its number or length, and where what follows begins."""
    kind, small = divmod(data[at], 1 << 5)
    if small < _INLINE:
        return kind, small, at + 1
    if small == _INDEFINITE or kind not in (0, 1, _TEXT, _ARRAY):
        raise ValueError(data[at])
    end = at + 1 + (1 << (small - _INLINE))
    return kind, int.from_bytes(data[at + 1 : end]), end


def _array(members: Sequence[bytes]) -> bytes:
    return _head(_ARRAY, len(members)) + b"".join(members)


def _head(kind: int, count: int) -> bytes:
    """How a text or an array of that length begins."""
    if count < _INLINE:
        return bytes([(kind << 5) | count])
    size = next(power for power in range(4) if count < 1 << (8 << power))
    return bytes([(kind << 5) | (_INLINE + size)]) + count.to_bytes(1 << size)
