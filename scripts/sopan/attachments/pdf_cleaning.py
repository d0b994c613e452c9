"""A PDF without the names of its makers: properties, XMP records, and the records of the photos in it."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Stream

from sopan.attachments import pdf_properties
from sopan.attachments.picture_cleaning import clean as clean_picture


def clean(data: bytes) -> bytes:
    """The file without them, saved whole anew; as it is where it carries a signature, which any change would break."""
    if b"/ByteRange" in data:
        return data
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as opened:
        for key in pdf_properties.PERSONS:
            if key in opened.docinfo:
                del opened.docinfo[key]
        for value in list(opened.objects):
            if isinstance(value, Stream) and value.get(Name.Filter) == Name.DCTDecode:
                value.write(clean_picture(value.read_raw_bytes()), filter=Name.DCTDecode)
            _forget_records(value.stream_dict if isinstance(value, Stream) else value)
        saved = BytesIO()
        opened.save(saved)
    return saved.getvalue()


def _forget_records(value: pikepdf.Object) -> None:
    """Drop an XMP record that names a person; the properties it repeats stay in the file's own list."""
    record = value.get(Name.Metadata) if isinstance(value, Dictionary) else None
    if isinstance(record, Stream) and any(pdf_properties.persons(record.read_bytes())):
        del value[Name.Metadata]
