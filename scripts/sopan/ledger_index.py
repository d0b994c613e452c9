"""Where in the ledger a commit, a move or a merge is recorded, without reading the ledger from its beginning.

The index is a cache beside the repository: it only points at records, and what it points at is read and compared
before it is believed. A damaged or foreign index is made anew; an entry it lost makes the gate refuse, never accept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sopan import ledger
from sopan.errors import SopanError
from sopan.history import LEDGER, MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind

FILE = Path("sopan", "indeks.sqlite")
WAIT_SECONDS = 30  # another process may be catching up

_TABLES = """
CREATE TABLE IF NOT EXISTS state (tip TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS receipt (oid TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS move (position INTEGER PRIMARY KEY, ref TEXT, old TEXT, new TEXT, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS move_of_ref ON move (ref, new);
CREATE TABLE IF NOT EXISTS removed (oid TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS live (merged TEXT PRIMARY KEY, item TEXT NOT NULL, record TEXT NOT NULL);
"""
_FORGET = """
INSERT OR IGNORE INTO removed
SELECT oid FROM receipt WHERE record IN (SELECT record FROM move WHERE ref = ?)
"""


@dataclass(frozen=True)
class Index(Mapping[str, datetime]):
    """The first receipts of commits, as a mapping from object id to server time; and a few questions about moves."""

    history: History
    tip: str | None
    database: Path

    def __getitem__(self, oid: str) -> datetime:
        for name in self._ask("SELECT record FROM receipt WHERE oid = ?", oid):
            record = ledger.record(self.history, name)
            if oid in record.received:
                return record.at
        raise KeyError(oid)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ask("SELECT oid FROM receipt"))

    def __len__(self) -> int:
        return len(self._ask("SELECT oid FROM receipt"))

    @property
    def latest(self) -> datetime | None:
        """The time of the last record: no later one is dated before it."""
        return ledger.record(self.history, self.tip).at if self.tip else None

    @property
    def removed(self) -> frozenset[str]:
        """The commits that were received on branches which the server removed since: they may not come back."""
        return frozenset(self._ask("SELECT oid FROM removed"))

    def main(self) -> str | None:
        """Where the ledger last saw `main`."""
        last = self.last(MAIN)
        return last.new if last else None

    def last(self, ref: str) -> Record | None:
        """The last record that moved a ref, or removed it."""
        names = self._ask("SELECT record FROM move WHERE ref = ? ORDER BY position DESC LIMIT 1", ref)
        return ledger.record(self.history, names[0]) if names else None

    def gone(self) -> list[str]:
        """The refs that were removed and did not begin anew."""
        last = "position = (SELECT max(position) FROM move AS other WHERE other.ref = move.ref)"
        return self._ask(f"SELECT ref FROM move WHERE new = ? AND {last}", NO_OBJECT)  # noqa: S608 - words of our own

    def has(self, ref: str, old: str, new: str) -> bool:
        """Whether this very move is recorded."""
        wanted = (ref, old, new)
        names = self._ask("SELECT record FROM move WHERE ref = ? AND old = ? AND new = ?", *wanted)
        records = (ledger.record(self.history, name) for name in names)
        return any((record.ref, record.old, record.new) == wanted for record in records)

    def unproven(self) -> list[str]:
        """The moves of `main` whose result was not yet seen live, oldest first."""
        pending = "SELECT new FROM move WHERE ref = ? AND old != ? AND new NOT IN (SELECT merged FROM live)"
        return self._ask(f"{pending} ORDER BY position", MAIN, NO_OBJECT)

    def superseded(self, item: str, merge: str) -> bool:
        """Whether a later merge of the same item was already seen live."""
        later = "SELECT live.record FROM live JOIN move ON move.new = live.merged AND move.ref = ? WHERE live.item = ?"
        newer = "AND move.position > (SELECT position FROM move WHERE ref = ? AND new = ?)"
        return bool(self._ask(f"{later} {newer}", MAIN, item, MAIN, merge))

    def _ask(self, question: str, *values: str) -> list[str]:
        with closing(_connect(self.database)) as database:
            return [str(row[0]) for row in database.execute(question, values)]


def read(history: History) -> Index:
    """The index of a repository's ledger, brought up to its last record; only new records are read."""
    file = history.git_folder / FILE
    tip = history.resolve(LEDGER)
    try:
        file.parent.mkdir(exist_ok=True)
        _catch_up(history, file, tip)
    except (OSError, sqlite3.OperationalError) as error:
        raise SopanError(f"Indeks agenda {file} tidak dapat ditulisi; periksa hak dan ruang folder itu.") from error
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)
        _catch_up(history, file, tip)
    return Index(history, tip, file)


def _catch_up(history: History, file: Path, tip: str | None) -> None:
    with closing(_connect(file)) as database, database:
        database.executescript(_TABLES)
        database.execute("BEGIN IMMEDIATE")
        known = next((str(row[0]) for row in database.execute("SELECT tip FROM state")), None)
        if known == tip:
            return
        if known is not None and not _continues(history, known, tip):
            for table in ("receipt", "move", "removed", "live"):
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            known = None
        for new in ledger.records(history, tip, known) if tip else ():
            _add(database, new)
        database.execute("DELETE FROM state")
        database.executemany("INSERT INTO state VALUES (?)", [(tip,)] if tip else [])


def _continues(history: History, known: str, tip: str | None) -> bool:
    """Whether the ledger went on from where the index stands; a rewritten one, or another office's, did not."""
    return tip is not None and history.resolve(known) is not None and history.is_ancestor(known, tip)


def _add(database: sqlite3.Connection, record: Record) -> None:
    if record.kind is RecordKind.LIVE:
        database.execute("INSERT OR IGNORE INTO live VALUES (?, ?, ?)", (record.new, record.item, record.oid))
        return
    if record.kind is RecordKind.REMOVAL:
        database.execute(_FORGET, (record.ref,))
    received = [(oid, record.oid) for oid in record.received]
    database.executemany("INSERT OR IGNORE INTO receipt VALUES (?, ?)", received)
    move = (record.ref, record.old, record.new, record.oid)
    database.execute("INSERT INTO move (ref, old, new, record) VALUES (?, ?, ?, ?)", move)


def _connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")  # what a crash damages is made anew from the ledger
    return database
