"""What the public site is a function of: policy, items with their files, their rounds, and the measured times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sopan.item import Item
from sopan.policy import Policy
from sopan.site import body, card, digests
from sopan.site.body import Body
from sopan.site.card import Card
from sopan.site.chronicle import Chronicle, Past
from sopan.timing_summary import Summary

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Standing(Enum):
    """How an item came to stand on the site."""

    CHAIN = "rantai"
    BEFORE_CHAIN = "sebelum rantai"
    DRAFT = "konsep, belum terbit"


@dataclass(frozen=True)
class StoredFile:
    """A file of an item's folder: where it lies, its size in bytes and the hex SHA-256 of its bytes.

    `text` is what an attachment's reader sees, where it was read already; else None.
    """

    name: str
    path: Path
    size: int
    sha256: str
    text: str | None = None


@dataclass(frozen=True)
class Whole:
    """An item without fault and the files of its folder by name."""

    item: Item
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """An item without fault, unopened: its card, `content` by which it is known again, and how to `read` it whole."""

    card: Card
    content: str
    read: Callable[[], Whole]


@dataclass(frozen=True, kw_only=True)
class Entry(Found):
    """One item as the site shows it, with its past; it is read once somebody asks for more than its card says."""

    past: Past

    @property
    def item(self) -> Item:
        """The item itself."""
        return self._whole.item

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """The files of its folder by name."""
        return self._whole.files

    @cached_property
    def _whole(self) -> Whole:
        return self.read()

    @cached_property
    def text(self) -> Body:
        """The item's own text, rendered once for its page and for the search."""
        return body.render(self.item.body)

    @property
    def standing(self) -> Standing:
        """How the version that is shown came here."""
        if self.past.published:
            return Standing.CHAIN
        return Standing.BEFORE_CHAIN if self.past.stood_before else Standing.DRAFT

    @property
    def published_at(self) -> datetime | None:
        """When `main` last received this item; None where no recorded step brought it there."""
        return self.past.published[-1] if self.past.published else None

    def published_on(self, zone: ZoneInfo) -> date | None:
        """The day of that, where the office is."""
        return self.published_at.astimezone(zone).date() if self.published_at else None

    @property
    def is_in_force(self) -> bool:
        """Whether it was not withdrawn."""
        return not self.card.withdrawn

    @property
    def shown(self) -> tuple[str, bool, Sequence[datetime]]:
        """All that any page of many items says of it: its content as one digest, its standing, and its publications."""
        return self.content, self.past.stood_before, self.past.published

    def file(self, name: str) -> StoredFile:
        """The file of that name; KeyError when the folder has none."""
        for stored in self.files:
            if stored.name == name:
                return stored
        raise KeyError(name)


Years: TypeAlias = Mapping[str, Sequence[Entry]]
"""Items by year, the newest year first."""


def found(whole: Whole) -> Found:
    """An item that was just read; it is known again by the digests of its files."""
    content = digests.of(whole.item, [(file.name, file.size, file.sha256) for file in whole.files])
    return Found(card=card.of(whole.item), content=content, read=lambda: whole)


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """Everything a build reads. `entries` are sorted by identity; `commit` is the one whose history was read."""

    policy: Policy
    entries: tuple[Entry, ...]
    chronicle: Chronicle
    commit: str

    @cached_property
    def identities(self) -> frozenset[str]:
        """The items that have a page."""
        return frozenset(entry.card.id for entry in self.entries)

    @cached_property
    def years(self) -> Years:
        """The items in force by year, the newest year first, by title within it; a year that lost them all is empty."""
        grouped: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries, key=lambda one: (-int(one.card.year), one.card.title.casefold())):
            year = grouped.setdefault(entry.card.year, [])
            if entry.is_in_force:
                year.append(entry)
        return {year: tuple(entries) for year, entries in grouped.items()}

    @cached_property
    def classes(self) -> Mapping[str, Years]:
        """Those in force by class, and then as they are by `years`."""
        return _sorted(self.years, attrgetter("classification"))

    @cached_property
    def kinds(self) -> Mapping[str, Years]:
        """The same by the kind of document."""
        return _sorted(self.years, attrgetter("kind"))

    @cached_property
    def by_year(self) -> Years:
        """All items by year, the newest year first, by identity within it; withdrawn ones too."""
        grouped: dict[str, list[Entry]] = {year: [] for year in self.years}
        for entry in self.entries:
            grouped[entry.card.year].append(entry)
        return {year: tuple(entries) for year, entries in grouped.items()}

    @cached_property
    def shown(self) -> Mapping[str, str]:
        """One digest of all that any page of many items says of those of a year, by year."""
        return {year: digests.of(*(entry.shown for entry in entries)) for year, entries in self.by_year.items()}

    @cached_property
    def summary(self) -> Summary:
        """The sums that the page *Kinerja SOP* and its downloads show."""
        return self.chronicle.summary({entry.card.id: entry.card.kind for entry in self.entries if entry.card.kind})

    def updated(self) -> date:
        """The youngest day that the record names, so that no build asks the clock."""
        return self._updated

    @cached_property
    def _updated(self) -> date:
        received = max((entry.published_at for entry in self.entries if entry.published_at), default=_EPOCH)
        return received.astimezone(UTC).date()


def _sorted(years: Years, drawer: Callable[[Card], str]) -> Mapping[str, Years]:
    """Each year's items into drawers; every drawer has all years."""
    drawers: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: {year: [] for year in years})
    for year, entries in years.items():
        for entry in entries:
            drawers[drawer(entry.card)][year].append(entry)
    return dict(drawers)
