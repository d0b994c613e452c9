"""A zip file of stretches that were deflated before, so that what is as it was is not compressed again.

The library's `zipfile` writes only what it deflates itself. What is written here it reads, and the tests let it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import accumulate
from typing import NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20  # the first that knows folders and deflated files
_UNIX = 3 << 8
_DEFLATED = 8
_FIRST_DAY = 1 << 5 | 1  # 1980-01-01, the first that a zip file knows
_RIGHTS = 0o600 << 16


class Deflated(NamedTuple):
    """A file or a stretch of one, and the size and CRC-32 of what it says; another one can follow it, if not `last`."""

    content: bytes
    size: int
    crc: int


def deflated(content: bytes, *, last: bool = False) -> Deflated:
    """A stretch that rests on none before it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
    return Deflated(packed, len(content), zlib.crc32(content))


def joined(stretches: Iterable[Deflated]) -> Deflated:
    """Stretches, the last of which is the `last`, as one file."""
    some = list(stretches)
    content = b"".join(one.content for one in some)
    return Deflated(content, sum(one.size for one in some), reduce(_following, some, 0))


def zipped(files: Mapping[str, Deflated]) -> bytes:
    """The files by their names, all of the first day that a zip file knows."""
    local = [_local(name.encode("ascii"), file) + file.content for name, file in files.items()]
    starts = accumulate(map(len, local), initial=0)
    central = [_central(name.encode("ascii"), file, next(starts)) for name, file in files.items()]
    size, start = sum(map(len, central)), next(starts)
    return b"".join([*local, *central, _END.pack(b"PK\5\6", 0, 0, len(files), len(files), size, start, 0)])


def _following(before: int, one: Deflated) -> int:
    """The CRC-32 of both: it is linear, and so what `before` adds to it is seen on as many zeros."""
    zeros = bytes(one.size)
    return zlib.crc32(zeros, before) ^ zlib.crc32(zeros) ^ one.crc


def _local(name: bytes, file: Deflated) -> bytes:
    return _LOCAL.pack(b"PK\3\4", *_about(file), len(name), 0) + name


def _central(name: bytes, file: Deflated, start: int) -> bytes:
    return _CENTRAL.pack(b"PK\1\2", _UNIX | _VERSION, *_about(file), len(name), 0, 0, 0, 0, _RIGHTS, start) + name


def _about(file: Deflated) -> tuple[int, ...]:
    """What both headers say."""
    return _VERSION, 0, _DEFLATED, 0, _FIRST_DAY, file.crc, len(file.content), file.size
