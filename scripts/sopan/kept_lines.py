"""Lines kept in a file beside the repository: read back whole and as they were written, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path("sopan")  # below git's own folder


def load(file: Path) -> list[bytes] | None:
    """The lines; None where there is no file, or not every byte is as it was written."""
    try:
        digest, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content.split(b"\n") if digest == _digest(content) else None


def save(file: Path, lines: Iterable[bytes]) -> None:
    """Keep them, whole or not at all; where nothing can be written, the next reader does without."""
    content = b"\n".join(lines)
    with contextlib.suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as draft:
            draft.writelines((_digest(content), b"\n", content))
        Path(draft.name).replace(file)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content).hexdigest().encode()
