"""Closed rounds, kept beside the repository, so that a report reads only what is new since the last one.

Damaged, of another form or of another petugas.yml, the file is made anew, and where it cannot be written all is read
each time. `main` and the ledger only ever go on: a history that does not continue what was read before is an alarm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from sopan import gist, kept_lines, kept_log, record
from sopan.chain import Act, Evidence, Kind, Round
from sopan.errors import SopanError
from sopan.history import LEDGER, History
from sopan.kept_log import Log
from sopan.ledger import Book, Ledger
from sopan.policy import OFFICERS_FILE, Policy
from sopan.record import Record, Since

FILE = kept_lines.FOLDER / "riwayat.jsonl"
_FORM = "riwayat/1"
_ROLES = Act._fields.index("roles")


@dataclass(frozen=True)
class Kept:
    """What the last report read: the closed rounds as lines of JSON, and how to go on from there.

    `officers` is the id of petugas.yml as an object, by which keys were given their owners. `rounds` counts each item's
    closed rounds, `received` are the receipts of commits that none of them holds, and `unproven` says at which place
    stand the merges that were not seen live yet.
    """

    officers: str
    genesis: str | None
    main: str
    ledger: str
    rounds: dict[str, int]
    received: dict[str, str]
    unproven: dict[str, int]
    lines: tuple[bytes, ...]


@dataclass(frozen=True)
class Reading:
    """The closed rounds as lines in the order of their merges, and the open ones.

    Closed rounds that were read in this run also stand in `rounds`, by their place. `genesis` is the tip of `main` from
    which the office began.
    """

    lines: tuple[bytes, ...]
    rounds: Mapping[int, Round]
    opened: tuple[Round, ...]
    heads: Mapping[str, str]
    genesis: str | None

    def closed(self, place: int) -> Round:
        """The closed round at a place."""
        return self.rounds.get(place) or _round(self.lines[place])


def read(
    history: History,
    policy: Policy,
    *,
    main: str,
    branches: Mapping[str, str],
    closed: bool = True,
    file: Path | None = None,
) -> Record:
    """What `record.read` gives of the whole ledger, at the cost of what is new; open rounds alone if not `closed`.

    It is kept in `file`, or else where reports keep it. SopanError where `main` or the ledger went back behind what
    was read before.
    """
    reading = follow(history, policy, main=main, branches=branches, file=file)
    if reading is None:
        whole = record.read(history, policy, Ledger(), main=main, branches=branches)
        return whole if closed else replace(whole, rounds=tuple(one for one in whole.rounds if one.merge is None))
    done = map(reading.closed, range(len(reading.lines))) if closed else ()
    return Record((*done, *reading.opened), reading.heads, reading.genesis)


def follow(
    history: History, policy: Policy, *, main: str, branches: Mapping[str, str], file: Path | None = None
) -> Reading | None:
    """Read what is new and keep it; None where there is no ledger, and so nothing that may be kept.

    SopanError where `main` or the ledger went back behind what was read before.
    """
    tip = history.resolve(LEDGER)
    if tip is None:
        return None
    officers, file = _officers(history, main), file or history.git_folder / FILE
    kept, log = _load(file, officers)
    if log is None:
        with gist.begun(history, tip) as book:
            new = record.read(history, policy, book, main=main, branches=branches)
            following = _following(kept, new, book, main, tip)
    else:
        _require_onwards(history, kept, file, main, tip)
        known = _book(kept, gist.read(history, tip, kept.ledger))
        since = Since(kept.main, kept.rounds)
        new = record.read(history, policy, known, main=main, branches=branches, since=since)
        following = _following(kept, new, known, main, tip)
    if following != kept:
        _save(file, following, log)
    done = [one for one in new.rounds if one.merge is not None]
    opened = tuple(one for one in new.rounds if one.merge is None)
    places = range(len(kept.lines), len(following.lines))
    return Reading(following.lines, dict(zip(places, done, strict=True)), opened, new.heads, new.genesis)


def reading(whole: Record) -> Reading:
    """The same of a record that nothing is kept of."""
    closed = [one for one in whole.rounds if one.merge is not None]
    opened = tuple(one for one in whole.rounds if one.merge is None)
    return Reading(tuple(map(_line, closed)), dict(enumerate(closed)), opened, whole.heads, whole.genesis)


def item_of(line: bytes) -> str:
    """Whose round a line is; nothing in an item's identity needs an escape."""
    return line[2 : line.index(b'"', 2)].decode()


