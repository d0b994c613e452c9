"""What the items in force of a year come to: how many, of what class, kind and unit, and which came last.

Pages that show all years are made of this; it is kept by year, so that nobody opens a year to count it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sopan.site import digests, year_parts
from sopan.site.facts import Entry, SiteFacts, Volume

ALL = ""
"""The drawer in which every item in force lies."""


class Outline(NamedTuple):
    """How many items in force each drawer holds, and which of these came last, the latest first.

    Drawers are named as the list's page asks for what they hold (`kelas=berkala`, `jenis=rkpd`). `units` counts the
    units that the items come from. `pages` has a digest of the rows of each page of the list.
    """

    counts: Mapping[str, int]
    latest: Mapping[str, Sequence[str]]
    units: Mapping[str, int]
    pages: Sequence[str]

    @property
    def total(self) -> int:
        """How many items are in force."""
        return self.counts[ALL]

    def held(self, field: str) -> list[str]:
        """The values of a field (`kelas`, `jenis`) that an item in force has."""
        named = (drawer.partition("=") for drawer in self.counts)
        return [value for name, _, value in named if name == field]


@dataclass(frozen=True)
class Excerpt:
    """The latest of the items that `query` narrows the lists to, and how many each year has."""

    entries: Sequence[Entry]
    years: Sequence[tuple[str, int]]
    query: str

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return sum(count for _, count in self.years)


def of(facts: SiteFacts, year: str) -> Outline:
    """What the items in force of a year come to."""
    return Outline(*facts.told("ikhtisar", year, _told))


def of_all(facts: SiteFacts) -> Mapping[str, Outline]:
    """The same of every year, the newest first."""
    return {year: of(facts, year) for year in facts.volumes}


def excerpt(facts: SiteFacts, drawer: str = ALL, *, at_most: int = year_parts.LATEST) -> Excerpt:
    """Of the items in a drawer the latest, and how many each year has; no more than `year_parts.LATEST`."""
    outlines, latest = of_all(facts), list[str]()
    for one in outlines.values():
        if len(latest) < at_most:
            latest += one.latest.get(drawer, ())
    counts = [(year, one.counts[drawer]) for year, one in outlines.items() if one.counts.get(drawer)]
    return Excerpt([facts.entry(identity) for identity in latest[:at_most]], counts, drawer)


def _told(volume: Volume) -> Sequence[object]:
    drawers: dict[str, list[Entry]] = defaultdict(list, {ALL: []})
    for entry in volume.in_force:
        for drawer in _drawers(entry):
            drawers[drawer].append(entry)
    outline = Outline(
        counts={drawer: len(entries) for drawer, entries in drawers.items()},
        latest={drawer: [entry.card.id for entry in _latest(entries)] for drawer, entries in drawers.items()},
        units=Counter(entry.card.origin_unit for entry in volume.in_force),
        pages=[
            digests.of(*(entry.shown for entry in part.rows))
            for part in year_parts.parts(volume.year, volume.in_force)
        ],
    )
    return tuple(outline)


def _latest(entries: Sequence[Entry]) -> Sequence[Entry]:
    return sorted(entries, key=year_parts.when, reverse=True)[: year_parts.LATEST]


def _drawers(entry: Entry) -> Iterator[str]:
    yield ALL
    yield f"kelas={entry.card.classification}"
    if entry.card.kind:
        yield f"jenis={entry.card.kind}"
