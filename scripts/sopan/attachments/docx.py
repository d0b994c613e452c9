"""DOCX: its text part by part, with fields, tracked changes and comments, and everything else the archive holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from sopan.attachments import formulas, ooxml
from sopan.attachments.archive import Archive
from sopan.attachments.examined import Evidence, Text, fault
from sopan.attachments.xml_events import Characters, End, Start, events

_TRACKED = frozenset(
    {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"}
    | {f"{part}Change" for part in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tcPr", "trPr", "tblPrEx")}
)
_SHOWN = frozenset({"t", "delText"})
_ON = frozenset({"", "1", "true", "on"})
_SYMBOL = re.compile(r"[Ff]0([2-7][0-9A-Fa-f])")
_BREAKS = frozenset({"p", "br", "cr", "tr"})


def evidence(_: str, data: bytes) -> Evidence:
    """Everything found in a text document."""
    archive = Archive(data)
    yield from ooxml.parts(archive)
    ooxml.main_part(archive, "word/document")
    own = frozenset(name for name in archive.names() if _is_text(name))
    for name in own:
        yield from _part(_place(name), archive.read(name))
    yield from ooxml.whole(archive, own)


def _is_text(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return folder == "word" and file.startswith(("document", "header", "footer", "footnotes", "endnotes"))


def _place(name: str) -> str:
    kinds = {
        "header": "kepala halaman",
        "footer": "kaki halaman",
        "footnotes": "catatan kaki",
        "endnotes": "catatan akhir",
    }
    stem = name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    return kinds.get(stem, "isi dokumen")


def _part(place: str, data: bytes) -> Evidence:
    """The words of a part, a paragraph a line; fields by their whole instruction, however it is cut into runs."""
    shown: list[str] = []
    beside: set[str] = set()
    instruction: list[str] = []
    run = _Run()
    element = ""
    for event in events(data):
        if isinstance(event, Start):
            element = event.name
            yield from _start(place, event)
            run.enter(event)
            beside.update(ooxml.telling(event))
            shown.extend(event.all("descr", "title"))
            shown.extend(_symbol(event))
        elif isinstance(event, Characters):
            if run.hidden and element in _SHOWN and event.text.strip():
                yield fault("lampiran-tersembunyi", bagian=f"teks pada {place}")
            (instruction if element in {"instrText", "delInstrText"} else shown if element in _SHOWN else []).append(
                event.text
            )
        else:
            element = ""
            _separate(shown, event)
            if event.name in {"fldChar", "p"} and instruction:
                yield from formulas.of_field("".join(instruction), place)
                beside.add(unquote("".join(instruction)))
                instruction.clear()
    yield Text(place, "".join(shown))
    yield Text(place, ooxml.between(sorted(beside)))


@dataclass
class _Run:
    """The run that is being read: whether its text is formatted as hidden."""

    hidden: bool = False

    def enter(self, start: Start) -> None:
        if start.name == "r":
            self.hidden = False
        elif start.name == "vanish":
            self.hidden = start.get("val") in _ON


def _symbol(start: Start) -> Iterator[str]:
    """A sign given by its place in a symbol font, whose places F020 to F07E are those of ASCII."""
    if start.name == "sym" and (place := _SYMBOL.fullmatch(start.get("char"))):
        yield chr(int(place[1], 16))


def _separate(shown: list[str], end: End) -> None:
    if end.name == "tc":
        shown.append(ooxml.JOINT)
    elif end.name == "tab":
        shown.append("\t")
    if end.name in _BREAKS:
        shown.append("\n")


def _start(place: str, start: Start) -> Evidence:
    if start.name in _TRACKED:
        yield fault("lampiran-perubahan", tempat=place)
    elif start.name in {"commentReference", "commentRangeStart"}:
        yield fault("lampiran-komentar", tempat=place)
    elif start.name == "fldSimple":
        yield from formulas.of_field(start.get("instr"), place)
