"""The repository's own calendar, and instants by its clocks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from policy_files import TOP, schema
from sopan import worktime

ZONE = ZoneInfo("Asia/Jakarta")
YEARS = (2019, 2025, 2026, 2027)


def content(year):
    return (TOP / "kalender" / f"{year}.yml").read_bytes()


def load(files):
    return worktime.load_calendar(files, schema("kalender"), ZONE)


def repository_calendar():
    calendar, findings = load({year: content(year) for year in YEARS})
    assert findings == []
    return calendar


def at(clock):
    """An instant by the office's clocks: at("2026-11-20 16.20")."""
    return datetime.strptime(clock, "%Y-%m-%d %H.%M").replace(tzinfo=ZONE)
