"""Moves of `main`: nothing but the merge of one item whose chain is whole, or of one approved maintenance branch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sopan import acts, branch_line, branches, chain, chain_rules, codeowners, commits, policies, trailer
from sopan.branch_line import Grounds
from sopan.branches import ItemBranch, MaintenanceBranch
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.policy_files import CODEOWNERS_FILE, OFFICERS_FILE, is_policy
from sopan.quoting import Own
from sopan.rules import dating, maintenance, trees
from sopan.rules.attached import Attached


def judge(grounds: Grounds, *, old: str, new: str) -> list[Finding]:
    """Everything that forbids moving `main` from `old` to `new`."""
    merge, findings = commits.parse(new, grounds.history.commit(new))
    if merge is None:
        return findings
    if len(merge.parents) != acts.MERGE_PARENTS or not merge.trailers:
        return [found("main-bukan-gabungan", commit=new)]
    if merge.parents[0] != old:
        return [found("main-induk", commit=new)]
    findings += [*dating.author_date(merge), *branch_line.said(grounds, merge)]
    if merge.trailers.get(trailer.MAINTENANCE) == trailer.JOIN:
        return [*findings, *_maintenance(grounds, merge, old)]
    if acts.kind(merge) is chain.Kind.PUBLISH:
        return [*findings, *_publication(grounds, merge, old)]
    return [found("main-bukan-gabungan", commit=new)]


def _publication(grounds: Grounds, merge: Commit, old: str) -> list[Finding]:
    """The item's branch is legal, the merge is its last step, and the tree is old `main` with this one folder new."""
    identity, head = merge.trailers[trailer.ITEM], merge.parents[1]
    branch = branches.read_item(grounds, identity, head=head, main=old)
    if branch.standing is None:
        return [_nothing_new(finding, merge) for finding in branch.findings]
    folder = f"{ITEMS_FOLDER}/{identity}"
    return [
        *branch.findings,
        *_last_step(grounds, identity, merge, branch),
        *_unmoved(grounds, folder, branch.base or old, merge),
        *_exact_tree(grounds, folder, merge),
    ]


def _nothing_new(finding: Finding, merge: Commit) -> Finding:
    return found("main-cabang", commit=merge.oid) if finding.rule == "cabang-kosong" else finding


def _last_step(grounds: Grounds, identity: str, merge: Commit, branch: ItemBranch) -> Iterator[Finding]:
    """The merge as the chain's last act: in its turn, by its role, over the bytes that were approved, dated now."""
    if branch.standing is None:
        return
    maker, wrong = branch_line.sign(grounds, merge)
    yield from wrong
    folder = f"{ITEMS_FOLDER}/{identity}"
    act = acts.act(
        merge,
        receipts=grounds.receipts,
        otherwise=grounds.at,
        officer=maker.officer,
        roles=maker.roles,
        content=branches.folder_digest(grounds.history, merge.tree, folder),
    )
    yield from dating.dates([*branch.acts[-1:], act])
    sop, register = grounds.policy.sop, grounds.policy.register
    yield from chain_rules.follow(sop, register, identity, branch.standing, (act,))[1]
    yield from branches.confirmed(grounds, Attached(grounds.history), folder, merge, act)


def _unmoved(grounds: Grounds, folder: str, base: str, merge: Commit) -> Iterator[Finding]:
    """The item on `main` is what the chain started from."""
    now, then = (
        trees.folder_tree(grounds.history, grounds.history.tree_of(oid), folder) for oid in (merge.parents[0], base)
    )
    if now != then:
        yield found("main-butir-berubah", commit=merge.oid)


def _exact_tree(grounds: Grounds, folder: str, merge: Commit) -> Iterator[Finding]:
    """No content merge is ever run: old `main`'s tree with this folder replaced by the branch's, and nothing else."""
    history = grounds.history
    old, head = (history.tree_of(oid) for oid in merge.parents)
    strays = (c.path for c in history.changes(old, merge.tree) if not c.path.startswith(folder.encode() + b"/"))
    yield from _strays(merge, strays, "main-pohon", folder)
    if trees.folder_tree(history, merge.tree, folder) != trees.folder_tree(history, head, folder):
        yield found("main-pohon", commit=merge.oid, file=folder, folder=folder)


def _strays(merge: Commit, paths: Iterator[bytes], rule: str, folder: str) -> Iterator[Finding]:
    for path in islice(paths, trees.SHOWN_CHANGES):
        yield found(rule, commit=merge.oid, file=path.decode(errors="replace"), folder=folder)


def _maintenance(grounds: Grounds, merge: Commit, old: str) -> list[Finding]:
    """An approved maintenance branch: its tree outside the items, `main`'s items, and a policy that can be used."""
    branch = branches.read_maintenance(grounds, head=merge.parents[1], main=old)
    if not branch.chain or branch.base is None:
        return [_nothing_new(finding, merge) for finding in branch.findings]
    maker, wrong = branch_line.sign(grounds, merge)
    findings = [*branch.findings, *wrong, *maintenance.joined(grounds.policy.register, maker, branch.chain)]
    findings += dating.receipt(merge.oid, merge.committer.at, grounds.received(merge.oid))
    findings += _joined_tree(grounds, merge, branch)
    return findings or [*next_policy(grounds.history, merge.oid, old)]


def obstacles(history: History, branch: MaintenanceBranch, *, head: str, main: str) -> Iterator[Finding]:
    """What would forbid the merge of a maintenance branch whoever approved it, told before anybody does."""
    if branch.base is None:
        return
    if any(maintenance.outside_items(history, history.tree_of(branch.base), history.tree_of(main))):
        yield found("rawat-usang", commit=head)
    else:
        yield from next_policy(history, head, main)


def _joined_tree(grounds: Grounds, merge: Commit, branch: MaintenanceBranch) -> Iterator[Finding]:
    """Nothing outside the items moved on `main` meanwhile; the merge takes the branch's rest and `main`'s items."""
    history = grounds.history
    old, head, base = (history.tree_of(oid) for oid in (*merge.parents, branch.base or merge.parents[0]))
    if any(maintenance.outside_items(history, base, old)):
        yield found("rawat-usang", commit=merge.oid)
    paths = (path.encode() for path in maintenance.outside_items(history, head, merge.tree))
    yield from _strays(merge, paths, "rawat-pohon", ITEMS_FOLDER)
    if trees.folder_tree(history, merge.tree, ITEMS_FOLDER) != trees.folder_tree(history, old, ITEMS_FOLDER):
        yield found("rawat-pohon", commit=merge.oid, file=ITEMS_FOLDER, folder=ITEMS_FOLDER)
    yield from maintenance.named(merge, maintenance.digest(history, base, head))


def next_policy(history: History, following: str, old: str) -> Iterator[Finding]:
    """Policy that a commit makes of `old`'s must be usable, and newer by its own version when any of it changed."""
    changed = history.changes(history.tree_of(old), history.tree_of(following))
    if not any(is_policy(change.path.decode(errors="replace")) for change in changed):
        return
    made, wrong = policies.policy_findings(history, following)
    yield from (found("rawat-sah", commit=following, file=f.file, line=f.line, sebab=Own(f.message)) for f in wrong)
    if made is None:
        return
    before, after = policies.policy_at(history, old).register, made.register
    if after.version <= before.version:
        yield found("rawat-versi", commit=following, file=OFFICERS_FILE, lama=before.version, baru=after.version)
    yield from maintenance.kept_revocations(before, after, following)
    actual = history.read(following, CODEOWNERS_FILE)
    yield from codeowners.drift(actual, codeowners.expected(made.sop, made.office))
