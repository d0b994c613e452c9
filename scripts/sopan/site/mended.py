"""What was corrected, withdrawn or replaced: the latest of each on one page, everything by the year of its item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from markupsafe import Markup

from sopan.site import render, words, year_parts
from sopan.site.facts import Entry, SiteFacts, Volume
from sopan.site.year_parts import Part

_KINDS = (
    ("ralat", "Ralat", "Belum ada ralat."),
    ("pencabutan", "Pencabutan", "Belum ada informasi yang dicabut."),
    ("penggantian", "Penggantian", "Belum ada informasi yang digantikan."),
)


@dataclass(frozen=True)
class Notice:
    """What happened to an item: the anchor of its kind, an ISO date to sort by ("" where none is told).

    `tell` makes the sentence that says so, for which the item is opened.
    """

    kind: str
    entry: Entry
    on: str
    tell: Callable[[], str]


@dataclass(frozen=True)
class Group:
    """Notices of one kind below their heading; or what stands there instead."""

    anchor: str
    name: str
    otherwise: str
    notices: Sequence[Notice]


def latest(facts: SiteFacts) -> Mapping[str, object]:
    """What the page *Ralat dan pencabutan* shows: the latest of each kind, and how many each year has."""
    oldest_first = chain.from_iterable(_notices_of(facts, one.year) for one in facts.oldest_first)
    every = sorted(oldest_first, key=lambda one: one.on, reverse=True)
    counts = [(year, len(notices)) for year, notices in _by_year(facts)]
    return {"groups": _groups(every, year_parts.LATEST), "years": counts}


def plan(facts: SiteFacts) -> Mapping[str, tuple[str, Callable[[], Markup]]]:
    """The title of each year's pages, and how to make it, by its source."""
    return {
        f"{year_parts.address(_stem(year), part.number)}index.md": (_title(part), partial(_part, part))
        for year, notices in _by_year(facts)
        for part in year_parts.parts(year, notices)
    }


def _by_year(facts: SiteFacts) -> Iterator[tuple[str, Sequence[Notice]]]:
    """The notices of each year's items, the newest year first, by kind within it."""
    for year in facts.volumes:
        notices = sorted(_notices_of(facts, year), key=lambda one: one.on, reverse=True)
        if notices:
            yield year, [one for group in _groups(notices, len(notices)) for one in group.notices]


def _notices_of(facts: SiteFacts, year: str) -> Iterator[Notice]:
    """The notices of a year's items by identity; no others are looked at."""
    return _notices(facts.entry(identity) for identity in facts.told("ralat", year, _mended))


def _mended(volume: Volume) -> Sequence[str]:
    return list(dict.fromkeys(one.entry.card.id for one in _notices(volume.entries)))


def _notices(entries: Iterable[Entry]) -> Iterator[Notice]:
    for entry in entries:
        card = entry.card
        for number, on in enumerate(card.corrected):
            yield Notice("ralat", entry, on, partial(_correction, entry, number))
        if card.withdrawn:
            yield Notice("pencabutan", entry, card.withdrawn, partial(_withdrawal, entry))
        if card.replaced_by:
            yield Notice("penggantian", entry, "", partial(_replacement, entry))


def _correction(entry: Entry, number: int) -> str:
    repair = entry.item.corrections[number]
    return f"{words.day(repair.on)}. Semula: {repair.was} Menjadi: {repair.now}"


def _withdrawal(entry: Entry) -> str:
    reason = entry.item.withdrawal.reason if entry.item.withdrawal else ""
    return f"{words.iso_day(entry.card.withdrawn)}. {reason}"


def _replacement(entry: Entry) -> str:
    return f"digantikan oleh {entry.card.replaced_by}"


def _groups(notices: Sequence[Notice], at_most: int) -> list[Group]:
    return [
        Group(kind, name, otherwise, [one for one in notices if one.kind == kind][:at_most])
        for kind, name, otherwise in _KINDS
    ]


def _part(part: Part[Notice]) -> Markup:
    return render.page(
        "mended_year.html",
        root="../../",
        title=_title(part),
        part=part,
        groups=[group for group in _groups(part.rows, len(part.rows)) if group.notices],
        address=partial(year_parts.address, _stem(part.year)),
    )


def _stem(year: str) -> str:
    return f"ralat-{year}"


def _title(part: Part[Notice]) -> str:
    return f"Ralat dan pencabutan {part.year}" + year_parts.suffix(part.number)
