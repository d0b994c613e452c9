"""A second opinion on the calendars: `kalender/` against the public `holidays` package, for people to look into.

Neither is the law. What differs is told with both sides, and the joint decree (SKB) decides which is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import holidays

from sopan import calendar_file
from sopan.finding import Finding, found
from sopan.worktime import Calendar
from sopan.workyear import Year

_CATEGORIES = {"public": "libur nasional", "government": "cuti bersama"}


def differences(calendar: Calendar, numbers: list[int] | None = None) -> Iterator[Finding]:
    """Every day off that only one of the two knows, or that they call otherwise; `numbers` are years, None: all."""
    for number, year in sorted(calendar.years.items()):
        if numbers is None or number in numbers:
            yield from _of_year(year)


def _of_year(year: Year) -> Iterator[Finding]:
    ours, theirs = _ours(year), _theirs(year.number)
    file = calendar_file.file_name(year.number)
    for day in sorted({*ours, *theirs}):
        here, there = ours.get(day), theirs.get(day)
        if here is None and there is not None:
            yield found("kalender-beda-kurang", file=file, tanggal=day, nama=there[1], jenis=there[0])
        elif there is None and here is not None:
            yield found("kalender-beda-lebih", file=file, tanggal=day, nama=here[1], jenis=here[0])
        elif here and there and here[0] != there[0]:
            yield found("kalender-beda-jenis", file=file, tanggal=day, tertulis=here[0], jenis=there[0])


def _ours(year: Year) -> Mapping[date, tuple[str, str]]:
    names = {False: _CATEGORIES["public"], True: _CATEGORIES["government"]}
    return {off.day: (names[off.collective], off.name) for off in year.days_off}


def _theirs(number: int) -> Mapping[date, tuple[str, str]]:
    """Days by kind and name; a public holiday on a day of collective leave is a public holiday."""
    known: dict[date, tuple[str, str]] = {}
    for category in ("government", "public"):
        days = holidays.country_holidays("ID", years=number, categories=(category,), language="id")
        known |= {day: (_CATEGORIES[category], name) for day, name in days.items()}
    return known
