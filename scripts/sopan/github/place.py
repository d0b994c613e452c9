"""The repository as a run finds it: fetched as objects only, with the policy of `main` and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sopan import branches, chain, item_path, ledger, ledger_index, policies, remotes
from sopan.branch_line import Grounds
from sopan.chain import Standing
from sopan.copies import REMOTE, copy_of
from sopan.errors import GitUnavailable, Refused, SopanError
from sopan.github import thread
from sopan.github.pulls import Pull
from sopan.github.rest import Rest
from sopan.history import ITEM_REFS, LEDGER, MAIN, NO_OBJECT, History
from sopan.ledger import Record
from sopan.ledger_index import Index
from sopan.policy import Policy

ATTEMPTS = 5  # of recording, when other runs record at the same time


class Overtaken(SopanError):  # noqa: N818 - names what is the case
    """Another run recorded something meanwhile: what was made here stands on an old ledger and must be made anew."""


@dataclass(frozen=True)
class Place:
    """The repository, the forge that it came from, `main` and its policy. `now` is this machine's clock."""

    history: History
    rest: Rest
    main: str
    policy: Policy
    now: datetime

    @property
    def book(self) -> Index:
        """The ledger as it was fetched, with what this run added."""
        return ledger_index.read(self.history)

    def instant(self, at: datetime) -> datetime:
        """The time of a receipt: never before the last record."""
        return max(at, self.book.latest or at).astimezone(UTC)


@dataclass(frozen=True)
class Branch:
    """The item that a pull request is about: where its recorded branch stands (zeros: nowhere yet), and its round."""

    item: str
    recorded: str
    standing: Standing

    @property
    def ref(self) -> str:
        """The branch that the ledger speaks of, whatever the pull request's own is called."""
        return ITEM_REFS + self.item


def open_place(folder: Path, rest: Rest, now: datetime, *, begun: bool = True) -> Place:
    """Fetch what the forge holds; SopanError where the repository cannot be judged, or has not `begun` its ledger."""
    history = History(folder)
    history.require_whole()
    fetch(history, rest)
    main = history.resolve(copy_of(MAIN))
    if main is None:
        raise GitUnavailable("Repositori di GitHub tidak mempunyai main; periksa cabang bawaannya.")
    if begun and history.resolve(LEDGER) is None:
        raise SopanError("Agenda penerimaan belum ada di repositori ini; jalankan `sopan github siapkan` dahulu.")
    return Place(history, rest, main, policies.policy_at(history, main), now)


def fetch(history: History, rest: Rest) -> None:
    """Bring the branches and the ledger, as objects: a pull request's branch is one of this repository's."""
    environment = rest.surroundings.git_environment()
    own = f"{LEDGER.rpartition('/')[0]}/*"
    words = ["--quiet", "--no-tags", "--prune", REMOTE, f"+refs/heads/*:refs/remotes/{REMOTE}/*", f"+{own}:{own}"]
    history.run("fetch", *words, environment=environment)


def branch_of(place: Place, pull: Pull) -> Branch:
    """The one item that the pull request changes, and where its chain stands; Refused where it is not one."""
    history = place.history
    require_fetched(place, pull)
    base = history.run("merge-base", place.main, pull.head)
    if base == pull.head:
        raise Refused([thread.NO_ITEM])
    changes = history.changes(history.tree_of(base), history.tree_of(pull.head))
    items = {item_path.identity(change.path.decode(errors="replace")) for change in changes} - {None}
    if pull.ref.startswith(ITEM_REFS):
        items.add(pull.ref.removeprefix(ITEM_REFS))
    item = items.pop() if len(items) == 1 else None
    if item is None:
        raise Refused([thread.NO_ITEM])
    return _standing(place, item)


def require_fetched(place: Place, pull: Pull) -> None:
    """The pull request's commit is here."""
    if not place.history.holds(pull.head):
        raise SopanError(f"Komit {pull.head[:10]} dari usulan {pull.number} belum terambil; ulangi perintah ini.")


def grounds(place: Place, at: datetime) -> Grounds:
    """What this run judges by."""
    book = place.book
    return Grounds(place.history, place.policy, book, at, verified=book, removed=book.removed)


def save(place: Place, key: Path, records: list[Record], updates: dict[str, str]) -> None:
    """Write the records, and send them with the branches that they speak of: all arrive, or none.

    Overtaken where a branch or the ledger stands elsewhere by now; then the local ledger is as it was.
    """
    history = place.history
    before = history.resolve(LEDGER)
    ledger.append(history, key, records)
    tip = history.resolve(LEDGER)
    try:
        remotes.send(history, REMOTE, {**updates, LEDGER: tip or NO_OBJECT}, place.rest.surroundings.git_environment())
    except Refused as refusal:
        history.move(LEDGER, before or NO_OBJECT, tip or NO_OBJECT)
        told = " ".join(refusal.sentences)
        raise Overtaken(f"Catatan lain mendahului dan percobaan ulang habis; ulangi perintah ini. {told}") from None


def insist(place: Place, attempt: Callable[[], None]) -> None:
    """Do what writes records; where another run recorded meanwhile, again on top of that."""
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except Overtaken:
            fetch(place.history, place.rest)
    return attempt()


def received(place: Place, new: str, *without: str) -> tuple[str, ...]:
    """The commits that a move brings for the first time, parents first."""
    book = place.book
    known = tuple(oid for oid in {place.main, *without} if oid != NO_OBJECT)
    return tuple(oid for oid in reversed(place.history.graph(new, without=known)) if oid not in book)


def _standing(place: Place, item: str) -> Branch:
    head = place.history.resolve(copy_of(ITEM_REFS + item))
    if head is None:
        return Branch(item, NO_OBJECT, chain.opening(place.policy.sop, ""))
    if place.history.is_ancestor(head, place.main):
        return Branch(item, head, chain.opening(place.policy.sop, ""))
    read = branches.read_item(grounds(place, place.now), item, head=head, main=place.main)
    if read.standing is None or read.findings:
        raise Refused([finding.sentence() for finding in read.findings])
    return Branch(item, head, read.standing)
