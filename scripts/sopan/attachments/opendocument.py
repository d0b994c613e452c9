"""ODS and ODT: their text and cells, shown and hidden, with everything else that the archive holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import unquote

from sopan.attachments import addresses, cells, formulas, limits, ooxml
from sopan.attachments.archive import Archive
from sopan.attachments.examined import Evidence, Fault, Stopped, Text, Unreadable, beyond, fault
from sopan.attachments.xml_events import Characters, End, Start, events

MIMETYPES = MappingProxyType(
    {
        "ods": b"application/vnd.oasis.opendocument.spreadsheet",
        "odt": b"application/vnd.oasis.opendocument.text",
    }
)
META = "meta.xml"
PERSONS = MappingProxyType({"initial-creator": "Pembuat", "creator": "Penyunting terakhir", "printed-by": "Pencetak"})

_MIMETYPE, _MANIFEST, _CONTENT = "mimetype", "META-INF/manifest.xml", "content.xml"
_ACTIVE = re.compile(r"(^|/)(Basic|Scripts|Dialogs|database)/", re.IGNORECASE)
_KNOWN = re.compile(
    r"mimetype|layout-cache|(.*/)?ObjectReplacements/[^/]+|.*\.(xml|rdf|png|jpe?g|gif|bmp|tiff?|emf|wmf|svm|svg|ttf|otf)",
    re.IGNORECASE,
)
_XML = re.compile(r".*\.(xml|rdf|svg)", re.IGNORECASE)
_SCRIPTS = frozenset({"script", "event-listener", "script-data", "applet", "plugin"})
_REMOTE = frozenset({"dde-source", "dde-link", "dde-connection-decl", "table-source", "cell-range-source"})
_LINKS = frozenset({"a", "hyperlink"})
_BREAKS = frozenset({"p", "h", "line-break"})
_UNSEEN = frozenset({"hidden-text", "hidden-paragraph"})
_DISPLAYED = frozenset({"section", "text-properties"})
_RULES = ("expression", "condition")  # formulas that stand in no cell
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_SHOWN_ATTRIBUTES = ("string-value", "description", "title", "display-name")


@dataclass
class _Place:
    """Where the reader is: sheet, row and column, from 1; how often the row and the cell that are open repeat."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    row_repeat: int = 1
    cell_repeat: int = 1
    words: list[str] = field(default_factory=list)

    def name(self) -> str:
        return f"lembar {self.sheet} sel {cells.column(self.column)}{self.row}"


def evidence(kind: str, data: bytes) -> Evidence:
    """Everything found in a document or a workbook."""
    archive = Archive(data)
    _require(archive, kind)
    yield from _parts(archive)
    for name in archive.names():
        if not _KNOWN.fullmatch(name):
            continue
        stored = archive.read(name)
        yield from ooxml.picture(name, stored)
        if _XML.fullmatch(name):
            yield from _safety(stored, name)
            yield from _linked(stored, name)
            yield from _texts(kind, name, stored)


def _require(archive: Archive, kind: str) -> None:
    if _MIMETYPE not in archive or archive.read(_MIMETYPE).strip() != MIMETYPES[kind] or _CONTENT not in archive:
        raise Unreadable(_MIMETYPE)
    if _MANIFEST not in archive:
        raise Unreadable(_MANIFEST)
    for event in events(archive.read(_MANIFEST)):
        if isinstance(event, Start) and event.name == "encryption-data":
            raise Stopped("lampiran-tersandi")


def _parts(archive: Archive) -> Iterator[Fault]:
    for name in archive.names():
        if _ACTIVE.search(name):
            yield fault("lampiran-aktif", unsur=name)
        elif not _KNOWN.fullmatch(name):
            yield fault("lampiran-anggota", anggota=name)


def _texts(kind: str, name: str, data: bytes) -> Evidence:
    if name == META:
        yield from _properties(data)
    if name == _CONTENT and kind == "ods":
        yield from _sheets(data)
    elif name in {_CONTENT, "styles.xml"}:
        yield Text("isi dokumen" if name == _CONTENT else "kepala dan kaki halaman", "".join(_flow(data)))
    else:
        yield Text(f"bagian {name}", ooxml.between(ooxml.words(data)))


def _safety(data: bytes, name: str) -> Iterator[Fault]:
    """What runs, fetches, is hidden, or was meant for colleagues only, in any part."""
    for event in events(data):
        if isinstance(event, Start):
            yield from _element(event, name)


def _linked(data: bytes, name: str) -> Iterator[Text]:
    """Where a part leads."""
    starts = (event for event in events(data) if isinstance(event, Start))
    yield from (Text(f"tautan di {name}", unquote(address)) for start in starts for address in start.all("href"))


