"""One year of working hours, as `kalender/<tahun>.yml` sets it down: which hours of which day count as work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

Hours: TypeAlias = tuple[tuple[timedelta, timedelta], ...]
"""A day's working hours, in order: (from, to) counted from midnight by the wall clock; empty on a day off."""

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Basis:
    """A decree, what of the year it settles, and whether our copy of it was checked against the source."""

    subject: str
    decree: str
    checked: bool


@dataclass(frozen=True)
class DayOff:
    """A public holiday, or a day of collective leave; an `estimate` still waits for the government's word."""

    day: date
    name: str
    collective: bool
    estimate: bool


@dataclass(frozen=True)
class Fast:
    """Ramadan, or the part of it that lies in the year: first and last day."""

    first: date
    last: date
    estimate: bool


@dataclass(frozen=True, kw_only=True)
class Year:
    """The hours of one year; `week` and `ramadan_week` hold seven days from Monday on."""

    number: int
    basis: tuple[Basis, ...]
    week: tuple[Hours, ...]
    ramadan: tuple[Fast, ...]
    ramadan_week: tuple[Hours, ...]
    days_off: tuple[DayOff, ...]

    def hours(self, day: date) -> Hours:
        """The working hours of a day of this year."""
        return self._hours[day.toordinal() - self._first]

    def worked_before(self, day: date) -> timedelta:
        """Working time from the year's first midnight to that of `day`."""
        return self._worked[day.toordinal() - self._first]

    @property
    def total(self) -> timedelta:
        """All working time of the year."""
        return self._worked[-1]

    @cached_property
    def _first(self) -> int:
        return date(self.number, 1, 1).toordinal()

    @cached_property
    def _hours(self) -> tuple[Hours, ...]:
        """The hours of every day: looked up often, so laid out once."""
        closed = {off.day for off in self.days_off}
        first, following = date(self.number, 1, 1), date(self.number + 1, 1, 1)
        days = (first + n * DAY for n in range((following - first).days))
        return tuple(() if day in closed else self._usual(day) for day in days)

    @cached_property
    def _worked(self) -> tuple[timedelta, ...]:
        """Working time before each day and, last, after the whole year: sums turn any span into a subtraction."""
        return tuple(accumulate(map(_length, self._hours), initial=timedelta(0)))

    def _usual(self, day: date) -> Hours:
        fasting = any(fast.first <= day <= fast.last for fast in self.ramadan)
        return (self.ramadan_week if fasting else self.week)[day.weekday()]


def _length(hours: Hours) -> timedelta:
    return sum((end - start for start, end in hours), start=timedelta(0))
