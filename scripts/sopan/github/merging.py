"""The last step: the merge, made by GitHub over REST at the head that was approved, under trailers that are sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sopan import commits, evidence, gate, policies, signature, trailer
from sopan.copies import copy_of
from sopan.errors import Refused, SopanError
from sopan.evidence import Event
from sopan.github import acting, checking, thread
from sopan.github import place as places
from sopan.github.acting import Act
from sopan.github.place import Place
from sopan.github.pulls import Pull
from sopan.history import MAIN
from sopan.item_path import folder
from sopan.ledger import Record, RecordKind
from sopan.moves import Move
from sopan.statements import Statement

_FORGE = ("GitHub", "noreply@github.com")
METHOD = "merge"


@dataclass(frozen=True)
class Joining:
    """A merge before it is made: the pull request, on what event, what it says, and the tree that it must have."""

    pull: Pull
    event: Event
    said: Statement
    tree: str


def of_item(place: Place, act: Act) -> Joining:
    """The last step of an item: old `main` with this one folder replaced, and nothing else."""
    if act.branch.recorded != act.pull.head:
        raise Refused([thread.STALE])
    history = place.history
    entry = history.find(history.tree_of(act.pull.head), folder(act.branch.item))
    tree = history.replace(history.tree_of(place.main), folder(act.branch.item), entry)
    return Joining(act.pull, act.event, acting.statement_of_step(place, act), tree)


def merge(place: Place, key: Path, wanted: Joining, at: datetime) -> str:
    """Judge the merge that is about to be, let GitHub make it, judge what it made, and record it; gives the merge."""
    message = _message(key, wanted)
    _require_legal(place, wanted, message, at)
    checking.post(place, wanted.pull.head, checking.GREEN, "Tindakan terakhir diberikan; digabungkan")
    title, _, rest = message.partition("\n\n")
    answer = place.rest.put(
        f"pulls/{wanted.pull.number}/merge",
        {
            "sha": wanted.pull.head,
            "merge_method": METHOD,
            "commit_title": title,
            "commit_message": rest.rstrip("\n"),
        },
    )
    places.fetch(place.history, place.rest)
    made = place.history.resolve(copy_of(MAIN))
    if made is None or not place.history.is_ancestor(str(answer["sha"]), made):
        raise SopanError("GitHub menyatakan sudah menggabungkan, tetapi main tidak memuatnya; periksa repositori.")
    recorded(place, key)
    return str(answer["sha"])


def recorded(place: Place, key: Path) -> None:
    """Bring the ledger up to `main`: every move since its last record is judged; SopanError is an alarm."""
    places.insist(place, lambda: _record(place, key))


def _record(place: Place, key: Path) -> None:
    book, main = place.book, place.history.resolve(copy_of(MAIN)) or place.main
    last = book.main()
    if last is None or last == main:
        return
    if not place.history.is_ancestor(last, main):
        raise SopanError("ALARM: main tidak lagi memuat yang sudah tercatat di agenda; riwayatnya ditulis ulang.")
    entries = []
    for new in place.history.first_parents(main, last):
        at = place.instant(_dated(place, new))
        findings = gate.judge(
            place.history, Move(MAIN, last, new), main=last, receipts=book, removed=book.removed, at=at
        )
        if findings:
            told = "; ".join(finding.sentence() for finding in findings)
            raise SopanError(f"ALARM: main bergerak tanpa melalui gerbang, jadi tidak diterbitkan. {told}")
        entries.append(_entry(place, last, new, at))
        last = new
    places.save(place, key, entries, {})


def _message(key: Path, wanted: Joining) -> str:
    """The merge's message: the act's trailers, the evidence, and the recorder's signature over both."""
    block = {**wanted.said.trailers, trailer.EVIDENCE: evidence.write(wanted.event)}
    seal = evidence.seal(signature.sign(evidence.sealed(block), key))
    return wanted.said.message({trailer.EVIDENCE: block[trailer.EVIDENCE], trailer.SEAL: seal})


def _require_legal(place: Place, wanted: Joining, message: str, at: datetime) -> None:
    """The merge as GitHub will make it, judged before it does."""
    history, book, parents = place.history, place.book, (place.main, wanted.pull.head)
    payload = commits.build(tree=wanted.tree, parents=parents, who=_FORGE, at=at, message=message)
    move = Move(MAIN, place.main, history.write("commit", payload))
    findings = gate.judge(history, move, main=place.main, receipts=book, removed=book.removed, at=at)
    if findings:
        raise Refused([replace(finding, commit=None).sentence() for finding in findings])


def _dated(place: Place, merge: str) -> datetime:
    """When GitHub made a merge, by its own clock."""
    commit, findings = commits.parse(merge, place.history.commit(merge))
    if commit is None:
        told = "; ".join(finding.sentence() for finding in findings)
        raise SopanError(f"ALARM: main memuat komit yang tidak berbentuk baku, jadi tidak diterbitkan. {told}")
    return commit.dated


def _entry(place: Place, old: str, new: str, at: datetime) -> Record:
    commit, _ = commits.parse(new, place.history.commit(new))
    event = evidence.read(commit.trailers) if commit else None
    return Record(
        kind=RecordKind.RECEIPT,
        at=at,
        ref=MAIN,
        old=old,
        new=new,
        pusher=f"github {event.account}" if event else "github",
        policy=policies.policy_at(place.history, old).register.version,
        received=tuple(oid for oid in reversed(place.history.graph(new, without=(old,))) if oid not in place.book),
    )
