"""What `post-receive` does first: what landed becomes a record of the ledger. Loads nothing that judges."""

from __future__ import annotations

from sopan import ledger, ledger_index, left_locks
from sopan.errors import SopanError
from sopan.history import LEDGER, MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind
from sopan.moves import Move
from sopan.server import spool
from sopan.server.home import GENESIS_KEY, Home


def drain(home: Home, history: History) -> None:
    """Turn the spool into records: what landed is recorded, what ended without landing is dropped."""
    with home.lock("agenda"):
        left_locks.clear(home.folder, below=LEDGER.rpartition("/")[0])
        for entry in spool.entries(home.spool):
            book = ledger_index.read(history)  # anew for each: a push that was killed and repeated left two entries
            landed = [one for one in entry.accepted if _landed(history, one.move)]
            if len(landed) < len(entry.accepted) and not entry.ended:
                continue
            records = (_record(entry, one) for one in landed if not book.has(one.move.ref, one.move.old, one.move.new))
            ledger.append(history, home.key, records)
            entry.file.unlink()
        spool.drop_drafts(home.spool)
        spool.sync(home.spool)


def require_recorded(history: History) -> str:
    """The tip of `main`, when the ledger knows how it got there; anything else is an alarm and is not published."""
    book, main = ledger_index.read(history), history.resolve(MAIN)
    if not book.has(MAIN, NO_OBJECT, history.config(GENESIS_KEY)):
        raise SopanError(
            "ALARM: pangkal agenda tidak sama dengan pangkal server; periksa cadangan dan `sopan server periksa`."
        )
    if main is None or main != book.main():
        raise SopanError(
            "ALARM: main bergerak tanpa catatan agenda; tidak ada yang diterbitkan sebelum hal ini diperiksa."
        )
    return main


def _landed(history: History, move: Move) -> bool:
    now = history.resolve(move.ref)
    return now is not None and history.is_ancestor(move.new, now)


def _record(entry: spool.Entry, one: spool.Accepted) -> Record:
    return Record(
        kind=RecordKind.RECEIPT,
        at=entry.at,
        ref=one.move.ref,
        old=one.move.old,
        new=one.move.new,
        pusher=entry.pusher,
        policy=entry.policy,
        received=one.received,
    )
