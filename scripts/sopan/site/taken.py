"""What a new release takes over from the one before by hard link, each file as it was published: items, lists, guides.

Beside a release lie its manifest, whose digest is part of the release's name, the inputs it was made of, the marks by
which its files are known again, and beside the live one its copy (`release_copy`), out of which the next is made.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from sopan import beside, kept_lines
from sopan.site import as_published, release_files
from sopan.site.as_published import Found
from sopan.site.blocks import Block, Files
from sopan.site.made_of import Inputs, OfYear
from sopan.site.release_files import Known

if TYPE_CHECKING:  # a publisher begins to look at what is live before it loads what reads items
    from sopan.site.facts import Volume

MANIFEST, INPUTS, MARKS, COPY = "sha256", "masukan", "tanda", "siap"
BESIDE = (MANIFEST, INPUTS, MARKS)
CHANGED_BESIDES = "ada yang berubah di luar butir informasi"
LINKED = "sebuah panduan menautkan butir informasi"
_FORM = "masukan/6"
_YEAR = 4  # digits
_WAY = 10  # of the 19 steps by which a process may give way
_OWNED = re.compile(r"informasi/(\d{4}(?:-\d+|/[^/]+)?)/.+")
_GUIDES = ("panduan/", "pengembang/", "cari/panduan/", "cari/mesin/")  # with their search, and what all searches share


@dataclass(frozen=True)
class Release:
    """A release that may be taken from: its folder, what it was made of, and what of it is as it was published.

    `bundles` are the digests of what its search bundles were made of, by their place. `source` is the folder whose
    files are taken, the copy where there is one.
    """

    folder: Path
    inputs: Inputs
    bundles: Mapping[str, str]
    source: Path
    found: Found

    @cached_property
    def folders(self) -> Sequence[str]:
        """The folders of all files that are as they were published, sorted."""
        return sorted(self.found.folders)


@dataclass(frozen=True)
class Taken:
    """The years that are taken over as they were, of others the items and pages of the list, and all `files` of these.

    The files of the guides are among them. `whole` says in words why nothing can be taken over, where that is so.
    """

    years: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    files: Files = field(default_factory=lambda: Files({}, {}))
    whole: str = ""

    def holds(self, owner: str | None) -> bool:
        """Whether an item, or a page of the list, is taken over."""
        return owner is not None and (owner[:_YEAR] in self.years or owner in self.items)

    def others(self, volumes: Iterable[Volume]) -> list[str]:
        """Of these items those that are not taken over, in their order."""
        left = (volume.names for volume in volumes if volume.year not in self.years)
        return [name for names in left for name in names if name not in self.items]


@dataclass(frozen=True)
class Built:
    """What a site and its search bundles were made of; where nothing could be taken over, why (`whole`).

    `files` are those that were taken over, each of which was found as it was published.
    """

    inputs: Inputs
    bundles: Mapping[str, str]
    files: Files
    whole: str


@contextmanager
def looking(folder: Path) -> Iterator[Callable[[], Release | None]]:
    """Look at the files of the release in `folder` beside what else is done; gives how to load it."""
    source = _source(folder)
    with beside.telling(partial(_looked, folder, source)) as said:
        yield cache(lambda: _load(folder, source, lambda: beside.answer(said)))


def load(folder: Path) -> Release | None:
    """The release in `folder`; None where its manifest or inputs are not there as they were written."""
    return _load(folder, _source(folder), lambda: None)


def copy_of(folder: Path) -> Path:
    """Where the copy of the release in `folder` lies."""
    return _beside(folder, COPY)


def _source(folder: Path) -> Path:
    copy = copy_of(folder)
    return copy if copy.is_dir() else folder


def _looked(folder: Path, source: Path) -> Iterator[bytes]:
    os.nice(_WAY)  # to those whose work is waited for first
    yield _found(folder, source)


def _found(folder: Path, source: Path) -> bytes:
    return as_published.tell(source, _beside(folder, MANIFEST), _beside(folder, MARKS))


def _load(folder: Path, source: Path, told: Callable[[], bytes | None]) -> Release | None:
    """`told` is what a child found of the files in `source`; where it said nothing they are looked at here."""
    kept = kept_lines.load(_beside(folder, INPUTS))
    if kept is None or not _beside(folder, MANIFEST).is_file():
        return None
    form, manifest, *made_of = orjson.loads(kept[0])
    found = as_published.read(told() or _found(folder, source), _beside(folder, MANIFEST), _beside(folder, MARKS))
    if (form, manifest) != (_FORM, found.manifest):
        return None
    shared, linked, bundles = made_of
    years = {year.decode(): _of_year(*rest) for year, *rest in (line.split(b"\t") for line in kept[1:])}
    return Release(folder, Inputs(shared, linked, years), bundles, source, found)


def _of_year(made_of: bytes, told: bytes) -> OfYear:
    return OfYear(made_of.decode(), lambda: told)


def save(folder: Path, manifest: bytes, inputs: Inputs, bundles: Mapping[str, str]) -> None:
    """Keep the manifest and the inputs of a release that will lie in `folder`, and those of its search bundles."""
    _beside(folder, MANIFEST).write_bytes(manifest)
    head = orjson.dumps((_FORM, _hex(manifest), inputs.shared, inputs.linked, bundles))
    years = (b"%b\t%b\t%b" % (year.encode(), one.made_of.encode(), one.told()) for year, one in inputs.years.items())
    kept_lines.save(_beside(folder, INPUTS), (head, *years))


def note(folder: Path, manifest: bytes, files: Mapping[str, Known]) -> None:
    """Keep by which marks the files of a release are known again, once nothing else will be done with them."""
    release_files.note(_beside(folder, MARKS), folder, files, _hex(manifest))


def choose(before: Release | None, inputs: Inputs) -> Taken:
    """What of the release before has the same inputs as now, and is still as it was published."""
    if before is None:
        return Taken()
    if before.inputs.shared != inputs.shared:
        return Taken(whole=CHANGED_BESIDES)
    if inputs.linked:  # mkdocs follows the links of pages, and does not see the items that are taken over
        return Taken(whole=LINKED)
    same = _same(before.inputs.years, inputs.years)
    lost = next((path for path in before.found.lost if _stays(path, same)), None)
    if lost is not None:
        return Taken(whole=f"{lost} pada rilis {before.folder.name} tidak lagi seperti waktu terbit")
    return replace(same, files=_files(before.found, same, before.inputs.years))


def _files(found: Found, same: Taken, years: Iterable[str]) -> Files:
    """The files of what is taken over: years as blocks, all others one by one."""
    groups = {year: release_files.of_items(year) for year in years}
    blocks = {year: found.blocks[group] for year, group in groups.items() if group in found.blocks}
    folders = (files for files in found.folders.values() if _stays(next(iter(files)), same))
    single = dict[str, Known | Block](chain.from_iterable(files.items() for files in folders))
    for block in (block for year, block in blocks.items() if year not in same.years):
        staying = (paths for paths in block.folders.values() if _stays(paths[0], same))
        single |= dict.fromkeys(chain.from_iterable(staying), block)
    return Files(single, {groups[year]: block for year, block in blocks.items() if year in same.years})


def _same(before: Mapping[str, OfYear], now: Mapping[str, OfYear]) -> Taken:
    both = {year: (one, before[year]) for year, one in now.items() if year in before}
    years = frozenset(year for year, (one, old) in both.items() if one.made_of == old.made_of)
    others = (one.shared_with(old) for year, (one, old) in both.items() if year not in years)
    return Taken(years, frozenset(chain.from_iterable(others)))


def _stays(path: str, same: Taken) -> bool:
    """Whether a file of the site, as all others of its folder, is of what is taken over, or of the guides."""
    return same.holds(owner(path)) or is_guide(path)


def owner(path: str) -> str | None:
    """The item in whose folder a path of the site lies (`2026/slug`), or the page of the list (`2026`, `2026-2`)."""
    found = _OWNED.fullmatch(path)
    return found[1] if found else None


def is_guide(path: str) -> bool:
    """Whether a path of the site, or of `docs/`, belongs to the guides, which no fact of an item is part of."""
    return path.startswith(_GUIDES)


def below(before: Release, place: str) -> Mapping[str, Known]:
    """The files of a folder of the release; none where one of them is not as it was published."""
    if any(path.startswith(f"{place}/") for path in before.found.lost):
        return {}
    start, end = (bisect_left(before.folders, f"{place}{after}") for after in ("/", "0"))  # "0" comes next after "/"
    folders = (before.found.folders.get(folder, {}) for folder in (place, *before.folders[start:end]))
    return {path: known for files in folders for path, known in files.items()}


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f"{folder.name}.{suffix}")


def _hex(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()
