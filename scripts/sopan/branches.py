"""Branches as the gate reads them: from raw commits to acts and standing, with everything that is wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sopan import acts, branch_line, chain, chain_rules, content, policies
from sopan.branch_line import Grounds
from sopan.chain import Act, Kind, Standing
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.rules import dating, items, maintenance, screening, trees
from sopan.rules.attached import Attached
from sopan.rules.maintenance import Signed


@dataclass(frozen=True)
class ItemBranch:
    """An item's branch, read: where it stands (None when it cannot be said), and what is wrong with it.

    `base` is the commit of `main` against which the item's folder must not have moved.
    """

    standing: Standing | None
    findings: list[Finding]
    base: str | None = None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class MaintenanceBranch:
    """A maintenance branch, read: its commits with their makers, what is wrong, and the commit of `main` it left."""

    chain: tuple[Signed, ...]
    findings: list[Finding]
    base: str | None = None


def read_item(grounds: Grounds, identity: str, *, head: str, main: str) -> ItemBranch:
    """The open round of an item: what its branch adds to `main`, judged commit by commit and as a chain."""
    line, findings = branch_line.read(grounds, head, main)
    if not line or findings:
        return ItemBranch(None, findings)
    folder = f"{ITEMS_FOLDER}/{identity}"
    for commit, parent in branch_line.with_parent_trees(grounds.history, line):
        findings += _shape(grounds, folder, main, commit, parent)
    if any(finding.rule in trees.UNREADABLE for finding in findings):
        return ItemBranch(None, findings)
    attached = Attached(grounds.history)
    findings += items.exempt(grounds.policy, folder)
    findings += _screened(grounds, attached, folder, line)
    makers = branch_line.makers(grounds, line)
    findings += [finding for _, wrong in makers for finding in wrong]
    signed = [(maker, folder_digest(grounds.history, maker.commit.tree, folder)) for maker, _ in makers]
    done = tuple(branch_line.act(grounds, maker, digest) for maker, digest in signed)
    findings += dating.dates(done)
    standing, wrong = _follow(grounds, identity, line[0].parents[0], done)
    findings += wrong
    findings += _validity(grounds, folder, line, done)
    findings += [
        finding
        for commit, act in zip(line, done, strict=True)
        for finding in confirmed(grounds, attached, folder, commit, act)
    ]
    return ItemBranch(standing, list(dict.fromkeys(findings)), _base(line), done)


def read_maintenance(grounds: Grounds, *, head: str, main: str) -> MaintenanceBranch:
    """A maintenance branch: plain signed commits, then at most one approval that names what changed."""
    history = grounds.history
    line, findings = branch_line.read(grounds, head, main)
    if not line or findings:
        return MaintenanceBranch((), findings)
    base = line[0].parents[0]
    signed: list[Signed] = []
    for commit, parent in branch_line.with_parent_trees(history, line):
        maker, wrong = branch_line.sign(grounds, commit)
        signed.append(maker)
        findings += [*branch_line.parents(commit, 1), *wrong, *dating.author_date(commit)]
        findings += maintenance.tree(history, commit, parent)
        findings += branch_line.said(grounds, commit)
    findings += maintenance.branch(grounds.policy.sop, grounds.policy.register, signed)
    findings += dating.dates([branch_line.act(grounds, maker, "") for maker in signed])
    if not findings and signed[-1].approves:
        findings += maintenance.named(line[-1], maintenance.digest(history, history.tree_of(base), line[-1].tree))
        findings += _own_rights(grounds, base, signed[-1])
    return MaintenanceBranch(tuple(signed), findings, base)


def _own_rights(grounds: Grounds, base: str, approval: Signed) -> Iterator[Finding]:
    """What an approval says of its maker's own rights; a policy that cannot be used is refused at the merge."""
    before, after = (policies.policy_findings(grounds.history, oid)[0] for oid in (base, approval.commit.oid))
    if before is not None and after is not None:
        yield from maintenance.own_rights(before.register, after.register, approval)


