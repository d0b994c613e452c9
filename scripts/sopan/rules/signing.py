"""Who made a commit: the signature over its raw bytes, the key's officer, and the name that the commit carries."""

from __future__ import annotations

from datetime import datetime

from sopan import signature
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.officers import Register
from sopan.signature import Verify


def signer(
    register: Register, commit: Commit, at: datetime, verify: Verify = signature.verified
) -> tuple[str | None, list[Finding]]:
    """The id of the officer who signed, valid when received at `at`; None together with what is wrong."""
    if commit.signature is None:
        return None, [found("tanda-tangan-tiada", commit=commit.oid)]
    identity = signature.officer_of(register, commit.signature)
    if identity is None:
        return None, [found("tanda-tangan-asing", commit=commit.oid)]
    officer = register.officer(identity)
    line = signature.key_of(commit.signature) or ""
    over = "tanda-tangan-masa" if not signature.key_valid(register, commit.signature, at) else ""
    if over or register.is_revoked(line, at):
        return None, [found(over or "tanda-tangan-dicabut", commit=commit.oid, petugas=officer.name)]
    if not verify(identity, line, commit.payload, commit.signature):
        return None, [found("tanda-tangan-rusak", commit=commit.oid)]
    if {(who.name, who.email) for who in (commit.author, commit.committer)} != {(officer.name, officer.email)}:
        return identity, [found("identitas-lain", commit=commit.oid, petugas=officer.name)]
    return identity, []
