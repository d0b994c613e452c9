"""Git's trees as data: entries, differences, and the bytes they are stored in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

TREE_MODE = "40000"
FILE_MODE = "100644"
_FORM = rb"([1-7][0-7]{4,5}) ([^\0]+)\0(.{20})"
_ENTRY = re.compile(_FORM, re.DOTALL)
_ENTRIES = re.compile(rb"(?:%b)*+" % _FORM, re.DOTALL)  # possessive: bytes that are none are looked at once


class Entry(NamedTuple):
    """One entry of a tree: octal mode without leading zeros, raw name, object id."""

    mode: str
    name: bytes
    oid: str


@dataclass(frozen=True)
class Change:
    """One path that differs between two trees; None on the side where it does not exist."""

    path: bytes
    old: Entry | None
    new: Entry | None


def parse(data: bytes) -> tuple[Entry, ...] | None:
    """The entries of a stored tree; None for bytes that git itself would not write (torn, unsorted, a name twice)."""
    if not _ENTRIES.fullmatch(data):
        return None
    entries = tuple([Entry(mode.decode(), name, oid.hex()) for mode, name, oid in _ENTRY.findall(data)])
    keys = [_sort_key(entry) for entry in entries]
    names = {entry.name for entry in entries}  # a file and a folder of one name have different keys
    return entries if keys == sorted(keys) and len(names) == len(entries) else None


def serialise(entries: Iterable[Entry]) -> bytes:
    """The bytes of a tree of these entries, in git's order."""
    ordered = sorted(entries, key=_sort_key)
    return b"".join(f"{e.mode} ".encode() + e.name + b"\0" + bytes.fromhex(e.oid) for e in ordered)


def tree_id(entry: Entry | None) -> str | None:
    """The id of a subtree; None for a file, and for nothing."""
    return entry.oid if entry is not None and entry.mode == TREE_MODE else None


def _sort_key(entry: Entry) -> bytes:
    return entry.name + (b"/" if entry.mode == TREE_MODE else b"")
