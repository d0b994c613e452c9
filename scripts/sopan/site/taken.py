"""What a new release takes over from the one before by hard link, each file as it was published: items, lists, guides.

Beside a release lie its manifest, whose digest is part of the release's name, the inputs it was made of, the marks by
which its files are known again, and beside the live one its copy (`release_copy`), out of which the next is made.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import orjson

from sopan import beside, kept_lines
from sopan.site import release_files
from sopan.site.release_files import Known, Marks

MANIFEST, INPUTS, MARKS, COPY = "sha256", "masukan", "tanda", "siap"
BESIDE = (MANIFEST, INPUTS, MARKS)
CHANGED_BESIDES = "ada yang berubah di luar butir informasi"
LINKED = "sebuah panduan menautkan butir informasi"
_FORM = "masukan/4"
_OWNED = re.compile(r"informasi/(\d{4}(?:-\d+|/[^/]+)?)/.+")
_GUIDES = ("panduan/", "pengembang/", "cari/panduan/", "cari/mesin/")  # with their search, and what all searches share


@dataclass(frozen=True)
class Inputs:
    """Hex SHA-256 of what all pages are made of besides the items (`shared`), and of what each item's are.

    Among the items stand the pages of the list, by the year and the number of the part.
    `linked` says whether a link leads from a written page to an item, which mkdocs then looks for.
    """

    shared: str
    linked: bool
    items: Mapping[str, str]


@dataclass(frozen=True)
class Release:
    """A release that may be taken from: its folder, what it was made of, and the hex SHA-256 of its files by path.

    `bundles` are the digests of what its search bundles were made of, by their place; `marks` those of its files.
    `source` is the folder whose files are taken, the copy where there is one; of those that `changed` nothing is known.
    """

    folder: Path
    inputs: Inputs
    digests: Mapping[str, str]
    bundles: Mapping[str, str]
    marks: Marks
    source: Path
    changed: frozenset[str]

    @cached_property
    def paths(self) -> Sequence[str]:
        """All its files, sorted."""
        return sorted(self.digests)


@dataclass(frozen=True)
class Taken:
    """The items and pages of the list that are taken over, and the `files` of these and of the guides.

    `whole` says in words why nothing can be, where that is so.
    """

    items: frozenset[str] = frozenset()
    files: Mapping[str, Known] = field(default_factory=dict)
    whole: str = ""


@dataclass(frozen=True)
class Built:
    """What a site and its search bundles were made of; where nothing could be taken over, why (`whole`).

    `files` are those that were taken over, each of which was found as it was published.
    """

    inputs: Inputs
    bundles: Mapping[str, str]
    files: Mapping[str, Known]
    whole: str


@contextmanager
def looking(folder: Path) -> Iterator[Callable[[], Release | None]]:
    """Look at the files of the release in `folder` beside what else is done; gives how to load it."""
    source = _source(folder)
    with beside.telling(lambda: [orjson.dumps(sorted(_changed(folder, source)))]) as said:
        yield lambda: _load(folder, source, beside.answer(said))


def load(folder: Path) -> Release | None:
    """The release in `folder`; None where its manifest or inputs are not there as they were written."""
    return _load(folder, _source(folder), None)


def copy_of(folder: Path) -> Path:
    """Where the copy of the release in `folder` lies."""
    return _beside(folder, COPY)


def _source(folder: Path) -> Path:
    copy = copy_of(folder)
    return copy if copy.is_dir() else folder


def _changed(folder: Path, source: Path) -> set[str]:
    marks = _marks(folder, _hex(_beside(folder, MANIFEST).read_bytes()))
    return release_files.changed(source, marks)


def _marks(folder: Path, digest: str) -> Marks:
    return release_files.noted(_beside(folder, MARKS), digest)


def _load(folder: Path, source: Path, changed: bytes | None) -> Release | None:
    """`changed` is what a child said of the files in `source`; where it said nothing they are looked at here."""
    manifest, kept = _beside(folder, MANIFEST), kept_lines.load(_beside(folder, INPUTS))
    if kept is None or not manifest.is_file():
        return None
    listed = manifest.read_bytes()
    head, *lines = kept
    form, digest, *made_of = orjson.loads(head)
    if (form, digest) != (_FORM, _hex(listed)):
        return None
    shared, linked, bundles = made_of
    items = dict(orjson.loads(line) for line in lines)
    others = _changed(folder, source) if changed is None else orjson.loads(changed)
    by_path = _digests(listed)
    return Release(
        folder, Inputs(shared, linked, items), by_path, bundles, _marks(folder, digest), source, frozenset(others)
    )


def _digests(listed: bytes) -> Mapping[str, str]:
    lines = (line.split("  ", 1) for line in listed.decode().splitlines())
    return {path: digest for digest, path in lines}


def save(folder: Path, manifest: bytes, inputs: Inputs, bundles: Mapping[str, str]) -> None:
    """Keep the manifest and the inputs of a release that will lie in `folder`, and those of its search bundles."""
    _beside(folder, MANIFEST).write_bytes(manifest)
    head = orjson.dumps((_FORM, _hex(manifest), inputs.shared, inputs.linked, bundles))
    kept_lines.save(_beside(folder, INPUTS), (head, *map(orjson.dumps, inputs.items.items())))


def note(folder: Path, manifest: bytes, files: Mapping[str, Known]) -> None:
    """Keep by which marks the files of a release are known again, once nothing else will be done with them."""
    release_files.note(_beside(folder, MARKS), folder, files, _hex(manifest))


def choose(before: Release | None, inputs: Inputs) -> Taken:
    """What of the release before has the same inputs as now, and is still as it was published."""
    if before is None:
        return Taken()
    if before.inputs.shared != inputs.shared:
        return Taken(whole=CHANGED_BESIDES)
    items = frozenset(name for name, digest in inputs.items.items() if before.inputs.items.get(name) == digest)
    if inputs.linked:  # mkdocs follows the links of pages, and does not see the items that are taken over
        return Taken(whole=LINKED)
    files: dict[str, Known] = {}
    for path in before.digests:
        if owner(path) in items or is_guide(path):
            same = _as_published(before, path)
            if same is None:
                return Taken(whole=f"{path} pada rilis {before.folder.name} tidak lagi seperti waktu terbit")
            files[path] = same
    return Taken(items, files)


def owner(path: str) -> str | None:
    """The item in whose folder a path of the site lies (`2026/slug`), or the page of the list (`2026`, `2026-2`)."""
    found = _OWNED.fullmatch(path)
    return found[1] if found else None


def is_guide(path: str) -> bool:
    """Whether a path of the site, or of `docs/`, belongs to the guides, which no fact of an item is part of."""
    return path.startswith(_GUIDES)


def below(before: Release, place: str) -> Mapping[str, Known]:
    """The files of a folder of the release; none where one of them is not as it was published."""
    start, end = (bisect_left(before.paths, f"{place}{after}") for after in ("/", "0"))  # "0" comes next after "/"
    files = {path: _as_published(before, path) for path in before.paths[start:end]}
    whole = {path: known for path, known in files.items() if known is not None}
    return whole if len(whole) == len(files) else {}


def _as_published(before: Release, path: str) -> Known | None:
    digest = before.digests[path]
    if path in before.marks and path not in before.changed:
        inode, size, written, _ = before.marks[path]
        return Known(digest, (inode, size, written))
    return release_files.known(before.source, path, digest)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f"{folder.name}.{suffix}")


def _hex(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()
