"""What a PDF says about itself beside its pages: properties, XMP records, form fields, notes, alternative texts."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from urllib.parse import unquote

from pikepdf import Name, Object, Pdf, Stream, String

from sopan.attachments import jpeg, ooxml
from sopan.attachments.examined import Evidence, Fault, Text, fault
from sopan.attachments.xml_events import Characters, End, Start, events

XMP_AUTHORS = frozenset({"creator", "Author", "AuthorsPosition", "CaptionWriter", "owner", "Manager"})

PERSONS = MappingProxyType({"/Author": "Penulis", "/Manager": "Manajer"})


def evidence(opened: Pdf) -> Evidence:
    """The properties that name a person, and all text that is not on a page."""
    yield from _information(opened)
    for value in opened.objects:
        if isinstance(value, Stream):
            yield from _stream(value)


def shown(value: Object) -> Iterator[Text]:
    """A string outside the pages: of fields, notes, outlines, layers, links; bytes that are no text are left out."""
    if isinstance(value, String) and (text := str(value).strip()) and all(map(_is_written, text)):
        yield Text("isian, catatan, tautan, atau teks alternatif", unquote(text))


def _is_written(sign: str) -> bool:
    return sign.isprintable() or sign.isspace()


def _information(opened: Pdf) -> Evidence:
    for key, value in opened.docinfo.items():
        text = str(value).strip()
        if key in PERSONS and text:
            yield fault("lampiran-metadata", bidang=PERSONS[key])
        yield Text(f"properti {key.strip('/')}", text)


def _stream(value: Stream) -> Evidence:
    if value.get(Name.Type) == Name.Metadata:
        data = value.read_bytes()
        yield from persons(data)
        yield Text("metadata XMP", ooxml.between(_xmp_words(data)))
    elif value.get(Name.Filter) == Name.DCTDecode and not all(map(jpeg.belongs, jpeg.segments(value.read_raw_bytes()))):
        yield fault("lampiran-metadata", bidang="catatan di dalam gambar")


def persons(data: bytes) -> Iterator[Fault]:
    """A filled element or attribute of XMP that names a person."""
    inside: list[str] = []
    for event in events(data):
        if isinstance(event, Start):
            inside.append(event.name)
            filled = any(value.strip() for value in event.all(*XMP_AUTHORS))
        elif isinstance(event, End):
            inside.pop()
            continue
        else:
            filled = bool(event.text.strip()) and not XMP_AUTHORS.isdisjoint(inside)
        if filled:
            yield fault("lampiran-metadata", bidang="Penulis")


def _xmp_words(data: bytes) -> Iterator[str]:
    for event in events(data):
        if isinstance(event, Characters):
            yield event.text.strip()
        elif isinstance(event, Start):
            yield from event.attributes.values()
