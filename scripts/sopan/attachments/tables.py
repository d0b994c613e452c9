"""CSV: UTF-8, one row of heads, the same number of columns throughout, and no cell that a program would calculate."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from sopan.attachments import limits
from sopan.attachments.examined import Evidence, Fault, Stopped, Text, beyond, fault

SEPARATORS = ",;"  # an Indonesian Excel writes semicolons
JOINT = " ; "  # between cells, so that the digits of two of them never read as one number

_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?\s*%?|[-\N{EN DASH}\N{EM DASH}]{1,3}")  # "-" stands for no data
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def evidence(_: str, data: bytes) -> Evidence:
    """The table's faults, and its text as one page whose lines are the rows."""
    rows = list(_rows(_decoded(data)))
    yield from _heads(rows)
    yield from _columns(rows)
    yield from _cells(rows)
    yield Text("", "\n".join(JOINT.join(cell.replace("\n", " ") for cell in row) + JOINT.rstrip() for row in rows))


def calculated(cell: str) -> bool:
    """Whether a spreadsheet program would take a cell's text for a formula; numbers may carry a sign."""
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell.strip())


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Stopped("lampiran-csv-utf8") from error
    if _CONTROL.search(text):
        raise Stopped("lampiran-csv-karakter")
    return text


def _rows(text: str) -> Iterator[list[str]]:
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    csv.field_size_limit(limits.CELL_CHARACTERS)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise Stopped("lampiran-csv-baris") from error


def _heads(rows: list[list[str]]) -> Iterator[Fault]:
    """The first row names the columns: each has a name, and they are not all numbers (years may be names)."""
    heads = [cell.strip() for cell in rows[0]] if rows else []
    if not heads or not all(heads) or all(_NUMBER.fullmatch(head) for head in heads):
        yield fault("lampiran-csv-tajuk")
    if len(heads) > limits.COLUMNS:
        raise beyond("kolom", limits.COLUMNS)


def _columns(rows: list[list[str]]) -> Iterator[Fault]:
    wanted = len(rows[0]) if rows else 0
    for number, row in enumerate(rows, start=1):
        if len(row) != wanted:
            yield fault("lampiran-csv-kolom", baris=number, jumlah=len(row), seharusnya=wanted)
            return


def _cells(rows: list[list[str]]) -> Iterator[Fault]:
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if calculated(cell):
                yield fault("lampiran-rumus", tempat=f"baris {number} kolom {column}", tanda=cell.strip()[:1])
