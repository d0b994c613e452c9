"""Which items there are: a mistyped name must not be taken for a new item."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from sopan import item
from sopan.desk import files
from sopan.desk.place import Desk
from sopan.errors import SopanError
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.trees import TREE_MODE, Entry

NEAR = 0.75  # every name begins with a year, which alone makes two names no neighbours


def require(desk: Desk, identity: str, *, drafted: bool = False) -> None:
    """Refuse an item that has no branch and is not on `main` (nor, `drafted`, in the work tree); names the nearest."""
    known = {*desk.seen.heads, *_published(desk.history, desk.seen.main)}
    if identity in known or (drafted and files.read(files.folder_on_disk(desk, identity))):
        return
    near = get_close_matches(identity, sorted(known), n=1, cutoff=NEAR)
    cure = f"mungkin maksud Anda {near[0]}" if near else "`sopan papan` menampilkan butir yang sedang berjalan"
    raise SopanError(f"Butir {identity} tidak dikenal; {cure}.")


def _published(history: History, main: str) -> Iterator[str]:
    """The items on `main`."""
    top = history.find(history.tree_of(main), ITEMS_FOLDER)
    for year in _folders(history, top):
        paths = (b"/".join((year.name, one.name)).decode(errors="replace") for one in _folders(history, year))
        yield from filter(item.is_identity, paths)


def _folders(history: History, entry: Entry | None) -> list[Entry]:
    if entry is None or entry.mode != TREE_MODE:
        return []
    return [below for below in history.tree(entry.oid) if below.mode == TREE_MODE]
