"""Working time between two instants: what an office's clock says, without nights, breaks and days off.

Pure arithmetic over `kalender/`. Wall-clock hours are taken to have no clock change inside them, which holds in
every zone of Indonesia.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sopan import calendar_file
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.sop import StandardTime
from sopan.workyear import DAY, Year

_CLOCK_UNITS = {"menit": timedelta(minutes=1), "jam": timedelta(hours=1)}
_DAY_UNIT = "hari kerja"
_MICROSECOND = timedelta(microseconds=1)
_SIXTY = tuple(f"{number:02}" for number in range(60))
_MINUTES = tuple(f"{hour:02}:{minute}" for hour in range(24) for minute in _SIXTY)


class Day(NamedTuple):
    """A day by the office's clocks: working time of its year before it, and its hours from midnight, in microseconds.

    `offset` is what the day's instants end with; "" where the clocks are changed on it.
    """

    text: str
    offset: str
    year: int
    before: int
    hours: tuple[tuple[int, int], ...]


class Moment(NamedTuple):
    """An instant by the office's clocks: the words of it, the working time of its year before, whether work goes on."""

    text: str
    year: int
    worked: int
    open: bool


@dataclass(frozen=True)
class Calendar:
    """The years that the office has laid down, and the zone in which its clocks stand.

    An instant ends one span and begins the next, and days have many: `moments` and `days` keep what was found out.
    """

    zone: ZoneInfo
    years: Mapping[int, Year]
    moments: dict[datetime, Moment] = field(default_factory=dict, compare=False, repr=False)
    days: dict[int, Day] = field(default_factory=dict, compare=False, repr=False)


def load_calendar(
    files: Mapping[int, bytes], schema: Mapping[str, object], zone: ZoneInfo
) -> tuple[Calendar | None, list[Finding]]:
    """The calendar from its files by year, and everything wrong in any of them; any finding means: do not use it."""
    if not files:
        return None, [found("kalender-tiada")]
    read = {number: calendar_file.load_year(number, content, schema) for number, content in sorted(files.items())}
    findings = [finding for _, wrong in read.values() for finding in wrong]
    years = {number: year for number, (year, _) in read.items() if year is not None}
    return (None if findings else Calendar(zone, years)), findings


def worked(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Working time from `start` to `end`, both aware. SopanError where a year between them has no calendar."""
    return timedelta(microseconds=taken(calendar, start, end))


def taken(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The same in microseconds."""
    here, there = moment(calendar, start), moment(calendar, end)
    if end < start:
        backwards = f"{_local(calendar, start)} ke {_local(calendar, end)}"
        raise SopanError(f"waktu berjalan mundur dari {backwards}; periksa riwayat dan jam mesinnya.")
    if here.year == there.year:  # as nearly always, and asked tens of thousands of times
        return there.worked - here.worked
    years = range(here.year, there.year)
    return there.worked - here.worked + sum(_year(calendar, number).total // _MICROSECOND for number in years)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether `at` lies in working hours; the minute of opening and that of closing both count."""
    return moment(calendar, at).open


def within(calendar: Calendar, start: datetime, end: datetime, standard: StandardTime) -> bool:
    """Whether what began at `start` and ended at `end` kept the standard time.

    Minutes and hours are working time. So many working days mean: not later than the same clock time so many
    working days on; time outside hours is never counted against anybody.
    """
    clock_time = allowance(standard)
    if clock_time is not None:
        return worked(calendar, start, end) <= clock_time
    due = _days_on(calendar, start, end, days=standard.value)
    return due is None or end <= due or not worked(calendar, due, end)


def allowance(standard: StandardTime) -> timedelta | None:
    """How much time the standard gives; None for working days, which have no one length."""
    if standard.unit == _DAY_UNIT:
        return None
    return standard.value * _CLOCK_UNITS[standard.unit]


def _days_on(calendar: Calendar, start: datetime, end: datetime, *, days: int) -> datetime | None:
    """The clock time of `start`, `days` working days on; None where `end` comes before that day.

    Work that comes in on a day off begins with the next working day. The search stops at `end`, so that a year
    nobody has reached needs no calendar.
    """
    here, last = _local(calendar, start), _local(calendar, end).date()
    day, clock, left = here.date(), _clock(here), days
    if not _is_working_day(calendar, day):
        clock, left = timedelta(0), days + 1
    while left:
        day += DAY
        if day > last:
            return None
        left -= int(_is_working_day(calendar, day))
    return datetime(day.year, day.month, day.day, tzinfo=calendar.zone) + clock


def _is_working_day(calendar: Calendar, day: date) -> bool:
    return bool(_year(calendar, day.year).hours(day))


def moment(calendar: Calendar, at: datetime) -> Moment:
    """What is known of an instant. SopanError where its year has no calendar."""
    known = calendar.moments.get(at)
    if known is None:
        known = calendar.moments[at] = _found_out(calendar, _local(calendar, at))
    return known


def _found_out(calendar: Calendar, here: datetime) -> Moment:
    day = calendar.days.get(here.toordinal()) or _laid_out(calendar, here.date())
    minute = here.hour * 60 + here.minute
    clock = (minute * 60 + here.second) * 1_000_000 + here.microsecond
    worked, is_open = day.before, False
    for start, end in day.hours:
        if clock >= start:
            worked += min(clock, end) - start
            is_open = is_open or clock <= end
    plain = day.offset and not here.microsecond
    text = f"{day.text}T{_MINUTES[minute]}:{_SIXTY[here.second]}{day.offset}" if plain else here.isoformat()
    return Moment(text, day.year, worked, is_open)


def _laid_out(calendar: Calendar, day: date) -> Day:
    year = _year(calendar, day.year)
    hours = tuple((start // _MICROSECOND, end // _MICROSECOND) for start, end in year.hours(day))
    midnight, next_one = (datetime.combine(one, time(), calendar.zone) for one in (day, day + DAY))
    changed = midnight.utcoffset() != next_one.utcoffset()
    offset = "" if changed else midnight.isoformat().removeprefix(f"{day.isoformat()}T00:00:00")
    known = Day(day.isoformat(), offset, day.year, year.worked_before(day) // _MICROSECOND, hours)
    return calendar.days.setdefault(day.toordinal(), known)


def _year(calendar: Calendar, number: int) -> Year:
    if number not in calendar.years:
        raise SopanError(f"belum ada kalender kerja tahun {number}; tambahkan kalender/{number}.yml lebih dahulu.")
    return calendar.years[number]


def _local(calendar: Calendar, at: datetime) -> datetime:
    """`at` by the office's clocks; a naive instant would silently take the machine's zone."""
    if at.tzinfo is None:
        raise ValueError(f"naive instant: {at}")
    return at.astimezone(calendar.zone)


def _clock(here: datetime) -> timedelta:
    return timedelta(0, (here.hour * 60 + here.minute) * 60 + here.second, here.microsecond)
