"""What the public site is a function of: policy, items with their files, their rounds, and the measured times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from pathlib import Path

from sopan.chain import Round
from sopan.item import Item
from sopan.policy import Policy
from sopan.site import body, digests
from sopan.site.body import Body
from sopan.timing_figures import Report
from sopan.timing_summary import Summary, summarise

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


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item as the site shows it: `files` by name, and the rounds that ended in a merge, oldest first.

    `notes` says of each of these rounds what changed with it ("" where its item says nothing).
    `stood_before`: the item was there when the chain began (`sopan server siapkan`), whatever came after.
    """

    item: Item
    files: tuple[StoredFile, ...]
    rounds: tuple[Round, ...]
    notes: tuple[str, ...]
    stood_before: bool

    @cached_property
    def content(self) -> str:
        """One digest of what the item's folder says, by which it is known again."""
        return digests.of(self.item, [(file.name, file.size, file.sha256) for file in self.files])

    @cached_property
    def text(self) -> Body:
        """The item's own text, rendered once for its page and for the search."""
        return body.render(self.item.body)

    @property
    def standing(self) -> Standing:
        """How the version that is shown came here."""
        if self.rounds:
            return Standing.CHAIN
        return Standing.BEFORE_CHAIN if self.stood_before else Standing.DRAFT

    @property
    def published_at(self) -> datetime | None:
        """When `main` last received this item; None where no recorded step brought it there."""
        return self.rounds[-1].acts[-1].at if self.rounds else None

    @property
    def shown(self) -> tuple[str, str, list[datetime]]:
        """All that any page of many items says of it: its content as one digest, its standing, and its publications."""
        return self.content, self.standing.value, [one.acts[-1].at for one in self.rounds]

    def file(self, name: str) -> StoredFile:
        """The file of that name; KeyError when the folder has none."""
        for stored in self.files:
            if stored.name == name:
                return stored
        raise KeyError(name)


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """Everything a build reads. `entries` are sorted by identity; `commit` is the one whose history was read."""

    policy: Policy
    entries: tuple[Entry, ...]
    report: Report
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
        return summarise(self.report, {entry.item.id: entry.item.kind for entry in self.entries if entry.item.kind})

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
