"""Which kind of file an attachment is: its ending and its first bytes must say the same, from a closed list."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from sopan.attachments.examined import Fault, fault
from sopan.item_folder import EXTENSIONS

OLD_FORMATS = MappingProxyType({"xls": "xlsx", "doc": "docx"})
OWN_FORMAT = MappingProxyType({"xls": "xlsx", "doc": "docx", "ppt": "pdf", "pptx": "pdf", "rtf": "docx"})

_MAGIC = MappingProxyType(
    {
        "pdf": b"%PDF-",
        "xlsx": b"PK\x03\x04",
        "docx": b"PK\x03\x04",
        "ods": b"PK\x03\x04",
        "odt": b"PK\x03\x04",
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff",
        "jpeg": b"\xff\xd8\xff",
    }
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls and .doc, and of documents with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_POINTER = b"version https://git-lfs.github.com/spec/"


def extension(name: str) -> str:
    """The ending of a file's name, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def faults(name: str, data: bytes) -> Iterator[Fault]:
    """Why a file is not of the kind that its name says; nothing where it may be examined further."""
    kind = extension(name)
    if kind in OWN_FORMAT:
        yield fault("lampiran-format-lama", jenis=kind, tujuan=OWN_FORMAT[kind])
    elif kind not in EXTENSIONS:
        yield fault("lampiran-jenis", berkas=name, jenis=", ".join(EXTENSIONS))
    elif not data:
        yield fault("lampiran-kosong", berkas=name)
    elif data.startswith(_POINTER):
        yield fault("lampiran-penunjuk")
    elif data.startswith(_COMPOUND):
        yield from _compound(kind, data)
    elif not data.startswith(_MAGIC.get(kind, b"")):
        yield fault("lampiran-isi-lain", jenis=kind)


def _compound(kind: str, data: bytes) -> Iterator[Fault]:
    """A document with a password lies in the container of the old formats; else it is one of those, renamed."""
    if _LOCKED in data:
        yield fault("lampiran-tersandi")
    else:
        old = next((old for old, new in OLD_FORMATS.items() if new == kind), "doc")
        yield fault("lampiran-format-lama", jenis=old, tujuan=OWN_FORMAT[old])
