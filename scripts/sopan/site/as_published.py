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
    digest = hashlib.sha256(listed).hexdigest()
    noted = release_files.noted(marks, digest)
    changed = release_files.changed(source, noted)
    folders, lost = defaultdict[str, dict[str, tuple[str, int, int, int]]](dict), list[str]()
    named = {path: digest for digest, path in _LISTED.findall(listed.decode())}
    for path, digest_of_path in named.items():
        if path in noted and path not in changed:
            folders[path.rpartition("/")[0]][path] = (digest_of_path, *noted[path][:-1])
        elif (known := release_files.known(source, path, digest_of_path)) is not None:
            folders[path.rpartition("/")[0]][path] = (known.digest, *known.mark)
        else:
            lost.append(path)
    return orjson.dumps((digest, folders, lost, sorted(changed - named.keys())))


def read(told: bytes) -> Found:
    """The same as it was found."""
    manifest, folders, lost, others = orjson.loads(told)
    known = {
        folder: {path: Known(digest, tuple(mark)) for path, (digest, *mark) in files.items()}
        for folder, files in folders.items()
    }
    return Found(manifest, known, lost, others)
