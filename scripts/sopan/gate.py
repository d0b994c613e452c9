"""The gate: whether a ref may move. Assembles the rules; knows no person, prints nothing, writes nothing.

Policy comes from the tip of `main` that the move starts from, by object id. Every commit is judged at its first
receipt: the ledger's time where it has one, else the time of this judgement.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from sopan import branches, item, joins, policies
from sopan.branch_line import Grounds
from sopan.finding import Finding, found
from sopan.history import ITEM_REFS, MAIN, MAINTENANCE_REFS, NO_OBJECT, History
from sopan.moves import Move

_MAINTENANCE = re.compile(re.escape(MAINTENANCE_REFS) + r"[a-z0-9]+(?:-[a-z0-9]+)*")


def judge(
    history: History,
    move: Move,
    *,
    main: str,
    receipts: Mapping[str, datetime],
    removed: Container[str],
    at: datetime,
) -> list[Finding]:
    """Everything that forbids this move, received at `at` while `main` stands at `main`; empty: it may go on.

    `removed` are the commits of branches that the server removed: what it forgot on purpose may not come back.
    """
    forbidden = list(_ref(history, move))
    if forbidden:
        return forbidden
    grounds = Grounds(history, policies.policy_at(history, main), receipts, at, verified=receipts, removed=removed)
    if move.ref == MAIN:
        return joins.judge(grounds, old=move.old, new=move.new)
    if move.ref.startswith(MAINTENANCE_REFS):
        return branches.read_maintenance(grounds, head=move.new, main=main).findings
    return branches.read_item(grounds, move.ref.removeprefix(ITEM_REFS), head=move.new, main=main).findings


def is_maintenance(ref: str) -> bool:
    """Whether this can be the ref of a maintenance branch."""
    return _MAINTENANCE.fullmatch(ref) is not None


def _ref(history: History, move: Move) -> Iterator[Finding]:
    """Only the three families of refs, never deleted, never set back."""
    name = move.ref.removeprefix("refs/heads/")
    if move.ref.startswith(ITEM_REFS) and not item.is_identity(move.ref.removeprefix(ITEM_REFS)):
        yield found("ref-butir", ref=name)
    elif move.ref != MAIN and not move.ref.startswith(ITEM_REFS) and not is_maintenance(move.ref):
        yield found("ref-terlarang", ref=name)
    elif move.new == NO_OBJECT:
        yield found("ref-hapus", ref=name)
    elif move.old != NO_OBJECT and not history.is_ancestor(move.old, move.new):
        yield found("ref-paksa", ref=name)
