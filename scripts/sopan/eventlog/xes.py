"""The event log in XES (IEEE 1849-2016) with its standard extensions concept, lifecycle, time and organizational."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from sopan.eventlog import Event, attributes

_EXTENSIONS = (
    ("Concept", "concept"),
    ("Lifecycle", "lifecycle"),
    ("Time", "time"),
    ("Organizational", "org"),
)
_ADDRESS = "http://www.xes-standard.org/"
_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="{_ADDRESS}">
{{extensions}}
  <global scope="trace">
    <string key="concept:name" value="-"/>
  </global>
  <global scope="event">
    <string key="concept:name" value="-"/>
    <string key="lifecycle:transition" value="complete"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
    <string key="org:role" value="-"/>
  </global>
  <classifier name="Langkah" keys="concept:name"/>
  <classifier name="Langkah dan daurnya" keys="concept:name lifecycle:transition"/>
  <string key="concept:name" value={{name}}/>
  <string key="lifecycle:model" value="standard"/>
"""


def write(events: Iterable[Event], zone: ZoneInfo, name: str) -> Iterator[str]:
    """The document, a trace at a time; `name` is the log's own, instants stand in the office's zone."""
    lines = (
        f'  <extension name="{full}" prefix="{short}" uri="{_ADDRESS}{short}.xesext"/>' for full, short in _EXTENSIONS
    )
    yield _HEAD.format(extensions="\n".join(lines), name=quoteattr(name))
    for (item, number), group in groupby(events, key=lambda event: (event.item, event.round)):
        yield _trace(item, number, list(group), zone)
    yield "</log>\n"


def _trace(item: str, number: int, group: list[Event], zone: ZoneInfo) -> str:
    about: dict[str, str | int] = {"concept:name": group[0].case, "butir": item, "putaran": number}
    lines = ["  <trace>", *(_attribute(4, key, value) for key, value in about.items())]
    for event in group:
        lines += ["    <event>", *_event(event, zone), "    </event>"]
    return "\n".join([*lines, "  </trace>\n"])


def _event(event: Event, zone: ZoneInfo) -> Iterator[str]:
    known: dict[str, str | int | datetime | None] = {
        "concept:name": event.activity,
        "lifecycle:transition": event.transition,
        "time:timestamp": event.at.astimezone(zone),
        "org:role": event.role.name,
    }
    known.update(attributes(event))
    for key, value in known.items():
        if value is not None:
            yield _attribute(6, key, value)


def _attribute(indent: int, key: str, value: str | int | datetime) -> str:
    """One attribute in the type that XES gives it."""
    match value:
        case datetime():
            kind, text = "date", value.isoformat(timespec="milliseconds")
        case int():
            kind, text = "int", str(value)
        case str():
            kind, text = "string", value
    return f'{" " * indent}<{kind} key="{key}" value={quoteattr(text)}/>'
