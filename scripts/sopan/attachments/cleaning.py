"""Taking out of an attachment what names its makers, before it is handed in; what its readers see stays as it is."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Stream

from sopan.attachments import jpeg, kinds, ooxml, opendocument, pdf_properties, png
from sopan.attachments.archive import Archive

_TEXT = rb"(?:[^<]|<!\[CDATA\[.*?\]\]>)*"
_PERSONS = {
    ooxml.CORE: frozenset(ooxml.PERSONS),
    ooxml.APPLICATION: frozenset(ooxml.PERSONS),
    opendocument.META: frozenset(opendocument.PERSONS),
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip's members carry a date; the day of cleaning says nothing about them


def clean(name: str, data: bytes) -> bytes:
    """The file without the names of its makers; as it is where there are none, and where it is signed.

    Only for files whose examination found no other danger: they are opened here as their programs would.
    """
    match kinds.extension(name):
        case "pdf":
            return _pdf(data)
        case "xlsx" | "docx" | "ods" | "odt":
            return _archive(data)
        case _:
            return _picture(data)


def signed(data: bytes) -> bool:
    """Whether a PDF carries an electronic signature, which any change would break."""
    return data.startswith(b"%PDF-") and b"/ByteRange" in data


def _pdf(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as opened:
        for key in pdf_properties.PERSONS:
            if key in opened.docinfo:
                del opened.docinfo[key]
        for value in list(opened.objects):
            if isinstance(value, Stream) and value.get(Name.Filter) == Name.DCTDecode:
                value.write(_picture(value.read_raw_bytes()), filter=Name.DCTDecode)
            _forget_records(value.stream_dict if isinstance(value, Stream) else value)
        saved = BytesIO()
        opened.save(saved)
    return saved.getvalue()


def _forget_records(value: pikepdf.Object) -> None:
    """Drop an XMP record that names a person; the properties it repeats stay in the file's own list."""
    record = value.get(Name.Metadata) if isinstance(value, Dictionary) else None
    if isinstance(record, Stream) and any(pdf_properties.persons(record.read_bytes())):
        del value[Name.Metadata]


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
    return _picture(data)


def _picture(data: bytes) -> bytes:
    """A picture without its records; a photo keeps the one that says which side is up."""
    if data.startswith(png.SIGNATURE):
        kept = (chunk.stored for chunk in png.chunks(data) if chunk.kind in png.PICTURE)
        return png.SIGNATURE + b"".join(kept)
    if data.startswith(jpeg.SIGNATURE):
        return _photo(list(jpeg.segments(data)))
    return data


def _photo(segments: list[jpeg.Segment]) -> bytes:
    kept = [segment.stored for segment in segments if jpeg.belongs(segment)]
    if not any(jpeg.belongs(segment) and jpeg.upside(segment) for segment in segments):
        kept = [*(jpeg.upright(side) for side in filter(None, map(jpeg.upside, segments))), *kept]
    return jpeg.START + b"".join(kept)
