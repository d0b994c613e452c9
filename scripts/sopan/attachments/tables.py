"""CSV: UTF-8, one row of heads, the same number of columns throughout, and no cell that a program would calculate."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from sopan import plain_text
from sopan.attachments import cells, limits
from sopan.attachments.examined import Evidence, Fault, Stopped, Text, beyond, fault

SEPARATORS = ",;"  # an Indonesian Excel writes semicolons
JOINT = " ; "  # between cells, so that the digits of two of them never read as one number

_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
# What a program that parts its columns elsewhere would take for a formula.
_FORMULA_WITHIN = re.compile(r"[;,\t]\s*(?:[=\uff1d]|@[A-Za-z]+\(|[+\-][A-Za-z.]+[|(])")
_EXPONENT = re.compile(r"\d[eE]\+?\d{1,2}\s*\Z")
_SUM = r"[+-]?\s*(?:Rp\.?\s*)?\d[\d.,]*(?:\s\d{3}(?:,\d+)?)*(?:[eE][+-]?\d+)?\s*%?"
_NUMBER = re.compile(rf"{_SUM}|[-\N{{EN DASH}}\N{{EM DASH}}]{{1,3}}")  # "-" stands for no data


def evidence(_: str, data: bytes) -> Evidence:
    """The table's faults, and its text as one page whose lines are the rows."""
    rows = list(_rows(_decoded(data)))
    yield from _heads(rows)
    yield from _columns(rows)
    yield from _cells(rows)
    yield Text("", "\n".join(JOINT.join(map(_read, row)) + JOINT.rstrip() for row in rows))


def _read(cell: str) -> str:
    """A cell as its reader gets it, in one line; programs store long numbers with an exponent."""
    return cells.number(cell.strip().replace(",", ".")) if _EXPONENT.search(cell) else cell.replace("\n", " ")


def calculated(cell: str) -> bool:
    """Whether a spreadsheet program would take a cell's text for a formula; numbers may carry a sign."""
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell.strip())


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Stopped("lampiran-csv-utf8") from error
    if not (text.isascii() and text.isprintable()) and plain_text.hidden(text.replace("\r", "")):
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


def _sign(cell: str) -> str:
    """The sign with which the formula in a cell begins."""
    within = _FORMULA_WITHIN.search(cell)
    return within.group()[1:].strip()[:1] if within and not calculated(cell) else cell.strip()[:1]


def _cells(rows: list[list[str]]) -> Iterator[Fault]:
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if calculated(cell) or _FORMULA_WITHIN.search(cell):
                yield fault("lampiran-rumus", tempat=f"baris {number} kolom {column}", tanda=_sign(cell))
