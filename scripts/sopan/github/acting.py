"""An order in a thread becomes the commit that an officer's own command would make, with evidence of who said it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from sopan import branches, commits, evidence, gate, remotes, signature, statements, trailer
from sopan.copies import REMOTE
from sopan.errors import Refused
from sopan.evidence import Event
from sopan.github import place as places
from sopan.github import pulls, thread
from sopan.github.orders import Order, Verb
from sopan.github.place import Branch, Place
from sopan.github.pulls import Pull, Push, Said
from sopan.history import NO_OBJECT
from sopan.item_path import folder
from sopan.ledger import Record, RecordKind
from sopan.moves import Move
from sopan.officers import Officer
from sopan.statements import Statement

_APPROVED, _CHANGES = "APPROVED", "CHANGES_REQUESTED"


@dataclass(frozen=True)
class Act:
    """What somebody does: the order, who that is, on which item's branch, and on what event."""

    order: Order
    officer: Officer
    pull: Pull
    branch: Branch
    said: Said

    @property
    def event(self) -> Event:
        """The evidence: what was said, by which account, when, and of which commit."""
        return Event(self.said.kind, self.said.number, self.said.account, self.said.at, self.pull.head)


def order_of_review(said: Said) -> Order | None:
    """Approval finishes the step, a request for changes returns it to the SOP's own target; other reviews are talk."""
    if said.state == _APPROVED:
        return Order(Verb.STEP, None, said.body.strip())
    if said.state == _CHANGES:
        return Order(Verb.RETURN, None, said.body.strip())
    return None


def who(place: Place, pull: Pull, said: Said) -> tuple[Officer, list[Push]]:
    """The officer who says this of the branch as it stands, unchanged; and how the branch came to stand there."""
    _require_own_words(pull, said)
    officer = _officer(place, said)
    pushes = pulls.pushes(place.rest, pull)
    if said.head not in {None, pull.head} or any(push.at > said.at for push in pushes):
        raise Refused([thread.STALE])
    return officer, pushes


def understood(place: Place, pull: Pull, said: Said, order: Order) -> Act:
    """The act, once it is sure who says this, that nobody changed it, and that the branch is as that person saw it."""
    officer, pushes = who(place, pull, said)
    branch = places.branch_of(place, pull)
    act = Act(order, officer, pull, branch, said)
    _require_turn(place, act)
    _require_own_edits(place, act, pushes)
    return act


def restore(place: Place, pull: Pull, said: Said) -> None:
    """Take edits that no act covers off the pull request's branch, by whoever is awaited or opens the chain."""
    officer, _ = who(place, pull, said)
    branch = places.branch_of(place, pull)
    may = {branch.standing.due.role.code, place.policy.sop.first.role.code}
    if may.isdisjoint(place.policy.register.roles_of(officer.id, said.at)):
        raise Refused([thread.wrong_turn(place.policy, branch.standing, officer.name, said.at)])
    if branch.recorded in {NO_OBJECT, pull.head}:
        raise Refused([thread.NOTHING_TO_RESTORE])
    environment = place.rest.surroundings.git_environment()
    remotes.send(place.history, REMOTE, {pull.ref: branch.recorded}, environment, instead_of=pull.head)


def commit(place: Place, key: Path, act: Act, at: datetime) -> str:
    """The commit of an act on the branch, signed by the recorder and judged; Refused with every finding."""
    said = _statement(place, act)
    history, head = place.history, act.pull.head
    renews = act.order.verb is Verb.RENEW
    payload = commits.build(
        tree=history.tree_of(place.main if renews else head),
        parents=(head, place.main) if renews else (head,),
        who=(act.officer.name, act.officer.email),
        at=at.astimezone(place.policy.office.zone),
        message=said.message({trailer.EVIDENCE: evidence.write(act.event)}),
    )
    made = history.write("commit", commits.attach(payload, signature.sign(payload, key)))
    move = Move(act.branch.ref, act.branch.recorded, made)
    book = place.book
    findings = gate.judge(history, move, main=place.main, receipts=book, removed=book.removed, at=at)
    if findings:
        raise Refused([replace(finding, commit=None).sentence() for finding in findings])
    return made


def record(place: Place, key: Path, act: Act, made: str, at: datetime) -> None:
    """Write the receipt, and move the pull request's branch and the recorded one, all together."""
    entry = Record(
        kind=RecordKind.RECEIPT,
        at=at,
        ref=act.branch.ref,
        old=act.branch.recorded,
        new=made,
        pusher=f"github {act.said.account}",
        policy=place.policy.register.version,
        received=places.received(place, made, act.branch.recorded),
    )
    places.save(place, key, [entry], {act.pull.ref: made, act.branch.ref: made})


