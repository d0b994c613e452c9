"""Locks that git left behind because it was killed, or the power failed: all who come later would be refused for ever.

Git makes such a file, writes it, and gives it its final name: on a ref within milliseconds, on the index of a work tree
within as long as it takes to read the files, or somebody to write a message.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PATIENCE = 2  # seconds for which the lock of a ref must be the same
_INDEX_PATIENCE = 600  # seconds that the lock of an index must be old
_REFS, _BESIDE_REFS = "refs", ("HEAD.lock", "packed-refs.lock", "config.lock")


def clear(git_folder: Path, *, below: str = _REFS) -> None:
    """Remove what was left of the refs below a prefix, and of the files beside them; no ref's name ends like this."""
    left = _marked(git_folder, below)
    if not left:
        return
    time.sleep(_PATIENCE)
    for file, _ in left.items() & _marked(git_folder, below).items():
        file.unlink(missing_ok=True)


def clear_clone(git_folder: Path) -> None:
    """The same in an officer's clone, whose index may be locked as well."""
    clear(git_folder)
    index = git_folder / "index.lock"
    with suppress(FileNotFoundError):
        if time.time() - index.stat().st_mtime > _INDEX_PATIENCE:
            index.unlink()


def _marked(git_folder: Path, below: str) -> dict[Path, tuple[int, int]]:
    """Each lock with that by which it is told from another one of its name."""
    found = {}
    for file in _locks(git_folder, below):
        with suppress(FileNotFoundError):
            status = file.stat()
            found[file] = (status.st_ino, status.st_mtime_ns)
    return found


def _locks(git_folder: Path, below: str) -> Iterator[Path]:
    yield from (git_folder / name for name in _BESIDE_REFS)
    yield from (git_folder / below).rglob("*.lock")
