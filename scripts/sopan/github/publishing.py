"""After a merge: `main` judged again and recorded, the site built, and the live page read back as a citizen would."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sopan import item_path, policies, publish, timing, timing_words, view
from sopan.copies import copy_of
from sopan.github import merging
from sopan.github import place as places
from sopan.github.place import Place
from sopan.history import MAIN
from sopan.ledger import Record, RecordKind
from sopan.policy import Policy
from sopan.server import site
from sopan.server.site import Proof
from sopan.timing_figures import RoundTiming

_PAUSE_SECONDS = 10
_COLUMNS = ("Langkah", "Diterima", "Lama proses", "Lama pengerjaan", "Waktu baku", "Penilaian")


def build(place: Place, key: Path, live: Path) -> Iterator[str]:
    """Build the site of `main`, whose every move the ledger knows; gives in words what is live next."""
    merging.recorded(place, key)
    main = place.history.resolve(copy_of(MAIN)) or place.main
    release = publish.publish(place.history, lambda: main, live).release
    summary = place.rest.surroundings.summary
    if summary is not None:
        with summary.open("a", encoding="utf-8") as file:
            file.write("\n".join(_summary(place, main)) + "\n")
    yield f"Dibangun: main {main[:10]} (rilis {release.name})."


def prove(place: Place, key: Path, live: Path, wait: int) -> list[Proof]:
    """Read back what is not proven yet, for at most `wait` seconds, and record what agreed."""
    merging.recorded(place, key)
    ends = time.monotonic() + wait
    proofs = _proofs(place, live)
    while any(proof.pending for proof in proofs) and time.monotonic() < ends:
        time.sleep(_PAUSE_SECONDS)
        proofs = _proofs(place, live)
    places.insist(place, lambda: _record(place, key, proofs))
    return proofs


def _proofs(place: Place, live: Path) -> list[Proof]:
    office = _policy(place).office
    return [
        Proof(item, item_path.page_address(office.site, item), publish.read_back(office.site, live, item))
        for item in site.unproven(place.history)
    ]


def _record(place: Place, key: Path, proofs: list[Proof]) -> None:
    """The proofs in the ledger."""
    pending = site.unproven(place.history)
    at = place.instant(datetime.now(tz=UTC).replace(microsecond=0))
    seen = [
        Record(kind=RecordKind.LIVE, at=at, new=pending[proof.item], item=proof.item, address=proof.address)
        for proof in proofs
        if proof.pending is None and proof.item in pending
    ]
    if seen:
        places.save(place, key, seen, {})


def _policy(place: Place) -> Policy:
    return policies.policy_at(place.history, place.history.resolve(copy_of(MAIN)) or place.main)


def _summary(place: Place, main: str) -> Iterator[str]:
    """The times of the round that this merge closed, as the workflow's page shows them."""
    seen = replace(view.look(place.history), main=main)
    rules = seen.policy
    rounds = [one for one in view.recorded(place.history, seen).rounds if one.merge == main]
    report = timing.measure(rounds, sop=rules.sop, calendar=rules.calendar, register=rules.register)
    for one in report.rounds:
        yield f"## {one.item}, putaran {one.number}"
        yield ""
        yield from _table(rules, one)


def _table(rules: Policy, one: RoundTiming) -> Iterator[str]:
    yield _row(_COLUMNS)
    yield _row(tuple("---" for _ in _COLUMNS))
    for step in one.steps:
        yield _row(
            (
                rules.sop.step(step.step).label,
                timing_words.instant(step.received_at, rules.office.zone),
                timing_words.figure(step.process),
                timing_words.figure(step.work),
                str(step.standard) if step.standard else "-",
                timing_words.judgement(step),
            )
        )


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
