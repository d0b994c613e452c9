"""The pages of the list of public information: one that leads into it, and the list itself by year.

A year's pages are a function of the year's own items, and of nothing that another year's items say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
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
        years=[_year(name, year) for name, year in facts.years.items()],
        classes=words.CLASSES.values(),
        latest=[public_list.line(entry) for entry in year_parts.excerpt(facts.years, "", lambda _: True).entries],
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
    shown = {year: digests.of(list(facts.years), *(e.shown for e in entries)) for year, entries in facts.years.items()}
    return {
        year_parts.part_of(year, number): digests.of(shown[year], number)
        for year, entries in facts.years.items()
        for number in range(1, year_parts.number_of_parts(len(entries)) + 1)
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
        total=len(facts.years[year]),
        heads=public_list.STANDARD,
        choices=_choices(facts.years[year]),
        years=list(facts.years),
        parts=_parts({year: facts.years[year]}),
        address=partial(year_parts.address, year),
        terbit=terbit,
    )


def leading_choices(facts: SiteFacts) -> Sequence[Choice]:
    """What the items of all years can be narrowed by."""
    entries = [entry for year in facts.years.values() for entry in year]
    return [*_choices(entries), Choice("tahun", "Tahun", [(year, year) for year in facts.years])]


def _choices(entries: Sequence[Entry]) -> Sequence[Choice]:
    """What these items can be narrowed by; of the units those that have the most."""
    items = [entry.item for entry in entries]
    held = {item.classification for item in items}
    kinds = sorted({(item.kind, words.coded(item.kind)) for item in items if item.kind}, key=lambda pair: pair[1])
    units = Counter(item.origin_unit for item in items).most_common(MOST_UNITS)
    return [
        Choice("kelas", "Klasifikasi", [(code, name) for code, name in words.CLASSES.items() if code in held]),
        Choice("jenis", "Jenis dokumen", kinds),
        Choice("unit", "Unit asal", sorted((unit, unit) for unit, _ in units)),
    ]


def _year(name: str, entries: Iterable[Entry]) -> Year:
    counts = Counter(entry.item.classification for entry in entries)
    return Year(name, [(code, counts[code]) for code in words.CLASSES], counts.total())


def _parts(years: Mapping[str, Sequence[Entry]]) -> str:
    """On how many pages each year stands, as `docs/assets/daftar.js` reads it."""
    return " ".join(f"{year}:{year_parts.number_of_parts(len(entries))}" for year, entries in years.items())
