"""What grows with the items is shown by year, and a year in parts: no page shows more than `ROWS` of anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from sopan.site.facts import Entry

ROWS = 200
LATEST = 20
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)

Row = TypeVar("Row")


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Rows `first` and following of a year, the `number`th of `count` parts."""

    year: str
    number: int
    count: int
    first: int
    rows: Sequence[Row]


def parts(year: str, rows: Sequence[Row]) -> Iterator[Part[Row]]:
    """A year's rows in parts; a year without any has one part, which is empty."""
    count = number_of_parts(len(rows))
    for at in range(count):
        yield Part(year, at + 1, count, at * ROWS + 1, rows[at * ROWS : (at + 1) * ROWS])


def number_of_parts(rows: int) -> int:
    """On how many pages so many rows stand."""
    return max(1, -(-rows // ROWS))


def address(stem: str, number: int) -> str:
    """Where part `number` lies: the first at `informasi/2026/`, the next at `informasi/2026-2/`, where no item is."""
    return f"informasi/{part_of(stem, number)}/"


def part_of(stem: str, number: int) -> str:
    """The last part of that address."""
    return stem if number == 1 else f"{stem}-{number}"


def suffix(number: int) -> str:
    """What a part's title adds to the year's."""
    return f", bagian {number}" if number > 1 else ""


def sorted_as(instant: datetime) -> str:
    """An instant in a form that is sorted as instants are."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def when(entry: Entry) -> datetime:
    """By what the latest is found; what no recorded step published came before all else."""
    return entry.published_at or _BEFORE_ALL
