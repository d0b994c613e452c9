"""The copy of the live release that the next one is made of: hard links to the same files, made ready beforehand.

While a page waits to be seen, no link is made to any of the tens of thousands of files that stay as they are. No file
of a copy is ever written into, for other releases hold it too: what is new is laid in its place.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from sopan.site import release_files, taken
from sopan.site.blocks import Files
from sopan.site.release_files import Known
from sopan.site.taken import Release


def complete(draft: Path, before: Release, files: Files) -> Path:
    """The folder of a whole site: what the draft holds, and the `files` that are taken over.

    Where there is no copy of the release before, these are linked into the draft; else the draft is laid over the copy,
    which is used up.
    """
    if before.source == before.folder:
        release_files.link(before.folder, files, draft)
        return draft
    whole = before.source.rename(draft.with_name(f"{draft.name}-utuh"))
    found = before.found
    closed = (block.listed for group, block in found.blocks.items() if group not in files.blocks)
    listed = set[str]().union(found.lost, found.others, *closed, *found.folders.values())
    _remove(whole, listed - files.keys())
    _lay_over(draft, whole)
    return whole


def make(release: Path, files: Mapping[str, Known], used: Path, old: Path | None) -> None:
    """Make the copy of a release ready; it lies at `used` until it is whole.

    It is made of the folder `old`, which nobody needs any more: most of its files are those of the release, and stay.
    """
    if old is not None and old.exists():
        old.rename(used)
    used.mkdir(exist_ok=True)
    lying = {path: entry.inode() for path, entry in release_files.walk(used)}
    same = {path for path, inode in lying.items() if path in files and files[path].mark[0] == inode}
    _remove(used, lying.keys() - same)
    release_files.link(release, (path for path in files if path not in same), used)
    used.rename(taken.copy_of(release))


def _remove(folder: Path, paths: Collection[str]) -> None:
    """Take these files out of a folder, and the folders that they leave empty."""
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{folder}/{path}")  # noqa: PTH108  pathlib's way took most of the time of tens of thousands
    for place in sorted(_above(paths), key=len, reverse=True):
        with contextlib.suppress(OSError):  # it is not empty, or gone
            (folder / place).rmdir()


def _above(paths: Iterable[str]) -> set[str]:
    """Every folder that these paths lead through."""
    direct = {path.rpartition("/")[0] for path in paths} - {""}
    return direct | _above(direct) if direct else direct


def _lay_over(draft: Path, whole: Path) -> None:
    """Move every file of the draft to its place in the other folder."""
    made = set[str]()
    for path, entry in list(release_files.walk(draft)):
        target = f"{whole}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  as in `release_files.link`
            made.add(folder)
        os.replace(entry.path, target)  # noqa: PTH105
    shutil.rmtree(draft)
