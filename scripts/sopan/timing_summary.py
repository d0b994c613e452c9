"""What many measured steps say together: by step, role, item, kind of document and month; never a mean alone.

A median and a 90th percentile (nearest rank) come with the number of measurements behind them, and one measurement
says that it is one. Waiting is told of whoever was awaited, never of the person who made the step.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from itertools import accumulate
from math import ceil

from sopan import timing_samples, timing_tallies
from sopan.chain import Evidence
from sopan.sop import Sop, StandardTime
from sopan.timing_figures import Judgement, Report, RoundTiming
from sopan.timing_samples import Outcome, Sample
from sopan.timing_tallies import Tallies, Tally

UNKNOWN_KIND = "belum terbit"

STEPS, ROLES, ITEMS, KINDS, MONTHS, WAITS = "langkah", "peran", "butir", "jenis", "bulan", "menunggu"

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


@dataclass(frozen=True)
class Summary:
    """Every grouping of some steps, each made when it is asked for: of its `tallies`, and of how rounds went."""

    sop: Sop
    tallies: Callable[[str], Tallies]
    outcomes: Counter[Outcome]

    @cached_property
    def steps(self) -> tuple[Group, ...]:
        """By step of the SOP."""
        return self._groups(STEPS)

    @cached_property
    def roles(self) -> tuple[Group, ...]:
        """By the role that made the step."""
        return self._groups(ROLES)

    @cached_property
    def items(self) -> tuple[Group, ...]:
        """By item."""
        return self._groups(ITEMS)

    @cached_property
    def kinds(self) -> tuple[Group, ...]:
        """By kind of document."""
        return self._groups(KINDS)

    @cached_property
    def months(self) -> tuple[Group, ...]:
        """By the month in which the step was received."""
        return self._groups(MONTHS)

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """Who was awaited, the longest first."""
        waits = (_wait(name, tally.process) for name, tally in self.tallies(WAITS).items() if tally.process)
        return tuple(sorted(waits, key=lambda wait: (-wait.total, wait.name)))

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds themselves."""
        published = [one for one in self.outcomes.elements() if one.published]
        return Rounds(
            published=len(published),
            open=self.outcomes.total() - len(published),
            first_pass=sum(one.attempts == 1 for one in published),
            returns=sum(one.returns for one in self.outcomes.elements()),
            live=spread(Counter(one.took for one in published if one.took is not None)),
        )

    def _groups(self, by: str) -> tuple[Group, ...]:
        return tuple(_group(self.sop, name, tally) for name, tally in sorted(self.tallies(by).items()))


def summarise(report: Report, kinds: Mapping[str, str]) -> Summary:
    """Sum up a report; `kinds` maps items to their kind of document, as `main` holds them."""
    samples = tuple(one for timed in report.rounds for one in timing_samples.of_round(timed, report.calendar))
    tallies = partial(tallied, report.sop, samples, kinds)
    return Summary(report.sop, tallies, Counter(map(timing_samples.outcome, report.rounds)))


def tallied(sop: Sop, samples: Iterable[Sample], kind_of: Mapping[str, str], by: str) -> Tallies:
    """What samples come to in one grouping; `kind_of` maps items to theirs."""
    labels = {step.number: step.label for step in sop.steps}
    names: Mapping[str, Callable[[Sample], str | None]] = {
        STEPS: lambda sample: labels[sample.step],
        ROLES: lambda sample: sop.roles[sample.role].name,
        ITEMS: lambda sample: sample.item,
        KINDS: lambda sample: kind_of.get(sample.item, UNKNOWN_KIND),
        MONTHS: lambda sample: sample.month,
        WAITS: lambda sample: sample.waited_for,
    }
    return timing_tallies.of(samples, names[by])


def within_month(report: Report, month: str) -> Report:
    """The same report with nothing but what was received in `month` (`2026-11`), by the office's clocks."""
    cut = (_cut(one, lambda at: timing_samples.month(report.calendar, at) == month) for one in report.rounds)
    kept = tuple(one for one in cut if one.steps or one.returned_at)
    return Report(sop=report.sop, calendar=report.calendar, rounds=kept)


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


def _group(sop: Sop, name: str, tally: Tally) -> Group:
    standards = {sop.step(number).standard_time for number in tally.step}
    return Group(
        name=name,
        steps=tally.step.total(),
        judged={Judgement(one): n for one, n in tally.judgement.items()},
        standard=next(iter(standards)) if len(standards) == 1 else None,
        process=spread(tally.process),
        work=spread(tally.work),
        again=tally.again[True],
        evidence={Evidence(one): n for one, n in tally.evidence.items()},
    )


def _wait(name: str, process: Counter[int]) -> Wait:
    total = sum(length * times for length, times in process.items())
    return Wait(name, process.total(), spread(process), _length(total))


def spread(lengths: Counter[int]) -> Spread:
    """Median and 90th percentile by nearest rank, of how often each length in microseconds was met."""
    count = lengths.total()
    if not count:
        return Spread(0, None, None)
    ordered = sorted(lengths)
    reached = list(accumulate(lengths[length] for length in ordered))

    def ranked(rank: int) -> int:
        return ordered[bisect_left(reached, rank)]

    median = (ranked((count + 1) // 2) + ranked(count // 2 + 1)) / 2
    return Spread(count, _length(median), _length(ranked(ceil(_NINE_TENTHS * count))))


def _length(micros: float) -> timedelta:
    return timedelta(microseconds=micros)
