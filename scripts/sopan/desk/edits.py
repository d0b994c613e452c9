"""What lies changed outside the items in an officer's work tree: the maintenance that a commit may take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sopan import item, quoting
from sopan.desk import files, worktree
from sopan.desk.place import Desk
from sopan.errors import Refused, SopanError
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.rules.maintenance import EXECUTABLE_MODE
from sopan.trees import FILE_MODE, Entry

_EXECUTABLE = 0o100
_PRIVATE_KEY = re.compile(rb"\s*-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----")
_EDITED = "masih ada suntingan lain di dalamnya"

Edits = Mapping[str, Entry | None]


def taken(desk: Desk, base: str) -> Edits:
    """The changed paths outside the items with what they become on the commit `base`, None for a removed file.

    Refused where an item is being edited, and where an edit began from something else than `base`: it would undo
    another's work. Equal to `base` is no edit.
    """
    history = desk.history
    _require_no_item(desk)
    paths = [path for path in worktree.changed(history) if not _of_items(path)]
    edits = {path: _entry(history, path) for path in paths}
    edits = {path: entry for path, entry in edits.items() if entry != _find(history, base, path)}
    if not edits:
        raise Refused([f"Tidak ada perubahan di luar {ITEMS_FOLDER} pada folder kerja ini; sunting dahulu berkasnya."])
    head = history.resolve("HEAD")
    stale = [path for path in edits if head is None or _find(history, head, path) != _find(history, base, path)]
    if stale:
        names = ", ".join(quoting.quote(path) for path in stale)
        raise Refused([f"Suntingan pada {names} berawal dari isi lama; pindahkan, lalu sunting isi yang terbaru."])
    return edits


def tree_with(history: History, tree: str, edits: Edits) -> str:
    """A tree with these edits made, removals first: a folder may have become a file."""
    for path, entry in sorted(edits.items(), key=lambda edit: (edit[1] is not None, edit[0])):
        tree = history.replace(tree, path, entry)
    return tree


def lay_out(history: History, branch: str, head: str) -> str:
    """Show a maintenance branch in the work tree, unless something lies there that its head does not hold.

    Says why it did not; nothing where it did.
    """
    try:
        changed = worktree.changed(history)
        if any(_of_items(path) or _entry(history, path) != _find(history, head, path) for path in changed):
            return _EDITED
        worktree.show(history, branch, head)
    except (SopanError, OSError) as error:
        return worktree.hindrance(error)
    return ""


def _of_items(path: str) -> bool:
    return path.startswith(f"{ITEMS_FOLDER}/")


def _require_no_item(desk: Desk) -> None:
    """No item is being edited; a folder that equals what the server holds is not."""
    edited = {item.identity(path) or path: path for path in worktree.changed(desk.history) if _of_items(path)}
    mine = sorted(name for name in edited if not item.is_identity(name) or not _handed_in(desk, name))
    if mine:
        names = ", ".join(quoting.quote(name) for name in mine)
        cure = "serahkan dahulu dengan `sopan serahkan`, atau pindahkan ke tempat lain"
        raise Refused([f"Butir sedang disunting ({names}), dan pemeliharaan tidak boleh menyentuh butir; {cure}."])


def _handed_in(desk: Desk, identity: str) -> bool:
    held = [desk.seen.main, desk.seen.heads.get(identity)]
    local = files.read(files.folder_on_disk(desk, identity))
    return any(local == files.committed(desk.history, commit, identity) for commit in held if commit)


def _find(history: History, commit: str, path: str) -> Entry | None:
    return history.find(history.tree_of(commit), path)


def _entry(history: History, path: str) -> Entry | None:
    """The file at a path of the work tree as git would store it; None where there is none."""
    file, shown = history.folder / path, quoting.quote(path)
    if any("\ud800" <= character <= "\udfff" for character in path):  # how Python carries bytes that are no UTF-8
        raise SopanError(f"Nama berkas {shown} bukan teks UTF-8; ganti namanya, lalu ulangi.")
    if not file.exists() and not file.is_symlink():
        return None
    if file.is_dir() and not path.endswith("/") and not file.is_symlink():
        return None  # a folder took a file's place; what lies in it is listed by itself
    if file.is_symlink() or not file.is_file():
        raise SopanError(f"{shown} bukan berkas biasa; pemeliharaan hanya memuat berkas, tanpa tautan.")
    data = _bytes(file, shown)
    mode = EXECUTABLE_MODE if file.stat().st_mode & _EXECUTABLE else FILE_MODE
    return Entry(mode, path.rpartition("/")[2].encode(), history.write("blob", data))


def _bytes(file: Path, shown: str) -> bytes:
    data = file.read_bytes()
    if _PRIVATE_KEY.match(data):
        raise SopanError(f"{shown} memuat kunci pribadi, yang tidak pernah dikirim; pindahkan ke luar folder kerja.")
    return data
