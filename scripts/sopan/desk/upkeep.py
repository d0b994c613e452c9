"""Maintenance at the desk: a change outside the items is proposed, read, approved by a second officer, and merged."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sopan import branches, commits, copies, joins, ledger_index, trailer
from sopan.branch_line import Grounds
from sopan.branches import MaintenanceBranch
from sopan.desk import drafts, edits
from sopan.desk.drafts import Draft
from sopan.desk.place import Desk, now
from sopan.errors import Refused
from sopan.finding import Finding
from sopan.history import MAIN, MAINTENANCE_REFS, NO_OBJECT, History
from sopan.item_path import ITEMS_FOLDER
from sopan.rules import maintenance
from sopan.trees import Change
from sopan.view import View


@dataclass(frozen=True)
class Opened:
    """A maintenance branch that `main` does not hold yet: its head, what the gate reads in it, and what it changes.

    `obstacles` are what would forbid its merge even when it is approved.
    """

    name: str
    head: str
    read: MaintenanceBranch
    changes: tuple[Change, ...]
    obstacles: tuple[Finding, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """The ids of the officers who made it, in order, each once."""
        return tuple(dict.fromkeys(one.officer for one in self.read.chain if one.officer and not one.approves))

    @property
    def approved(self) -> bool:
        """Whether a second officer closed it."""
        return self.read.chain[-1].approves


@dataclass(frozen=True)
class Done:
    """An act on a maintenance branch that the server took (or would take): the branch after it, and what was said.

    `not_shown` says why the work tree does not show the branch, empty where it does; None where the act did not ask.
    """

    branch: Opened
    said: tuple[str, ...] = ()
    not_shown: str | None = None


def propose(desk: Desk, name: str, note: str, *, simulate: bool) -> Done:
    """`rawat ajukan`: everything changed outside the items, as one commit from `main` or on the branch as it is."""
    held, ref = _copy(desk.history, name), MAINTENANCE_REFS + name
    merged = held is None or desk.history.is_ancestor(held, desk.seen.main)
    base = desk.seen.main if held is None or merged else held
    tree = edits.tree_with(desk.history, desk.history.tree_of(base), edits.taken(desk, base))
    draft = Draft(ref, held or NO_OBJECT, (base,), tree, commits.compose(f"Rawat: {name}", note, {}))
    commit = drafts.judged(desk, draft)
    branch = _mergeable(opened(desk.history, desk.seen, name, commit))
    if simulate:
        return Done(branch)
    said = drafts.sent(desk, draft, commit)
    return Done(branch, said, edits.lay_out(desk.history, ref.removeprefix("refs/heads/"), commit))


def approve(desk: Desk, name: str, note: str, *, simulate: bool) -> Done:
    """`rawat setujui`: the empty commit of a second officer over what changed; what cannot be merged is refused."""
    branch = _mergeable(find(desk.history, desk.seen, name))
    if branch.approved:
        raise Refused([f"rawat/{name} sudah disetujui; gabungkan dengan `sopan rawat gabung {name}`."])
    message = commits.compose(f"Setuju: rawat/{name}", note, _trailers(desk.history, branch, trailer.APPROVE))
    tree = desk.history.tree_of(branch.head)
    draft = Draft(MAINTENANCE_REFS + name, branch.head, (branch.head,), tree, message)
    commit = drafts.judged(desk, draft)
    said = () if simulate else drafts.sent(desk, draft, commit)
    return Done(opened(desk.history, desk.seen, name, commit), said)


def join(desk: Desk, name: str, *, simulate: bool) -> Done:
    """`rawat gabung`: the merge on `main`, which takes the branch's files outside the items and `main`'s items."""
    branch, history, main = find(desk.history, desk.seen, name), desk.history, desk.seen.main
    items = history.find(history.tree_of(main), ITEMS_FOLDER)
    tree = history.replace(history.tree_of(branch.head), ITEMS_FOLDER, items)
    message = commits.compose(f"Gabung: rawat/{name}", "", _trailers(history, branch, trailer.JOIN))
    draft = Draft(MAIN, main, (main, branch.head), tree, message)
    commit = drafts.judged(desk, draft)
    return Done(branch, () if simulate else drafts.sent(desk, draft, commit))


def find(history: History, seen: View, name: str) -> Opened:
    """The open maintenance branch of this name; Refused where there is none, or where it is merged already."""
    head = _copy(history, name)
    if head is None:
        raise Refused([_unknown(history, seen, name)])
    if history.is_ancestor(head, seen.main):
        raise Refused([f"rawat/{name} sudah digabung ke main; tidak ada lagi yang menunggu."])
    return opened(history, seen, name, head)


def opened(history: History, seen: View, name: str, head: str) -> Opened:
    """A maintenance branch as the gate reads it; Refused with what is wrong with it."""
    grounds = Grounds(history, seen.policy, ledger_index.read(history), now())
    read = branches.read_maintenance(grounds, head=head, main=seen.main)
    if read.findings or read.base is None:
        raise Refused([finding.sentence() for finding in read.findings])
    changes = tuple(history.changes(history.tree_of(read.base), history.tree_of(head)))
    obstacles = tuple(joins.obstacles(history, read, head=head, main=seen.main))
    return Opened(name, head, read, changes, obstacles)


def difference(history: History, branch: Opened) -> str:
    """What the branch changes, as git's own text between the commit of `main` that it left and its head."""
    words = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-prefix")
    return history.run("diff", *words, branch.read.base or NO_OBJECT, branch.head)


def _mergeable(branch: Opened) -> Opened:
    if branch.obstacles:
        raise Refused([replace(finding, commit=None).sentence() for finding in branch.obstacles])
    return branch


def _trailers(history: History, branch: Opened, act: str) -> dict[str, str]:
    base = branch.read.base or branch.head
    content = maintenance.digest(history, history.tree_of(base), history.tree_of(branch.head))
    return {trailer.MAINTENANCE: act, trailer.CONTENT: content}


def _copy(history: History, name: str) -> str | None:
    return history.resolve(copies.copy_of(MAINTENANCE_REFS + name))


def _unknown(history: History, seen: View, name: str) -> str:
    """That there is no such branch, with the nearest name or all that are open."""
    known = sorted(_open_names(history, seen))
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"Tidak ada cabang rawat/{name}; mungkin maksud Anda rawat/{near[0]}."
    listed: Sequence[str] = [f"rawat/{one}" for one in known]
    return f"Tidak ada cabang rawat/{name}; yang terbuka: {', '.join(listed) or 'tidak ada'}."


def _open_names(history: History, seen: View) -> Iterator[str]:
    prefix = copies.copy_of(MAINTENANCE_REFS)
    for ref, oid in history.refs(prefix).items():
        if not history.is_ancestor(oid, seen.main):
            yield ref.removeprefix(prefix)
