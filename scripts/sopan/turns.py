"""A round read as turns: who made which step in what standing, and what else that officer had begun meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sopan import chain
from sopan.chain import Act, Kind, Round, Standing
from sopan.sop import Sop

_STEPS = frozenset({Kind.STEP, Kind.PUBLISH})
_LEAVE_THE_TURN = frozenset({Kind.WORK, Kind.START})


@dataclass(frozen=True)
class Made:
    """A step as it was made: the standing it met, and its maker's own start (nobody is timed by another's)."""

    before: Standing
    act: Act
    start: Act | None


@dataclass(frozen=True)
class Busy:
    """A start and the moment that ended it: the turn went on, by whosoever act; None while it lasts."""

    start: Act
    until: datetime | None


@dataclass(frozen=True)
class Walk:
    """One round from end to end: its steps, its starts, and where it stands after them."""

    round: Round
    made: tuple[Made, ...]
    busy: tuple[Busy, ...]
    after: Standing


def walk(sop: Sop, one: Round) -> Walk:
    """Follow the acts of a round, all of them legal."""
    standing = chain.opening(sop, content="")
    made: list[Made] = []
    busy: list[Busy] = []
    starts: dict[str | None, Act] = {}
    for act in one.acts:
        if act.kind in _STEPS:
            made.append(Made(standing, act, starts.get(act.officer)))
        if act.kind is Kind.START:
            starts[act.officer] = act
        elif act.kind not in _LEAVE_THE_TURN:
            busy += [Busy(start, act.at) for start in starts.values()]
            starts = {}
        standing = chain.advance(sop, standing, act)
    busy += [Busy(start, None) for start in starts.values()]
    return Walk(one, tuple(made), tuple(busy), standing)


def overlapping(walks: Iterable[Walk]) -> frozenset[str]:
    """Name the starts (by commit) during which their officer had also begun something else."""
    spans = [span for one in walks for span in one.busy if span.until != span.start.at]
    by_officer = sorted(spans, key=lambda span: (span.start.officer or "", span.start.at))
    groups = groupby(by_officer, key=lambda span: span.start.officer)
    return frozenset(commit for _, group in groups for commit in _overlapping_of_one(list(group)))


def _overlapping_of_one(spans: list[Busy]) -> Iterator[str]:
    """Follow one officer's starts in their order: each meets the longest before it, or the next after it."""
    longest: Busy | None = None
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        if (longest and _lasts_beyond(longest, span)) or (following and _lasts_beyond(span, following)):
            yield span.start.commit
        if longest is None or (longest.until and (span.until is None or span.until > longest.until)):
            longest = span


def _lasts_beyond(span: Busy, later: Busy) -> bool:
    return span.until is None or span.until > later.start.at
