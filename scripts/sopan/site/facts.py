"""What the public site is a function of: policy, items with their files, their rounds, and the measured times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from pathlib import Path

from sopan.item import Item
from sopan.policy import Policy
from sopan.site import body, digests
from sopan.site.body import Body
from sopan.site.chronicle import Chronicle, Past
from sopan.timing_summary import Summary

_EPOCH = date(1970, 1, 1)


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
class Found:
    """An item without fault, the files of its folder, and one digest of what these say."""

    item: Item
    files: tuple[StoredFile, ...]
    content: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item as the site shows it: `files` by name, its past, and `content`, by which it is known again."""

    item: Item
    files: tuple[StoredFile, ...]
    content: str
    past: Past

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

    @property
    def shown(self) -> tuple[str, str, Sequence[datetime]]:
        """All that any page of many items says of it: its content as one digest, its standing, and its publications."""
        return self.content, self.standing.value, self.past.published

    def file(self, name: str) -> StoredFile:
        """The file of that name; KeyError when the folder has none."""
        for stored in self.files:
            if stored.name == name:
                return stored
        raise KeyError(name)


def found(item: Item, files: Iterable[StoredFile]) -> Found:
    """An item and its files, by whose digests it is known again."""
    stored = tuple(files)
    return Found(item, stored, digests.of(item, [(file.name, file.size, file.sha256) for file in stored]))


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
        return frozenset(entry.item.id for entry in self.entries)

    @cached_property
    def years(self) -> Mapping[str, tuple[Entry, ...]]:
        """The items in force by year, the newest year first, by title within it; a year that lost them all is empty."""
        grouped: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries, key=lambda one: (-int(one.item.year), one.item.title.casefold())):
            year = grouped.setdefault(entry.item.year, [])
            if entry.item.withdrawal is None:
                year.append(entry)
        return {year: tuple(entries) for year, entries in grouped.items()}

    @cached_property
    def by_year(self) -> Mapping[str, tuple[Entry, ...]]:
        """All items by year, the newest year first, by identity within it; withdrawn ones too."""
        grouped: dict[str, list[Entry]] = {year: [] for year in self.years}
        for entry in self.entries:
            grouped[entry.item.year].append(entry)
        return {year: tuple(entries) for year, entries in grouped.items()}

    @cached_property
    def summary(self) -> Summary:
        """The sums that the page *Kinerja SOP* and its downloads show."""
        return self.chronicle.summary({entry.item.id: entry.item.kind for entry in self.entries if entry.item.kind})

    def updated(self) -> date:
        """The youngest day that the record names, so that no build asks the clock."""
        return self._updated

    @cached_property
    def _updated(self) -> date:
        return max(self._received(), default=_EPOCH)

    def _received(self) -> Iterator[date]:
        for entry in self.entries:
            if entry.published_at:
                yield entry.published_at.astimezone(UTC).date()
