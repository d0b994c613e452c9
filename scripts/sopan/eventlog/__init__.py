"""An office's history as events for process mining: one case a round, one event an act, in the terms of XES.

Roles act here, not people: a person's name stands in the item's own record alone. Work in progress is no act of the SOP
and no event. Forms: `table` (CSV), `xes` (IEEE 1849-2016) and `ocel` (OCEL 2.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sopan import chain, worktime
from sopan.chain import Act, Evidence, Kind, Round, Standing
from sopan.sop import Role, Sop
from sopan.timing_figures import Duration, Report, StepTiming

START, COMPLETE = "start", "complete"  # of XES' standard lifecycle model

ATTRIBUTES: Mapping[str, type[str | int]] = {
    "langkah": int,
    "pengajuan": int,
    "waktu_baku_detik": int,
    "lama_proses_detik": int,
    "lama_pengerjaan_detik": int,
    "penilaian": str,
    "bukti": str,
    "komit": str,
}

_STEPS = frozenset({Kind.STEP, Kind.PUBLISH})
_PERFORMED = frozenset({*_STEPS, Kind.START})


@dataclass(frozen=True, kw_only=True)
class Event:
    """One act of a round: `activity` is what was done, `transition` whether it began or ended, `at` its receipt.

    `timing` holds the figures of a step that was made; None for every other act.
    """

    item: str
    round: int
    attempt: int
    activity: str
    transition: str
    at: datetime
    role: Role
    step: int | None
    commit: str
    evidence: Evidence
    timing: StepTiming | None = None

    @property
    def case(self) -> str:
        """The round's name, the same in every form."""
        return case(self.item, self.round)


def case(item: str, number: int) -> str:
    """What a round is called among others: `2026/rencana-kerja putaran 1`."""
    return f"{item} putaran {number}"


def events(rounds: Iterable[Round], report: Report) -> Iterator[Event]:
    """Every event of these rounds, by item and round, oldest first; `report` was measured from the same rounds."""
    timed = {step.commit: step for one in report.rounds for step in one.steps}
    for one in sorted(rounds, key=lambda one: (one.item, one.number)):
        yield from _events(report.sop, one, timed)


def attributes(event: Event) -> Mapping[str, str | int | None]:
    """What Sopan knows of an event beyond the standards' own terms; None where history cannot tell it."""
    timing = event.timing
    values = (
        event.step,
        event.attempt,
        _standard(timing),
        _seconds(timing.process) if timing else None,
        _seconds(timing.work) if timing else None,
        timing.judgement.value if timing else None,
        event.evidence.value,
        event.commit,
    )
    return dict(zip(ATTRIBUTES, values, strict=True))


def _events(sop: Sop, one: Round, timed: Mapping[str, StepTiming]) -> Iterator[Event]:
    standing = chain.opening(sop, content="")
    for act in one.acts:
        if act.kind is not Kind.WORK:
            yield _event(sop, one, standing, act, timed.get(act.commit))
        standing = chain.advance(sop, standing, act)
    if one.merge is not None and one.live_at is not None:
        yield from _obtained(sop, one, standing.attempt, one.live_at)


def _event(sop: Sop, one: Round, standing: Standing, act: Act, timing: StepTiming | None) -> Event:
    return Event(
        item=one.item,
        round=one.number,
        attempt=standing.attempt,
        activity=_activity(standing, act),
        transition=START if act.kind is Kind.START else COMPLETE,
        at=act.at,
        role=sop.roles[chain.voice(sop, standing, act)],
        step=act.step if act.kind in _PERFORMED else None,
        commit=act.commit,
        evidence=act.evidence,
        timing=timing,
    )


def _activity(standing: Standing, act: Act) -> str:
    if act.kind in _PERFORMED:
        return standing.due.label
    return f"{act.kind.value} ke {act.step}" if act.kind is Kind.RETURN else act.kind.value


def _obtained(sop: Sop, one: Round, attempt: int, live_at: datetime) -> Iterator[Event]:
    """What the server proved by reading the page back: the outsiders' row after the merge."""
    for step in sop.steps[sop.steps.index(sop.last) + 1 :]:
        yield Event(
            item=one.item,
            round=one.number,
            attempt=attempt,
            activity=step.label,
            transition=COMPLETE,
            at=live_at,
            role=step.role,
            step=step.number,
            commit=one.merge or "",
            evidence=Evidence.LEDGER,
        )


def _standard(timing: StepTiming | None) -> int | None:
    """The standard time in seconds; None for working days, which have no one length."""
    standard = timing.standard if timing else None
    return _whole(worktime.allowance(standard)) if standard else None


def _seconds(duration: Duration | None) -> int | None:
    return _whole(duration.value) if duration else None


def _whole(value: timedelta | None) -> int | None:
    return None if value is None else int(value.total_seconds())
