"""What a site was made of, by digest, so that the next publication renders only the items whose inputs are others.

No date of a file decides: an item's folder on the site is taken over only where everything that its pages are made of
has the same digest as before, and a page of the list where what it says has. The guides show no item; all other pages
show all items and are made anew each time.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import orjson

import sopan
from sopan.item_path import ITEMS_FOLDER
from sopan.site import digests, list_pages
from sopan.site.facts import Entry, SiteFacts, Volume
from sopan.site.made_of import Inputs, OfYear

_PACKAGE = Path(sopan.__file__).parent
_UNREAD = frozenset({".git", "__pycache__"})
_LINKS_TO_ITEM = re.compile(rb"\]\s*[(:][^)\n]*informasi/\d")  # as Markdown has it; mkdocs follows no other


def of(tree: Path, facts: SiteFacts, common: str = "") -> Inputs:
    """The inputs of the site of a work tree: its files, its facts, and the program (`shared`, where that is known)."""
    return Inputs(common or shared(tree), _linked(tree), {year: _of_year(facts, year) for year in facts.volumes})


def _of_year(facts: SiteFacts, year: str) -> OfYear:
    """All that the pages of a year's items read of the facts; of other years only which successors have a page.

    The pages of its list read no more than that, but for the names of all years.
    """
    found = [facts.has(successor) for successor in facts.told("pengganti", year, _successors)]
    made_of = digests.of(facts.volumes[year].made_of, found, list(facts.volumes))
    told = partial(facts.chronicle.parts.part, f"masukan-{year}", made_of, partial(_told, facts, year))
    return OfYear(made_of, told)


def _successors(volume: Volume) -> Sequence[str]:
    return [entry.card.replaced_by for entry in volume.entries if entry.card.replaced_by]


def _told(facts: SiteFacts, year: str) -> bytes:
    items = {entry.card.id: _item(facts, entry) for entry in facts.volumes[year].entries}
    return orjson.dumps({**items, **list_pages.made_of(facts, year)})


def shared(tree: Path) -> str:
    """Texts, policy, calendars, schemas, theme and settings; Sopan as installed, and every library at its version."""
    made_with = "\n".join([platform.python_version(), *_libraries()])
    digest = hashlib.sha256(made_with.encode())
    for top in (tree, _PACKAGE):
        for file in _files(top, tree / ITEMS_FOLDER):
            digest.update(f"\n{_digest(file)}  {file.relative_to(top)}".encode())
    return digest.hexdigest()


def _libraries() -> list[str]:
    """The folders beside the libraries that Python finds, which bear their versions in their names."""
    return sorted(folder.name for place in sys.path for folder in Path(place).glob("*.*-info"))


def _linked(tree: Path) -> bool:
    written = (file for file in _files(tree / "docs", tree / ITEMS_FOLDER) if file.suffix == ".md")
    return any(_LINKS_TO_ITEM.search(file.read_bytes()) for file in written)


def _files(top: Path, without: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(top, followlinks=True):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if name not in _UNREAD and here / name != without)
        yield from (here / name for name in sorted(names))


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _item(facts: SiteFacts, entry: Entry) -> str:
    """All that an item's pages read of the facts; of other items only whether its successor has a page."""
    told = f"{entry.content} {entry.past.made_of} {facts.has(entry.card.replaced_by)}"
    return hashlib.sha256(told.encode()).hexdigest()
