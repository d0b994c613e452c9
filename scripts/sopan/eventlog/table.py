"""The event log as CSV (RFC 4180), an event a line, with the column names that process mining programs know."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from sopan.eventlog import ATTRIBUTES, Event, attributes

STANDARD = ("case:concept:name", "concept:name", "lifecycle:transition", "time:timestamp", "org:role")


def write(events: Iterable[Event], zone: ZoneInfo) -> Iterator[str]:
    """The lines, heads first; instants in the office's zone; a cell is empty where history cannot tell."""
    yield _line([*STANDARD, "butir", "putaran", *ATTRIBUTES])
    for event in events:
        at = event.at.astimezone(zone).isoformat()
        standard = (event.case, event.activity, event.transition, at, event.role.name)
        yield _line([*standard, event.item, event.round, *attributes(event).values()])


def _line(cells: Iterable[object]) -> str:
    paper = io.StringIO()
    csv.writer(paper).writerow(["" if cell is None else cell for cell in cells])
    return paper.getvalue()
