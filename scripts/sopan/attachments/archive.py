"""The zip archive of a packed document, taken apart under limits: every byte belongs to a member, nothing lies between.

Readers of zip files disagree about files that are not canonical, so that one shows a person what another hides from a
scanner. Only the form that office programs write is accepted: members one after another from the first byte on, then
their list, then the end.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from sopan.attachments import limits
from sopan.attachments.examined import Stopped, Unreadable, beyond

_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_END_BYTES = 22
_LARGEST = f"{limits.UNPACKED_BYTES // 1024**2} MB"
_ENCRYPTED, _DESCRIBED = 0x1, 0x8
_DESCRIPTORS = frozenset({12, 16, 20, 24})  # sizes after the data: with or without signature, 32 or 64 bits
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Archive:
    """A checked archive; members are read one at a time and count against the limit of unpacked bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sizes: dict[str, int] = {}
        try:
            with zipfile.ZipFile(BytesIO(data)) as opened:
                self._members = {info.filename: info for info in _checked(opened, data)}
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error) as error:
            raise Unreadable from error

    def names(self) -> Iterator[str]:
        """The members, folders left out."""
        return (name for name in self._members if not name.endswith("/"))

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """A member's bytes; counted as they are unpacked, whatever the archive declares."""
        info = self._members[name]
        start = info.header_offset + _local_bytes(self._data, info)
        packed = self._data[start : start + info.compress_size]
        data = packed if info.compress_type == zipfile.ZIP_STORED else self._inflated(packed, info)
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise Unreadable(name)
        self._sizes[name] = len(data)
        return data

    def _left(self, name: str) -> int:
        """How many bytes may still be unpacked; a member that is read again is not counted again."""
        return limits.UNPACKED_BYTES - sum(size for other, size in self._sizes.items() if other != name)

    def _inflated(self, packed: bytes, info: zipfile.ZipInfo) -> bytes:
        inflater, left = zlib.decompressobj(-zlib.MAX_WBITS), self._left(info.filename)
        try:
            data = inflater.decompress(packed, max(0, min(left, info.file_size)) + 1)
        except zlib.error as error:
            raise Unreadable(info.filename) from error
        if len(data) > left:
            raise Stopped("lampiran-mengembang", batas=_LARGEST, nisbah=limits.RATIO)
        if not inflater.eof or inflater.unused_data:
            raise Unreadable(info.filename)
        return data


def _checked(opened: zipfile.ZipFile, data: bytes) -> list[zipfile.ZipInfo]:
    members = opened.infolist()
    if len(members) > limits.MEMBERS:
        raise beyond("berkas di dalamnya", limits.MEMBERS)
    _names([info.orig_filename for info in members])
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise Stopped("lampiran-tersandi")
    _growth(members)
    _layout(opened, members, data)
    return members


def _names(names: list[str]) -> None:
    """Each name once (whatever its case), inside the archive, without signs that some reader takes otherwise."""
    folded = [name.casefold() for name in names]
    unsafe = any(not name or not name.isprintable() or set(name) & set("\\:") or name.startswith("/") for name in names)
    if unsafe or len(set(folded)) < len(folded) or any(".." in name.split("/") for name in names):
        raise Stopped("lampiran-susunan")


def _growth(members: list[zipfile.ZipInfo]) -> None:
    """What the archive itself declares; `read` counts what is really there."""
    total = sum(info.file_size for info in members)
    bombs = (
        info
        for info in members
        if info.file_size > limits.RATIO_FROM and info.file_size > limits.RATIO * info.compress_size
    )
    if total > limits.UNPACKED_BYTES or any(bombs):
        raise Stopped("lampiran-mengembang", batas=_LARGEST, nisbah=limits.RATIO)


def _layout(opened: zipfile.ZipFile, members: list[zipfile.ZipInfo], data: bytes) -> None:
    """Members lie without gaps from 0 to the list, the list reaches the end record, and the file ends with that."""
    position = 0
    for info in sorted(members, key=lambda info: info.header_offset):
        if info.header_offset != position or info.compress_type not in _METHODS:
            raise Stopped("lampiran-susunan")
        position += _local_bytes(data, info) + info.compress_size
        position += _descriptor_bytes(data, position, info)
    listed = len(data) - _END_BYTES - opened.start_dir
    if position != opened.start_dir or opened.comment or listed != _listed_bytes(data):
        raise Stopped("lampiran-susunan")


def _local_bytes(data: bytes, info: zipfile.ZipInfo) -> int:
    """The length of a member's own header, which must name what the list names."""
    header = data[info.header_offset : info.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size:
        raise Unreadable(info.filename)
    magic, _, flags, method, *_, name_bytes, extra_bytes = _LOCAL.unpack(header)
    start = info.header_offset + _LOCAL.size
    name = data[start : start + name_bytes].decode("utf-8" if flags & 0x800 else "cp437")
    if (magic, flags, method, name) != (_LOCAL_MAGIC, info.flag_bits, info.compress_type, info.orig_filename):
        raise Stopped("lampiran-susunan")
    return _LOCAL.size + int(name_bytes) + int(extra_bytes)


def _descriptor_bytes(data: bytes, position: int, info: zipfile.ZipInfo) -> int:
    """The length of the record that repeats a member's size after its data, where its header says so."""
    if not info.flag_bits & _DESCRIBED:
        return 0
    following = (
        data.find(magic, position, position + max(_DESCRIPTORS) + 4) for magic in (_LOCAL_MAGIC, b"PK\x01\x02")
    )
    gap = min((place - position for place in following if place >= 0), default=-1)
    if gap not in _DESCRIPTORS:
        raise Stopped("lampiran-susunan")
    return gap


def _listed_bytes(data: bytes) -> int:
    """The length of the list of members, as the end record says."""
    return int(struct.unpack_from("<I", data, len(data) - _END_BYTES + 12)[0])
