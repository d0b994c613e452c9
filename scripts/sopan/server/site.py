"""The publisher of an embedded home: live equals `main`, and step 8 is proven by reading the page back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sopan import commits, item_path, ledger, ledger_index, policies, publish, trailer
from sopan.history import History
from sopan.ledger import Record, RecordKind
from sopan.server.home import Home, site_folder
from sopan.server.receive import require_recorded


@dataclass(frozen=True)
class Proof:
    """Step 8 of one item: its public address, and why it is not proven yet (None: it is, and recorded)."""

    item: str
    address: str
    pending: str | None


def publish_main(home: Home, history: History) -> publish.Publication:
    """Make the live site equal `main`, whose every move the ledger must know."""
    with home.lock("terbit"):
        return publish.publish(history, lambda: require_recorded(history), site_folder(history))


def prove(home: Home, history: History, at: datetime) -> list[Proof]:
    """Read back what is live but not proven, and record what agreed; the rest stays pending and is tried again."""
    with home.lock("agenda"):
        office = policies.policy_at(history, require_recorded(history)).office
        pending = unproven(history)
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
