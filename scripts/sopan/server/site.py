"""The publisher of an embedded home: live equals `main`, and step 8 is proven by reading the page back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sopan import commits, item_path, ledger, ledger_index, policies, publish, trailer
from sopan.history import History
from sopan.ledger import Record, RecordKind
from sopan.server import clock
from sopan.server.home import Home, site_folder
from sopan.server.recording import require_recorded


@dataclass(frozen=True)
class Proof:
    """Step 8 of one item: its public address, and why it is not proven yet (None: it is, and recorded)."""

    item: str
    address: str
    pending: str | None


@contextmanager
def published(home: Home, history: History) -> Iterator[publish.Publication]:
    """The live site made equal to `main`, whose every move the ledger must know; it is tidied up afterwards."""
    with (
        home.lock("terbit"),
        publish.published(history, lambda: require_recorded(history), site_folder(history)) as publication,
    ):
        yield publication


def prove(home: Home, history: History, at: datetime) -> list[Proof]:
    """Read back what is live but not proven, and record what agreed; the rest stays pending and is tried again."""
    with home.lock("agenda"):
        office = policies.policy_at(history, require_recorded(history)).office
        pending = unproven(history)
        if pending:
            at = clock.settled(at, ledger_index.read(history).latest or at)
        proofs = [_proof(history, office.site, item) for item in pending]
        seen = (
            Record(kind=RecordKind.LIVE, at=at, new=pending[proof.item], item=proof.item, address=proof.address)
            for proof in proofs
            if proof.pending is None
        )
        ledger.append(history, home.key, seen)
    return proofs


def unproven(history: History) -> Mapping[str, str]:
    """The latest merge of every item whose live page was not read back since: item to merge."""
    index = ledger_index.read(history)
    moves = (commits.parse(oid, history.commit(oid))[0] for oid in index.unproven())
    merges = {move.trailers[trailer.ITEM]: move.oid for move in moves if move and trailer.ITEM in move.trailers}
    return {item: merge for item, merge in merges.items() if not index.superseded(item, merge)}


def _proof(history: History, address: str, item: str) -> Proof:
    pending = publish.read_back(address, site_folder(history), item)
    return Proof(item, item_path.page_address(address, item), pending)
