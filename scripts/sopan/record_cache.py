"""Closed rounds, kept beside the repository, so that a report reads only what is new since the last one.

Damaged, of another form or of another petugas.yml, the file is made anew, and where it cannot be written all is read
each time. `main` and the ledger only ever go on: a history that does not continue what was read before is an alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import orjson

from sopan import gist, kept_lines, kept_log, policy_files, record
from sopan.chain import Act, Evidence, Kind, Round
from sopan.errors import SopanError
from sopan.history import LEDGER, History
from sopan.kept_log import Log, Row
from sopan.ledger import Book, Ledger
from sopan.policy import Policy
from sopan.record import Record, Since

FILE = kept_lines.FOLDER / "riwayat.jsonl"
_FORM = "riwayat/2"
_KINDS = {kind.value: kind for kind in Kind}
_PROOFS = {proof.value: proof for proof in Evidence}


@dataclass(frozen=True)
class Kept:
    """How to go on from what the last report read; the closed rounds themselves are the rows of its log.

    `officers` is the id of petugas.yml as an object, by which keys were given their owners. `rounds` counts each item's
    closed rounds, `received` are the receipts of commits that none of them holds, and `unproven` says at which place
    stand the merges that were not seen live yet.
    """

    officers: str
    genesis: str | None = None
    main: str = ""
    ledger: str = ""
    rounds: dict[str, int] = field(default_factory=dict)
    received: dict[str, str] = field(default_factory=dict)
    unproven: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """The closed rounds by place, in the order of their merges, and the open ones.

    `kept` are those that were closed before, as lines; those that were read or proven in this run stand in `rounds`.
    `genesis` is the tip of `main` from which the office began.
    """

    kept: Sequence[Row]
    rounds: Mapping[int, Round]
    opened: tuple[Round, ...]
    heads: Mapping[str, str]
    genesis: str | None

    @property
    def places(self) -> range:
        """The places of all closed rounds."""
        return range(max(len(self.kept), max(self.rounds, default=-1) + 1))

    @cached_property
    def lines(self) -> tuple[bytes, ...]:
        """All closed rounds as lines."""
        return tuple([_line(self.rounds[n]) if n in self.rounds else bytes(self.kept[n]) for n in self.places])

    def closed(self, place: int) -> Round:
        """The closed round at a place."""
        return self.rounds.get(place) or _round(self.kept[place])


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
    done = map(reading.closed, reading.places) if closed else ()
    return Record((*done, *reading.opened), reading.heads, reading.genesis)


def follow(
    history: History, policy: Policy, *, main: str, branches: Mapping[str, str], file: Path | None = None
) -> Reading | None:
    """Read what is new and keep it; None where there is no ledger, and so nothing that may be kept.

    SopanError where `main` or the ledger went back behind what was read before.
    """
    found = news(history, policy, main=main, branches=branches, file=file)
    if found is None:
        return None
    reading, keep = found
    keep()
    return reading


def news(
    history: History, policy: Policy, *, main: str, branches: Mapping[str, str], file: Path | None = None
) -> tuple[Reading, Callable[[], None]] | None:
    """The same, to be kept whenever it suits: by what is given beside the reading."""
    tip = history.resolve(LEDGER)
    if tip is None:
        return None
    file = file or history.git_folder / FILE
    kept, log = _load(file, _officers(history, main))
    rows = log.rows if log else ()
    _require_onwards(history, kept, file, main, tip)
    since = Since(kept.main, kept.rounds) if kept.main else None
    with _book(history, kept, tip) as book:
        new = record.read(history, policy, book, main=main, branches=branches, since=since)
        rounds = _changed(kept, rows, new, book)
        following = _following(kept, new, book, main=main, ledger=tip, unproven=_unproven(kept, rounds))
    found = replace(reading(new), kept=rows, rounds=rounds)
    return found, partial(_keep, file, kept, following, found, log)


def reading(whole: Record) -> Reading:
    """The same of a record that nothing is kept of."""
    opened = tuple(one for one in whole.rounds if one.merge is None)
    return Reading((), dict(enumerate(_closed(whole))), opened, whole.heads, whole.genesis)


def item_of(line: bytes) -> str:
    """Whose round a line is; nothing in an item's identity needs an escape."""
    return line[2 : line.index(b'"', 2)].decode()


