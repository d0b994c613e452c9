"""From a canonical commit to an act of the chain: its kind and number by trailers, its instant by first receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sopan import commits, evidence
from sopan.chain import Act, Evidence, Kind
from sopan.commits import Commit
from sopan.glimpse import Glimpse

_KINDS: Mapping[str, Kind] = {
    commits.START: Kind.START,
    commits.STEP: Kind.STEP,
    commits.RETURN: Kind.RETURN,
    commits.CANCEL: Kind.CANCEL,
    commits.RENEW: Kind.RENEW,
    commits.MAINTENANCE: Kind.STEP,  # an approval is dated like a step
}
MERGE_PARENTS = 2


def kind(commit: Commit | Glimpse) -> Kind:
    """What the commit does; a step with two parents is the publication."""
    found = next((value for key, value in _KINDS.items() if key in commit.trailers), Kind.WORK)
    publishes = found is Kind.STEP and len(commit.parents) == MERGE_PARENTS
    return Kind.PUBLISH if publishes else found


def step(commit: Commit | Glimpse) -> int | None:
    """The number of the step that it makes, begins or goes back to."""
    trailers = commit.trailers
    number = trailers.get(commits.STEP) or trailers.get(commits.START) or trailers.get(commits.RETURN)
    return int(number) if number else None


def act(
    commit: Commit | Glimpse,
    *,
    receipts: Mapping[str, datetime],
    otherwise: datetime | None,
    officer: str | None,
    roles: frozenset[str],
    content: str,
) -> Act:
    """The act of this commit. Without a receipt it happened `otherwise` (now, to a gate), else when it claims.

    What was done on a forge is evidenced by the forge's event, and happened when that says.
    """
    dated = commit.dated
    event = evidence.read(commit.trailers)
    at = receipts.get(commit.oid) or otherwise or (event and event.at)
    return Act(
        commit=commit.oid,
        kind=kind(commit),
        at=at or dated.astimezone(UTC),
        dated=dated,
        evidence=Evidence.FORGE if event else Evidence.LEDGER if at else Evidence.CLAIM,
        officer=officer,
        roles=roles,
        content=content,
        step=step(commit),
        item=commit.trailers.get(commits.ITEM),
        named_content=commit.trailers.get(commits.CONTENT),
        note=commit.note,
    )
