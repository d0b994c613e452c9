"""How long each step took, told fairly: instants of history against the SOP's written standard.

Pure arithmetic over rounds that the gate let through. What the figures mean, in the words people read, stands in
`timing_words.FIGURES`, and what holds them in `timing_figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sopan import turns, worktime
from sopan.chain import Act, Evidence, Kind, Round, Standing
from sopan.officers import Register
from sopan.sop import Sop, Step
from sopan.timing_figures import (
    OFFICE,
    Duration,
    Judgement,
    Publication,
    Report,
    RoundTiming,
    StepTiming,
    Waiting,
)
from sopan.turns import Made, Walk
from sopan.worktime import Calendar

_WEAKEST_FIRST = (Evidence.CLAIM, Evidence.FORGE, Evidence.LEDGER)


@dataclass(frozen=True)
class _Terms:
    sop: Sop
    calendar: Calendar
    register: Register
    allowed: Mapping[int, timedelta | None]
    lengths: dict[int, Duration] = field(default_factory=dict)


def _terms(sop: Sop, calendar: Calendar, register: Register) -> _Terms:
    standards = {step.number: step.standard_time for step in sop.steps if step.standard_time}
    return _Terms(sop, calendar, register, {n: worktime.allowance(one) for n, one in standards.items()})


def measure(rounds: Iterable[Round], *, sop: Sop, calendar: Calendar, register: Register) -> Report:
    """Time every step of every round. SopanError where a year has no calendar or receipts run backwards."""
    walks = sorted(turns.walks(sop, rounds), key=lambda walk: (walk.round.item, walk.round.number))
    each = timed(walks, turns.overlapping(walks), sop=sop, calendar=calendar, register=register)
    return Report(sop=sop, calendar=calendar, rounds=tuple(each))


def timed(
    walks: Iterable[Walk], concurrent: frozenset[str], *, sop: Sop, calendar: Calendar, register: Register
) -> Iterator[RoundTiming]:
    """Time every step of rounds that were walked; `concurrent` are their overlapping starts, by commit."""
    terms = _terms(sop, calendar, register)
    return (_round(terms, walk, concurrent) for walk in walks)


def board(
    rounds: Iterable[Round], *, sop: Sop, calendar: Calendar, register: Register, now: datetime
) -> tuple[Waiting, ...]:
    """Whose turn it is in every open round that has begun and was not cancelled, longest waiting first."""
    terms = _terms(sop, calendar, register)
    stand = ((one, turns.standing(sop, one)) for one in rounds if one.merge is None)
    waiting = (_waiting(terms, one, after, now) for one, after in stand if after.begun and not after.cancelled)
    return tuple(sorted(waiting, key=lambda one: (one.since or now, one.item)))


def _round(terms: _Terms, walk: Walk, concurrent: frozenset[str]) -> RoundTiming:
    return RoundTiming(
        item=walk.round.item,
        number=walk.round.number,
        merge=walk.round.merge,
        attempts=walk.attempts,
        returned_at=tuple(act.at for act in walk.round.acts if act.kind is Kind.RETURN),
        steps=tuple(_step(terms, walk.round, made, concurrent) for made in walk.made),
        publication=_publication(walk.round),
    )


def _step(terms: _Terms, one: Round, made: Made, concurrent: frozenset[str]) -> StepTiming:
    due, attempt, previous, act, start = made
    overlaps = start is not None and start.commit in concurrent
    process, work = _between(terms, previous, act), _between(terms, start, act)
    return StepTiming(  # in the order of its fields: tens of thousands are made at once
        one.item,
        one.number,
        attempt,
        due.number,
        due.role.code,
        act.officer,
        act.commit,
        due.standard_time,
        previous.at if previous else None,
        start.at if start else None,
        act.at,
        process,
        work,
        Judgement.UNMEASURED if overlaps else _judge(terms, made, process, work),
        _weakest(previous, start, act),
        overlaps,
        _waited_for(terms, due, previous, (start or act).at),
        start is not None and not worktime.is_open(terms.calendar, start.at),
        not worktime.is_open(terms.calendar, act.at),
    )


def _judge(terms: _Terms, made: Made, process: Duration | None, work: Duration | None) -> Judgement:
    """Judge by the work; the process speaks in the maker's favour only, for waiting proves nothing against anybody."""
    if made.due.standard_time is None:
        return Judgement.UNMEASURED
    if _fits(terms, made, made.start, work) or _fits(terms, made, made.previous, process):
        return Judgement.WITHIN
    return Judgement.EXCEEDED if work and not work.clock else Judgement.UNMEASURED


def _fits(terms: _Terms, made: Made, since: Act | None, took: Duration | None) -> bool:
    """Whether the span is measured and within the standard; outside hours the clock is held to the same minutes."""
    standard = made.due.standard_time
    if since is None or took is None or standard is None:
        return False
    allowance = terms.allowed[made.due.number]
    if allowance is not None:
        return took.value <= allowance
    return worktime.within(terms.calendar, since.at, made.act.at, standard)


def _between(terms: _Terms, since: Act | None, act: Act) -> Duration | None:
    """The time between two acts; None where they came in at one instant, which says nothing of how long it took."""
    if since is None or since.at == act.at:
        return None
    return _duration(terms, since.at, act.at)


def _duration(terms: _Terms, start: datetime, end: datetime) -> Duration:
    """Most lengths are those of many steps, and are kept in `lengths`."""
    taken = worktime.taken(terms.calendar, start, end)
    if not taken:
        return Duration(end - start, clock=True)
    known = terms.lengths.get(taken)
    if known is None:
        known = terms.lengths[taken] = Duration(timedelta(microseconds=taken), clock=False)
    return known


def _weakest(*acts: Act | None) -> Evidence:
    proofs = [act.evidence for act in acts if act is not None]
    return proofs[0] if len(set(map(id, proofs))) == 1 else min(proofs, key=_WEAKEST_FIRST.index)


def _waited_for(terms: _Terms, due: Step, previous: Act | None, until: datetime) -> str | None:
    """Charge the waiting to the awaited role; to the office where at some moment of it nobody held that role."""
    if previous is None:
        return None
    return OFFICE if terms.register.vacant(due.role.code, previous.at, until) else due.role.name


def _publication(one: Round) -> Publication | None:
    if one.merge is None:
        return None
    merge = one.acts[-1]
    took = one.live_at - merge.at if one.live_at else None
    return Publication(merged_at=merge.at, live_at=one.live_at, took=took, evidence=merge.evidence)


def _waiting(terms: _Terms, one: Round, standing: Standing, now: datetime) -> Waiting:
    since = standing.previous.at if standing.previous else None
    return Waiting(
        item=one.item,
        round=one.number,
        attempt=standing.attempt,
        step=standing.due.number,
        role=standing.due.role.code,
        standard=standing.due.standard_time,
        since=since,
        elapsed=_duration(terms, since, now) if since and since != now else None,
        started=bool(standing.started),
        waited_for=_waited_for(terms, standing.due, standing.previous, now) or standing.due.role.name,
        note=standing.previous.note if standing.previous else "",
        note_by=standing.voice,
    )
