"""What sums need of steps and rounds that were timed, in plain values that can be kept and summed without the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sopan.timing_figures import Duration, RoundTiming, StepTiming
from sopan.worktime import Calendar

_MICROSECOND = timedelta(microseconds=1)


class Sample(NamedTuple):
    """One step as sums see it; lengths are working time in microseconds, None where none was measured.

    `again`: it was made anew after a return. `judgement` and `evidence` are the values of those kinds.
    """

    item: str
    step: int
    role: str
    month: str
    again: bool
    judgement: str
    evidence: str
    process: int | None
    work: int | None
    waited_for: str | None


class Outcome(NamedTuple):
    """One round as sums see it; `took` is clock time from the merge to the live page, in microseconds."""

    published: bool
    attempts: int
    returns: int
    took: int | None


def of_round(timed: RoundTiming, calendar: Calendar) -> Iterator[Sample]:
    """The steps of a round as sums see them; months are those of the office's clocks."""
    return (_sample(step, calendar) for step in timed.steps)


def _sample(step: StepTiming, calendar: Calendar) -> Sample:
    return Sample(
        item=step.item,
        step=step.step,
        role=step.role,
        month=month(calendar, step.received_at),
        again=step.attempt > 1,
        judgement=step.judgement.value,
        evidence=step.evidence.value,
        process=_worked(step.process),
        work=_worked(step.work),
        waited_for=step.waited_for,
    )


def outcome(timed: RoundTiming) -> Outcome:
    """A round as sums see it."""
    took = timed.publication.took if timed.publication else None
    returns = len(timed.returned_at)
    return Outcome(timed.merge is not None, timed.attempts, returns, None if took is None else _micros(took))


def month(calendar: Calendar, at: datetime) -> str:
    """The month (`2026-11`) of an instant by the office's clocks."""
    return at.astimezone(calendar.zone).strftime("%Y-%m")


def _worked(duration: Duration | None) -> int | None:
    """Working time alone: clock time outside hours is shown at its step and counted in no figure."""
    return None if duration is None or duration.clock else _micros(duration.value)


def _micros(length: timedelta) -> int:
    return length // _MICROSECOND
