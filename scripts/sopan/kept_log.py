"""Rows that are kept beside the repository and only ever added to: what is new is written behind what was kept.

The file itself is a table of contents (`kept_lines`): a head of its owner's, the length and digest of the log beside
it, and where each row lies there. What stands behind that length was never finished, and is written over. Rows are
left where they lie in the file, which is never cut within that length: then only the digest looks at every byte.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import mmap
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TypeAlias

import orjson

from sopan import kept_lines

Row: TypeAlias = bytes | memoryview
"""What is kept, as it was made or as it lies in the file."""
Span: TypeAlias = tuple[int, int]
"""Where a row begins in the log, and where it ends."""

_PARTS = 3  # of a table of contents


@dataclass(frozen=True)
class Log:
    """What was kept: the head and the rows, where these lie, and how long the log was, with its digest."""

    head: bytes
    rows: tuple[memoryview, ...]
    spans: Sequence[Span]
    length: int
    digest: hashlib._Hash


_NOTHING = Log(b"", (), (), 0, hashlib.sha256())


def beside(file: Path) -> Path:
    """The log of a table of contents."""
    return file.with_suffix(".log")


def load(file: Path) -> Log | None:
    """What was kept; None where there is nothing, or not every byte is as it was written."""
    parts = kept_lines.load(file)
    if parts is None or len(parts) != _PARTS:
        return None
    head, seal, spans = parts
    try:
        text = _mapped(beside(file), int(seal.partition(b" ")[0]))
    except (OSError, ValueError):  # no log, or a shorter one, or a file of another form
        return None
    digest = hashlib.sha256(text)
    if _seal(len(text), digest) != seal:
        return None
    places = orjson.loads(spans)
    return Log(head, tuple([text[begin:end] for begin, end in places]), places, len(text), digest)


def _mapped(file: Path, length: int) -> memoryview:
    if not length:
        return memoryview(b"")  # which cannot be mapped
    with file.open("rb") as log:
        return memoryview(mmap.mmap(log.fileno(), length, access=mmap.ACCESS_READ))


def save(file: Path, head: bytes, rows: Mapping[int, Row], before: Log | None) -> None:
    """Keep the head, and by their places the rows that `before` has otherwise or not at all; the others stay.

    Where nothing can be written, or another process wrote since `before`, the next reader does with what there is.
    """
    known, places = before or _NOTHING, sorted(rows)
    new = [rows[place] for place in places]
    ends = pairwise(accumulate(map(len, new), initial=known.length))
    spans = dict(enumerate(known.spans)) | dict(zip(places, ends, strict=True))
    contents = head, _grown(known, new), orjson.dumps(list(spans.values()))
    with contextlib.suppress(OSError):
        if before is None:
            _write_anew(file, new, contents)
        else:
            _write_behind(file, before, new, contents)


def _write_anew(file: Path, rows: Iterable[Row], contents: Iterable[bytes]) -> None:
    file.parent.mkdir(exist_ok=True)
    log = beside(file)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{log.name}.", delete=False) as draft:
        draft.writelines(rows)
    Path(draft.name).replace(log)
    kept_lines.save(file, contents)


def _write_behind(file: Path, before: Log, rows: Iterable[Row], contents: Iterable[bytes]) -> None:
    with beside(file).open("r+b") as log:
        fcntl.flock(log, fcntl.LOCK_EX)  # ends with the file
        _, seal, *_ = kept_lines.load(file) or (b"", b"")
        if seal == _seal(before.length, before.digest):
            log.truncate(before.length)
            log.seek(0, os.SEEK_END)
            log.writelines(rows)
            log.flush()
            kept_lines.save(file, contents)


def _grown(before: Log, new: Iterable[Row]) -> bytes:
    length, digest = before.length, before.digest.copy()
    for row in new:
        length += len(row)
        digest.update(row)
    return _seal(length, digest)


def _seal(length: int, digest: hashlib._Hash) -> bytes:
    return b"%d %b" % (length, digest.hexdigest().encode())
