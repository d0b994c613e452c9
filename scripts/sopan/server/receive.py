"""What the hooks do: `pre-receive` judges, `post-receive` records and then publishes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sopan import gate, ledger, ledger_index, policies
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.gate import Move
from sopan.history import MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind
from sopan.ledger_index import Index
from sopan.server import spool
from sopan.server.home import GENESIS_KEY, STORE, Home
from sopan.server.spool import Sender

BROKEN_OFF = "Kiriman ini terputus selagi dinilai; kirim lagi."


def moves(lines: Sequence[str]) -> list[Move]:
    """The moves that git names on a hook's standard input."""
    words = [line.split(" ", 2) for line in lines]
    return [Move(ref=ref, old=old, new=new) for old, new, ref in words]


def judge(home: Home, history: History, wanted: Sequence[Move], sender: Sender, at: datetime) -> list[Finding]:
    """Judge a push; where nothing forbids it, leave time and verdict in the spool."""
    history.require_whole()
    main = history.resolve(MAIN)
    if main is None:
        raise SopanError("Repositori server tidak mempunyai main; pulihkan dari cadangan.")
    book = ledger_index.read(history)
    at = max(at, book.latest or at, *(entry.at for entry in spool.entries(home.spool)))
    findings = [
        finding
        for move in wanted
        for finding in gate.judge(history, move, main=main, receipts=book, removed=book.removed, at=at)
    ]
    if not findings:
        version = policies.policy_at(history, main).register.version
        accepted = [spool.Accepted(move, _received(history, book, move, main)) for move in wanted]
        with home.lock(STORE):
            _require_unmoved(history, wanted)
            _require_going_on(sender)
            spool.put(home.spool, sender, at=at, policy=version, accepted=accepted)
    return findings


def drain(home: Home, history: History) -> None:
    """Turn the spool into records: what landed is recorded, what ended without landing is dropped."""
    with home.lock("agenda"):
        for entry in spool.entries(home.spool):
            book = ledger_index.read(history)  # anew for each: a push that was killed and repeated left two entries
            landed = [one for one in entry.accepted if _landed(history, one.move)]
            if len(landed) < len(entry.accepted) and not entry.ended:
                continue
            records = (_record(entry, one) for one in landed if not book.has(one.move.ref, one.move.old, one.move.new))
            ledger.append(history, home.key, records)
            entry.file.unlink()
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


def _require_unmoved(history: History, wanted: Sequence[Move]) -> None:
    """What was judged is still what stands: the ref may have been removed, or moved by another, meanwhile."""
    for move in wanted:
        if (history.resolve(move.ref) or NO_OBJECT) != move.old:
            raise SopanError(
                f"{move.ref.removeprefix('refs/heads/')} berubah selagi kiriman ini dinilai; "
                "ambil yang terbaru, lalu ulangi."
            )


def _require_going_on(sender: Sender) -> None:
    """Leave no verdict that nobody waits for: the child that judges outlives a push that was killed."""
    if not spool.runs(sender.process):
        raise SopanError(BROKEN_OFF)


def _received(history: History, book: Index, move: Move, main: str) -> tuple[str, ...]:
    """The commits that this move brings for the first time, parents first."""
    without = tuple(oid for oid in {main, move.old} if oid != NO_OBJECT)
    return tuple(oid for oid in reversed(history.graph(move.new, without=without)) if oid not in book)


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
