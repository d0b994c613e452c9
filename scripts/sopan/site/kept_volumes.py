"""The items of a commit by year: those of a year of which nothing changed stay closed, of others what is new is read.

A year is known again by the id of its folder and by all that is told of its items; each item as it is kept
(`kept_items`) is held against the id of its own folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import orjson

from sopan import kept_named
from sopan.item_path import ITEMS_FOLDER
from sopan.kept_log import Row
from sopan.policy import Policy
from sopan.site import digests, facts, kept_items, read_items, search_records
from sopan.site.checkout import Checkout
from sopan.site.chronicle import Chronicle
from sopan.site.facts import Entry, Volume, Volumes, Whole


@dataclass(frozen=True)
class _Year:
    """A year: one digest of what its volume rests on, the ids of its items' folders, and the volume's own digests.

    These are `Volume.shown` and `made_of`, where they were kept.
    """

    name: str
    rests_on: str
    folders: Mapping[str, str]
    told: Sequence[str]


def read(checkout: Checkout, rules: Policy, known: Chronicle, basis: str) -> Volumes:
    """The items of the checkout's commit, whose past is `known`; what is read of them is kept by the `basis`."""
    file, top = checkout.origin / kept_items.FILE, checkout.tree / ITEMS_FOLDER
    before = kept_named.load(file, basis)
    years = [_looked_up(name, checkout, known) for name in checkout.years]
    folders = {name: oid for year in years for name, oid in sorted(year.folders.items())}
    rows = {name: row for name, oid in folders.items() if (row := _row(before.rows, name, oid)) is not None}
    new = [name for name in folders if name not in rows]
    checkout.bring(new)
    for one in _with_texts(read_items.read([top / name for name in new], rules)):
        rows[one.item.id] = kept_items.row(one, folders[one.item.id])
    if new or rows.keys() != before.rows.keys():
        kept_named.save(file, basis, rows, before)
    return facts.newest_first(_volume(year, known, partial(_opened, rows, top, known)) for year in years)


def _looked_up(name: str, checkout: Checkout, known: Chronicle) -> _Year:
    rests_on = digests.of(checkout.years[name], known.made_of(name))
    kept = known.parts.kept(f"tahun-{name}", rests_on)
    if kept is None:
        return _Year(name, rests_on, checkout.folders(name), ())
    folders, *told = orjson.loads(kept)
    return _Year(name, rests_on, folders, told)


def _row(rows: Mapping[str, Row], name: str, folder: str) -> Row | None:
    """An item as it was kept, where its folder is the same."""
    row = rows.get(name)
    return row if row is not None and kept_items.is_of(row, name, folder) else None


def _with_texts(found: Sequence[Whole]) -> Iterator[Whole]:
    """The same, with what readers see of the attachments."""
    named = [{attachment.name for attachment in one.item.attachments} for one in found]
    attached = (file for names, one in zip(named, found, strict=True) for file in one.files if file.name in names)
    read = iter(search_records.with_texts(attached))
    for names, one in zip(named, found, strict=True):
        yield replace(one, files=tuple(next(read) if file.name in names else file for file in one.files))


def _opened(rows: Mapping[str, Row], top: Path, known: Chronicle, name: str) -> Entry:
    return facts.entry(kept_items.read(rows[name], top), known)


def _volume(year: _Year, known: Chronicle, opened: Callable[[str], Entry]) -> Volume:
    if year.told:
        shown, made_of = year.told
        return Volume(year=year.name, names=tuple(sorted(year.folders)), shown=shown, made_of=made_of, open=opened)
    made = facts.volume(year.name, {name: opened(name) for name in sorted(year.folders)})
    kept = orjson.dumps((year.folders, made.shown, made.made_of))
    known.parts.keep(f"tahun-{year.name}", year.rests_on, kept)
    return made
