"""The spool: what `pre-receive` decided, kept safe until `post-receive` may write the ledger.

Refs cannot be written in the quarantine of a push, and a crash may come between verdict and record. An entry becomes a
record when its ref really moved, and is dropped when the push behind it ended without moving anything.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sopan.errors import SopanError
from sopan.moves import Move

_OVER = frozenset("ZX")
_DRAFT = ".tulis"


@dataclass(frozen=True)
class Accepted:
    """One move that the gate accepted, with the commits that it saw for the first time."""

    move: Move
    received: tuple[str, ...]


@dataclass(frozen=True)
class Sender:
    """Who pushes (only recorded), and the process that will move the refs."""

    pusher: str
    process: int


@dataclass(frozen=True)
class Entry:
    """One accepted push: server time, pusher, policy version, and the process that is moving the refs."""

    file: Path
    at: datetime
    pusher: str
    policy: int
    process: int
    accepted: tuple[Accepted, ...]

    @property
    def ended(self) -> bool:
        """Whether the process that moves the refs is gone, or is the one that called this hook."""
        return self.process == os.getppid() or not runs(self.process)


def runs(process: int) -> bool:
    """Whether a process goes on; one that was killed and that nobody has asked about yet does not (state Z or X)."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] not in _OVER


def is_git(process: int) -> bool:
    """Whether a process is git's; not so where the one that called a hook is gone and another took its child in."""
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8", errors="replace").startswith("git")
    except OSError:
        return False


def put(folder: Path, sender: Sender, *, at: datetime, policy: int, accepted: Sequence[Accepted]) -> None:
    """Leave an entry that survives a crash from here on; entries sort as the verdicts fell, whatever the clock."""
    number = max([time.time_ns(), *(int(file.name.partition("-")[0]) + 1 for file in folder.glob("*.json"))])
    file = folder / f"{number:020d}-{sender.process}.json"
    data = {
        "waktu": at.isoformat(),
        "pengirim": sender.pusher,
        "kebijakan": policy,
        "proses": sender.process,
        "gerak": [asdict(one.move) | {"diterima": one.received} for one in accepted],
    }
    draft = file.with_suffix(_DRAFT)
    with draft.open("w", encoding="utf-8") as stream:
        json.dump(data, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
    sync(folder)


def entries(folder: Path) -> Iterator[Entry]:
    """The entries that wait, oldest first."""
    for file in sorted(folder.glob("*.json")):
        yield _read(file)


def drop_drafts(folder: Path) -> None:
    """Remove the beginnings of entries whose push is gone: no verdict was ever said by them."""
    for draft in folder.glob(f"*{_DRAFT}"):
        if not runs(int(draft.stem.partition("-")[2])):
            draft.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Make the names in a folder survive a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(file: Path) -> Entry:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        accepted = tuple(
            Accepted(Move(one["ref"], one["old"], one["new"]), tuple(one["diterima"])) for one in data["gerak"]
        )
        at = datetime.fromisoformat(data["waktu"])
        return Entry(file, at, data["pengirim"], data["kebijakan"], data["proses"], accepted)
    except (ValueError, KeyError, TypeError) as error:
        raise SopanError(
            f"Antrean {file.name} rusak; simpan berkas itu di tempat lain, lalu periksa agenda."
        ) from error
