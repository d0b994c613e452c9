"""The SOP's chain as arithmetic: commits seen as acts, and where an item stands after them. Knows no git."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Kind(Enum):
    """What a commit on an item's branch does."""

    WORK = "kerja"
    START = "terima"
    STEP = "langkah"
    RETURN = "kembali"
    CANCEL = "batal"
    RENEW = "selaras"
    PUBLISH = "terbit"


class Evidence(Enum):
    """Where an instant comes from: the server's ledger, a forge's event, or the commit's own claim."""

    LEDGER = "agenda"
    FORGE = "forge"
    CLAIM = "klaim"


@dataclass(frozen=True, kw_only=True)
class Act:
    """One commit as the chain sees it.

    `at` is the first receipt (aware, UTC), `dated` the commit's own claim; `officer` is the id in petugas.yml
    of the person whose key signed, None when nobody known did; `roles` are the roles that person held at `at`.
    `content` is the `sha256:…` of the item's folder at this commit, `named_content` what `SOP-Isi` claims.
    """

    commit: str
    kind: Kind
    at: datetime
    dated: datetime
    evidence: Evidence
    officer: str | None
    roles: frozenset[str]
    content: str
    step: int | None = None
    item: str | None = None
    named_content: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Round:
    """All acts of one item up to one merge (`merge` None while it is open), oldest first; number from 1.

    The merge itself is the last act (`Kind.PUBLISH`). `live_at` is when the server first read the live page
    back successfully after this merge; None while that is pending.
    """

    item: str
    number: int
    acts: tuple[Act, ...]
    merge: str | None
    live_at: datetime | None
