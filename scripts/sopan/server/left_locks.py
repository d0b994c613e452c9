"""Locks on refs that git left behind because it was killed while it moved one: all who come later would be refused.

Git makes such a file, writes it, and gives it the ref's name, all within milliseconds. One that is still the same after
some time is nobody's any more.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 2  # seconds


def clear(refs: Path) -> None:
    """Remove what was left below a folder of refs; no ref has a name that ends like this."""
    left = _locks(refs)
    if not left:
        return
    time.sleep(_PATIENCE)
    for file, _ in left.items() & _locks(refs).items():
        file.unlink(missing_ok=True)


def _locks(refs: Path) -> dict[Path, tuple[int, int]]:
    """Each lock by which it is told from another one of its name."""
    found = {}
    for file in refs.rglob("*.lock"):
        with suppress(FileNotFoundError):
            status = file.stat()
            found[file] = (status.st_ino, status.st_mtime_ns)
    return found
