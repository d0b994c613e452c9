"""The officer's clone: fetched, with the policy of the server's `main`, and who is sitting at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sopan import branches, chain, copies, ledger_index, left_locks, policy, remotes, signature, view
from sopan.branch_line import Grounds
from sopan.chain import Standing
from sopan.copies import REMOTE
from sopan.errors import GitFailed, GitUnavailable, Refused, SopanError
from sopan.finding import Finding
from sopan.history import LEDGER, History
from sopan.officers import Officer, Register
from sopan.policy import Policy
from sopan.view import View

KEY_SETTING = "user.signingkey"


@dataclass(frozen=True)
class Desk:
    """A clone, what the server last said, the officer and the private key that signs."""

    history: History
    seen: View
    me: Officer
    key: Path

    def now(self) -> datetime:
        """This machine's clock, in the office's zone; the gate allows it to be minutes off, not hours."""
        return now().astimezone(self.seen.policy.office.zone)


@dataclass(frozen=True)
class Place:
    """An item as the desk finds it: head of its branch (None: none yet), and where its open round stands."""

    item: str
    head: str | None
    standing: Standing


def now() -> datetime:
    """This machine's clock in whole seconds (UTC)."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def sit(folder: Path, key: Path | None = None) -> Desk:
    """Fetch what the server holds and find out, by the signing key, which officer acts."""
    history = fetched(folder)
    seen = view.look(history)
    chosen = key or _configured_key(history)
    return Desk(history, seen, _officer(seen.policy.register, chosen), chosen)


def fetched(folder: Path) -> History:
    """The clone at a folder, with the server's branches and ledger as they are now."""
    history = History(folder)
    history.require_whole()
    if history.bare:
        raise SopanError("Perintah ini dijalankan di klon petugas, bukan di repositori server.")
    _fetch(history)
    return history


def refreshed(desk: Desk) -> Desk:
    """The desk after the server took something: its branches and its ledger as they are now."""
    try:
        _fetch(desk.history)
    except GitUnavailable as error:
        raise GitUnavailable(f"Kiriman Anda sudah diterima server dan tidak perlu diulang. {error}") from error
    return replace(desk, seen=view.look(desk.history))


def _fetch(history: History) -> None:
    left_locks.clear_clone(history.git_folder)
    own = f"{LEDGER.rpartition('/')[0]}/*"
    try:
        copies_of = (f"+refs/heads/*:refs/remotes/{REMOTE}/*", f"+{own}:{own}")
        history.run("fetch", "--quiet", "--no-tags", REMOTE, *copies_of, environment=remotes.calling(history))
    except GitFailed as error:
        raise GitUnavailable(f"Data dari server tidak terambil: {error.reason}.") from error
    _drop_removed(history)


def _drop_removed(history: History) -> None:
    """A fetch keeps its copies of branches that are gone; those that the server removed must not be built on."""
    gone = map(copies.copy_of, ledger_index.read(history).gone())
    for copy in [copy for copy in gone if history.resolve(copy)]:
        history.run("update-ref", "-d", copy)


def place(desk: Desk, item: str) -> Place:
    """Where an item stands, from its branch alone; after a merge the next round opens."""
    here, findings = look(desk.history, desk.seen, item)
    if here is None or findings:
        raise Refused([finding.sentence() for finding in findings])
    return here


def look(history: History, seen: View, item: str) -> tuple[Place | None, list[Finding]]:
    """Where an item stands (None when its branch cannot be read), and what is wrong with its branch."""
    head = seen.heads.get(item)
    if head is None or history.is_ancestor(head, seen.main):
        return Place(item, None, chain.opening(seen.policy.sop, "")), []
    grounds = Grounds(history, seen.policy, ledger_index.read(history), now())
    branch = branches.read_item(grounds, item, head=head, main=seen.main)
    return (Place(item, head, branch.standing) if branch.standing else None), branch.findings


def policy_on_disk(top: Path) -> Policy:
    """The policy as it lies in a work tree, for commands that write part of it."""
    loaded, findings = policy.load(
        lambda path: (top / path).read_bytes() if (top / path).is_file() else None,
        lambda folder: [file.name for file in sorted((top / folder).glob("*")) if file.is_file()],
    )
    if loaded is None or findings:
        raise Refused([finding.sentence() for finding in findings])
    return loaded


def _configured_key(history: History) -> Path:
    setting = history.config(KEY_SETTING)
    if not setting:
        raise SopanError("Kunci Anda belum diatur di klon ini; jalankan `sopan petugas kunci` dahulu.")
    return Path(setting).expanduser()


def _officer(register: Register, key: Path) -> Officer:
    line = signature.public_line(key)
    for officer in register.officers:
        if any(known.line == line and known.window.holds(now()) for known in officer.keys):
            return officer
    raise SopanError(f"Kunci {key} tidak terdaftar atau tidak berlaku di petugas.yml; minta pengelola mendaftarkannya.")
