"""The files of a release: listed with their digests, shared with the next release, and known again without being read.

A file whose inode, size and times are those that were noted when its digest was known is the file of then: whoever
writes into it, or puts another in its place, sets the time of change, which nobody can choose. All else is read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import orjson

from sopan import kept_lines

Mark: TypeAlias = tuple[int, int, int]
"""Inode, size, and when the content was last written, in nanoseconds: what another link to the file does not touch."""

Marks: TypeAlias = Mapping[str, Sequence[int]]
"""The mark of each file by path, and when anything of it changed last, its links too."""

_FORM = "tanda/1"
_TICK = 0.05  # seconds; no clock of a file system that is in use here is coarser


class Known(NamedTuple):
    """The hex SHA-256 of a file, and its mark before it was read."""

    digest: str
    mark: Mark


def walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below the folder with its path, in the order of the parts of paths; a symbolic link is a file."""
    return _walk(str(folder), "")


def listing(folder: Path) -> dict[str, Known]:
    """All files of a folder by path."""
    return {path: _listed(entry) for path, entry in walk(folder)}


def in_order(files: Mapping[str, Known]) -> dict[str, Known]:
    """The same in the order of `walk`: by the parts of paths."""
    return dict(sorted(files.items(), key=lambda one: one[0].replace("/", "\0")))  # as no part holds it


def manifest(files: Mapping[str, Known]) -> bytes:
    """What `sha256sum` prints for these files."""
    return "".join(f"{one.digest}  {path}\n" for path, one in files.items()).encode()


def known(folder: Path, path: str, digest: str) -> Known | None:
    """The file at this path, if it is there with this digest; it is read."""
    file = f"{folder}/{path}"
    try:
        status = os.lstat(file)
    except FileNotFoundError:
        return None
    return Known(digest, _mark(status)) if stat.S_ISREG(status.st_mode) and _digest(file) == digest else None


def changed(folder: Path, marks: Marks) -> set[str]:
    """The paths at which something else lies in a folder than was noted: another file, none at all, or one too many."""
    lying = {path: _marked(entry) for path, entry in walk(folder)} if folder.is_dir() else {}
    return {path for path, _ in lying.items() ^ {path: tuple(mark) for path, mark in marks.items()}.items()}


def link(before: Path, files: Iterable[str], out: Path) -> None:
    """Let the release before and the one in `out` share files."""
    made = set[str]()
    for path in files:
        target = f"{out}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  pathlib's way took half of the time of tens of thousands
            made.add(folder)
        try:
            os.link(f"{before}/{path}", target)
        except OSError:  # no hard links here, or too many of this file: the bytes are what counts
            shutil.copyfile(before / path, target)


def note(file: Path, folder: Path, files: Mapping[str, Known], manifest_digest: str) -> None:
    """Keep in `file` the marks of a release in `folder` that nothing will link or unlink before the next one is made.

    What was written since its digest was known is not noted, and so will be read.
    """
    time.sleep(_TICK)  # what is written from now on has a later time than everything that is noted
    marks = {path: _marked(entry) for path, entry in walk(folder)}
    same = {path: mark for path, mark in marks.items() if path in files and mark[:-1] == files[path].mark}
    kept_lines.save(file, (orjson.dumps((_FORM, manifest_digest)), orjson.dumps(same)))


def noted(file: Path, manifest_digest: str) -> Marks:
    """The marks that were kept for the release of this manifest; none where they are not as they were written."""
    head, *marks = kept_lines.load(file) or [b""]
    noted: Marks = orjson.loads(marks[0]) if head == orjson.dumps((_FORM, manifest_digest)) else {}
    return noted


def _walk(top: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(top) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry


def _listed(entry: os.DirEntry[str]) -> Known:
    mark = _mark(entry.stat(follow_symlinks=False))
    return Known(_digest(entry.path), mark)


def _marked(entry: os.DirEntry[str]) -> tuple[int, int, int, int]:
    status = entry.stat(follow_symlinks=False)
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _mark(status: os.stat_result) -> Mark:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _digest(file: str) -> str:
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123  as above
        return hashlib.sha256(stream.read()).hexdigest()
