"""What a commit changes: only regular files of small names and sizes, directly in its own item's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sopan.finding import Finding, found
from sopan.history import NO_OBJECT, History
from sopan.office import Limits
from sopan.trees import FILE_MODE, TREE_MODE, Change, Entry

NAME_BYTES = 100
SHOWN_CHANGES = 20  # a forged branch may touch thousands of paths; twenty sentences tell it as well

_NAME = re.compile(rb"[a-z0-9][a-z0-9._-]*")


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
    elif not _NAME.fullmatch(name) or len(name) > NAME_BYTES:
        yield found("berkas-nama", commit=commit, file=file, batas=NAME_BYTES)


def _file(history: History, limits: Limits, commit: str, file: str, entry: Entry) -> Iterator[Finding]:
    """A regular file within the size limit; the size is asked for before anything is read."""
    if entry.mode != FILE_MODE:
        yield found("berkas-jenis", commit=commit, file=file, mode=entry.mode)
    elif (size := history.size(entry.oid)) > limits.attachment_bytes:
        yield found("berkas-besar", commit=commit, file=file, ukuran=size, batas=limits.attachment_bytes)


def folder_tree(history: History, tree: str, folder: str) -> str:
    """The tree id of a folder, zeros where it does not exist: equal ids are equal bytes."""
    entry = history.find(tree, folder)
    return entry.oid if entry and entry.mode == TREE_MODE else NO_OBJECT


def files(history: History, tree: str, folder: str) -> dict[str, str]:
    """The regular files directly in a folder: name to object id; anything else is left to `changes_of_commit`."""
    oid = folder_tree(history, tree, folder)
    entries = () if oid == NO_OBJECT else history.tree(oid)
    return {entry.name.decode(errors="replace"): entry.oid for entry in entries if entry.mode == FILE_MODE}
