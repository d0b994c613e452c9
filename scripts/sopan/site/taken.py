"""What a new release takes over from the one before, by hard link, each file read and compared: items, and the guides.

Beside a release lie its manifest, whose digest is part of the release's name, and the inputs it was made of.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import orjson

from sopan import kept_lines
from sopan.site.inputs import Inputs

MANIFEST, INPUTS = "sha256", "masukan"
BESIDE = (MANIFEST, INPUTS)
CHANGED_BESIDES = "ada yang berubah di luar butir informasi"
_FORM = "masukan/3"
_ITEMS = "informasi"
_DEPTH = 3  # informasi, the year, the slug
_GUIDES = ("panduan/", "pengembang/", "cari/panduan/", "cari/mesin/")  # with their search, and what all searches share


@dataclass(frozen=True)
class Release:
    """A release that may be taken from: its folder, what it was made of, and the hex SHA-256 of its files by path.

    `bundles` are the digests of what its search bundles were made of, by their place.
    """

    folder: Path
    inputs: Inputs
    digests: Mapping[str, str]
    bundles: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """Identities of the items that are taken over, whether the guides are, and the `files` of all that.

    `whole` says in words why nothing can be, where that is so.
    """

    items: frozenset[str] = frozenset()
    guides: bool = False
    files: tuple[str, ...] = ()
    whole: str = ""


@dataclass(frozen=True)
class Built:
    """What a site and its search bundles were made of; where nothing could be taken over, why (`whole`).

    `digests` are those of the files that were taken over, each of which was read and compared.
    """

    inputs: Inputs
    bundles: Mapping[str, str]
    digests: Mapping[str, str]
    whole: str


def load(folder: Path) -> Release | None:
    """The release in `folder`; None where its manifest or inputs are not there as they were written."""
    manifest, kept = _beside(folder, MANIFEST), kept_lines.load(_beside(folder, INPUTS))
    if kept is None or not manifest.is_file():
        return None
    listed = manifest.read_bytes()
    head, *lines = kept
    form, digest, *made_of = orjson.loads(head)
    if (form, digest) != (_FORM, hashlib.sha256(listed).hexdigest()):
        return None
    shared, guides, bundles = made_of
    items = dict(orjson.loads(line) for line in lines)
    digests = (line.split("  ", 1) for line in listed.decode().splitlines())
    return Release(folder, Inputs(shared, guides, items), {path: digest for digest, path in digests}, bundles)


def save(folder: Path, manifest: bytes, inputs: Inputs, bundles: Mapping[str, str]) -> None:
    """Keep the manifest and the inputs of a release that will lie in `folder`, and those of its search bundles."""
    _beside(folder, MANIFEST).write_bytes(manifest)
    head = orjson.dumps((_FORM, hashlib.sha256(manifest).hexdigest(), inputs.shared, inputs.guides, bundles))
    kept_lines.save(_beside(folder, INPUTS), (head, *map(orjson.dumps, inputs.items.items())))


def choose(before: Release | None, inputs: Inputs) -> Taken:
    """What of the release before has the same inputs as now, and is still as it was published."""
    if before is None:
        return Taken()
    if before.inputs.shared != inputs.shared:
        return Taken(whole=CHANGED_BESIDES)
    items = frozenset(name for name, digest in inputs.items.items() if before.inputs.items.get(name) == digest)
    guides = before.inputs.guides == inputs.guides
    files = tuple(path for path in before.digests if owner(path) in items or (guides and is_guide(path)))
    for path in files:
        if not _is_as_published(before, path):
            return Taken(whole=f"{path} pada rilis {before.folder.name} tidak lagi seperti waktu terbit")
    return Taken(items, guides, files)


def owner(path: str) -> str | None:
    """The identity of the item in whose folder a path of the site lies; None for every other path."""
    parts = PurePosixPath(path).parts
    return "/".join(parts[1:_DEPTH]) if parts[0] == _ITEMS and len(parts) > _DEPTH else None


def is_guide(path: str) -> bool:
    """Whether a path of the site, or of `docs/`, belongs to the guides, which no fact of an item is part of."""
    return path.startswith(_GUIDES)


def below(before: Release, place: str) -> tuple[str, ...]:
    """The files of a folder of the release; none where one of them is not as it was published."""
    files = tuple(path for path in before.digests if path.startswith(f"{place}/"))
    return files if all(_is_as_published(before, path) for path in files) else ()


def link(before: Path, files: tuple[str, ...], out: Path) -> None:
    """Let the release before and the one in `out` share files."""
    for path in files:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(before / path)
        except OSError:  # no hard links here, or too many of this file: the bytes are what counts
            shutil.copyfile(before / path, target)


def _is_as_published(before: Release, path: str) -> bool:
    file = before.folder / path
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == before.digests[path]


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f"{folder.name}.{suffix}")
