"""The pages of the list of public information: one that leads into it, and the list itself by year.

A page is a function of the items that it shows and of what it says around them of their year; nothing that an item of
another year says is part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from sopan.site import digests, public_list, render, words, year_parts
from sopan.site.facts import Entry, SiteFacts
from sopan.site.year_parts import Part

MOST_UNITS = 40


@dataclass(frozen=True)
class Choice:
    """What the list can be narrowed by: a field of the form, its label, and its values, each with its words."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Year:
    """A year as the leading page tells it: how many items of each class are in force, and all together."""

    name: str
    classes: Sequence[tuple[str, int]]
    total: int


def leading(facts: SiteFacts, terbit: Callable[[Entry], str]) -> Markup:
    """The page `informasi/`: the years with their counts, what came last, and the form that looks in all years."""
    return render.page(
        "list.html",
        root="../",
        office=facts.policy.office,
        total=sum(map(len, facts.years.values())),
        years=[_year(facts, name) for name in facts.years],
        classes=words.CLASSES.values(),
        latest=[public_list.line(entry) for entry in year_parts.excerpt(facts.years).entries],
        heads=public_list.STANDARD,
        choices=leading_choices(facts),
        parts=_parts(facts.years),
        terbit=terbit,
        commit=facts.commit,
    )


def plan(facts: SiteFacts, terbit: Callable[[Entry], str]) -> Mapping[str, tuple[str, Callable[[], Markup]]]:
    """The title of each page of the list, and how to make it, by its source."""
    return {
        f"{year_parts.address(year, part.number)}index.md": (_title(part), partial(_part, facts, year, part, terbit))
        for year, entries in facts.years.items()
        for part in year_parts.parts(year, entries)
    }


def made_of(facts: SiteFacts) -> Mapping[str, str]:
    """One digest of all that each page of the list is made of, by the last part of its address."""
    return {
        year_parts.part_of(year, part.number): digests.of(around, part.number, [entry.shown for entry in part.rows])
        for year, entries in facts.years.items()
        for around in [_around(facts, year)]
        for part in year_parts.parts(year, entries)
    }


def _around(facts: SiteFacts, year: str) -> Mapping[str, object]:
    """What a page of the list says of items that it does not show."""
    return {
        "total": len(facts.years[year]),
        "choices": _choices(facts.years[year]),
        "years": list(facts.years),
        "parts": _parts({year: facts.years[year]}),
    }


def addresses(facts: SiteFacts) -> Sequence[str]:
    """Where the pages of the list lie below the site."""
    return [source.removesuffix("index.md") for source in plan(facts, lambda _: "")]


def _title(part: Part[Entry]) -> str:
    return f"{public_list.NAME} {part.year}" + year_parts.suffix(part)


def _part(facts: SiteFacts, year: str, part: Part[Entry], terbit: Callable[[Entry], str]) -> Markup:
    return render.page(
        "year.html",
        root="../../",
        office=facts.policy.office,
        title=_title(part),
        part=part,
        lines=[public_list.line(entry) for entry in part.rows],
        heads=public_list.STANDARD,
        address=partial(year_parts.address, year),
        terbit=terbit,
        **_around(facts, year),
    )


def leading_choices(facts: SiteFacts) -> Sequence[Choice]:
    """What the items of all years can be narrowed by."""
    entries = [entry for year in facts.years.values() for entry in year]
    return [*_choices(entries), Choice("tahun", "Tahun", [(year, year) for year in facts.years])]


def _choices(entries: Sequence[Entry]) -> Sequence[Choice]:
    """What these items can be narrowed by; of the units those that have the most."""
    cards = [entry.card for entry in entries]
    held, kinds = {card.classification for card in cards}, {card.kind for card in cards if card.kind}
    units = Counter(card.origin_unit for card in cards).most_common(MOST_UNITS)
    return [
        Choice("kelas", "Klasifikasi", [(code, name) for code, name in words.CLASSES.items() if code in held]),
        Choice("jenis", "Jenis dokumen", sorted(((k, words.coded(k)) for k in kinds), key=lambda pair: pair[1])),
        Choice("unit", "Unit asal", sorted((unit, unit) for unit, _ in units)),
    ]


def _year(facts: SiteFacts, name: str) -> Year:
    counts = [(code, len(facts.classes[code][name]) if code in facts.classes else 0) for code in words.CLASSES]
    return Year(name, counts, len(facts.years[name]))


def _parts(years: Mapping[str, Sequence[Entry]]) -> str:
    """On how many pages each year stands, as `docs/assets/daftar.js` reads it."""
    return " ".join(f"{year}:{year_parts.number_of_parts(len(entries))}" for year, entries in years.items())
