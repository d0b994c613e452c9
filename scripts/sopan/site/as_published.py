"""What of a release is still as it was published: looked at by a child while others work, and told as JSON.

A file is known by its mark, or else is read (`release_files`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias, TypeVar

import orjson

from sopan.site import blocks, release_files
from sopan.site.blocks import Block
from sopan.site.release_files import Known, Marks

Place: TypeAlias = tuple[int, int]
"""Where a stretch of a manifest begins, and where it ends."""

One = TypeVar("One")


@dataclass(frozen=True)
class Found:
    """The files of a release that are as they were published: in `blocks` those of the groups of which all are.

    `manifest` is the hex SHA-256 of the list that they were held against. Other files stand in `folders` by folder and
    path. `lost` are the paths on the list at which something else lies, or nothing, in its order; `others` those at
    which something lies that it does not name.
    """

    manifest: str
    blocks: Mapping[str, Block]
    folders: Mapping[str, Mapping[str, Known]]
    lost: Sequence[str]
    others: Sequence[str]


def tell(source: Path, manifest: Path, marks: Path) -> bytes:
    """What `read` reads, of the files in the folder `source`."""
    listed, lying = manifest.read_bytes(), release_files.lying(source)
    noted = release_files.noted(marks, digest := _hex(listed))
    places = {group: _place(listed, group) for group in noted if group}
    closed = {name: place for name, place in places.items() if _is_closed(listed, place, lying[name], noted[name])}
    bear = _together(marks for group, marks in lying.items() if group not in closed)
    bore = _together(orjson.loads(marks) for group, marks in noted.items() if group not in closed)
    changed = release_files.changed(bear, bore)
    known = {
        path: _known(source, path, named, None if path in changed else bore.get(path))
        for named, path in blocks.listed(_without(listed, closed.values()))
    }
    lost = [path for path, one in known.items() if one is None]
    return orjson.dumps((digest, closed, _by_folder(known), lost, sorted(changed - known.keys())))


def _place(listed: bytes, group: str) -> Place:
    """Where in a manifest the files of a group stand."""
    name = f"  {group}".encode()
    first, last = listed.find(name), listed.rfind(name)
    return (listed.rfind(b"\n", 0, first) + 1, listed.find(b"\n", last) + 1) if first >= 0 else (0, 0)


def _is_closed(listed: bytes, place: Place, lying: Marks, noted: bytes) -> bool:
    """Whether all files of a group bear the marks that were noted, and no file was not noted, or is not listed."""
    return orjson.dumps(lying) == noted and listed.count(b"\n", *place) == len(lying)


def _without(listed: bytes, places: Iterable[Place]) -> bytes:
    """The lines of a manifest that stand at none of these places."""
    begins = [0, *(end for _, end in sorted(places))]
    ends = [*(start for start, _ in sorted(places)), len(listed)]
    return b"".join(listed[start:end] for start, end in zip(begins, ends, strict=True))


def _together(some: Iterable[Mapping[str, One]]) -> dict[str, One]:
    return dict(chain.from_iterable(one.items() for one in some))


def _known(source: Path, path: str, digest: str, mark: Sequence[int] | None) -> tuple[str | int, ...] | None:
    """The digest and the mark of a file, which is read where it does not bear the mark that was noted."""
    if mark:
        return (digest, *release_files.content_of(mark))
    known = release_files.known(source, path, digest)
    return (known.digest, *known.mark) if known else None


def _by_folder(known: Mapping[str, tuple[str | int, ...] | None]) -> Mapping[str, Mapping[str, object]]:
    folders = defaultdict[str, dict[str, object]](dict)
    for path, one in known.items():
        if one is not None:
            folders[path.rpartition("/")[0]][path] = one
    return folders


def read(told: bytes, manifest: Path, marks: Path) -> Found:
    """The same as it was found; of no manifest where the files that it was told by are others now."""
    digest, closed, folders, lost, others = orjson.loads(told)
    listed, noted = manifest.read_bytes(), release_files.noted(marks, digest)
    is_same = digest == _hex(listed) and closed.keys() <= noted.keys()
    together = {name: Block(listed[start:end], noted[name]) for name, (start, end) in closed.items() if is_same}
    known = {
        folder: {path: Known(digest, tuple(mark)) for path, (digest, *mark) in files.items()}
        for folder, files in folders.items()
    }
    return Found(digest if is_same else "", together, known, lost, others)


def _hex(listed: bytes) -> str:
    return hashlib.sha256(listed).hexdigest()
