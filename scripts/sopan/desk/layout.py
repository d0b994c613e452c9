"""The item's branch shown in the officer's work tree, unless edits lie there that nobody has handed in."""

from __future__ import annotations

from sopan import item
from sopan.desk import files, worktree
from sopan.desk.place import Desk
from sopan.errors import SopanError
from sopan.history import ITEM_REFS, History

_EDITED = "masih ada suntingan yang belum diserahkan"


def lay_out(desk: Desk, identity: str, head: str) -> str:
    """Show the item's branch in the work tree, unless edits lie there that were not handed in; says why it did not."""
    history = desk.history
    branch = ITEM_REFS.removeprefix("refs/heads/") + identity
    try:
        lying = {identity, *map(item.identity, worktree.changed(history))}
        left = sorted(one for one in lying if one is not None)
        if None in lying or any(files.edited(history, desk.seen, one) for one in left):
            return _EDITED
        worktree.show(history, branch, head)
        for one in left:
            _clear(history, one, head)
    except (SopanError, OSError) as error:
        return worktree.hindrance(error)
    return ""


def _clear(history: History, identity: str, head: str) -> None:
    """Take away what git left lying of a folder that was never in it: the server holds all of that."""
    folder = history.folder / item.folder(identity)
    for name in files.read(folder).keys() - files.committed(history, head, identity).keys():
        (folder / name).unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
