"""How long each step took, told fairly: instants of history against the SOP's written standard.

Pure arithmetic over rounds that the gate let through. What the figures mean, in the words people read, stands in
`timing_words.FIGURES`, and what holds them in `timing_figures`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sopan import turns, worktime
from sopan.chain import Act, Evidence, Kind, Round, Standing
from sopan.officers import Register
from sopan.sop import Sop, StandardTime
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


def measure(rounds: Iterable[Round], *, sop: Sop, calendar: Calendar, register: Register) -> Report:
    """Time every step of every round. SopanError where a year has no calendar or receipts run backwards."""
    walks = [turns.walk(sop, one) for one in rounds]
    return timed(walks, turns.overlapping(walks), sop=sop, calendar=calendar, register=register)


def timed(
    walks: Iterable[Walk], concurrent: frozenset[str], *, sop: Sop, calendar: Calendar, register: Register
) -> Report:
    """Time every step of rounds that were walked; `concurrent` are their overlapping starts, by commit."""
    terms = _Terms(sop, calendar, register)
    ordered = sorted(walks, key=lambda walk: (walk.round.item, walk.round.number))
    return Report(sop=sop, calendar=calendar, rounds=tuple(_round(terms, walk, concurrent) for walk in ordered))


def board(
    rounds: Iterable[Round], *, sop: Sop, calendar: Calendar, register: Register, now: datetime
) -> tuple[Waiting, ...]:
    """Whose turn it is in every open round that has begun and was not cancelled, longest waiting first."""
    terms = _Terms(sop, calendar, register)
    walks = (turns.walk(sop, one) for one in rounds if one.merge is None)
    waiting = (_waiting(terms, walk, now) for walk in walks if walk.after.begun and not walk.after.cancelled)
    return tuple(sorted(waiting, key=lambda one: (one.since or now, one.item)))


def _round(terms: _Terms, walk: Walk, concurrent: frozenset[str]) -> RoundTiming:
    return RoundTiming(
        item=walk.round.item,
        number=walk.round.number,
        merge=walk.round.merge,
        attempts=walk.after.attempt,
        returned_at=tuple(act.at for act in walk.round.acts if act.kind is Kind.RETURN),
        steps=tuple(_step(terms, walk.round, made, concurrent) for made in walk.made),
        publication=_publication(walk.round),
    )


def _step(terms: _Terms, one: Round, made: Made, concurrent: frozenset[str]) -> StepTiming:
    due, previous, start, act = made.before.due, made.before.previous, made.start, made.act
    overlaps = start is not None and start.commit in concurrent
    process, work = _between(terms.calendar, previous, act), _between(terms.calendar, start, act)
    return StepTiming(
        item=one.item,
        round=one.number,
        attempt=made.before.attempt,
        step=due.number,
        role=due.role.code,
        officer=act.officer,
        commit=act.commit,
        standard=due.standard_time,
        previous_at=previous.at if previous else None,
        started_at=start.at if start else None,
        received_at=act.at,
        process=process,
        work=work,
        judgement=Judgement.UNMEASURED if overlaps else _judge(terms.calendar, made, process, work),
        evidence=_weakest(made.before.previous, start, act),
        concurrent=overlaps,
        waited_for=_waited_for(terms, made.before, (start or act).at),
        started_outside_hours=start is not None and not worktime.is_open(terms.calendar, start.at),
        received_outside_hours=not worktime.is_open(terms.calendar, act.at),
    )


def _judge(calendar: Calendar, made: Made, process: Duration | None, work: Duration | None) -> Judgement:
    """Judge by the work; the process speaks in the maker's favour only, for waiting proves nothing against anybody."""
    standard = made.before.due.standard_time
    if standard is None:
        return Judgement.UNMEASURED
    spans = ((made.start, work), (made.before.previous, process))
    if any(_fits(calendar, since, made.act, took, standard) for since, took in spans):
        return Judgement.WITHIN
    return Judgement.EXCEEDED if work and not work.clock else Judgement.UNMEASURED


def _fits(calendar: Calendar, since: Act | None, act: Act, took: Duration | None, standard: StandardTime) -> bool:
    """Whether the span is measured and within the standard; outside hours the clock is held to the same minutes."""
    if since is None or took is None:
        return False
    allowance = worktime.allowance(standard)
    if allowance is not None:
        return took.value <= allowance
    return worktime.within(calendar, since.at, act.at, standard)


def _between(calendar: Calendar, since: Act | None, act: Act) -> Duration | None:
    """The time between two acts; None where they came in at one instant, which says nothing of how long it took."""
    if since is None or since.at == act.at:
        return None
    return _duration(calendar, since.at, act.at)


def _duration(calendar: Calendar, start: datetime, end: datetime) -> Duration:
    value = worktime.worked(calendar, start, end)
    return Duration(value, clock=False) if value else Duration(end - start, clock=True)


def _weakest(*acts: Act | None) -> Evidence:
    return min((act.evidence for act in acts if act), key=_WEAKEST_FIRST.index)


def _waited_for(terms: _Terms, before: Standing, until: datetime) -> str | None:
    """Charge the waiting to the awaited role; to the office where at some moment of it nobody held that role."""
    if before.previous is None:
        return None
    role = before.due.role
    return OFFICE if terms.register.vacant(role.code, before.previous.at, until) else role.name


def _publication(one: Round) -> Publication | None:
    if one.merge is None:
        return None
    merge = one.acts[-1]
    took = one.live_at - merge.at if one.live_at else None
    return Publication(merged_at=merge.at, live_at=one.live_at, took=took, evidence=merge.evidence)


def _waiting(terms: _Terms, walk: Walk, now: datetime) -> Waiting:
    standing = walk.after
    since = standing.previous.at if standing.previous else None
    return Waiting(
        item=walk.round.item,
        round=walk.round.number,
        attempt=standing.attempt,
        step=standing.due.number,
        role=standing.due.role.code,
        standard=standing.due.standard_time,
        since=since,
        elapsed=_duration(terms.calendar, since, now) if since and since != now else None,
        started=bool(standing.started),
        waited_for=_waited_for(terms, standing, now) or standing.due.role.name,
        note=standing.previous.note if standing.previous else "",
        note_by=standing.voice,
    )
