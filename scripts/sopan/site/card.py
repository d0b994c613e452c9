"""An item's card, as a library has one of each book: all that is asked of every item, without opening it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sopan.item import Item


class Card(NamedTuple):
    """What pages of many items say of each, or choose it by.

    Days are as ISO has them: until when an announcement holds, when the item was withdrawn, when it was corrected.
    What there is none of is "".
    """

    id: str
    year: str
    title: str
    classification: str
    kind: str
    origin_unit: str
    emergency: bool
    holds_until: str
    withdrawn: str
    replaced_by: str
    corrected: tuple[str, ...]


def of(item: Item) -> Card:
    """The card of an item."""
    return Card(
        id=item.id,
        year=item.year,
        title=item.title,
        classification=item.classification,
        kind=item.kind,
        origin_unit=item.origin_unit,
        emergency=bool(item.emergency),
        holds_until=_iso(item.holds_until),
        withdrawn=_iso(item.withdrawal.on if item.withdrawal else None),
        replaced_by=item.replaced_by,
        corrected=tuple(repair.on.isoformat() for repair in item.corrections),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
