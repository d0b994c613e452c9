"""What of a release is still as it was published: looked at by a child while others work, and told as JSON.

A file is known by its mark, or else is read (`release_files`).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from sopan.site import release_files
from sopan.site.release_files import Known

_LISTED = re.compile("(.*?)  (.*)\n")  # a line of a manifest: digest and path


@dataclass(frozen=True)
class Found:
    """The files of a release by folder and path that are as they were published, and the rest.

    `manifest` is the hex SHA-256 of the list that they were held against. `lost` are the paths on it at which something
    else lies, or nothing, in its order; `others` those at which something lies that it does not name.
    """

    manifest: str
    folders: Mapping[str, Mapping[str, Known]]
    lost: Sequence[str]
    others: Sequence[str]


def tell(source: Path, manifest: Path, marks: Path) -> bytes:
    """What `read` reads, of the files in the folder `source`."""
    listed = manifest.read_bytes()
    noted = release_files.noted(marks, digest := hashlib.sha256(listed).hexdigest())
    changed = release_files.changed(source, noted)
    known = {
        path: _known(source, path, named, None if path in changed else noted.get(path))
        for named, path in _LISTED.findall(listed.decode())
    }
    lost = [path for path, one in known.items() if one is None]
    return orjson.dumps((digest, _by_folder(known), lost, sorted(changed - known.keys())))


def _known(source: Path, path: str, digest: str, mark: Sequence[int] | None) -> tuple[str | int, ...] | None:
    """The digest and the mark of a file, which is read where it does not bear the mark that was noted."""
    if mark:
        return (digest, *mark[:-1])
    known = release_files.known(source, path, digest)
    return (known.digest, *known.mark) if known else None


def _by_folder(known: Mapping[str, tuple[str | int, ...] | None]) -> Mapping[str, Mapping[str, object]]:
    folders = defaultdict[str, dict[str, object]](dict)
    for path, one in known.items():
        if one is not None:
            folders[path.rpartition("/")[0]][path] = one
    return folders


def read(told: bytes) -> Found:
    """The same as it was found."""
    manifest, folders, lost, others = orjson.loads(told)
    known = {
        folder: {path: Known(digest, tuple(mark)) for path, (digest, *mark) in files.items()}
        for folder, files in folders.items()
    }
    return Found(manifest, known, lost, others)
