"""The work tree that a site is built from: all of a commit but its items, which come when they are asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sopan import policy
from sopan.history import LEDGER, History, clone
from sopan.trees import TREE_MODE

_DEPTH = len(Path(policy.ITEMS_FOLDER).parts)


@dataclass(frozen=True)
class Checkout:
    """A clone in `tree` that stands at `commit`; what is read is kept in git's folder of its `origin`."""

    copy: History
    tree: Path
    commit: str
    origin: Path

    @cached_property
    def folders(self) -> dict[str, str]:
        """The id that git gives each item's folder, by identity; of what is no folder, that of the file."""
        found = self.copy.find(self.copy.tree_of(self.commit), policy.ITEMS_FOLDER)
        years = self.copy.tree(found.oid) if found and found.mode == TREE_MODE else ()
        return {
            f"{year.name.decode()}/{one.name.decode()}": one.oid
            for year in years
            if year.mode == TREE_MODE
            for one in self.copy.tree(year.oid)
        }

    def bring(self, items: Collection[str]) -> None:
        """Lay the folders of these items into the work tree, where they do not lie there."""
        wanted = [name for name in self._files if _owner(name) in items and not (self.tree / name).is_symlink()]
        _lay(self.copy, [name for name in wanted if not (self.tree / name).exists()])

    @cached_property
    def _files(self) -> list[str]:
        return _listed(self.copy, policy.ITEMS_FOLDER)


def lay(history: History, commit: str, tree: Path) -> Checkout:
    """A clone that shares the repository's objects, at the commit, with the ledger: what any reader could make."""
    source = str(history.git_folder.resolve())
    copy = clone(source, tree, "--shared", "--no-tags", "--no-checkout")
    if history.resolve(LEDGER):
        copy.run("fetch", "--quiet", "--no-tags", source, f"+{LEDGER}:{LEDGER}")
    copy.run("update-ref", "--no-deref", "HEAD", commit)
    copy.run("read-tree", commit)
    _lay(copy, _listed(copy, f":(exclude){policy.ITEMS_FOLDER}"))
    return Checkout(copy, tree, commit, history.git_folder)


def _listed(copy: History, pathspec: str) -> list[str]:
    return [name for name in copy.run("ls-files", "-z", "--", pathspec).split("\0") if name]


def _lay(copy: History, names: list[str]) -> None:
    if names:
        copy.run("checkout-index", "-q", "-z", "--stdin", stdin="\0".join(names).encode())


def _owner(name: str) -> str:
    return "/".join(name.split("/")[_DEPTH : _DEPTH + 2])