def folder_digest(history: History, tree: str, folder: str) -> str:
    """What `SOP-Isi` names for a folder of a tree; of no files where the folder does not exist."""
    files = trees.files(history, tree, folder)
    return content.digest({name: history.blob(oid) for name, oid in files.items()})


def confirmed(grounds: Grounds, attached: Attached, folder: str, commit: Commit, act: Act) -> Iterator[Finding]:
    """What officers say at first receipt of what no rule can decide.

    Whoever completes the item has read its scans; whoever makes the next step confirms the officials' data in it.
    """
    sop = grounds.policy.sop
    if act.kind not in {Kind.STEP, Kind.PUBLISH} or commit.oid in grounds.receipts:
        return
    if act.step == sop.completing.number:
        yield from screening.unread(attached, folder, commit)
    elif act.step == sop.following(sop.completing).number:
        yield from screening.confirmation(attached, grounds.policy, folder, commit)


def _screened(grounds: Grounds, attached: Attached, folder: str, line: Sequence[Commit]) -> Iterator[Finding]:
    """What must not be published, in each commit that has not been received yet."""
    history = grounds.history
    fresh = [pair for pair in branch_line.with_parent_trees(history, line) if pair[0].oid not in grounds.receipts]
    attached.examine(file for commit, parent in fresh for file in screening.brought(history, folder, commit, parent))
    for commit, parent in fresh:
        yield from screening.of_commit(attached, grounds.policy, folder, commit, parent)


def _shape(grounds: Grounds, folder: str, main: str, commit: Commit, parent: str) -> Iterator[Finding]:
    """A renewal is main's exact tree; everything else has one parent and changes the item's folder alone."""
    yield from dating.author_date(commit)
    if acts.kind(commit) is Kind.RENEW:
        yield from branch_line.parents(commit, acts.MERGE_PARENTS)
        yield from _renewal(grounds, commit, main)
    else:
        yield from branch_line.parents(commit, 1)
        limits = grounds.policy.office.limits
        yield from trees.changes_of_commit(grounds.history, limits, folder, commit.oid, (parent, commit.tree))
        yield from trees.count(grounds.history, limits, commit.oid, commit.tree, folder)


def _renewal(grounds: Grounds, commit: Commit, main: str) -> Iterator[Finding]:
    """It takes the tip of `main` (at first receipt; later, a commit of `main`) as second parent, and its exact tree."""
    history, taken = grounds.history, commit.parents[-1]
    judged_before = commit.oid in grounds.receipts
    if taken != main and not (judged_before and history.is_ancestor(taken, main)):
        yield found("selaras-main", commit=commit.oid)
    if commit.tree != history.tree_of(taken):
        yield found("selaras-isi", commit=commit.oid)


def _base(line: Sequence[Commit]) -> str:
    """The commit of `main` that the branch stands on: the last renewal's, else the one it began from."""
    renewed = [commit.parents[-1] for commit in line if acts.kind(commit) is Kind.RENEW]
    return renewed[-1] if renewed else line[0].parents[0]


def _follow(grounds: Grounds, identity: str, start: str, done: tuple[Act, ...]) -> tuple[Standing, list[Finding]]:
    history, sop = grounds.history, grounds.policy.sop
    before = folder_digest(history, history.tree_of(start), f"{ITEMS_FOLDER}/{identity}")
    return chain_rules.follow(sop, grounds.policy.register, identity, chain.opening(sop, before), done)


def _validity(grounds: Grounds, folder: str, line: Sequence[Commit], done: Sequence[Act]) -> Iterator[Finding]:
    """At each content step the item itself is judged: few fields early, complete from the last content step on."""
    sop = grounds.policy.sop
    contentful = {step.number for step in sop.chain if step.changes_content}
    for commit, act in zip(line, done, strict=True):
        if act.kind is Kind.STEP and act.step in contentful:
            complete = act.step >= sop.completing.number
            yield from items.validity(grounds.history, grounds.policy, folder, commit, complete=complete)
