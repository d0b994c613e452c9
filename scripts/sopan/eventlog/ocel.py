"""The event log in OCEL 2.0 (JSON): events that concern an item, a round of it and a role at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC

import orjson

from sopan.eventlog import ATTRIBUTES, Event, attributes, case

ITEM, ROUND, ROLE = "butir", "putaran", "peran"

_NAME = {"name": "nama", "type": "string"}
_TYPES = [
    {"name": name, "type": "integer" if kind is int else "string"}
    for name, kind in {"daur": str, **ATTRIBUTES}.items()
]


def write(events: Iterable[Event]) -> Iterator[str]:
    """The document; instants in UTC, as readers of OCEL expect them; ids of objects begin with their type."""
    known = list(events)
    document = {
        "objectTypes": [{"name": kind, "attributes": [_NAME]} for kind in (ITEM, ROUND, ROLE)],
        "eventTypes": [{"name": name, "attributes": _TYPES} for name in sorted({one.activity for one in known})],
        "objects": list(_objects(known)),
        "events": [_event(number, event) for number, event in enumerate(known, 1)],
    }
    yield orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _objects(known: list[Event]) -> Iterator[Mapping[str, object]]:
    born: dict[str, str] = {}
    for event in known:
        born[event.item] = min(born.get(event.item, _instant(event)), _instant(event))
    for item, since in born.items():
        yield _object(ITEM, item, item, since, ())
    for item, number in sorted({(event.item, event.round) for event in known}):
        yield _object(
            ROUND, case(item, number), case(item, number), born[item], (_related(ITEM, item, "putaran dari"),)
        )
    for code, name in sorted({(event.role.code, event.role.name) for event in known}):
        yield _object(ROLE, code, name, min(born.values()), ())


def _object(
    kind: str, identity: str, name: str, since: str, related: tuple[Mapping[str, str], ...]
) -> Mapping[str, object]:
    attribute = {"name": "nama", "time": since, "value": name}
    return {"id": f"{kind}:{identity}", "type": kind, "attributes": [attribute], "relationships": related}


def _event(number: int, event: Event) -> Mapping[str, object]:
    values = {"daur": event.transition, **attributes(event)}
    return {
        "id": f"kejadian:{number}",
        "type": event.activity,
        "time": _instant(event),
        "attributes": [{"name": name, "value": value} for name, value in values.items() if value is not None],
        "relationships": [
            _related(ITEM, event.item, "tentang"),
            _related(ROUND, event.case, "dalam"),
            _related(ROLE, event.role.code, "oleh"),
        ],
    }


def _related(kind: str, identity: str, qualifier: str) -> Mapping[str, str]:
    return {"objectId": f"{kind}:{identity}", "qualifier": qualifier}


def _instant(event: Event) -> str:
    return event.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
