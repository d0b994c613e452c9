"""From a canonical commit to an act of the chain: its kind and number by trailers, its instant by first receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sopan import commits
from sopan.chain import Act, Evidence, Kind
from sopan.commits import Commit

_KINDS: Mapping[str, Kind] = {
    commits.START: Kind.START,
    commits.STEP: Kind.STEP,
    commits.RETURN: Kind.RETURN,
    commits.CANCEL: Kind.CANCEL,
    commits.RENEW: Kind.RENEW,
    commits.MAINTENANCE: Kind.STEP,  # an approval is dated like a step
}
MERGE_PARENTS = 2


def kind(commit: Commit) -> Kind:
    """What the commit does; a step with two parents is the publication."""
    found = next((value for key, value in _KINDS.items() if key in commit.trailers), Kind.WORK)
    publishes = found is Kind.STEP and len(commit.parents) == MERGE_PARENTS
    return Kind.PUBLISH if publishes else found


def act(
    commit: Commit,
    *,
    receipts: Mapping[str, datetime],
    otherwise: datetime | None,
    officer: str | None,
    roles: frozenset[str],
    content: str,
) -> Act:
    """The act of this commit. Without a receipt it happened `otherwise` (now, to a gate), else when it claims."""
    dated = commit.committer.at
    at = receipts.get(commit.oid) or otherwise
    return Act(
        commit=commit.oid,
        kind=kind(commit),
        at=at or dated.astimezone(UTC),
        dated=dated,
        evidence=Evidence.LEDGER if at else Evidence.CLAIM,
        officer=officer,
        roles=roles,
        content=content,
        step=commit.number(commits.STEP) or commit.number(commits.START) or commit.number(commits.RETURN),
        item=commit.trailers.get(commits.ITEM),
        named_content=commit.trailers.get(commits.CONTENT),
        note=commit.note,
    )
