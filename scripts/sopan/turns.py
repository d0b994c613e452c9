"""A round read as turns: who made which step in what standing, and what else that officer had begun meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sopan import chain
from sopan.chain import Act, Kind, Round, Standing
from sopan.sop import Sop, Step

_STEPS = frozenset({Kind.STEP, Kind.PUBLISH})
_LEAVE_THE_TURN = frozenset({Kind.WORK, Kind.START})


class Made(NamedTuple):
    """A step as it was made: which was due, in which attempt, and since which act (None: nothing came before).

    `start` is its maker's own: nobody is timed by another's.
    """

    due: Step
    attempt: int
    previous: Act | None
    act: Act
    start: Act | None


class Busy(NamedTuple):
    """An officer's start, its commit and when it came in, and when the turn went on and ended it; None while it lasts.

    Instants are POSIX seconds: many thousands are kept, read and compared.
    """

    officer: str | None
    commit: str
    since: float
    until: float | None


@dataclass(frozen=True)
class Walk:
    """One round from end to end: its steps, its starts, and how many attempts it took."""

    round: Round
    made: tuple[Made, ...]
    busy: tuple[Busy, ...]
    attempts: int


@dataclass
class Course:
    """What acts come to whenever they happened, with their places instead of themselves; `made` as in `Made`."""

    made: list[tuple[Step, int, int | None, int, int | None]]
    busy: list[tuple[int, int | None]]
    attempts: int


def walks(sop: Sop, rounds: Iterable[Round]) -> Iterator[Walk]:
    """Follow the acts of rounds, all of them legal; thousands of rounds go one of a few courses, each followed once."""
    known: dict[tuple[object, ...], Course] = {}
    for one in rounds:
        form = tuple([(act.kind, act.step, act.officer) for act in one.acts])
        if form not in known:
            known[form] = _course(sop, one.acts)
        yield _along(known[form], one)


def walk(sop: Sop, one: Round) -> Walk:
    """Follow the acts of one round."""
    return next(walks(sop, (one,)))


def standing(sop: Sop, one: Round) -> Standing:
    """Where a round stands after its acts, which were judged when they were received."""
    now = chain.opening(sop, content="")
    for act in one.acts:
        now = chain.advance(sop, now, act)
    return now


def _course(sop: Sop, acts: Sequence[Act]) -> Course:
    now, previous = chain.opening(sop, content=""), None
    course = Course([], [], now.attempt)
    starts: dict[str | None, int] = {}
    for place, act in enumerate(acts):
        if act.kind in _STEPS:
            course.made.append((now.due, now.attempt, previous, place, starts.get(act.officer)))
        if act.kind is Kind.START:
            starts[act.officer] = place
        elif act.kind not in _LEAVE_THE_TURN:
            course.busy += [(start, place) for start in starts.values()]
            starts = {}
        now = chain.advance(sop, now, act)
        previous = place if now.previous is act else previous if now.previous else None
    course.busy += [(start, None) for start in starts.values()]
    course.attempts = now.attempt
    return course


def _along(course: Course, one: Round) -> Walk:
    """The course with the acts of this round in their places."""
    acts = one.acts
    made = [
        Made(
            due,
            attempt,
            None if previous is None else acts[previous],
            acts[place],
            None if start is None else acts[start],
        )
        for due, attempt, previous, place, start in course.made
    ]
    busy = [_busy(acts[start], None if until is None else acts[until]) for start, until in course.busy]
    return Walk(one, tuple(made), tuple(busy), course.attempts)


def _busy(start: Act, ending: Act | None) -> Busy:
    return Busy(start.officer, start.commit, start.at.timestamp(), ending.at.timestamp() if ending else None)


def overlapping(walks: Iterable[Walk]) -> frozenset[str]:
    """Name the starts (by commit) during which their officer had also begun something else."""
    return overlaps(span for one in walks for span in one.busy)


def overlaps(spans: Iterable[Busy]) -> frozenset[str]:
    """The same of starts whose rounds are not at hand."""
    lasting = [span for span in spans if span.until != span.since]
    by_officer = sorted(lasting, key=lambda span: (span.officer or "", span.since))
    groups = groupby(by_officer, key=lambda span: span.officer)
    return frozenset(commit for _, group in groups for commit in _overlapping_of_one(list(group)))


def _overlapping_of_one(spans: list[Busy]) -> Iterator[str]:
    """Follow one officer's starts in their order: each meets the longest before it, or the next after it."""
    longest: Busy | None = None
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        if (longest and _lasts_beyond(longest, span)) or (following and _lasts_beyond(span, following)):
            yield span.commit
        if longest is None or (longest.until and (span.until is None or span.until > longest.until)):
            longest = span


def _lasts_beyond(span: Busy, later: Busy) -> bool:
    return span.until is None or span.until > later.since
