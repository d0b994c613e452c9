"""Tables as files that people open in a spreadsheet program: CSV and XLSX, the same bytes from the same table."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from itertools import repeat
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sopan.summary_report import Sheet

_BOM = "\ufeff"  # without it Excel reads UTF-8 as something else
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows
_NAME = re.compile(r"[\[\]:*?/\\]")
_NAME_LETTERS = 31
_CELL = '<c r="{}{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
_CELL_LETTERS = 32_767  # what a spreadsheet program holds in one
_RANGE = re.compile(rb"<dimension [^>]*/>")
_SAVED_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """The tables below each other, with a byte order mark; no cell begins a formula."""
    paper = io.StringIO()
    writer = csv.writer(paper)
    for number, sheet in enumerate(sheets):
        if len(sheets) > 1:
            writer.writerows([*([[]] if number else []), [sheet.name]])
        writer.writerow(sheet.heads)
        writer.writerows([defused(cell) for cell in row] for row in sheet.rows)
    return (_BOM + paper.getvalue()).encode()


def defused(cell: str) -> str:
    """A cell that a spreadsheet program shows and does not calculate."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a sheet for each table, every cell a text, without the time or the name of whoever saved it.

    openpyxl makes the workbook and the heads. The rows, which may be ten thousands, are written into it as text.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(_NAME.sub(" ", sheet.name)[:_NAME_LETTERS]), sheet)
    book.properties.creator = ""
    saved = io.BytesIO()
    book.save(saved)
    return _finished(saved.getvalue(), {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)})


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for column, value in enumerate(sheet.heads, 1):
        cell = page.cell(1, column, value)
        cell.data_type = "s"  # a text that begins with = is no formula
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"


def _with_rows(content: bytes, sheet: Sheet) -> bytes:
    """The sheet's file with its rows, and with the range that they fill."""
    letters = [get_column_letter(column) for column in range(1, len(sheet.heads) + 1)]
    rows = "".join(_row(number, letters, values) for number, values in enumerate(sheet.rows, 2)).encode()
    filled = f'<dimension ref="A1:{letters[-1]}{len(sheet.rows) + 1}" />'.encode()
    return _RANGE.sub(filled, content.replace(b"</sheetData>", rows + b"</sheetData>"), count=1)


def _row(number: int, letters: Sequence[str], values: Sequence[str]) -> str:
    cells = "".join(map(_CELL.format, letters, repeat(number), (escape(value[:_CELL_LETTERS]) for value in values)))
    return f'<row r="{number}">{cells}</row>'


def _finished(data: bytes, sheets: Mapping[str, Sheet]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _SAVED_AT.sub(b"", content)
            if name in sheets:
                content = _with_rows(content, sheets[name])
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
