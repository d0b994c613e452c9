"""What `pre-receive` does: a push is judged, and what may land is left in the spool."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sopan import gate, ledger_index, policies
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.history import MAIN, NO_OBJECT, History
from sopan.ledger_index import Index
from sopan.moves import Move
from sopan.server import clock, spool
from sopan.server.home import STORE, Home
from sopan.server.spool import Sender

BROKEN_OFF = "Kiriman ini terputus selagi dinilai; kirim lagi."


def judge(home: Home, history: History, wanted: Sequence[Move], sender: Sender, at: datetime) -> list[Finding]:
    """Judge a push; where nothing forbids it, leave time and verdict in the spool."""
    history.require_whole()
    main = history.resolve(MAIN)
    if main is None:
        raise SopanError("Repositori server tidak mempunyai main; pulihkan dari cadangan.")
    book = ledger_index.read(history)
    at = clock.settled(at, max([book.latest or at, *(entry.at for entry in spool.entries(home.spool))]))
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