def statement_of_step(place: Place, act: Act) -> Statement:
    """What finishing the awaited step says, over the item as it lies on the branch."""
    content = branches.folder_digest(place.history, place.history.tree_of(act.pull.head), folder(act.branch.item))
    return statements.step(act.branch.item, act.branch.standing.due, act.order.text, content)


def told(act: Act) -> str:
    """The act in words, as the thread is told."""
    due = act.branch.standing.due
    names = {
        Verb.START: f"{act.officer.name} mulai mengerjakan langkah {due.number}",
        Verb.STEP: f"langkah {due.number} ({due.action}) oleh {act.officer.name}",
        Verb.CANCEL: f"pembatalan oleh {act.officer.name}",
        Verb.RENEW: f"penyelarasan dengan main oleh {act.officer.name}",
    }
    return names.get(act.order.verb, f"pengembalian ke langkah {_target(act)} oleh {act.officer.name}")


def _require_own_words(pull: Pull, said: Said) -> None:
    if said.bot:
        raise Refused([thread.BOT])
    if said.edited:
        raise Refused([thread.EDITED])
    if not pull.open:
        raise Refused([thread.CLOSED])


def _officer(place: Place, said: Said) -> Officer:
    """Whose account this is, by its number: names and addresses can be given up and taken by others."""
    found = [one for one in place.policy.register.officers if one.github and one.github == said.account]
    if not found:
        raise Refused([thread.STRANGER])
    return found[0]


def _require_turn(place: Place, act: Act) -> None:
    """Who acts holds the awaited role; recalls and cancellations have rules of their own, which the gate knows."""
    if act.order.verb in {Verb.RECALL, Verb.CANCEL}:
        return
    roles = place.policy.register.roles_of(act.officer.id, act.said.at)
    standing = act.branch.standing
    if standing.due.role.code not in roles and not _takes_back(act):
        raise Refused([thread.wrong_turn(place.policy, standing, act.officer.name, act.said.at)])


def _takes_back(act: Act) -> bool:
    made = act.branch.standing.made
    returns = act.order.verb is Verb.RETURN
    return returns and made is not None and (made.officer, made.step) == (act.officer.id, _target(act))


def _require_own_edits(place: Place, act: Act, pushes: list[Push]) -> None:
    """Edits that nobody signed count as the officer's only where that account pushed all of them."""
    if not _unsigned(place, act):
        return
    recorded = act.branch.recorded
    fresh = list(takewhile(lambda push: push.after != recorded, pushes))
    begun = recorded == NO_OBJECT or place.history.is_ancestor(recorded, place.main)
    # The list must reach back to what was recorded, or to where the branch began.
    told = bool(fresh) and (begun or len(fresh) < len(pushes))
    if not told or any(push.account != act.officer.github for push in fresh):
        raise Refused([thread.OTHERS_EDITS])


def _unsigned(place: Place, act: Act) -> bool:
    """Whether the branch holds work of the forge's editor that no act covers yet."""
    history = place.history
    known = {oid for oid in (place.main, act.branch.recorded) if oid != NO_OBJECT}
    parsed = (commits.parse(oid, history.commit(oid))[0] for oid in history.first_parents(act.pull.head, *known))
    return any(one is not None and evidence.by_forge(one) for one in parsed)


def _target(act: Act) -> int | None:
    """The step that a return or recall goes back to: the one that is named, or the SOP's own."""
    standing = act.branch.standing
    if act.order.verb is Verb.RECALL:
        made = standing.made
        if made is None or made.officer != act.officer.id:
            raise Refused([thread.NOTHING_TO_RECALL])
        return made.step
    return act.order.step if act.order.step is not None else standing.due.returns_to


def _statement(place: Place, act: Act) -> Statement:
    item, text = act.branch.item, act.order.text
    match act.order.verb:
        case Verb.START:
            return statements.start(item, act.branch.standing.due)
        case Verb.CANCEL:
            return statements.cancel(item, text)
        case Verb.RENEW:
            return statements.renew(item, text)
        case Verb.RETURN | Verb.RECALL:
            target = _target(act)
            if target is None:
                raise Refused([thread.NO_RETURN])
            content = branches.folder_digest(place.history, place.history.tree_of(act.pull.head), folder(item))
            return statements.back(item, target, text, content)
        case _:
            return statement_of_step(place, act)
