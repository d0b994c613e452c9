"""The objects of a repository, each checked against its name: commits, files, trees, and what differs between trees."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import BinaryIO, Protocol, TypeAlias

from sopan import trees
from sopan.errors import GitUnavailable
from sopan.trees import FILE_MODE, TREE_MODE, Change, Entry

_FORGED = "Objek {} berisi bita yang lain dari namanya; pulihkan dari cadangan."


Raw: TypeAlias = tuple[str, bytes]
"""A commit's id and its bytes."""


class Store(Protocol):
    """GitPython's persistent `cat-file`; ValueError where there is no such object."""

    def get_object_header(self, ref: str) -> tuple[str, str, int]:
        """Id, type and size."""

    def get_object_data(self, ref: str) -> tuple[str, str, int, bytes]:
        """Id, type, size and bytes."""


class Objects(ABC):
    """What is read of a repository by the ids of its objects; GitUnavailable for what is missing, damaged or forged."""

    @property
    @abstractmethod
    def _store(self) -> Store:
        """Where they are read."""

    def holds(self, oid: str) -> bool:
        """Whether there is a commit of this id."""
        try:
            return _word(self._store.get_object_header(oid)[1]) == "commit"
        except ValueError:
            return False

    def named(self, name: str) -> str | None:
        """The id of the object of this name, which is one line; None where there is none."""
        try:
            return _word(self._store.get_object_header(name)[0])
        except ValueError:
            return None

    def commit(self, oid: str) -> bytes:
        """The raw bytes of a commit object."""
        return self._object(oid, "commit")

    def blob(self, oid: str) -> bytes:
        """The bytes of a file."""
        return self._object(oid, "blob")

    def size(self, oid: str) -> int:
        """The size in bytes of an object, without reading it."""
        try:
            _, _, size = self._store.get_object_header(oid)
        except ValueError as error:
            raise GitUnavailable(f"Objek {oid[:10]} hilang dari repositori; pulihkan dari cadangan.") from error
        return int(size)

    def tree(self, oid: str) -> tuple[Entry, ...]:
        """The entries of a tree object, as stored; a tree that git itself would not write is refused."""
        entries = trees.parse(self._object(oid, "tree"))
        if entries is None:
            raise GitUnavailable(
                f"Pohon {oid[:10]} rusak: namanya ganda atau tidak berurut; periksa dengan `git fsck`."
            )
        return entries

    def tree_of(self, commit: str) -> str:
        """The id of a commit's tree."""
        return self.commit(commit)[len("tree ") : len("tree ") + 40].decode("ascii")

    def find(self, tree: str, path: str) -> Entry | None:
        """The entry at a path below a tree, None where there is none."""
        entry: Entry | None = None
        for name in path.encode().split(b"/"):
            if entry is not None and entry.mode != TREE_MODE:
                return None
            entries = self.tree(entry.oid if entry else tree)
            entry = next((e for e in entries if e.name == name), None)
            if entry is None:
                return None
        return entry

    def read(self, commit: str, path: str) -> bytes | None:
        """The bytes of a regular file at a path in a commit, None where there is none."""
        entry = self.find(self.tree_of(commit), path)
        return self.blob(entry.oid) if entry and entry.mode == FILE_MODE else None

    def list_files(self, commit: str, path: str) -> list[str]:
        """The names of the regular files directly below a folder in a commit."""
        entry = self.find(self.tree_of(commit), path)
        if entry is None or entry.mode != TREE_MODE:
            return []
        return [e.name.decode(errors="replace") for e in self.tree(entry.oid) if e.mode == FILE_MODE]

    def changes(self, old: str | None, new: str | None, prefix: bytes = b"") -> Iterator[Change]:
        """Every path that differs between two trees (ids; None is the empty tree); equal subtrees are not opened."""
        before = {entry.name: entry for entry in self.tree(old)} if old else {}
        after = {entry.name: entry for entry in self.tree(new)} if new else {}
        for name in sorted(before.keys() | after.keys()):
            one, two = before.get(name), after.get(name)
            if one == two:
                continue
            inside = trees.tree_id(one), trees.tree_id(two)
            if any(inside):
                yield from self.changes(*inside, prefix + name + b"/")
            change = Change(prefix + name, None if inside[0] else one, None if inside[1] else two)
            if change.old or change.new:
                yield change

    def _object(self, oid: str, kind: str) -> bytes:
        try:
            name, found, _, data = self._store.get_object_data(oid)
        except ValueError as error:
            raise GitUnavailable(f"Objek {oid[:10]} hilang dari repositori; pulihkan dari cadangan.") from error
        if _word(found) != kind:
            raise GitUnavailable(f"Objek {oid[:10]} bukan {kind}; repositori ini perlu diperiksa dengan `git fsck`.")
        if hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest() != _word(name):
            raise GitUnavailable(_FORGED.format(oid[:10]))
        return bytes(data)


def streamed(stream: BinaryIO) -> Iterator[Raw]:
    """What `cat-file --batch` prints: a line with id, type and size, then so many bytes and a line's end."""
    for header in stream:
        oid, kind, size = header.split()
        data = stream.read(int(size) + 1)[:-1]
        if hashlib.sha1(b"%b %b\0%b" % (kind, size, data), usedforsecurity=False).hexdigest().encode() != oid:
            raise GitUnavailable(_FORGED.format(oid[:10].decode()))
        yield oid.decode(), data


def _word(text: str | bytes) -> str:
    """GitPython declares str here and gives bytes."""
    return text.decode("ascii") if isinstance(text, bytes) else text