def _officers(history: History, main: str) -> str:
    entry = history.find(history.tree_of(main), OFFICERS_FILE)
    return entry.oid if entry else ""


def _require_onwards(history: History, kept: Kept, file: Path, main: str, tip: str) -> None:
    for name, old, new in (("main", kept.main, main), ("agenda", kept.ledger, tip)):
        if not (history.holds(old) and history.is_ancestor(old, new)):
            raise SopanError(
                f"ALARM: {name} tidak lagi memuat {old[:10]}, yang sudah dibaca laporan sebelumnya; riwayat ditulis "
                f"ulang. Bandingkan dengan cadangan. Bila sebabnya jelas dan sah, hapus {file}, lalu ulangi."
            )


def _book(kept: Kept, new: Ledger) -> Ledger:
    """What the ledger's new records say, and of the old ones what is still needed."""
    known = {oid: datetime.fromisoformat(at) for oid, at in kept.received.items()}
    return replace(new, receipts={**new.receipts, **known}, genesis=kept.genesis)


def _following(kept: Kept, new: Record, book: Book, main: str, tip: str) -> Kept:
    """The cache with the rounds that were closed since, and the proofs that came in."""
    closed = [one for one in new.rounds if one.merge is not None]
    lines, unproven = list(kept.lines), dict(kept.unproven)
    for merge in kept.unproven.keys() & book.live.keys():
        place = unproven.pop(merge)
        lines[place] = _line(replace(_round(lines[place]), live_at=book.live[merge]))
    unproven |= {one.merge: len(lines) + n for n, one in enumerate(closed) if one.merge and one.live_at is None}
    held = {act.commit for one in closed for act in one.acts}
    return Kept(
        officers=kept.officers,
        genesis=new.genesis,
        main=main,
        ledger=tip,
        rounds=kept.rounds | {one.item: one.number for one in closed},
        received={oid: at.isoformat() for oid, at in book.receipts.items() if oid not in held},
        unproven=unproven,
        lines=(*lines, *map(_line, closed)),
    )


# -- on disk -----------------------------------------------------------------------------------------------------------


def _load(file: Path, officers: str) -> tuple[Kept, Log[bytes] | None]:
    """What was kept, and its log; nothing where there is nothing whole, or nothing of this form and these officers."""
    log = kept_log.load(file, bytes)
    fields = orjson.loads(log.head) if log else {}
    if log is None or fields.pop("form") != _FORM or fields["officers"] != officers:
        return Kept(officers, None, "", "", {}, {}, {}, ()), None
    return Kept(**fields, lines=log.rows), log


def _save(file: Path, kept: Kept, log: Log[bytes] | None) -> None:
    head = {"form": _FORM} | {key: value for key, value in vars(kept).items() if key != "lines"}
    kept_log.save(file, orjson.dumps(head), kept.lines, log)


def _line(one: Round) -> bytes:
    """An act is its fields in their order; orjson writes instants and the values of kinds as they are read back."""
    acts = [(*act[:_ROLES], _listed(act.roles), *act[_ROLES + 1 :]) for act in one.acts]
    return orjson.dumps([one.item, one.number, one.merge, one.live_at, acts])


@cache
def _listed(roles: frozenset[str]) -> list[str]:
    return sorted(roles)


def _round(line: bytes) -> Round:
    item, number, merge, live, acts = orjson.loads(line)
    live_at = datetime.fromisoformat(live) if live else None
    return Round(item=item, number=number, acts=tuple(map(_act, acts)), merge=merge, live_at=live_at)


def _act(fields: list[Any]) -> Act:
    commit, kind, at, dated, evidence, officer, roles, content, step, item, named, note = fields
    instants = datetime.fromisoformat(at), datetime.fromisoformat(dated)
    proof, held = Evidence(evidence), frozenset(roles)
    return Act(commit, Kind(kind), *instants, proof, officer, held, content, step, item, named, note)
