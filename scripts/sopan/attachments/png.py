"""PNG: a walk over its chunks to the end mark, nothing behind it, and nothing in it but the picture."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sopan.attachments import limits
from sopan.attachments.examined import Evidence, Unreadable, beyond, fault

_CHUNK = 1 << 20
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PICTURE = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs cICP mDCV cLLI acTL fcTL fdAT".split()
)

_OTHER_NAMES = {b"eXIf": "EXIF", b"tEXt": "teks", b"zTXt": "teks", b"iTXt": "teks", b"tIME": "waktu"}


class Chunk(NamedTuple):
    """One chunk: its type, its data, and its bytes as stored."""

    kind: bytes
    data: bytes
    stored: bytes


def evidence(_: str, data: bytes) -> Evidence:
    """What an office need not publish with a picture, and what is no picture at all."""
    seen = list(chunks(data))
    width, height = struct.unpack(">II", seen[0].data[:8])
    if width * height > limits.PIXELS:
        raise beyond("titik gambar", limits.PIXELS)
    for chunk in seen:
        if chunk.kind not in PICTURE:
            yield fault("lampiran-metadata", bidang=_OTHER_NAMES.get(chunk.kind, "catatan di dalam gambar"))
    behind = len(data) - len(SIGNATURE) - sum(len(chunk.stored) for chunk in seen)
    if behind or seen[-1].data or not _whole(chunk.data for chunk in seen if chunk.kind == b"IDAT"):
        yield fault("lampiran-ekor")


def _whole(pieces: Iterable[bytes]) -> bool:
    """Whether the image data are one packed stream and nothing behind it; what it unfolds to is not kept."""
    inflater = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not inflater.eof:
            inflater.decompress(rest, _CHUNK)
            rest = inflater.unconsumed_tail
        if rest or inflater.unused_data:
            return False
    return inflater.eof


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks of a picture that begins with its header, ends with its end mark and holds image data between."""
    kinds: list[bytes] = []
    position = len(SIGNATURE)
    while not kinds or kinds[-1] != b"IEND":
        chunk = _chunk(data, position)
        if (not kinds) != (chunk.kind == b"IHDR"):
            raise Unreadable("IHDR")
        kinds.append(chunk.kind)
        position += len(chunk.stored)
        yield chunk
    if b"IDAT" not in kinds:
        raise Unreadable("IDAT")


def _chunk(data: bytes, position: int) -> Chunk:
    length, kind = struct.unpack_from(">I4s", data, position)
    stored = data[position : position + length + 12]
    if len(stored) < length + 12 or zlib.crc32(stored[4:-4]) != int.from_bytes(stored[-4:], "big"):
        raise Unreadable("CRC")
    return Chunk(kind, stored[8:-4], stored)
