"""Tables as files that people open in a spreadsheet program: CSV and XLSX, the same bytes from the same tables.

A table of thousands of rows comes in stretches. Each is kept as it was written, and written anew where it is another.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from string import ascii_uppercase
from typing import TYPE_CHECKING, TypeAlias, cast
from xml.sax.saxutils import escape

from sopan.site import digests
from sopan.site.kept_parts import Parts
from sopan.summary_report import Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_BOM = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as something else
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NAME = re.compile(r"[\[\]:*?/\\]")
_NAME_LETTERS = 31
_CELL = '<c r="{}{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
_CELL_LETTERS = 32_767  # what a spreadsheet program holds in one
_RANGE = re.compile(rb"<dimension [^>]*/>")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_QUICK = 1  # of nine levels of packing: less than half the time of the usual, for files larger by a seventh
_SAVED_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_ABOUT = "docProps/core.xml"
_END_OF_ROWS = b"</sheetData>"

_Row: TypeAlias = Sequence[str]


@dataclass(frozen=True)
class Stretch:
    """Rows that follow each other: kept under `name` for as long as `made_of`, a digest, is the same; not without."""

    name: str
    made_of: str
    rows: Callable[[], Iterable[Sequence[str]]]


@dataclass(frozen=True)
class Table:
    """A table of words, as a `Sheet` is, in stretches."""

    name: str
    heads: tuple[str, ...]
    stretches: Sequence[Stretch]


@dataclass(frozen=True)
class Book:
    """The tables of one file, what is kept of which bears its name."""

    name: str
    tables: Sequence[Table]


@dataclass(frozen=True)
class _Rows:
    """How many rows, and these as a stretch of a sheet's file."""

    count: int
    content: bytes


def table(sheet: Sheet) -> Table:
    """A table of few rows, of which nothing is kept."""
    return Table(sheet.name, sheet.heads, [Stretch("", "", lambda: sheet.rows)])


def as_csv(book: Book, parts: Parts) -> bytes:
    """The tables below each other, with a byte order mark; no cell begins a formula."""
    paper, kept = [_BOM], partial(_kept, parts, f"csv-{book.name}")
    for number, one in enumerate(book.tables):
        if len(book.tables) > 1:
            paper.append(_lines([*([()] if number else []), (one.name,)]))
        paper.append(_lines([one.heads]))
        paper += [kept(stretch, stretch.made_of, partial(_defused, parts, book, stretch)) for stretch in one.stretches]
    return b"".join(paper)


def defused(cell: str) -> str:
    """A cell that a spreadsheet program shows and does not calculate."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell


def as_xlsx(book: Book, parts: Parts) -> bytes:
    """A workbook with a sheet for each table, every cell a text, without the time or the name of whoever saved it.

    openpyxl makes the workbook and the heads. The rows, which may be ten thousands, are written into it as text.
    """
    heads = [(one.name, one.heads) for one in book.tables]
    without_rows = parts.part(f"buku-{book.name}", digests.of(heads), partial(_without_rows, book.tables))
    with zipfile.ZipFile(io.BytesIO(without_rows)) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    contents[_ABOUT] = _SAVED_AT.sub(b"", contents[_ABOUT])
    for number, one in enumerate(book.tables, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        contents[name] = _with_rows(contents[name], one.heads, list(_written(book, one, parts)))
    return _zipped(contents)


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name, content in contents.items():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED, _QUICK)
    return packed.getvalue()


def _kept(parts: Parts, kind: str, stretch: Stretch, made_of: str, make: Callable[[], bytes]) -> bytes:
    return parts.part(f"{kind}-{stretch.name}", made_of, make) if stretch.name else make()


def _defused(parts: Parts, book: Book, stretch: Stretch) -> bytes:
    return "".join(_each(parts, f"csv-{book.name}", stretch, stretch.rows(), _line)).encode()


def _line(row: Sequence[str]) -> str:
    return _lines([[defused(cell) for cell in row]]).decode()


def _each(
    parts: Parts, kind: str, stretch: Stretch, rows: Iterable[_Row], write: Callable[[_Row], str]
) -> Iterable[str]:
    """Rows as they are written; each is kept by what it says, for a stretch of which one changed."""
    if not stretch.name:
        return map(write, rows)
    return cast("list[str]", parts.each(f"{kind}-{stretch.name}-baris", list(rows), digests.of, write))


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    paper = io.StringIO()
    csv.writer(paper).writerows(rows)
    return paper.getvalue().encode()


def _without_rows(tables: Sequence[Table]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - a quarter of the build's start; kept is what it makes

    book = Workbook()
    book.remove(book.worksheets[0])
    for one in tables:
        _fill(book.create_sheet(_NAME.sub(" ", one.name)[:_NAME_LETTERS]), one.heads)
    book.properties.creator = ""
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _fill(page: Worksheet, heads: Sequence[str]) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    for column, value in enumerate(heads, 1):
        cell = page.cell(1, column, value)
        cell.data_type = "s"  # a text that begins with = is no formula
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"


def _with_rows(content: bytes, heads: Sequence[str], stretches: Sequence[_Rows]) -> bytes:
    """The sheet's file with its rows, and with the range that they fill."""
    last = ascii_uppercase[len(heads) - 1]
    filled = f'<dimension ref="A1:{last}{sum(one.count for one in stretches) + 1}" />'.encode()
    before, end, after = _RANGE.sub(filled, content, count=1).partition(_END_OF_ROWS)
    return b"".join([before, *(one.content for one in stretches), end, after])


def _written(book: Book, one: Table, parts: Parts) -> Iterator[_Rows]:
    """The stretches of a table, each with the numbers of its rows."""
    first = 2  # below the heads
    for stretch in one.stretches:
        made_of = digests.of(first, stretch.made_of)
        rows = _read(_kept(parts, f"xlsx-{book.name}", stretch, made_of, partial(_packed, parts, book, stretch, first)))
        yield rows
        first += rows.count


def _packed(parts: Parts, book: Book, stretch: Stretch, first: int) -> bytes:
    """What `_read` takes apart."""
    numbered = ((str(number), *values) for number, values in enumerate(stretch.rows(), first))
    rows = list(_each(parts, f"xlsx-{book.name}", stretch, numbered, _row))
    return b"%d\n%b" % (len(rows), "".join(rows).encode())


def _read(packed: bytes) -> _Rows:
    count, _, content = packed.partition(b"\n")
    return _Rows(int(count), content)


def _row(numbered: Sequence[str]) -> str:
    number, *values = numbered
    letters = ascii_uppercase[: len(values)]
    cells = "".join(map(_CELL.format, letters, repeat(number), (escape(value[:_CELL_LETTERS]) for value in values)))
    return f'<row r="{number}">{cells}</row>'
