"""What many measured steps say together: by step, role, item, kind of document and month; never a mean alone.

A median and a 90th percentile (nearest rank) come with the number of measurements behind them, and one measurement
says that it is one. Waiting is told of whoever was awaited, never of the person who made the step.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from sopan.chain import Evidence
from sopan.sop import StandardTime
from sopan.timing_figures import Duration, Judgement, Report, RoundTiming, StepTiming

UNKNOWN_KIND = "belum terbit"

_NINE_TENTHS = 0.9


@dataclass(frozen=True)
class Spread:
    """How long it took, over `count` measurements in working time; the rest is None where there is none."""

    count: int
    median: timedelta | None
    ninetieth: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Group:
    """Steps that share something, `name` being what: how they were judged and how long they took.

    `again` counts the steps that were made anew after a return, `evidence` where their instants come from.
    `standard` is the written time where all steps of the group share one.
    """

    name: str
    steps: int
    judged: Mapping[Judgement, int]
    standard: StandardTime | None
    process: Spread
    work: Spread
    again: int
    evidence: Mapping[Evidence, int]


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """The rounds themselves: `first_pass` were published in their first attempt; `returns` count recalls too."""

    published: int
    open: int
    first_pass: int
    returns: int
    live: Spread


@dataclass(frozen=True)
class Wait:
    """Who was awaited (a role's name, or the office while a post was empty): how often, and how long in all."""

    name: str
    times: int
    spread: Spread
    total: timedelta


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Every grouping of one report's steps."""

    steps: tuple[Group, ...]
    roles: tuple[Group, ...]
    items: tuple[Group, ...]
    kinds: tuple[Group, ...]
    months: tuple[Group, ...]
    waits: tuple[Wait, ...]
    rounds: Rounds


def summarise(report: Report, kinds: Mapping[str, str]) -> Summary:
    """Sum up a report; `kinds` maps items to their kind of document, as `main` holds them."""
    made = [step for one in report.rounds for step in one.steps]
    sop = report.sop
    return Summary(
        steps=_groups(made, lambda step: sop.step(step.step).label),
        roles=_groups(made, lambda step: sop.roles[step.role].name),
        items=_groups(made, lambda step: step.item),
        kinds=_groups(made, lambda step: kinds.get(step.item, UNKNOWN_KIND)),
        months=_groups(made, lambda step: _month(report, step.received_at)),
        waits=_waits(made),
        rounds=_rounds(report.rounds),
    )


def within_month(report: Report, month: str) -> Report:
    """The same report with nothing but what was received in `month` (`2026-11`), by the office's clocks."""
    cut = (_cut(one, lambda at: _month(report, at) == month) for one in report.rounds)
    kept = tuple(one for one in cut if one.steps or one.returned_at)
    return Report(sop=report.sop, calendar=report.calendar, rounds=kept)


def _month(report: Report, at: datetime) -> str:
    return at.astimezone(report.calendar.zone).strftime("%Y-%m")


def _cut(one: RoundTiming, chosen: Callable[[datetime], bool]) -> RoundTiming:
    """A round of which only some instants are looked at; it counts as published where its merge is among them."""
    steps = tuple(step for step in one.steps if chosen(step.received_at))
    merged = any(step.commit == one.merge for step in steps)
    return replace(
        one,
        steps=steps,
        returned_at=tuple(at for at in one.returned_at if chosen(at)),
        merge=one.merge if merged else None,
        publication=one.publication if merged else None,
    )


def _groups(steps: Sequence[StepTiming], name: Callable[[StepTiming], str]) -> tuple[Group, ...]:
    by_name: dict[str, list[StepTiming]] = defaultdict(list)
    for step in steps:
        by_name[name(step)].append(step)
    return tuple(_group(key, by_name[key]) for key in sorted(by_name))


def _group(name: str, steps: Sequence[StepTiming]) -> Group:
    standards = {step.standard for step in steps}
    return Group(
        name=name,
        steps=len(steps),
        judged=Counter(step.judgement for step in steps),
        standard=next(iter(standards)) if len(standards) == 1 else None,
        process=_spread(step.process for step in steps),
        work=_spread(step.work for step in steps),
        again=sum(step.attempt > 1 for step in steps),
        evidence=Counter(step.evidence for step in steps),
    )


def _spread(durations: Iterable[Duration | None]) -> Spread:
    """Over working time alone: clock time outside hours is shown at its step and counted in no figure."""
    return spread([one.value for one in durations if one is not None and not one.clock])


def spread(values: Sequence[timedelta]) -> Spread:
    """Median and 90th percentile by nearest rank."""
    if not values:
        return Spread(0, None, None)
    ordered = sorted(values)
    middle = timedelta(seconds=statistics.median(value.total_seconds() for value in ordered))
    return Spread(len(ordered), middle, ordered[ceil(_NINE_TENTHS * len(ordered)) - 1])


def _waits(steps: Sequence[StepTiming]) -> tuple[Wait, ...]:
    by_name: dict[str, list[timedelta]] = defaultdict(list)
    for step in steps:
        if step.waited_for is not None and step.process is not None and not step.process.clock:
            by_name[step.waited_for].append(step.process.value)
    waits = (Wait(name, len(took), spread(took), sum(took, timedelta())) for name, took in by_name.items())
    return tuple(sorted(waits, key=lambda wait: (-wait.total, wait.name)))


def _rounds(rounds: Sequence[RoundTiming]) -> Rounds:
    published = [one for one in rounds if one.merge is not None]
    took = [one.publication.took for one in published if one.publication and one.publication.took is not None]
    return Rounds(
        published=len(published),
        open=len(rounds) - len(published),
        first_pass=sum(one.attempts == 1 for one in published),
        returns=sum(len(one.returned_at) for one in rounds),
        live=spread(took),
    )
