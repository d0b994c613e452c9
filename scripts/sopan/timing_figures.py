"""The figures that history gives: steps, rounds and publications as they were timed, and open items as they wait.

A figure that history cannot give is None: never 0, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from sopan.chain import Evidence
from sopan.sop import Sop, StandardTime
from sopan.worktime import Calendar

OFFICE = "kantor"


class Judgement(Enum):
    """What may be said of a step's time; the values are the words people read."""

    WITHIN = "sesuai baku"
    EXCEEDED = "melampaui baku"
    UNMEASURED = "tidak terukur"


class Duration(NamedTuple):
    """Working time; or, where the span touched no working time at all, `clock` time, which is only shown."""

    value: timedelta
    clock: bool


class StepTiming(NamedTuple):
    """One performed step. Instants are receipts; `role` is the code in sop.yml, `officer` the id in petugas.yml.

    `previous_at` is when the step became due (None: nothing came before), `started_at` its maker's own start.
    `evidence` is the weakest of the instants used. `waited_for` is the role's name, or OFFICE where the post stood
    empty while the step waited; None where nothing waited.
    """

    item: str
    round: int
    attempt: int
    step: int
    role: str
    officer: str | None
    commit: str
    standard: StandardTime | None
    previous_at: datetime | None
    started_at: datetime | None
    received_at: datetime
    process: Duration | None
    work: Duration | None
    judgement: Judgement
    evidence: Evidence
    concurrent: bool
    waited_for: str | None
    started_outside_hours: bool
    received_outside_hours: bool


@dataclass(frozen=True, kw_only=True)
class Publication:
    """From the merge's receipt to the live page, read back; `live_at` and `took` (clock time) None while pending."""

    merged_at: datetime
    live_at: datetime | None
    took: timedelta | None
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class RoundTiming:
    """One round's steps, oldest first; `merge` and `publication` are None while it is open.

    `returned_at` are the receipts of its returns, recalls included.
    """

    item: str
    number: int
    merge: str | None
    attempts: int
    returned_at: tuple[datetime, ...]
    steps: tuple[StepTiming, ...]
    publication: Publication | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """Every figure that history gives, by item and round; `sop` and `calendar` are what it was measured by."""

    sop: Sop
    calendar: Calendar
    rounds: tuple[RoundTiming, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An open item: which step it awaits, since when, and whom; `since` None before anything was handed on.

    `note` is what was written when the step became due ("" where nothing was), `note_by` the code of the writer's role.
    """

    item: str
    round: int
    attempt: int
    step: int
    role: str
    standard: StandardTime | None
    since: datetime | None
    elapsed: Duration | None
    started: bool
    waited_for: str
    note: str
    note_by: str
