"""Branches as the gate reads them: from raw commits to acts and standing, with everything that is wrong on the way."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sopan import acts, chain, chain_rules, commits, content, evidence, policies, signature
from sopan.chain import Act, Kind, Standing
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.policy import ITEMS_FOLDER, Policy
from sopan.rules import dating, items, maintenance, screening, signing, trees
from sopan.rules.attached import Attached
from sopan.rules.maintenance import Signed
from sopan.signature import Verify


@dataclass(frozen=True)
class Grounds:
    """What judging goes by: the objects, the policy of `main`, the ledger's receipts, and the time of this receipt.

    `verify` judges signatures; whole histories are judged by one that starts no process for each. `verified` are the
    commits whose signature held when they were received: their bytes are their id, so it holds for ever. Whose key
    made it, and whether that person may act, is asked of policy every time. `removed` are the commits that no branch
    may bring again; what was accepted once is not asked for them.
    """

    history: History
    policy: Policy
    receipts: Mapping[str, datetime]
    at: datetime
    verify: Verify = signature.verified
    removed: Container[str] = frozenset()
    verified: Container[str] = frozenset()

    def received(self, oid: str) -> datetime:
        """When a commit was first received: in the ledger, or now."""
        return self.receipts.get(oid, self.at)


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
    line, findings = _line(grounds, head, main)
    if not line or findings:
        return ItemBranch(None, findings)
    folder = f"{ITEMS_FOLDER}/{identity}"
    for commit, parent in _with_parent_trees(grounds.history, line):
        findings += _shape(grounds, folder, main, commit, parent)
    if any(finding.rule in trees.UNREADABLE for finding in findings):
        return ItemBranch(None, findings)
    attached = Attached(grounds.history)
    findings += items.exempt(grounds.policy, folder)
    findings += _screened(grounds, attached, folder, line)
    makers = _makers(grounds, line)
    findings += [finding for _, wrong in makers for finding in wrong]
    done = tuple(_act(grounds, maker, folder_digest(grounds.history, maker.commit.tree, folder)) for maker, _ in makers)
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
    line, findings = _line(grounds, head, main)
    if not line or findings:
        return MaintenanceBranch((), findings)
    base = line[0].parents[0]
    signed: list[Signed] = []
    for commit, parent in _with_parent_trees(history, line):
        maker, wrong = sign(grounds, commit)
        signed.append(maker)
        findings += [*_parents(commit, 1), *wrong, *dating.author_date(commit)]
        findings += maintenance.tree(history, commit, parent)
        findings += said(grounds, commit)
    findings += maintenance.branch(grounds.policy.sop, grounds.policy.register, signed)
    findings += dating.dates([_act(grounds, maker, "") for maker in signed])
    if not findings and signed[-1].approves:
        findings += maintenance.named(line[-1], maintenance.digest(history, history.tree_of(base), line[-1].tree))
        findings += _own_rights(grounds, base, signed[-1])
    return MaintenanceBranch(tuple(signed), findings, base)


def _own_rights(grounds: Grounds, base: str, approval: Signed) -> Iterator[Finding]:
    """What an approval says of its maker's own rights; a policy that cannot be used is refused at the merge."""
    before, after = (policies.policy_findings(grounds.history, oid)[0] for oid in (base, approval.commit.oid))
    if before is not None and after is not None:
        yield from maintenance.own_rights(before.register, after.register, approval)


def sign(grounds: Grounds, commit: Commit) -> tuple[Signed, list[Finding]]:
    """Who made a commit and in which roles at its receipt, with what is wrong about that."""
    register, at = grounds.policy.register, grounds.received(commit.oid)
    verify = _held if commit.oid in grounds.verified else grounds.verify
    officer, findings = signing.signer(register, commit, at, verify)
    roles = register.roles_of(officer, at) if officer else frozenset[str]()
    return Signed(commit, officer, roles), findings


