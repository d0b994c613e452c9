"""From a canonical commit to an act of the chain: its kind and number by trailers, its instant by first receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sopan import evidence, trailer
from sopan.chain import Act, Evidence, Kind
from sopan.commits import Commit
from sopan.evidence import Event

_KINDS: Mapping[str, Kind] = {
    trailer.START: Kind.START,
    trailer.STEP: Kind.STEP,
    trailer.RETURN: Kind.RETURN,
    trailer.CANCEL: Kind.CANCEL,
    trailer.RENEW: Kind.RENEW,
    trailer.MAINTENANCE: Kind.STEP,  # an approval is dated like a step
}
MERGE_PARENTS = 2


def kind(commit: Commit) -> Kind:
    """What the commit does; a step with two parents is the publication."""
    found = next((value for key, value in _KINDS.items() if key in commit.trailers), Kind.WORK)
    publishes = found is Kind.STEP and len(commit.parents) == MERGE_PARENTS
    return Kind.PUBLISH if publishes else found


def step(commit: Commit) -> int | None:
    """The number of the step that it makes, begins or goes back to."""
    trailers = commit.trailers
    number = trailers.get(trailer.STEP) or trailers.get(trailer.START) or trailers.get(trailer.RETURN)
    return int(number) if number else None


def act(
    commit: Commit,
    *,
    receipts: Mapping[str, datetime],
    otherwise: datetime | None,
    officer: str | None,
    roles: frozenset[str],
    content: str,
) -> Act:
    """The act of this commit; without a receipt it happened `otherwise` (now, to a gate)."""
    at, proof = moment(commit.dated, receipts.get(commit.oid) or otherwise, evidence.read(commit.trailers))
    return Act(
        commit=commit.oid,
        kind=kind(commit),
        at=at,
        dated=commit.dated,
        evidence=proof,
        officer=officer,
        roles=roles,
        content=content,
        step=step(commit),
        item=commit.trailers.get(trailer.ITEM),
        named_content=commit.trailers.get(trailer.CONTENT),
        note=commit.note,
    )


def moment(dated: datetime, received: datetime | None, event: Event | None) -> tuple[datetime, Evidence]:
    """When an act happened, and what says so: its receipt, else the forge's event, else its own claim.

    What was done on a forge is evidenced by the forge's event, whenever it was received.
    """
    at = received or (event.at if event else None)
    if at is None:
        return dated.astimezone(UTC), Evidence.CLAIM
    return at, Evidence.FORGE if event else Evidence.LEDGER
