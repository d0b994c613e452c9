"""The work tree that a site is built from: what pages are made of; its items come when they are asked for."""

from __future__ import annotations

import fcntl
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sopan.history import LEDGER, History, clone
from sopan.item_path import ITEMS_FOLDER
from sopan.trees import TREE_MODE, Entry

_OF_NO_PAGE = ("tests", "benchmarks")  # two thirds of the files, each of which takes as long to lay as any other


@dataclass(frozen=True)
class Checkout:
    """A clone in `tree` that stands at `commit`; what is read is kept in git's folder of its `origin`."""

    copy: History
    tree: Path
    commit: str
    origin: Path

    @cached_property
    def years(self) -> Mapping[str, str]:
        """The id that git gives the folder of each year's items."""
        found = self.copy.find(self.copy.tree_of(self.commit), ITEMS_FOLDER)
        years = self.copy.tree(found.oid) if found and found.mode == TREE_MODE else ()
        return {year.name.decode(): year.oid for year in years if year.mode == TREE_MODE}

    def folders(self, year: str) -> dict[str, str]:
        """The id that git gives the folder of each item of a year, by identity; of what is no folder, the file's."""
        return {f"{year}/{name.decode()}": entry.oid for name, entry in self._entries(year).items()}

    def bring(self, items: Iterable[str]) -> None:
        """Lay the folders of these items into the work tree, where they do not lie there."""
        missing = [name for name in items if not self._lies(name)]
        if missing:
            _lay(self.copy, self._tree_of(missing))

    def bring_all(self) -> None:
        """Lay all items into the work tree."""
        for year in self.years:
            self.bring(self.folders(year))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the work tree to oneself, among this process and those that it forked."""
        turn = os.open(self.tree, os.O_RDONLY)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield
        finally:
            os.close(turn)

    def _entries(self, year: str) -> Mapping[bytes, Entry]:
        return {one.name: one for one in self.copy.tree(self.years[year])}

    def _lies(self, name: str) -> bool:
        place = self.tree / ITEMS_FOLDER / name
        return place.is_symlink() or place.exists()

    def _tree_of(self, items: Iterable[str]) -> str:
        """A tree of nothing but these items."""
        years = defaultdict[str, list[bytes]](list)
        for year, slug in (name.split("/") for name in items):
            years[year].append(slug.encode())
        trees = {year.encode(): self._year_of(year, slugs) for year, slugs in years.items()}
        top = Entry(TREE_MODE, b"", self.copy.write_tree(trees))
        return self.copy.replace(None, ITEMS_FOLDER, top)

    def _year_of(self, year: str, slugs: Iterable[bytes]) -> Entry:
        entries = self._entries(year)
        return Entry(TREE_MODE, year.encode(), self.copy.write_tree({slug: entries[slug] for slug in slugs}))


def lay(origin: Path, commit: str, tree: Path) -> None:
    """Make a clone that shares the repository's objects, at the commit, with the ledger: what any reader could make."""
    source = str(origin.resolve())
    copy = clone(source, tree, "--shared", "--no-tags", "--no-checkout")
    if History(origin).resolve(LEDGER):
        copy.run("fetch", "--quiet", "--no-tags", source, f"+{LEDGER}:{LEDGER}")
    copy.run("update-ref", "--no-deref", "HEAD", commit)
    _lay(copy, _without(copy, copy.tree_of(commit), (ITEMS_FOLDER, *_OF_NO_PAGE)))


@contextmanager
def laid(origin: Path, commit: str, tree: Path) -> Iterator[Checkout]:
    """The clone that `lay` made, open for as long as it is built from."""
    with closing(History(tree)) as copy:
        yield Checkout(copy, tree, commit, origin)


def _without(copy: History, tree: str, paths: Iterable[str]) -> str:
    for path in paths:
        tree = copy.replace(tree, path, None)
    return tree


def _lay(copy: History, tree: str) -> None:
    """Lay all of a tree beside what lies there: an index of every item would take as long as a page of each."""
    copy.run("read-tree", tree)
    copy.run("checkout-index", "-q", "--all")
