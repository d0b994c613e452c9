"""Everything outside the items: a `rawat` branch of signed commits, closed by a second officer's approval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sopan import content, trailer
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.officers import Register
from sopan.policy_files import OFFICERS_FILE
from sopan.quoting import Own
from sopan.rules.trees import SHOWN_CHANGES
from sopan.sop import Sop
from sopan.trees import FILE_MODE

EXECUTABLE_MODE = "100755"  # scripts/demo and scripts/test are meant to be run


@dataclass(frozen=True)
class Signed:
    """A commit with who signed it (None: nobody known did) and the roles that person held at its receipt."""

    commit: Commit
    officer: str | None
    roles: frozenset[str]

    @property
    def approves(self) -> bool:
        """Whether it closes the branch."""
        return self.commit.trailers.get(trailer.MAINTENANCE) == trailer.APPROVE


def branch(sop: Sop, register: Register, chain: Sequence[Signed]) -> Iterator[Finding]:
    """Plain commits by maintainers, then at most one approval, by somebody who made none of them."""
    authors = {signed.officer for signed in chain if not signed.approves}
    for position, signed in enumerate(chain):
        oid = signed.commit.oid
        if signed.commit.trailers and not signed.approves:
            yield found("rawat-susunan", commit=oid)
        if signed.officer is not None and sop.maintainers.isdisjoint(signed.roles):
            names = ", ".join(sop.roles[code].name for code in sorted(sop.maintainers))
            yield found("rawat-wewenang", commit=oid, petugas=register.officer(signed.officer).name, peran=names)
        if signed.approves and signed.officer is not None and signed.officer in authors:
            yield found("rawat-setuju-sendiri", commit=oid, petugas=register.officer(signed.officer).name)
        if signed.approves and position < len(chain) - 1:
            yield found("rawat-setuju-sudah", commit=oid)


def tree(history: History, commit: Commit, parent_tree: str) -> Iterator[Finding]:
    """A maintenance commit touches no item and leaves regular files; an approval touches nothing."""
    changes = history.changes(parent_tree, commit.tree)
    for change in islice(changes, SHOWN_CHANGES):
        file = change.path.decode(errors="replace")
        if commit.trailers.get(trailer.MAINTENANCE) == trailer.APPROVE:
            yield found("rawat-setuju-kosong", commit=commit.oid, file=file)
        if change.path.startswith(ITEMS_FOLDER.encode() + b"/"):
            yield found("rawat-butir", commit=commit.oid, file=file)
        if change.new is not None and change.new.mode not in {FILE_MODE, EXECUTABLE_MODE}:
            yield found("berkas-jenis", commit=commit.oid, file=file, mode=change.new.mode)


def digest(history: History, base_tree: str, tree_id: str) -> str:
    """What `SOP-Isi` of an approval covers: all paths that differ between the branch's base and its head."""
    changes = history.changes(base_tree, tree_id)
    files = {c.path.decode(errors="replace"): history.blob(c.new.oid) if c.new else None for c in changes}
    return content.digest(files)


def named(commit: Commit, actual: str) -> Iterator[Finding]:
    """An approval, and the merge, name the changed files as they are."""
    claimed = commit.trailers[trailer.CONTENT]
    if claimed != actual:
        yield found("rawat-isi", commit=commit.oid, tertulis=Own(claimed[:17]), seharusnya=Own(actual[:17]))


def own_rights(before: Register, after: Register, approval: Signed) -> Iterator[Finding]:
    """Nobody approves what gives, takes or changes his own rights: not even together with whoever proposed it."""
    officer = approval.officer
    if officer is not None and before.rights(officer) != after.rights(officer):
        yield found("rawat-hak-sendiri", commit=approval.commit.oid, petugas=before.officer(officer).name)


def kept_revocations(before: Register, after: Register, following: str) -> Iterator[Finding]:
    """What was revoked stays revoked, from then on or from earlier."""
    for one in before.revoked:
        if not after.is_revoked(one.line, one.since):
            yield found("rawat-cabut", commit=following, file=OFFICERS_FILE, sejak=one.since.isoformat())


def joined(register: Register, merge: Signed, chain: Sequence[Signed]) -> Iterator[Finding]:
    """`main` takes a maintenance branch only when it is approved, by the hand of its author or its approver."""
    if not chain[-1].approves:
        yield found("rawat-setuju-tiada", commit=merge.commit.oid)
    if merge.officer is not None and merge.officer not in {signed.officer for signed in chain}:
        yield found("rawat-penggabung", commit=merge.commit.oid, petugas=register.officer(merge.officer).name)


def outside_items(history: History, old_tree: str, new_tree: str) -> Iterator[str]:
    """The paths outside the items that differ between two trees."""
    for change in history.changes(old_tree, new_tree):
        if not change.path.startswith(ITEMS_FOLDER.encode() + b"/"):
            yield change.path.decode(errors="replace")
