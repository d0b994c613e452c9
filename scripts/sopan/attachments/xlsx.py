"""XLSX: its sheets cell by cell, shown and hidden, with everything else that the archive holds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sopan.attachments import cells, formulas, limits, ooxml
from sopan.attachments.archive import Archive
from sopan.attachments.examined import Evidence, Fault, Text, Unreadable, beyond, fault
from sopan.attachments.xml_events import Characters, End, Start, events

WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"

_RELATIONS = "xl/_rels/workbook.xml.rels"
_TEXT = frozenset({"v", "f", "t"})
_RULES = frozenset({"formula1", "formula2", "formula", "definedName"})  # formulas that stand in no cell
_HEADERS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_SILENT = frozenset({"row", "col", "v", "f", "t", "mergeCell", "brk"})  # their attributes are places and measures
_STYLES = "xl/styles.xml"
_INVISIBLE = re.compile(r"\s*;\s*;\s*(;\s*)?")  # a number format that shows nothing of any value


@dataclass(frozen=True)
class Sheet:
    """A sheet as the workbook lists it: its name, its part, and whether it is shown."""

    name: str
    part: str
    shown: bool


@dataclass
class _Cell:
    """The cell that is being read."""

    name: str
    kind: str
    pieces: dict[str, str] = field(default_factory=dict)


def evidence(_: str, data: bytes) -> Evidence:
    """Everything found in a workbook."""
    archive = Archive(data)
    yield from ooxml.parts(archive)
    sheets = list(_sheets(archive))
    own = frozenset({STRINGS, *(sheet.part for sheet in sheets)})
    strings = _strings(archive.read(STRINGS)) if STRINGS in archive else []
    counted = 0
    for sheet in sheets:
        yield Text("nama lembar", sheet.name)
        if not sheet.shown:
            yield fault("lampiran-tersembunyi", bagian=f"lembar {sheet.name}")
        if sheet.part not in archive:
            raise Unreadable(sheet.part)
        for found in _sheet(sheet, archive.read(sheet.part), strings):
            counted += isinstance(found, Text)
            if counted > limits.CELLS:
                raise beyond("sel berisi", limits.CELLS)
            yield found
    yield from (Text("teks bersama", string) for string in strings)
    yield from _book(archive.read(WORKBOOK))
    if _STYLES in archive:
        yield from _formats(archive.read(_STYLES))
    yield from ooxml.whole(archive, own)


def _sheets(archive: Archive) -> Iterator[Sheet]:
    if ooxml.main_part(archive, "xl/") != WORKBOOK or _RELATIONS not in archive:
        raise Unreadable(WORKBOOK)
    parts = _targets(archive.read(_RELATIONS))
    for event in events(archive.read(WORKBOOK)):
        if isinstance(event, Start) and event.name == "sheet":
            relation = next((parts[value] for value in event.all("id") if value in parts), "")
            yield Sheet(event.get("name"), relation, event.get("state") in {"", "visible"})


def _book(data: bytes) -> Evidence:
    """What the workbook hides as a whole, and the formulas to which it gives names."""
    named: list[str] = []
    inside = False
    for event in events(data):
        if isinstance(event, Characters):
            named += [event.text] if inside else []
            continue
        inside = isinstance(event, Start) and event.name in _RULES
        if isinstance(event, Start) and event.name == "workbookView" and event.get("visibility") not in {"", "visible"}:
            yield fault("lampiran-tersembunyi", bagian="jendela buku kerja")
        elif isinstance(event, End) and named:
            yield from formulas.of_cell("".join(named), "nama di buku kerja")
            named.clear()


def _formats(data: bytes) -> Iterator[Fault]:
    for event in events(data):
        if isinstance(event, Start) and any(map(_INVISIBLE.fullmatch, event.all("formatCode"))):
            yield fault("lampiran-tersembunyi", bagian="isi sel dengan format angka ;;;")


def _targets(data: bytes) -> Mapping[str, str]:
    """The parts by the ids under which the workbook names them."""
    found = (event for event in events(data) if isinstance(event, Start) and event.name == "Relationship")
    return {one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target"))).strip("/") for one in found}


def _strings(data: bytes) -> list[str]:
    """The texts that cells name by number, each of one or more runs."""
    strings: list[str] = []
    run: list[str] = []
    inside = False
    for event in events(data):
        if isinstance(event, Characters):
            if inside:
                run.append(event.text)
        elif event.name == "t":
            inside = isinstance(event, Start)
        elif event.name == "si" and isinstance(event, End):
            strings.append("".join(run))
            run.clear()
    return strings


def _sheet(sheet: Sheet, data: bytes, strings: Sequence[str]) -> Evidence:
    """A sheet's cells; rows and columns that are not shown; links and texts that stand beside the cells."""
    cell = _Cell("", "")
    element = ""
    for event in events(data):
        if isinstance(event, Start):
            element = event.name
            if element == "c":
                cell = _Cell(event.get("r"), event.get("t"))
            else:
                yield from _hidden(sheet, event)
        elif isinstance(event, Characters):
            if element in _TEXT:
                cell.pieces[element] = cell.pieces.get(element, "") + event.text
            elif element in _RULES:
                yield from formulas.of_cell(event.text, f"aturan pada lembar {sheet.name}")
                yield Text(f"lembar {sheet.name}", event.text)
            elif element in _HEADERS:
                yield Text(f"lembar {sheet.name}", event.text)
        else:
            element = ""
            if event.name == "c":
                yield from _cell(sheet, cell, strings)


def _hidden(sheet: Sheet, start: Start) -> Evidence:
    if start.name in {"row", "col"} and (start.on("hidden") or 0.0 in map(float, start.all("ht", "width"))):
        kind = "baris" if start.name == "row" else "kolom"
        yield fault("lampiran-tersembunyi", bagian=f"{kind} pada lembar {sheet.name}")
    elif start.name == "sheetFormatPr" and start.on("zeroHeight"):
        yield fault("lampiran-tersembunyi", bagian=f"semua baris pada lembar {sheet.name}")
    elif start.name not in _SILENT:
        yield from (Text(f"lembar {sheet.name}", text) for text in ooxml.telling(start))


def _cell(sheet: Sheet, cell: _Cell, strings: Sequence[str]) -> Evidence:
    place = f"lembar {sheet.name} sel {cell.name if cells.is_reference(cell.name) else '?'}"
    if formula := cell.pieces.get("f", ""):
        yield from formulas.of_cell(formula, place)
        yield Text(place, formulas.joined(formula))
    value = cell.pieces.get("v", "").strip()
    if cell.kind == "s" and value:
        yield Text(place, strings[int(value)])
    elif cell.kind == "inlineStr":
        yield Text(place, cell.pieces.get("t", ""))
    elif value:
        yield Text(place, value if cell.kind in {"str", "d", "e"} else cells.number(value))
