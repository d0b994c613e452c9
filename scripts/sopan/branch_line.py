"""A branch as the line of commits that it adds to `main`: what it is judged by, and who made each of them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sopan import acts, commits, evidence, signature, trailer
from sopan.chain import Act
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.policy import Policy
from sopan.rules import screening, signing
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


def read(grounds: Grounds, head: str, main: str) -> tuple[list[Commit], list[Finding]]:
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


def with_parent_trees(history: History, line: Sequence[Commit]) -> Iterator[tuple[Commit, str]]:
    """Each commit with the tree of the one before it."""
    before = history.tree_of(line[0].parents[0])
    for commit in line:
        yield commit, before
        before = commit.tree


def parents(commit: Commit, wanted: int) -> Iterator[Finding]:
    """What is wrong with how many parents a commit has."""
    if len(commit.parents) != wanted:
        yield found("induk-jumlah", commit=commit.oid, jumlah=len(commit.parents), seharusnya=wanted)


def sign(grounds: Grounds, commit: Commit) -> tuple[Signed, list[Finding]]:
    """Who made a commit and in which roles at its receipt, with what is wrong about that."""
    register, at = grounds.policy.register, grounds.received(commit.oid)
    verify = _held if commit.oid in grounds.verified else grounds.verify
    officer, findings = signing.signer(register, commit, at, verify)
    roles = register.roles_of(officer, at) if officer else frozenset[str]()
    return Signed(commit, officer, roles), findings


def makers(grounds: Grounds, line: Sequence[Commit]) -> list[tuple[Signed, list[Finding]]]:
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
    if following is None or trailer.EVIDENCE not in following[0].commit.trailers:
        return Signed(commit, None, frozenset()), [found("bukti-kerja", commit=commit.oid)]
    officer = following[0].officer
    roles = grounds.policy.register.roles_of(officer, grounds.received(commit.oid)) if officer else frozenset[str]()
    return Signed(commit, officer, roles), []


def _held(_principal: str, _line: str, _payload: bytes, _signature: bytes) -> bool:
    """The answer for what was verified before."""
    return True


def said(grounds: Grounds, commit: Commit) -> Iterator[Finding]:
    """What must not be published in the words of a commit that has not been received yet."""
    if commit.oid not in grounds.receipts:
        yield from screening.of_message(commit, grounds.policy.office)


def act(grounds: Grounds, maker: Signed, digest: str) -> Act:
    """What a commit does, with the digest of the item's folder in it."""
    return acts.act(
        maker.commit,
        receipts=grounds.receipts,
        otherwise=grounds.at,
        officer=maker.officer,
        roles=maker.roles,
        content=digest,
    )
