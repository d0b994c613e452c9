"""Whose key a signature claims to be made with, by the register of officers, and whether that key was valid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from sopan import sshsig
from sopan.officers import Register
from sopan.signature import key_of

Signer: TypeAlias = Callable[[bytes | None], str | None]
"""What answers `officer_of`."""


def officer_of(register: Register, signature: bytes | None) -> str | None:
    """The id of the officer whose key made this signature, by the key it carries alone: a claim until `verified`."""
    line = key_of(signature) if signature else None
    owners = [officer.id for officer in register.officers for key in officer.keys if key.line == line]
    return owners[0] if owners else None


def claimants(register: Register) -> Signer:
    """`officer_of` for whole histories: an Ed25519 key stands whole in an armor's first lines, and is asked once."""
    known: dict[bytes, str | None] = {}

    def claimant(armored: bytes | None) -> str | None:
        first = (armored or b"")[: sshsig.ED25519_KEY_ENDS]
        if first in known:
            return known[first]
        officer = officer_of(register, armored)
        if sshsig.ED25519_KEY.fullmatch(first):
            known[first] = officer
        return officer

    return claimant


def key_valid(register: Register, signature: bytes, at: datetime) -> bool:
    """Whether the key of this signature was within its own window of validity at `at`."""
    line = key_of(signature)
    return any(key.line == line and key.window.holds(at) for officer in register.officers for key in officer.keys)
