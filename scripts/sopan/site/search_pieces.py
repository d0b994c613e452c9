"""Cuts a bundle's index into small pieces, since a search loads one for each word, and Pagefind makes them large.

Pagefind's files are gzip over a mark and CBOR: a piece is an array that holds the array of words, each an array that
begins with its text; the third member of the bundle's own file names the first and last word of each piece and the
piece. What a word holds is moved byte by byte and not understood.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

MARK = b"pagefind_dcd"
SMALL = 4_500  # bytes before they are compressed
_TEXT, _ARRAY = 3, 4
_INLINE, _INDEFINITE = 24, 31
_SIZES = 4  # of numbers that are not inline: 1, 2, 4 and 8 bytes
_SHORTEST_NAME = 7


def cut(bundle: Path) -> None:
    """Cut the index of the bundle in `bundle`."""
    (meta,) = bundle.glob("*.pf_meta")
    told = unpacked(meta)
    start, end = list(_members(told, 0))[2]
    listed = []
    for at, _ in _members(told, start):
        name = _text(told, list(_members(told, at))[2][0])
        whole = _piece(bundle / "index", name)
        listed += [_written(bundle, words) for words in _groups(unpacked(whole))]
        whole.unlink()
    meta.write_bytes(packed(told[:start] + _head(_ARRAY, len(listed)) + b"".join(listed) + told[end:]))


def unpacked(file: Path) -> bytes:
    """What a file of Pagefind's holds."""
    return gzip.decompress(file.read_bytes()).removeprefix(MARK)


def packed(content: bytes) -> bytes:
    """A file as Pagefind's program reads it; the same bytes each time."""
    return gzip.compress(MARK + content, mtime=0)


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


def _written(bundle: Path, words: Sequence[bytes]) -> bytes:
    """Write a piece of these words, and give what the bundle's own file says of it."""
    content = packed(_head(_ARRAY, 1) + _head(_ARRAY, len(words)) + b"".join(words))
    name = _free(bundle / "index", hashlib.sha256(content).hexdigest())
    _piece(bundle / "index", name).write_bytes(content)
    told = [_word(words[0]), _word(words[-1]), name]
    return _head(_ARRAY, len(told)) + b"".join(_head(_TEXT, len(one.encode())) + one.encode() for one in told)


def _free(folder: Path, digest: str) -> str:
    """The beginning of a digest that is no other piece's name."""
    lengths = range(_SHORTEST_NAME, len(digest) + 1)
    return next(digest[:length] for length in lengths if not _piece(folder, digest[:length]).exists())


def _piece(folder: Path, name: str) -> Path:
    return folder / f"{name}.pf_index"


def _word(entry: bytes) -> str:
    return _text(entry, next(iter(_members(entry, 0)))[0])


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


def _head(kind: int, count: int) -> bytes:
    """How a text or an array of that length begins."""
    if count < _INLINE:
        return bytes([(kind << 5) | count])
    size = next(power for power in range(4) if count < 1 << (8 << power))
    return bytes([(kind << 5) | (_INLINE + size)]) + count.to_bytes(1 << size)
