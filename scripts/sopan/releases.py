"""The releases that lie beside a live site: the draft of the next one, its name by content, and which are kept.

A release is never changed once it has its name. The last few are kept, for readers in the middle of one; of the oldest,
which nobody needs any more, the copy is made out of which the next one comes (`site/release_copy`).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sopan.errors import SopanError, cause
from sopan.site import release_copy, release_files, taken
from sopan.site.release_files import Known
from sopan.site.taken import Built, Release

KEPT = 5
SHOWN_COMMIT = 12  # digits of it in a release's name
_DRAFT = ".tulis-"


@dataclass(frozen=True)
class Settled:
    """A release that has its name: its folder, its files, and its manifest, which lists them."""

    folder: Path
    files: Mapping[str, Known]
    manifest: bytes


@contextmanager
def draft(releases: Path) -> Iterator[Path]:
    """A folder to build into, for one publisher at a time; what one that was killed left behind is removed first."""
    try:
        releases.mkdir(parents=True, exist_ok=True)
        turn = os.open(releases, os.O_RDONLY)
        fcntl.flock(turn, fcntl.LOCK_EX)  # ends with the process
        for left in releases.glob(f"{_DRAFT}*"):
            shutil.rmtree(left)
        made = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=releases))
    except OSError as error:
        raise SopanError(
            f"Folder terbit {releases} tidak dapat ditulisi: {cause(error)}; periksa hak dan ruangnya."
        ) from error
    try:
        yield made
    finally:
        for left in releases.glob(f"{_DRAFT}*"):
            shutil.rmtree(left, ignore_errors=True)
        os.close(turn)


def settle(draft: Path, commit: str, before: Release | None, built: Built) -> Settled:
    """Give a finished build its name by content, after everything in it is on disk; an equal release is kept.

    One of that name that is no longer as it was published is not kept, and gives its name to nothing: a number follows.
    """
    files = built.files.beside(release_files.listing(draft))
    manifest = files.manifest()
    name = f"{commit[:SHOWN_COMMIT]}-{hashlib.sha256(manifest).hexdigest()[:SHOWN_COMMIT]}"
    release = _place(draft.parent, name, manifest)
    taken.save(release, manifest, built.inputs, built.bundles)
    if not release.exists():
        whole = release_copy.complete(draft, before, built.files) if before and built.files else draft
        whole.chmod(0o755)
        os.sync()
        whole.rename(release)
    return Settled(release, files, manifest)


def tidy(live: Settled) -> None:
    """Remove the oldest releases whole, make the copy of the live one ready, and note by which marks it is known again.

    A copy that cannot be made is not needed: the next release is linked file by file.
    """
    files = dict(live.files)
    old = [*_other_copies(live.folder), *map(_taken_down, _outlived(live.folder))]
    ready = taken.copy_of(live.folder)
    with contextlib.suppress(OSError):
        if not ready.exists():
            used = live.folder.with_name(f"{_DRAFT}{ready.name}")
            release_copy.make(live.folder, files, used, old.pop() if old else None)
    for folder in filter(Path.exists, old):
        shutil.rmtree(folder)
    taken.note(live.folder, live.manifest, files)


def _other_copies(live: Path) -> Iterator[Path]:
    return (copy for copy in live.parent.glob(f"*.{taken.COPY}") if copy != taken.copy_of(live))


def _outlived(live: Path) -> list[Path]:
    """The releases that nobody needs any more."""
    manifests = [path for path in live.parent.glob(f"*.{taken.MANIFEST}") if path.stem != live.name]
    manifests.sort(key=lambda path: path.stat().st_mtime_ns)
    return [manifest.with_suffix("") for manifest in manifests[: 1 - KEPT]]


def _taken_down(release: Path) -> Path:
    """Give up a release, so that whoever comes after a crash removes what is left of it; gives its folder."""
    folder = release.with_name(f"{_DRAFT}{release.name}")
    if release.exists():
        release.rename(folder)
    for suffix in taken.BESIDE:
        release.with_name(f"{release.name}.{suffix}").unlink(missing_ok=True)
    return folder


def _place(releases: Path, name: str, manifest: bytes) -> Path:
    for number in count(1):
        place = releases / (name if number == 1 else f"{name}-{number}")
        if not place.exists() or release_files.manifest(release_files.listing(place)) == manifest:
            break
    return place