def _makers(grounds: Grounds, line: Sequence[Commit]) -> list[tuple[Signed, list[Finding]]]:
    """Who made each commit; work from the forge's editor is by whoever did the next act there, which covers it."""
    told: list[tuple[Signed, list[Finding]]] = []
    following: tuple[Signed, list[Finding]] | None = None
    for commit in reversed(line):
        if evidence.by_forge(commit) and grounds.policy.register.recorder_keys:
            told.append(_edited(grounds, commit, following))
            continue
        told.append(sign(grounds, commit))
        following = told[-1] if commit.trailers else following
    return told[::-1]


def _edited(
    grounds: Grounds, commit: Commit, following: tuple[Signed, list[Finding]] | None
) -> tuple[Signed, list[Finding]]:
    """Work from the forge's editor, which the act behind it covers only where that was done on the forge too."""
    if following is None or commits.EVIDENCE not in following[0].commit.trailers:
        return Signed(commit, None, frozenset()), [found("bukti-kerja", commit=commit.oid)]
    officer = following[0].officer
    roles = grounds.policy.register.roles_of(officer, grounds.received(commit.oid)) if officer else frozenset[str]()
    return Signed(commit, officer, roles), []


def _held(_principal: str, _line: str, _payload: bytes, _signature: bytes) -> bool:
    """The answer for what was verified before."""
    return True


def folder_digest(history: History, tree: str, folder: str) -> str:
    """What `SOP-Isi` names for a folder of a tree; of no files where the folder does not exist."""
    files = trees.files(history, tree, folder)
    return content.digest({name: history.blob(oid) for name, oid in files.items()})


def said(grounds: Grounds, commit: Commit) -> Iterator[Finding]:
    """What must not be published in the words of a commit that has not been received yet."""
    if commit.oid not in grounds.receipts:
        yield from screening.of_message(commit, grounds.policy.office)


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
    fresh = [pair for pair in _with_parent_trees(history, line) if pair[0].oid not in grounds.receipts]
    attached.examine(file for commit, parent in fresh for file in screening.brought(history, folder, commit, parent))
    for commit, parent in fresh:
        yield from screening.of_commit(attached, grounds.policy, folder, commit, parent)


def _line(grounds: Grounds, head: str, main: str) -> tuple[list[Commit], list[Finding]]:
    """The commits from `main` to the head, oldest first; one not canonical, or removed before, ends the reading."""
    oids = grounds.history.first_parents(head, main)
    parsed = [commits.parse(oid, grounds.history.commit(oid)) for oid in oids]
    findings = [finding for _, wrong in parsed for finding in wrong]
    findings += [found("cabang-dibuang", commit=oid) for oid in oids if oid in grounds.removed]
    line = [commit for commit, _ in parsed if commit is not None]
    if not parsed:
        findings.append(found("cabang-kosong", commit=head))
    elif line and not line[0].parents:
        findings.append(found("cabang-pangkal", commit=line[0].oid))
    return line, findings


def _with_parent_trees(history: History, line: Sequence[Commit]) -> Iterator[tuple[Commit, str]]:
    before = history.tree_of(line[0].parents[0])
    for commit in line:
        yield commit, before
        before = commit.tree


def _parents(commit: Commit, wanted: int) -> Iterator[Finding]:
    if len(commit.parents) != wanted:
        yield found("induk-jumlah", commit=commit.oid, jumlah=len(commit.parents), seharusnya=wanted)


def _shape(grounds: Grounds, folder: str, main: str, commit: Commit, parent: str) -> Iterator[Finding]:
    """A renewal is main's exact tree; everything else has one parent and changes the item's folder alone."""
    yield from dating.author_date(commit)
    if acts.kind(commit) is Kind.RENEW:
        yield from _parents(commit, acts.MERGE_PARENTS)
        yield from _renewal(grounds, commit, main)
    else:
        yield from _parents(commit, 1)
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


def _act(grounds: Grounds, maker: Signed, digest: str) -> Act:
    return acts.act(
        maker.commit,
        receipts=grounds.receipts,
        otherwise=grounds.at,
        officer=maker.officer,
        roles=maker.roles,
        content=digest,
    )
