"""JPEG: a walk over its segments to the end mark, nothing behind it, and nothing in it but the picture."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from math import prod
from types import MappingProxyType
from typing import NamedTuple

from sopan.attachments import limits
from sopan.attachments.examined import Evidence, Unreadable, beyond, fault

START = b"\xff\xd8"
SIGNATURE = START + b"\xff"

_END, _SCAN = 0xD9, 0xDA
_COMMENT = 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_APPLICATION = range(0xE0, 0xF0)
_EXIF = b"Exif\0\0"
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_BYTES, _ADOBE_BYTES = 14, 12
_ICC_MARK = len(_ICC) + 2 + 36


class Segment(NamedTuple):
    """One segment: its marker, its data, and its bytes as stored; after a scan's header, the scan itself too."""

    marker: int
    data: bytes
    stored: bytes


def orientation(value: int) -> bytes:
    """The one EXIF record that may stay: which side of the picture is up (1 to 8), and nothing else."""
    return _EXIF + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, value, 0, 0)


def upright(side: int) -> bytes:
    """The segment that holds that record."""
    record = orientation(side)
    return struct.pack(">BBH", 0xFF, _APPLICATION.start + 1, len(record) + 2) + record


_ORIENTATIONS = frozenset(orientation(value) for value in range(1, 9))


def evidence(_: str, data: bytes) -> Evidence:
    """What an office need not publish with a picture, and what is no picture at all."""
    end = 2
    for segment in segments(data):
        end += len(segment.stored)
        if not belongs(segment):
            yield fault("lampiran-metadata", bidang=_kind(segment))
        if segment.marker in _FRAMES and _pixels(segment) > limits.PIXELS:
            raise beyond("titik gambar", limits.PIXELS)
    if end < len(data):
        yield fault("lampiran-ekor")


def segments(data: bytes) -> Iterator[Segment]:
    """The segments of a picture from its start to its end mark, with a frame and a scan between."""
    position, markers = 2, set[int]()
    while _END not in markers:
        segment = _segment(data, position)
        markers.add(segment.marker)
        position += len(segment.stored)
        yield segment
    if _SCAN not in markers or markers.isdisjoint(_FRAMES):
        raise Unreadable("SOS")


def belongs(segment: Segment) -> bool:
    """Whether a segment is the picture's own: of what programs add, only what colours and the upper side need."""
    if segment.marker == _COMMENT:
        return False
    number = segment.marker - _APPLICATION.start
    if segment.marker not in _APPLICATION:
        return True
    form = _FORMS.get(number)
    return form is not None and form(segment.data)


def _is_header(data: bytes) -> bool:
    """JFIF's own record: sizes, and a small picture of no more points than they say."""
    return data.startswith(_JFIF) and len(data) <= _JFIF_BYTES + 3 * prod(data[12:_JFIF_BYTES])


def _is_profile(data: bytes) -> bool:
    """A piece of a colour profile, the first of which has a profile's mark in its place."""
    number = data[len(_ICC) : len(_ICC) + 1]
    return data.startswith(_ICC) and (number != b"\1" or data[_ICC_MARK : _ICC_MARK + 4] in {b"acsp", b""})


def _is_adobe(data: bytes) -> bool:
    return data.startswith(_ADOBE) and len(data) <= _ADOBE_BYTES


_FORMS: Mapping[int, Callable[[bytes], bool]] = MappingProxyType(
    {0: _is_header, 1: _ORIENTATIONS.__contains__, 2: _is_profile, 14: _is_adobe}
)


def upside(segment: Segment) -> int | None:
    """Which side is up, where an EXIF segment says so."""
    tiff = segment.data.removeprefix(_EXIF)
    if segment.marker != _APPLICATION.start + 1 or tiff == segment.data:
        return None
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    return next(_orientations(tiff, order), None) if order else None


def _orientations(tiff: bytes, order: str) -> Iterator[int]:
    try:
        (place,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, place)
        for entry in range(min(count, 100)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, place + 2 + entry * 12)
            if tag == 0x0112 and 1 <= value <= 8:  # noqa: PLR2004 - EXIF's tag "Orientation" and its values
                yield value
    except struct.error:
        return


def _segment(data: bytes, position: int) -> Segment:
    if data[position : position + 1] != b"\xff":
        raise Unreadable("marker")
    start = position
    while data[position + 1 : position + 2] == b"\xff":
        position += 1
    marker = data[position + 1]
    if marker in _WITHOUT_LENGTH or marker == _END:
        return Segment(marker, b"", data[start : position + 2])
    (length,) = struct.unpack_from(">H", data, position + 2)
    end = position + 2 + length
    content = data[position + 4 : end]
    if length < 2 or end > len(data):  # noqa: PLR2004 - the length counts its own two bytes
        raise Unreadable("length")
    return Segment(marker, content, data[start : _scan_end(data, end) if marker == _SCAN else end])


def _scan_end(data: bytes, position: int) -> int:
    """Where the next marker stands that is not part of the coded scan (stuffed zero, restart)."""
    while (position := data.find(b"\xff", position)) >= 0:
        following = data[position + 1 : position + 2]
        if following and following not in b"\x00\xff" and following[0] not in _WITHOUT_LENGTH:
            return position
        position += 1 if following == b"\xff" else 2
    raise Unreadable("EOI")


def _pixels(segment: Segment) -> int:
    height, width = struct.unpack_from(">HH", segment.data, 1)
    return int(height * width)


def _kind(segment: Segment) -> str:
    if segment.data.startswith(_EXIF):
        return "EXIF"
    return "komentar gambar" if segment.marker == _COMMENT else "catatan di dalam gambar"
