"""A commit on its way to the server: built, signed, judged here as the server will judge it, and sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopan import commits, gate, ledger_index, remotes, signature
from sopan.copies import REMOTE
from sopan.desk.place import Desk, now
from sopan.errors import Refused
from sopan.moves import Move


@dataclass(frozen=True)
class Draft:
    """An act before it is signed: where it goes, on what it stands, what it holds and says."""

    ref: str
    old: str
    parents: tuple[str, ...]
    tree: str
    message: str


def judged(desk: Desk, draft: Draft) -> str:
    """Sign the draft and judge its move as the server will; gives the commit, or Refused with every finding."""
    commit = _signed(desk, draft)
    move, book = Move(draft.ref, draft.old, commit), ledger_index.read(desk.history)
    findings = gate.judge(desk.history, move, main=desk.seen.main, receipts=book, removed=book.removed, at=now())
    if findings:
        raise Refused([replace(finding, commit=None).sentence() for finding in findings])
    return commit


def sent(desk: Desk, draft: Draft, commit: str) -> tuple[str, ...]:
    """Send the commit to where the draft goes; gives what the server said."""
    return tuple(remotes.push(desk.history, REMOTE, commit, draft.ref))


def _signed(desk: Desk, draft: Draft) -> str:
    who = (desk.me.name, desk.me.email)
    payload = commits.build(tree=draft.tree, parents=draft.parents, who=who, at=desk.now(), message=draft.message)
    return desk.history.write("commit", commits.attach(payload, signature.sign(payload, desk.key)))
