"""Taking out of an attachment what names its makers, before it is handed in; what its readers see stays as it is."""

from __future__ import annotations

import re
import zipfile
from importlib import import_module
from io import BytesIO
from types import MappingProxyType
from typing import cast

from sopan.attachments import kinds, ooxml, opendocument, picture_cleaning
from sopan.attachments.archive import Archive
from sopan.attachments.examined import Examined

_REMOVED = "lampiran-metadata"
_UNSAFE = frozenset(
    f"lampiran-{what}"
    for what in ("rusak", "tak-ternilai", "mengembang", "batas", "susunan", "tersandi", "doctype", "isi-lain")
)
_TEXT = rb"(?:[^<]|<!\[CDATA\[.*?\]\]>)*"
_PERSONS = MappingProxyType(
    {
        ooxml.CORE: frozenset(ooxml.PERSONS),
        ooxml.APPLICATION: frozenset(ooxml.PERSONS),
        opendocument.META: frozenset(opendocument.PERSONS),
    }
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip's members carry a date; the day of cleaning says nothing about them


def fields(examined: Examined) -> list[str]:
    """What `clean` would take out; nothing where the file is not safe to be opened here."""
    if any(fault.rule in _UNSAFE for fault in examined.faults):
        return []
    return [fault.values["bidang"] for fault in examined.faults if fault.rule == _REMOVED]


def clean(name: str, data: bytes) -> bytes:
    """The file without the names of its makers; as it is where it is signed. Only for files with `fields`."""
    match kinds.extension(name):
        case "pdf":
            # The library is loaded only where a PDF is cleaned.
            return cast(bytes, import_module("sopan.attachments.pdf_cleaning").clean(data))
        case "xlsx" | "docx" | "ods" | "odt":
            return _archive(data)
        case _:
            return picture_cleaning.clean(data)


def _archive(data: bytes) -> bytes:
    archive = Archive(data)
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as written:
        for name in archive.names():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            written.writestr(info, _member(name, archive.read(name)), method)
    return saved.getvalue()


def _member(name: str, data: bytes) -> bytes:
    if name in _PERSONS:
        for element in _PERSONS[name]:
            opening = rb"(<(?:[\w.-]+:)?" + element.encode() + rb"(?:\s[^<>]*)?(?<!/)>)"
            data = re.sub(opening + _TEXT + rb"(?=</)", rb"\1", data, flags=re.DOTALL)
        return data
    return picture_cleaning.clean(data)
