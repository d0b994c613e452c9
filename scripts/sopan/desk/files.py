"""The item's folder in the officer's work tree: what lies there, what of it is an edit, and what a step hands in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sopan import item, ledger_index
from sopan.desk.place import Desk, Place
from sopan.desk.worktree import is_litter
from sopan.errors import SopanError
from sopan.history import History
from sopan.rules import trees
from sopan.trees import FILE_MODE, TREE_MODE, Entry
from sopan.view import View


def folder_on_disk(desk: Desk, identity: str) -> Path:
    """Where an item lies in the work tree."""
    return desk.history.folder / item.folder(identity)


def read(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, without what office programs leave behind; only regular files may lie there."""
    if folder.is_symlink():
        raise SopanError(f"{folder} adalah tautan; folder butir harus folder biasa di dalam folder kerja.")
    if not folder.is_dir():
        return {}
    return {path.name: _bytes(path) for path in sorted(folder.iterdir()) if not is_litter(path.name)}


def sizes(folder: Path) -> dict[str, int]:
    """The sizes of the files that `read` would read."""
    return {path.name: _regular(path).stat().st_size for path in folder.iterdir() if not is_litter(path.name)}


def for_step(desk: Desk, place: Place) -> Mapping[str, bytes]:
    """The content that a content step hands in: the work tree's where it was edited, else the branch's as it is.

    Refused where the edits began from something else than the branch's last state: they would undo another's work.
    """
    history = desk.history
    local = read(folder_on_disk(desk, place.item))
    checked_out = committed(history, history.resolve("HEAD"), place.item)
    current = committed(history, place.head or desk.seen.main, place.item)
    anew = place.head is None and _stands_on_removed(desk)
    if anew and local == checked_out != {}:
        raise SopanError(f"Isi {place.item} di folder kerja ini dibuang dari server; bersihkan dahulu, lalu ulangi.")
    if not edited(history, desk.seen, place.item):
        return current
    if checked_out != current and not anew:
        raise SopanError(
            f"Suntingan Anda pada {place.item} berawal dari isi yang sudah lama; "
            "pindahkan folder itu ke tempat lain, jalankan `sopan terima`, lalu sunting lagi."
        )
    return local


def _stands_on_removed(desk: Desk) -> bool:
    """Whether the work tree shows a branch that the server removed: what is edited there begins anew."""
    head, removed = desk.history.resolve("HEAD"), ledger_index.read(desk.history).removed
    return head in removed and not desk.history.is_ancestor(head, desk.seen.main)


def tree_with(history: History, tree: str, identity: str, files: Mapping[str, bytes]) -> str:
    """A tree in which the item's folder holds exactly these files."""
    entries = {
        name.encode(): Entry(FILE_MODE, name.encode(), history.write("blob", data)) for name, data in files.items()
    }
    folder = Entry(TREE_MODE, b"", history.write_tree(entries)) if entries else None
    return history.replace(tree, item.folder(identity), folder)


def edited(history: History, seen: View, identity: str) -> bool:
    """Whether an item's folder in the work tree holds what was not handed in.

    What the commit that lies there holds, or anything newer that the server took, is no edit: nothing is lost with it.
    """
    folder, head = item.folder(identity), history.resolve("HEAD")
    local = read(history.folder / folder)
    if local in ({}, committed(history, head, identity)):
        return False
    tips = (seen.heads.get(identity, seen.main), seen.main)
    without = [f"^{head}"] if head else []
    taken = history.run("rev-list", "--first-parent", *tips, *without, "--", folder).splitlines()
    return local not in (committed(history, commit, identity) for commit in taken)


def put(desk: Desk, identity: str, files: Mapping[str, bytes]) -> None:
    """Lay files into the item's folder of the work tree, as edits to be handed in."""
    folder = folder_on_disk(desk, identity)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def committed(history: History, commit: str | None, identity: str) -> dict[str, bytes]:
    """The item's files as they stand in a commit; none where there is no commit."""
    if commit is None:
        return {}
    files = trees.files(history, history.tree_of(commit), item.folder(identity))
    return {name: history.blob(oid) for name, oid in sorted(files.items())}


def _bytes(path: Path) -> bytes:
    return _regular(path).read_bytes()


def _regular(path: Path) -> Path:
    if path.is_symlink() or not path.is_file():
        raise SopanError(f"{path} bukan berkas biasa; folder butir hanya memuat berkas, tanpa tautan dan subfolder.")
    return path
