"""Measured rounds, kept as the lines of the report, so that a report measures only what is not settled yet.

A closed round is settled once its page was seen live and no start in an open round can overlap with one of its own:
receipts only go on, so nothing that comes later changes what is said of it. Overlaps among closed rounds are kept for
those that are not settled. What was measured by another policy or by other code is not believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import orjson

from sopan import beside, kept_lines, kept_log, record_cache, timing, timing_report, turns
from sopan.history import History
from sopan.kept_log import Log
from sopan.policy import Policy
from sopan.record_cache import Reading
from sopan.timing_report import Told
from sopan.turns import Walk

Earliest: TypeAlias = Mapping[str | None, float]
"""When each officer began first what an open round holds."""

FILE = kept_lines.FOLDER / "waktu.jsonl"
_WORTH_TWO = 1000  # rounds: fewer are told sooner than a second process begins


@dataclass(frozen=True)
class Settled:
    """What a report kept: by which `basis` it measured, up to which commit of `main`, and what was settled.

    `rounds` are the settled rounds by their place among the closed ones; `concurrent` are the starts of the others that
    overlap with some closed round's.
    """

    basis: str
    main: str
    rounds: Mapping[int, Told]
    concurrent: frozenset[str]


def told(history: History, policy: Policy, *, main: str, branches: Mapping[str, str]) -> list[Told] | None:
    """Every round as the report tells it, by item and number; None where there is no ledger: then nothing is kept."""
    news = record_cache.news(history, policy, main=main, branches=branches)
    if news is None:
        return None
    reading, keep = news
    if len(reading.rounds) < _WORTH_TWO:
        keep()
        return _told_on(history, policy, reading, main)
    with beside.meanwhile([keep]):
        return _told_on(history, policy, reading, main)


def _told_on(history: History, policy: Policy, reading: Reading, main: str) -> list[Told]:
    file, basis = history.git_folder / FILE, kept_lines.basis(history, main)
    kept, log = _load(file, basis)
    if not (kept.main and _continues(history, kept, main)):
        kept, log = Settled(basis, "", {}, frozenset()), None
    every, following = follow(policy, reading, kept)
    following = replace(following, main=main)
    if following != kept:
        _save(file, following, log)
    return every


def follow(policy: Policy, reading: Reading, kept: Settled) -> tuple[list[Told], Settled]:
    """Every round told, by item and number, and what is settled now, from what was settled before."""
    left = [place for place in reading.places if place not in kept.rounds]
    closed = turns.walks(policy.sop, map(reading.closed, left))
    walks, opened = dict(zip(left, closed, strict=True)), list(turns.walks(policy.sop, reading.opened))
    among_closed = kept.concurrent | turns.overlapping(walks.values())
    among_all = turns.overlapping((*walks.values(), *opened)) if opened else frozenset[str]()
    measured = _measured(policy, (*walks.values(), *opened), among_closed | among_all)
    settled = _settle(walks, _earliest(opened), measured)
    every = sorted((*kept.rounds.values(), *measured), key=lambda one: (one.item, one.number))
    still = _still(walks, settled, among_closed)
    return every, replace(kept, rounds={**kept.rounds, **settled}, concurrent=still)


def _measured(policy: Policy, walks: Sequence[Walk], concurrent: frozenset[str]) -> list[Told]:
    """Each round told as soon as it is timed; of very many, the second half by a second process meanwhile."""
    told = partial(_told, policy, concurrent)
    if len(walks) < _WORTH_TWO:
        return list(told(walks))
    first, second = walks[: len(walks) // 2], walks[len(walks) // 2 :]
    with beside.telling(lambda: [b"\n".join(map(_line, told(second)))]) as said:
        here, there = list(told(first)), beside.answer(said)
    return here + (list(told(second)) if there is None else list(map(_of_line, there.split(b"\n"))))


def _told(policy: Policy, concurrent: frozenset[str], walks: Iterable[Walk]) -> Iterator[Told]:
    sop, calendar = policy.sop, policy.calendar
    timed = timing.timed(walks, concurrent, sop=sop, calendar=calendar, register=policy.register)
    return timing_report.told(sop, calendar, timed)


def _settle(walks: Mapping[int, Walk], earliest: Earliest, measured: Iterable[Told]) -> Mapping[int, Told]:
    """Of the closed rounds just measured, those of which nothing can change any more."""
    by_name = {(one.item, one.number): one for one in measured}
    return {
        place: by_name[walk.round.item, walk.round.number]
        for place, walk in walks.items()
        if walk.round.live_at is not None and not _may_overlap(walk, earliest)
    }


def _earliest(walks: Iterable[Walk]) -> Earliest:
    found: dict[str | None, float] = {}
    for walk in walks:
        for span in walk.busy:
            known = found.get(span.officer, span.since)
            found[span.officer] = min(known, span.since)
    return found


def _may_overlap(walk: Walk, earliest: Earliest) -> bool:
    for span in walk.busy:
        begun = earliest.get(span.officer)
        if begun is not None and (span.until is None or span.until > begun):
            return True
    return False


def _still(walks: Mapping[int, Walk], settled: Mapping[int, Told], concurrent: frozenset[str]) -> frozenset[str]:
    """The overlapping starts of the closed rounds that are not settled."""
    unsettled = (walk for place, walk in walks.items() if place not in settled)
    return concurrent & {span.commit for walk in unsettled for span in walk.busy}


def _continues(history: History, kept: Settled, main: str) -> bool:
    return history.holds(kept.main) and history.is_ancestor(kept.main, main)


# -- on disk -----------------------------------------------------------------------------------------------------------


def _load(file: Path, basis: str) -> tuple[Settled, Log | None]:
    """What was kept, and its log; nothing where there is nothing whole, or nothing of this basis."""
    log = kept_log.load(file)
    head = orjson.loads(log.head) if log else {}
    if log is None or head["basis"] != basis:
        return Settled(basis, "", {}, frozenset()), None
    rounds = {
        place: Told(item, number, text) for (place, item, number), text in zip(head["rounds"], log.rows, strict=True)
    }
    return Settled(basis, head["main"], rounds, frozenset(head["concurrent"])), log


def _save(file: Path, settled: Settled, log: Log | None) -> None:
    rounds = [(place, one.item, one.number) for place, one in settled.rounds.items()]
    head = {"basis": settled.basis, "main": settled.main, "concurrent": sorted(settled.concurrent), "rounds": rounds}
    kept = len(log.rows) if log else 0
    new = islice(settled.rounds.values(), kept, None)
    kept_log.save(file, orjson.dumps(head), dict(enumerate((one.text for one in new), start=kept)), log)


def _line(one: Told) -> bytes:
    return b"\t".join((one.item.encode(), b"%d" % one.number, one.text))


def _of_line(line: bytes) -> Told:
    item, number, text = line.split(b"\t", 2)
    return Told(item.decode(), int(number), text)
