"""Who made a commit: the signature over its raw bytes, the key's officer, and the name that the commit carries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sopan import evidence, signature, signers
from sopan.acts import MERGE_PARENTS
from sopan.commits import Commit
from sopan.evidence import Event
from sopan.finding import Finding, found
from sopan.officers import Officer, Register
from sopan.quoting import Own
from sopan.rules.dating import TOLERANCE
from sopan.signature import Verify
from sopan.trailer import SEAL


def signer(
    register: Register, commit: Commit, at: datetime, verify: Verify = signature.verified
) -> tuple[str | None, list[Finding]]:
    """The id of the officer who signed, valid when received at `at`; None together with what is wrong.

    What was done on a forge is the act of the officer whose account did it, where the recorder's key vouches for it.
    """
    event = evidence.read(commit.trailers)
    if event is not None:
        wrong = [*_recorder(register, commit, at, verify), *_event(commit, event, at)]
        return _account(register, commit, event, wrong)
    if commit.signature is None:
        return None, [found("tanda-tangan-tiada", commit=commit.oid)]
    identity = signers.officer_of(register, commit.signature)
    if identity is None:
        return None, [found("tanda-tangan-asing", commit=commit.oid)]
    officer = register.officer(identity)
    line = signature.key_of(commit.signature) or ""
    over = "tanda-tangan-masa" if not signers.key_valid(register, commit.signature, at) else ""
    if over or register.is_revoked(line, at):
        return None, [found(over or "tanda-tangan-dicabut", commit=commit.oid, petugas=officer.name)]
    if not verify(identity, line, commit.payload, commit.signature):
        return None, [found("tanda-tangan-rusak", commit=commit.oid)]
    return identity, _named(officer, commit)


def _recorder(register: Register, commit: Commit, at: datetime, verify: Verify) -> Iterator[Finding]:
    """The recorder of this office made it, with a key valid when received at `at`; only a merge carries a seal."""
    armored = evidence.proof(commit) or b""
    line = signature.key_of(armored)
    keys = [key for key in register.recorder_keys if key.line == line]
    if not register.recorder_keys:
        yield found("bukti-pencatat-tiada", commit=commit.oid)
    elif line is None or not keys or (SEAL in commit.trailers and len(commit.parents) < MERGE_PARENTS):
        yield found("bukti-pencatat", commit=commit.oid)
    elif register.is_revoked(line, at) or not any(key.window.holds(at) for key in keys):
        yield found("bukti-pencatat-masa", commit=commit.oid)
    elif not verify(evidence.PRINCIPAL, line, evidence.proven(commit), armored):
        yield found("tanda-tangan-rusak", commit=commit.oid)


def _event(commit: Commit, event: Event, at: datetime) -> Iterator[Finding]:
    """It was said of what stood there before, and not after it was received."""
    before = evidence.said_of(commit)
    if event.head != before:
        yield found("bukti-ujung", commit=commit.oid, tertulis=Own(event.head[:10]), seharusnya=Own(before[:10]))
    if event.at > at + TOLERANCE:
        here = commit.dated.tzinfo
        yield found("bukti-waktu", commit=commit.oid, tanggal=event.at.astimezone(here), terima=at.astimezone(here))


def _account(
    register: Register, commit: Commit, event: Event, wrong: list[Finding]
) -> tuple[str | None, list[Finding]]:
    """The officer of the account; a commit that we made carries that name, a merge is written by the forge."""
    identity = evidence.officer_of(register, event)
    if identity is None:
        return None, [*wrong, found("bukti-akun", commit=commit.oid)]
    if wrong:
        return None, wrong
    named = [] if SEAL in commit.trailers else _named(register.officer(identity), commit)
    return identity, named


def _named(officer: Officer, commit: Commit) -> list[Finding]:
    if {(who.name, who.email) for who in (commit.author, commit.committer)} != {(officer.name, officer.email)}:
        return [found("identitas-lain", commit=commit.oid, petugas=officer.name)]
    return []