def _officers(history: History, main: str) -> str:
    entry = history.find(history.tree_of(main), policy_files.OFFICERS_FILE)
    return entry.oid if entry else ""


def _require_onwards(history: History, kept: Kept, file: Path, main: str, tip: str) -> None:
    for name, old, new in (("main", kept.main, main), ("agenda", kept.ledger, tip)):
        if old and not (history.holds(old) and history.is_ancestor(old, new)):
            raise SopanError(
                f"ALARM: {name} tidak lagi memuat {old[:10]}, yang sudah dibaca laporan sebelumnya; riwayat ditulis "
                f"ulang. Bandingkan dengan cadangan. Bila sebabnya jelas dan sah, hapus {file}, lalu ulangi."
            )


@contextmanager
def _book(history: History, kept: Kept, tip: str) -> Iterator[Book]:
    """What the ledger says: all of it; or what its new records say, and of the old ones what is still needed."""
    if not kept.ledger:
        with gist.begun(history, tip) as book:
            yield book
        return
    new = gist.read(history, tip, kept.ledger)
    known = {oid: datetime.fromisoformat(at) for oid, at in kept.received.items()}
    yield replace(new, receipts={**new.receipts, **known}, genesis=kept.genesis)


def _changed(kept: Kept, rows: Sequence[Row], new: Record, book: Book) -> dict[int, Round]:
    """By their places the rounds of which a proof came in, and those that were closed since."""
    proven = {
        place: replace(_round(rows[place]), live_at=book.live[merge])
        for merge, place in kept.unproven.items()
        if merge in book.live
    }
    return proven | dict(enumerate(_closed(new), start=len(rows)))


def _closed(whole: Record) -> list[Round]:
    return [one for one in whole.rounds if one.merge is not None]


def _unproven(kept: Kept, changed: Mapping[int, Round]) -> dict[str, int]:
    still = {merge: place for merge, place in kept.unproven.items() if place not in changed}
    return still | {one.merge: place for place, one in changed.items() if one.merge and one.live_at is None}


def _following(kept: Kept, new: Record, book: Book, *, main: str, ledger: str, unproven: dict[str, int]) -> Kept:
    """How to go on from here."""
    closed = _closed(new)
    held = {act.commit for one in closed for act in one.acts}
    return Kept(
        officers=kept.officers,
        genesis=new.genesis,
        main=main,
        ledger=ledger,
        rounds=kept.rounds | {one.item: one.number for one in closed},
        received={oid: at.isoformat() for oid, at in book.receipts.items() if oid not in held},
        unproven=unproven,
    )


# -- on disk -----------------------------------------------------------------------------------------------------------


def _load(file: Path, officers: str) -> tuple[Kept, Log | None]:
    """What was kept, and its log; nothing where there is nothing whole, or nothing of this form and these officers."""
    log = kept_log.load(file)
    fields = orjson.loads(log.head) if log else {}
    if log is None or fields.pop("form") != _FORM or fields["officers"] != officers:
        return Kept(officers), None
    return Kept(**fields), log


def _keep(file: Path, before: Kept, now: Kept, reading: Reading, log: Log | None) -> None:
    if now != before:
        rows = {place: _line(one) for place, one in reading.rounds.items()}
        kept_log.save(file, orjson.dumps({"form": _FORM} | vars(now)), rows, log)


def _line(one: Round) -> bytes:
    acts = [
        (commit, kind._value_, at, dated, proof._value_, officer, _listed(roles), step, item, named, note)
        for commit, kind, at, dated, proof, officer, roles, _content, step, item, named, note in one.acts
    ]
    return orjson.dumps([one.item, one.number, one.merge, one.live_at, acts])


@cache
def _listed(roles: frozenset[str]) -> list[str]:
    return sorted(roles)


def _round(line: Row) -> Round:
    item, number, merge, live, acts = orjson.loads(line)
    live_at = datetime.fromisoformat(live) if live else None
    return Round(item=item, number=number, acts=tuple(map(_act, acts)), merge=merge, live_at=live_at)


def _act(fields: list[Any]) -> Act:
    """The act; its content is what it names, as in every act of a record."""
    commit, kind, at, dated, proof, officer, roles, step, item, named, note = fields
    instants, held = (datetime.fromisoformat(at), datetime.fromisoformat(dated)), frozenset(roles)
    return Act(commit, _KINDS[kind], *instants, _PROOFS[proof], officer, held, named or "", step, item, named, note)
