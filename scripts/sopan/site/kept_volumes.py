"""The items of a commit by year: those of a year of which nothing changed stay closed, of others what is new is read.

A year is known again by the id of its folder and by all that is told of its items; each item as it is kept
(`kept_items`) is held against the id of its own folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

import orjson

from sopan import kept_named
from sopan.item_path import ITEMS_FOLDER
from sopan.kept_log import Row
from sopan.kept_named import Named
from sopan.policy import Policy
from sopan.site import digests, facts, kept_items, read_items, search_records
from sopan.site.checkout import Checkout
from sopan.site.chronicle import Chronicle
from sopan.site.facts import Entry, Volume, Volumes, Whole


def read(checkout: Checkout, rules: Policy, known: Chronicle, basis: str) -> Volumes:
    """The items of the checkout's commit, whose past is `known`; what is read of them is kept by the `basis`."""
    years = {name: _Year(name, checkout, known, basis) for name in checkout.years}
    take_in = partial(_take_in, checkout, rules)
    take_in([year for year in years.values() if not year.told])
    return facts.newest_first(_volume(year, partial(_opened, year, take_in)) for year in years.values())


@dataclass(frozen=True)
class _Year:
    """A year's folder in a checkout, and what was kept of it."""

    name: str
    checkout: Checkout
    known: Chronicle
    basis: str

    @cached_property
    def top(self) -> Path:
        """Where items lie in the checkout."""
        return self.checkout.tree / ITEMS_FOLDER

    @cached_property
    def rests_on(self) -> str:
        """One digest of all that is known of its items."""
        return digests.of(self.checkout.years[self.name], self.known.made_of(self.name))

    @cached_property
    def told(self) -> tuple[dict[str, str], str, str] | None:
        """`folders`, and the volume's `shown` and `made_of`, where that is known of just these items."""
        kept = self.known.parts.kept(_part(self.name), self.rests_on)
        return tuple(orjson.loads(kept)) if kept else None

    @cached_property
    def folders(self) -> Mapping[str, str]:
        """The ids of its items' folders by identity, sorted."""
        return dict(sorted((self.told[0] if self.told else self.checkout.folders(self.name)).items()))

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The items as they were kept, whose folders are the same."""
        rows = ((name, oid, self._kept.rows.get(name)) for name, oid in self.folders.items())
        return {name: row for name, oid, row in rows if row is not None and kept_items.is_of(row, name, oid)}

    @cached_property
    def _kept(self) -> Named:
        return kept_named.load(kept_items.file(self.checkout.origin, self.name), self.basis)

    def keep(self) -> None:
        """Keep the items as they are now."""
        before = self._kept.rows
        if self.rows.keys() != before.keys() or any(row is not before[name] for name, row in self.rows.items()):
            kept_named.save(kept_items.file(self.checkout.origin, self.name), self.basis, self.rows, self._kept)


def _take_in(checkout: Checkout, rules: Policy, years: Sequence[_Year]) -> None:
    """Read the items of these years that were not kept, all at once, and keep them."""
    missing = {name: year for year in years for name in year.folders if name not in year.rows}
    with checkout.alone():  # a child may need the same year: none reads what another is still laying out
        checkout.bring(missing)
        folders = [year.top / name for name, year in missing.items()]
        for one in _with_texts(read_items.read(folders, rules)):
            year = missing[one.item.id]
            year.rows[one.item.id] = kept_items.row(one, year.folders[one.item.id])
    for year in years:
        year.keep()


def _with_texts(found: Sequence[Whole]) -> Iterator[Whole]:
    """The same, with what readers see of the attachments."""
    named = [{attachment.name for attachment in one.item.attachments} for one in found]
    attached = (file for names, one in zip(named, found, strict=True) for file in one.files if file.name in names)
    read = iter(search_records.with_texts(attached))
    for names, one in zip(named, found, strict=True):
        yield replace(one, files=tuple(next(read) if file.name in names else file for file in one.files))


def _opened(year: _Year, take_in: Callable[[Sequence[_Year]], None], name: str) -> Entry:
    """An item as it was kept; where that was lost or is of another time, it is read now."""
    if name not in year.rows:
        take_in([year])
    return facts.entry(kept_items.read(year.rows[name], year.top), year.known)


def _volume(year: _Year, opened: Callable[[str], Entry]) -> Volume:
    if year.told:
        _, shown, made_of = year.told
        return Volume(year=year.name, names=tuple(year.folders), shown=shown, made_of=made_of, open=opened)
    year.known.open(year.name)
    made = facts.volume(year.name, {name: opened(name) for name in year.folders})
    kept = orjson.dumps((year.folders, made.shown, made.made_of))
    year.known.parts.keep(_part(year.name), year.rests_on, kept)
    return made


def _part(year: str) -> str:
    return f"tahun-{year}"
