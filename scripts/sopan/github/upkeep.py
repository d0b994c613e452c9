"""Maintenance on GitHub: commits by officers' own keys, a second officer's word, and the merge by one of the two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sopan import branches, commits, evidence, gate, joins, signature, statements, trailer
from sopan.branches import MaintenanceBranch
from sopan.errors import Refused
from sopan.evidence import Event
from sopan.finding import Finding
from sopan.github import acting, thread
from sopan.github import place as places
from sopan.github.merging import Joining
from sopan.github.orders import Order, Verb
from sopan.github.place import Place
from sopan.github.pulls import Pull, Said
from sopan.history import MAINTENANCE_REFS, NO_OBJECT
from sopan.item_path import ITEMS_FOLDER
from sopan.ledger import Record, RecordKind
from sopan.moves import Move
from sopan.officers import Officer
from sopan.rules import maintenance


@dataclass(frozen=True)
class Wanted:
    """What an officer wants of a maintenance branch: its approval, or where it is approved its merge."""

    pull: Pull
    officer: Officer
    event: Event
    note: str
    read: MaintenanceBranch
    content: str

    @property
    def name(self) -> str:
        """The branch's own name."""
        return self.pull.ref.removeprefix(MAINTENANCE_REFS)

    @property
    def approved(self) -> bool:
        """Whether a second officer closed it already."""
        return self.read.chain[-1].approves

    @property
    def told(self) -> str:
        """The act in words."""
        act = "penggabungan" if self.approved else "persetujuan"
        return f"{act} rawat/{self.name} oleh {self.officer.name}"


def understood(place: Place, pull: Pull, said: Said, order: Order) -> Wanted:
    """What is wanted, of a branch that the gate finds nothing amiss with."""
    if order.verb is not Verb.STEP:
        raise Refused([thread.UPKEEP_ONLY])
    officer, _ = acting.who(place, pull, said)
    places.require_fetched(place, pull)
    history = place.history
    read = branches.read_maintenance(places.grounds(place, place.instant(said.at)), head=pull.head, main=place.main)
    _require_nothing(read.findings)
    _require_nothing(list(joins.obstacles(history, read, head=pull.head, main=place.main)))
    content = maintenance.digest(history, history.tree_of(read.base or pull.head), history.tree_of(pull.head))
    event = Event(said.kind, said.number, said.account, said.at, pull.head)
    return Wanted(pull, officer, event, order.text, read, content)


def approve(place: Place, key: Path, wanted: Wanted, at: datetime) -> Pull:
    """The approval as an empty commit, signed by the recorder, judged and recorded; gives the pull request after it."""
    history, head = place.history, wanted.pull.head
    said = statements.approval(wanted.name, wanted.note, wanted.content)
    payload = commits.build(
        tree=history.tree_of(head),
        parents=(head,),
        who=(wanted.officer.name, wanted.officer.email),
        at=at.astimezone(place.policy.office.zone),
        message=said.message({trailer.EVIDENCE: evidence.write(wanted.event)}),
    )
    made = history.write("commit", commits.attach(payload, signature.sign(payload, key)))
    last, book = place.book.last(wanted.pull.ref), place.book
    old = last.new if last else NO_OBJECT
    move = Move(wanted.pull.ref, old, made)
    _require_nothing(gate.judge(history, move, main=place.main, receipts=book, removed=book.removed, at=at))
    entry = Record(
        kind=RecordKind.RECEIPT,
        at=at,
        ref=wanted.pull.ref,
        old=old,
        new=made,
        pusher=f"github {wanted.event.account}",
        policy=place.policy.register.version,
        received=places.received(place, made, old),
    )
    places.save(place, key, [entry], {wanted.pull.ref: made})
    return replace(wanted.pull, head=made)


def joining(place: Place, wanted: Wanted) -> Joining:
    """The merge: the branch's files outside the items, and `main`'s items."""
    history = place.history
    items = history.find(history.tree_of(place.main), ITEMS_FOLDER)
    tree = history.replace(history.tree_of(wanted.pull.head), ITEMS_FOLDER, items)
    return Joining(wanted.pull, wanted.event, statements.joining(wanted.name, wanted.content), tree)


def _require_nothing(findings: list[Finding]) -> None:
    if findings:
        raise Refused([replace(finding, commit=None).sentence() for finding in findings])
