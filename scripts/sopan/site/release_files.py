"""The files of a release: listed with their digests, shared with the next release, and known again without being read.

A file whose inode, size and times are those that were noted when its digest was known is the file of then: whoever
writes into it, or puts another in its place, sets the time of change, which nobody can choose. All else is read.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import orjson

from sopan import kept_lines

Mark: TypeAlias = tuple[int, int, int]
"""Inode, size, and when the content was last written, in nanoseconds: what another link to the file does not touch."""

Marks: TypeAlias = Mapping[str, Sequence[int]]
"""The mark of each file by path, and when anything of it changed last, its links too."""

_FORM = "tanda/2"
_TOGETHER = re.compile(r"(informasi/\d{4})(?:-\d+)?/|(cari/indeks/\d{4}(?:-\d+)?/)")
_TICK = 0.05  # seconds; no clock of a file system that is in use here is coarser


FullMark: TypeAlias = tuple[int, int, int, int]
"""The mark of a file, and when anything of it changed last, its links too."""


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


def as_walked(path: str) -> str:
    """By what paths are sorted as `walk` gives them: by their parts."""
    return path.replace("/", "\0")  # as no part holds it


def manifest(files: Mapping[str, Known]) -> bytes:
    """What `sha256sum` prints for these files."""
    return b"".join(line(path, one) for path, one in files.items())


def line(path: str, one: Known) -> bytes:
    """The line of a file there."""
    return f"{one.digest}  {path}\n".encode()


def group(path: str) -> str:
    """How the paths of the files begin that a file belongs to: a year's items with its list, or one search bundle.

    In the order of `walk` they follow each other. "" where it belongs to neither.
    """
    found = _TOGETHER.match(path)
    return (found[1] or found[2]) if found else ""


def of_items(year: str) -> str:
    """The group of a year's items."""
    return f"informasi/{year}"


def known(folder: Path, path: str, digest: str) -> Known | None:
    """The file at this path, if it is there with this digest; it is read."""
    file = f"{folder}/{path}"
    try:
        status = os.lstat(file)
    except FileNotFoundError:
        return None
    return Known(digest, _mark(status)) if stat.S_ISREG(status.st_mode) and _digest(file) == digest else None


def lying(folder: Path) -> dict[str, dict[str, FullMark]]:
    """The marks of all files of a folder by group and path, with the time when anything of each changed last."""
    groups = defaultdict[str, dict[str, FullMark]](dict)
    for path, entry in walk(folder) if folder.is_dir() else ():
        groups[group(path)][path] = _marked(entry)
    return groups


def changed(marks: Mapping[str, FullMark], noted: Marks) -> set[str]:
    """The paths at which something else lies than was noted: another file, none at all, or one too many."""
    return {path for path, _ in marks.items() ^ {path: tuple(mark) for path, mark in noted.items()}.items()}


def content_of(mark: Sequence[int]) -> Mark:
    """What of a full mark tells of the content alone."""
    inode, size, written, _ = mark
    return inode, size, written


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
    groups = {
        name: {path: mark for path, mark in marks.items() if path in files and content_of(mark) == files[path].mark}
        for name, marks in lying(folder).items()
    }
    lines = (f"{name}\t".encode() + orjson.dumps(marks) for name, marks in groups.items())
    kept_lines.save(file, (orjson.dumps((_FORM, manifest_digest)), *lines))


def noted(file: Path, manifest_digest: str) -> Mapping[str, bytes]:
    """The marks that were kept for the release of this manifest, by group as JSON (`Marks`).

    There are none where they are not as they were written.
    """
    head, *lines = kept_lines.load(file) or [b""]
    named = (line.split(b"\t", 1) for line in lines) if head == orjson.dumps((_FORM, manifest_digest)) else ()
    return {name.decode(): marks for name, marks in named}


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


def _marked(entry: os.DirEntry[str]) -> FullMark:
    status = entry.stat(follow_symlinks=False)
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _mark(status: os.stat_result) -> Mark:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _digest(file: str) -> str:
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123  as above
        return hashlib.sha256(stream.read()).hexdigest()