def _element(start: Start, name: str) -> Iterator[Fault]:
    if start.name in _SCRIPTS:
        yield fault("lampiran-aktif", unsur=f"skrip di {name}")
    elif start.name in _REMOTE:
        yield fault("lampiran-rumus-luar", tempat=name)
    elif start.name in _UNSEEN or (start.name in _DISPLAYED and "none" in start.all("display")):
        yield fault("lampiran-tersembunyi", bagian=f"teks di {name}")
    elif start.name == "annotation":
        yield fault("lampiran-komentar", tempat=name)
    elif start.name in {"changed-region", "cell-content-change"}:
        yield fault("lampiran-perubahan", tempat=name)
    for address in start.all("href"):
        yield from _address(start.name, address)


def _address(element: str, address: str) -> Iterator[Fault]:
    scheme = addresses.scheme(address)
    inside = not scheme and not address.startswith("../")
    if not inside and element not in _LINKS:
        yield fault("lampiran-isi-luar", alamat=addresses.shown(address), tempat=element)
    elif not inside and scheme not in addresses.SECURE:
        yield fault("lampiran-tautan", alamat=addresses.shown(address))


def _properties(data: bytes) -> Iterator[Fault]:
    element = ""
    for event in events(data):
        if isinstance(event, Start):
            element = event.name
        elif isinstance(event, End):
            element = ""
        elif element in PERSONS and event.text.strip():
            yield fault("lampiran-metadata", bidang=PERSONS[element])


def _flow(data: bytes) -> Iterator[str]:
    """The words of a text document, a paragraph a line."""
    for event in events(data):
        if isinstance(event, Characters):
            yield event.text
        elif isinstance(event, Start):
            yield from (f"{text}\n" for text in event.all(*_SHOWN_ATTRIBUTES))
            yield from (event.all("formula"))
        elif event.name in _CELLS:
            yield ooxml.JOINT
        elif event.name in _BREAKS:
            yield "\n"
        elif event.name in {"s", "tab"}:
            yield " "


def _sheets(data: bytes) -> Evidence:
    """The cells of a workbook, with what is not shown."""
    hidden_styles: set[str] = set()
    style, counted, place = "", 0, _Place()
    for event in events(data):
        if isinstance(event, Characters):
            place.words.append(event.text)
        elif isinstance(event, Start):
            style = event.get("name") if event.name == "style" else style
            if event.name == "table-properties" and "false" in event.all("display"):
                hidden_styles.add(style)
            yield from _enter(event, place, hidden_styles)
            yield from (Text("aturan di buku kerja", rule) for rule in event.all(*_RULES))
            yield from (one for rule in event.all(*_RULES) for one in formulas.of_cell(rule, "aturan di buku kerja"))
        else:
            found = list(_leave(event, place))
            counted += len(found)
            if counted > limits.CELLS:
                raise beyond("sel berisi", limits.CELLS)
            yield from found
    yield Text("isi lembar kerja", "".join(place.words))


def _enter(start: Start, place: _Place, hidden_styles: set[str]) -> Evidence:
    if start.name == "table":
        place.sheet, place.row = start.get("name"), 0
        yield Text("nama lembar", place.sheet)
        if start.get("style-name") in hidden_styles:
            yield fault("lampiran-tersembunyi", bagian=f"lembar {place.sheet}")
    elif start.name in {"table-row", "table-column"}:
        if _HIDDEN.intersection(start.all("visibility")):
            kind = "baris" if start.name == "table-row" else "kolom"
            yield fault("lampiran-tersembunyi", bagian=f"{kind} pada lembar {place.sheet}")
        if start.name == "table-row":
            place.row, place.column, place.row_repeat = place.row + 1, 0, _times(start, "number-rows-repeated")
    elif start.name in _CELLS:
        place.column, place.cell_repeat = place.column + 1, _times(start, "number-columns-repeated")
        place.words.clear()
        yield from _values(start, place)


def _values(start: Start, place: _Place) -> Evidence:
    """What a cell holds beside what it shows: its exact value, and its formula."""
    for formula in start.all("formula"):
        yield from formulas.of_cell(formula.removeprefix("of:").removeprefix("="), place.name())
        yield Text(place.name(), formulas.joined(formula))
    for value in start.all("value", "string-value"):
        yield Text(place.name(), cells.number(value))


def _leave(end: End, place: _Place) -> Iterator[Text]:
    if end.name in _CELLS:
        text = "".join(place.words).strip()
        place.words.clear()
        if text:
            yield Text(place.name(), text)
        place.column += place.cell_repeat - 1
    elif end.name == "table-row":
        place.row += place.row_repeat - 1
    elif end.name in _BREAKS:
        place.words.append("\n")


def _times(start: Start, name: str) -> int:
    repeated = start.get(name)
    return int(repeated) if repeated.isdecimal() else 1
