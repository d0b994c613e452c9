"""The pages of the list of public information: one that leads into it, and the list itself by year.

A page is a function of the items that it shows and of what it says around them of their year; nothing that an item of
another year says is part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, repeat

from markupsafe import Markup

from sopan.site import digests, outline, public_list, render, words, year_parts
from sopan.site.facts import Entry, SiteFacts
from sopan.site.outline import Outline

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
    outlines = outline.of_all(facts)
    return render.page(
        "list.html",
        root="../",
        office=facts.policy.office,
        total=sum(one.total for one in outlines.values()),
        years=[_year(name, one) for name, one in outlines.items()],
        classes=words.CLASSES.values(),
        latest=[public_list.line(entry) for entry in outline.excerpt(facts).entries],
        heads=public_list.STANDARD,
        choices=leading_choices(facts),
        parts=_parts(outlines),
        terbit=terbit,
        commit=facts.commit,
    )


def plan(facts: SiteFacts, terbit: Callable[[Entry], str]) -> Mapping[str, tuple[str, Callable[[], Markup]]]:
    """The title of each page of the list, and how to make it, by its source."""
    return {
        f"{year_parts.address(*page)}index.md": (_title(*page), partial(_part, facts, terbit, *page))
        for year, one in outline.of_all(facts).items()
        for page in zip(repeat(year), range(1, len(one.pages) + 1))
    }


def made_of(facts: SiteFacts, year: str) -> Mapping[str, str]:
    """One digest of all that each page of a year's list is made of, by the last part of its address."""
    around = _around(facts, year)
    return {
        year_parts.part_of(year, number): digests.of(around, number, rows)
        for number, rows in enumerate(outline.of(facts, year).pages, 1)
    }


def _around(facts: SiteFacts, year: str) -> Mapping[str, object]:
    """What a page of the list says of items that it does not show."""
    own = outline.of(facts, year)
    return {"total": own.total, "choices": _choices([own]), "years": list(facts.volumes), "parts": _parts({year: own})}


def addresses(facts: SiteFacts) -> Sequence[str]:
    """Where the pages of the list lie below the site."""
    return [source.removesuffix("index.md") for source in plan(facts, lambda _: "")]


def _title(year: str, number: int) -> str:
    return f"{public_list.NAME} {year}" + year_parts.suffix(number)


def _part(facts: SiteFacts, terbit: Callable[[Entry], str], year: str, number: int) -> Markup:
    part = next(islice(year_parts.parts(year, facts.volumes[year].in_force), number - 1, None))
    return render.page(
        "year.html",
        root="../../",
        office=facts.policy.office,
        title=_title(year, number),
        part=part,
        lines=[public_list.line(entry) for entry in part.rows],
        heads=public_list.STANDARD,
        address=partial(year_parts.address, year),
        terbit=terbit,
        **_around(facts, year),
    )


def leading_choices(facts: SiteFacts) -> Sequence[Choice]:
    """What the items of all years can be narrowed by."""
    every = outline.of_all(facts)
    return [*_choices(every.values()), Choice("tahun", "Tahun", [(year, year) for year in every])]


def _choices(outlines: Collection[Outline]) -> Sequence[Choice]:
    """What the items of some years can be narrowed by; of the units those that have the most."""
    held, kinds = ({value for one in outlines for value in one.held(field)} for field in ("kelas", "jenis"))
    counts = Counter[str]()
    for one in outlines:
        counts.update(one.units)
    units = counts.most_common(MOST_UNITS)
    return [
        Choice("kelas", "Klasifikasi", [(code, name) for code, name in words.CLASSES.items() if code in held]),
        Choice("jenis", "Jenis dokumen", sorted(((k, words.coded(k)) for k in kinds), key=lambda pair: pair[1])),
        Choice("unit", "Unit asal", sorted((unit, unit) for unit, _ in units)),
    ]


def _year(name: str, told: Outline) -> Year:
    counts = [(code, told.counts.get(f"kelas={code}", 0)) for code in words.CLASSES]
    return Year(name, counts, told.total)


def _parts(outlines: Mapping[str, Outline]) -> str:
    """On how many pages each year stands, as `docs/assets/daftar.js` reads it."""
    return " ".join(f"{year}:{len(told.pages)}" for year, told in outlines.items())
