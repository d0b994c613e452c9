"""What XLSX and DOCX have in common: a closed list of parts, relationships, properties, and text in any XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from urllib.parse import unquote

from sopan.attachments import addresses, jpeg, png
from sopan.attachments.archive import Archive
from sopan.attachments.examined import Evidence, Fault, Text, Unreadable, fault
from sopan.attachments.xml_events import Characters, End, Start, events

CONTENT_TYPES = "[Content_Types].xml"
CORE, APPLICATION = "docProps/core.xml", "docProps/app.xml"
PERSONS = MappingProxyType({"creator": "Penulis", "lastModifiedBy": "Penyunting terakhir", "Manager": "Manajer"})

_ACTIVE = re.compile(
    r"vbaproject|vbadata|/embeddings/|oleobject|activex|/externallinks/|/macrosheets/|/dialogsheets/"
    r"|/webextensions/|/connections\.xml|/querytables/|/model/|/afchunk|/ctrlprops/|customui/",
    re.IGNORECASE,
)
_ACTIVE_TYPE = re.compile("macroenabled|vbaproject|activex|oleobject", re.IGNORECASE)
_COMMENTS = re.compile(r"/(threaded)?comments[^/]*(/|\.xml$)|/persons/|/revisions/|/people\.xml$", re.IGNORECASE)
_KNOWN = re.compile(
    r".*\.(xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|wdp|odttf)|.*/printersettings/[^/]*\.bin", re.IGNORECASE
)
_XML = re.compile(r".*\.(xml|rels|vml|svg)", re.IGNORECASE)
_ACTIVE_ELEMENTS = frozenset({"script", "mailMerge", "altChunk"})
_TEXT_ATTRIBUTES = ("v", "name", "descr", "title", "alt", "tooltip", "display", "tag", "val", "caption", "u", "author")
_TRACE_DIGITS = 8  # a value with fewer, and without an address, says nothing of a person
_HYPERLINK = "/hyperlink"
_ROOT = "_rels/.rels"
JOINT = " ;"


def parts(archive: Archive) -> Iterator[Fault]:
    """What must not be among the members: what runs, what links outside, what was meant for colleagues only."""
    if CONTENT_TYPES not in archive:
        raise Unreadable(CONTENT_TYPES)
    for name in archive.names():
        if _ACTIVE.search(f"/{name}"):
            yield fault("lampiran-aktif", unsur=name)
        elif _COMMENTS.search(f"/{name}"):
            yield fault("lampiran-komentar", tempat=name)
        elif not _KNOWN.fullmatch(name):
            yield fault("lampiran-anggota", anggota=name)


def whole(archive: Archive, own: frozenset[str]) -> Evidence:
    """Everything but the parts that the format reads by itself (`own`): relationships, properties, pictures, text."""
    for name in archive.names():
        if name in own or not _KNOWN.fullmatch(name):
            continue
        data = archive.read(name)
        if name.endswith(".rels"):
            yield from _relations(name, data)
        elif name == CONTENT_TYPES:
            yield from _types(data)
        elif _XML.fullmatch(name):
            yield from (_properties(data) if name in {CORE, APPLICATION} else ())
            yield from active(data)
            yield Text(f"bagian {name}", between(words(data)))
        else:
            yield from picture(name, data)


def picture(name: str, data: bytes) -> Evidence:
    """A picture inside a document tells as much about its maker as one beside it; its ending is no promise here."""
    if data.startswith(png.SIGNATURE):
        yield from png.evidence(name, data)
    elif data.startswith(jpeg.SIGNATURE):
        yield from jpeg.evidence(name, data)


def words(data: bytes) -> Iterator[str]:
    """The text of any XML part: character data by element, again by paragraph (of many runs), and attributes."""
    held: list[str] = []
    paragraph: list[str] = []
    for event in events(data):
        if isinstance(event, Characters):
            held.append(event.text)
            continue
        if held:
            yield "".join(held)
            paragraph += held
            held.clear()
        if isinstance(event, Start):
            yield from telling(event)
        elif event.name == "p":
            yield "".join(paragraph)
            paragraph.clear()


def telling(start: Start) -> Iterator[str]:
    """The attributes of an element that can say something: words that readers see, and anything like a number."""
    yield from start.all(*_TEXT_ATTRIBUTES)
    others = (text for key, text in start.attributes.items() if key.rpartition(" ")[2] not in _TEXT_ATTRIBUTES)
    yield from (text for text in others if "@" in text or sum(map(str.isdigit, text)) >= _TRACE_DIGITS)


def active(data: bytes) -> Iterator[Fault]:
    """Elements that run something or fetch what a part shows."""
    names = {event.name for event in events(data) if isinstance(event, Start)}
    yield from (fault("lampiran-aktif", unsur=name) for name in sorted(names & _ACTIVE_ELEMENTS))


def between(pieces: Iterable[str]) -> str:
    """Pieces of text a line each, such that the digits of two of them never read as one number."""
    return f"{JOINT}\n".join(pieces)


def main_part(archive: Archive, kind: str) -> str:
    """The part that programs open first, which must be where every office program puts it."""
    starts = (event for event in events(archive.read(_ROOT)) if isinstance(event, Start)) if _ROOT in archive else ()
    targets = [start.get("Target").lstrip("/") for start in starts if start.get("Type").endswith("/officeDocument")]
    if len(targets) != 1 or not targets[0].startswith(kind) or targets[0] not in archive:
        raise Unreadable(kind)
    return targets[0]


def _relations(name: str, data: bytes) -> Evidence:
    for event in events(data):
        if isinstance(event, Start) and event.name == "Relationship":
            yield from _relation(name, event)
            yield Text(f"tautan di {name}", unquote(event.get("Target")))


def _relation(name: str, relation: Start) -> Iterator[Fault]:
    """Outside there are hyperlinks only: a linked template, picture or book is fetched without a click."""
    target, kind = relation.get("Target"), relation.get("Type")
    if kind.endswith(("/vbaProject", "/oleObject", "/package", "/control", "/aFChunk", "/externalLink")):
        yield fault("lampiran-aktif", unsur=kind.rpartition("/")[2])
    elif relation.get("TargetMode").lower() != "external" and addresses.scheme(target) == "":
        return
    elif not kind.endswith(_HYPERLINK):
        yield fault("lampiran-isi-luar", alamat=addresses.shown(target), tempat=name)
    elif not (addresses.scheme(target) in addresses.SECURE or target.startswith("#")):
        yield fault("lampiran-tautan", alamat=addresses.shown(target))


def _types(data: bytes) -> Iterator[Fault]:
    for event in events(data):
        if isinstance(event, Start) and _ACTIVE_TYPE.search(event.get("ContentType")):
            yield fault("lampiran-aktif", unsur=event.get("ContentType").rpartition("/")[2])


def _properties(data: bytes) -> Iterator[Fault]:
    """A filled property that names a person."""
    element = ""
    for event in events(data):
        if isinstance(event, Start):
            element = event.name
        elif isinstance(event, End):
            element = ""
        elif element in PERSONS and event.text.strip():
            yield fault("lampiran-metadata", bidang=PERSONS[element])
