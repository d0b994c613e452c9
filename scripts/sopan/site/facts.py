"""What the public site is a function of: policy, items with their files, their rounds, and the measured times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property, partial
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from sopan.item import Item
from sopan.policy import Policy
from sopan.site import body, card, digests
from sopan.site.body import Body
from sopan.site.card import Card
from sopan.site.chronicle import Chronicle
from sopan.site.past import Past
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


def found(whole: Whole) -> Found:
    """An item that was just read; it is known again by the digests of its files."""
    content = digests.of(whole.item, [(file.name, file.size, file.sha256) for file in whole.files])
    return Found(card=card.of(whole.item), content=content, read=lambda: whole)


def entry(one: Found, known: Chronicle) -> Entry:
    """An item with its past."""
    return Entry(past=known.told(one.card.id).past, **vars(one))


@dataclass(frozen=True, kw_only=True)
class Volume:
    """The items of a year, each opened when somebody asks for it: what is told of them without that is kept by year.

    `names` are their identities, sorted. `shown` is one digest of all that pages of many items say of them, `made_of`
    one of all that their own pages are made of.
    """

    year: str
    names: tuple[str, ...]
    shown: str
    made_of: str
    open: Callable[[str], Entry]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All of them by identity, withdrawn ones too."""
        return tuple(map(self.entry, self.names))

    @cached_property
    def in_force(self) -> tuple[Entry, ...]:
        """Those in force, by title."""
        by_title = sorted(self.entries, key=lambda entry: entry.card.title.casefold())
        return tuple(entry for entry in by_title if entry.is_in_force)

    def entry(self, name: str) -> Entry:
        """One of them; KeyError where there is none of that name."""
        if name not in self._opened:
            self._opened[name] = self.open(name)
        return self._opened[name]

    @cached_property
    def _opened(self) -> dict[str, Entry]:
        return {}


Volumes = Mapping[str, Volume]
"""The items by year, the newest year first."""


def volumes(entries: Iterable[Entry]) -> Volumes:
    """Entries that are at hand."""
    by_year = groupby(sorted(entries, key=lambda entry: entry.card.id), key=lambda entry: entry.card.year)
    made = (volume(year, {entry.card.id: entry for entry in some}) for year, some in by_year)
    return newest_first(made)


def volume(year: str, entries: Mapping[str, Entry]) -> Volume:
    """The entries of a year that are at hand, by identity."""
    return Volume(
        year=year,
        names=tuple(entries),
        shown=digests.of(*(entry.shown for entry in entries.values())),
        made_of=digests.of(*((entry.content, entry.past.made_of) for entry in entries.values())),
        open=entries.__getitem__,
    )


def newest_first(some: Iterable[Volume]) -> Volumes:
    """Volumes in the order in which the site shows them."""
    return {one.year: one for one in sorted(some, key=lambda one: int(one.year), reverse=True)}


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """Everything a build reads. `commit` is the one whose history was read."""

    policy: Policy
    volumes: Volumes
    chronicle: Chronicle
    commit: str

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All items by identity."""
        return tuple(chain.from_iterable(one.entries for one in self.oldest_first))

    @cached_property
    def oldest_first(self) -> Sequence[Volume]:
        """The items by year, the oldest year first."""
        return list(self.volumes.values())[::-1]

    def entry(self, identity: str) -> Entry:
        """One item; KeyError where there is none."""
        return self.volumes[identity.partition("/")[0]].entry(identity)

    def has(self, identity: str) -> bool:
        """Whether an item of that identity has a page."""
        return identity in self._names.get(identity.partition("/")[0], ())

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        return {year: frozenset(one.names) for year, one in self.volumes.items()}

    def told(self, name: str, year: str, tell: Callable[[Volume], object]) -> Any:  # noqa: ANN401  whatever JSON has
        """What pages of many items need of a year's, as JSON has it: kept while these are shown as they were."""
        if (name, year) not in self._told:
            volume = self.volumes[year]
            kept = self.chronicle.parts.part(f"{name}-{year}", volume.shown, partial(_json, tell, volume))
            self._told[name, year] = orjson.loads(kept)
        return self._told[name, year]

    @cached_property
    def _told(self) -> dict[tuple[str, str], Any]:
        return {}

    @cached_property
    def summary(self) -> Summary:
        """The sums that the page *Kinerja SOP* and its downloads show."""
        return self.chronicle.summary({year: self.told("jenis", year, _kinds) for year in self.volumes})

    @cached_property
    def updated(self) -> date:
        """The youngest day that the record names, so that no build asks the clock."""
        latest = filter(None, (self.told("terakhir", year, _latest) for year in self.volumes))
        received = max(map(datetime.fromisoformat, latest), default=_EPOCH)
        return received.astimezone(UTC).date()


def _json(tell: Callable[[Volume], object], volume: Volume) -> bytes:
    return orjson.dumps(tell(volume))


def _kinds(volume: Volume) -> Mapping[str, str]:
    return {entry.card.id: entry.card.kind for entry in volume.entries if entry.card.kind}


def _latest(volume: Volume) -> datetime | None:
    return max((entry.published_at for entry in volume.entries if entry.published_at), default=None)
