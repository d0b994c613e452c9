"""What a commit changes: only regular files of small names and sizes, directly in its own item's folder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sopan.finding import Finding, found
from sopan.history import NO_OBJECT, History
from sopan.item_path import is_file_name
from sopan.office import Limits
from sopan.trees import FILE_MODE, TREE_MODE, Change, Entry

NAME_BYTES = 100
SUBMODULE_MODE = "160000"
UNREADABLE = frozenset({"berkas-besar", "berkas-banyak"})  # found before any content is read
SHOWN_CHANGES = 20  # a forged branch may touch thousands of paths; twenty sentences tell it as well


def changes_of_commit(
    history: History, limits: Limits, folder: str, commit: str, trees: tuple[str, str]
) -> Iterator[Finding]:
    """Everything that a commit (trees: parent's, its own) changes lies in `folder` and is an acceptable file."""
    changes = history.changes(*trees)
    yield from islice(_of_changes(history, limits, folder.encode() + b"/", commit, changes), SHOWN_CHANGES)


def _of_changes(
    history: History, limits: Limits, prefix: bytes, commit: str, changes: Iterator[Change]
) -> Iterator[Finding]:
    for change in changes:
        file = change.path.decode(errors="replace")
        if not change.path.startswith(prefix):
            yield found("di-luar-butir", commit=commit, file=file, folder=prefix.decode())
        elif change.new is not None:
            yield from _name(commit, file, change.path[len(prefix) :])
            yield from _file(history, limits, commit, file, change.new)


def _name(commit: str, file: str, name: bytes) -> Iterator[Finding]:
    if b"/" in name:
        yield found("berkas-subfolder", commit=commit, file=file)
    elif not is_file_name(name.decode(errors="replace")) or len(name) > NAME_BYTES:
        yield found("berkas-nama", commit=commit, file=file, batas=NAME_BYTES)


def _file(history: History, limits: Limits, commit: str, file: str, entry: Entry) -> Iterator[Finding]:
    """A regular file within the size limit; the size is asked for before anything is read."""
    if entry.mode != FILE_MODE:
        yield found("berkas-jenis", commit=commit, file=file, mode=entry.mode)
    if entry.mode != SUBMODULE_MODE and (size := history.size(entry.oid)) > limits.attachment_bytes:
        yield found("berkas-besar", commit=commit, file=file, ukuran=size, batas=limits.attachment_bytes)


def folder_tree(history: History, tree: str, folder: str) -> str:
    """The tree id of a folder, zeros where it does not exist: equal ids are equal bytes."""
    entry = history.find(tree, folder)
    return entry.oid if entry and entry.mode == TREE_MODE else NO_OBJECT


def files(history: History, tree: str, folder: str) -> dict[str, str]:
    """Every file below a folder: path within it to object id; submodules have no bytes and are found elsewhere."""
    oid = folder_tree(history, tree, folder)
    changes = () if oid == NO_OBJECT else history.changes(None, oid)
    return {
        change.path.decode(errors="replace"): change.new.oid
        for change in changes
        if change.new is not None and change.new.mode != SUBMODULE_MODE
    }


def count(history: History, limits: Limits, commit: str, tree: str, folder: str) -> Iterator[Finding]:
    """Not more files than the office's limit of attachments, beside index.md."""
    oid, most = folder_tree(history, tree, folder), limits.attachments + 1
    held = 0 if oid == NO_OBJECT else len(history.tree(oid))
    if held > most:
        yield found("berkas-banyak", commit=commit, file=folder, jumlah=held, batas=most)
