"""The SOP's chain as arithmetic: commits seen as acts, and where an item stands after them. Knows no git."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from sopan.sop import Sop, Step


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


class Act(NamedTuple):
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


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an item stands in its round: whose turn it is, since when, and what may still be undone.

    `due` is the step awaited. `previous` is the act that made it due (None when nothing precedes an attempt), `voice`
    the code of the role in which that was done, `made` the last step of this attempt, which its maker may still recall.
    `started` are the officers who have taken up the due step. `content` is the digest that acts without content rights
    must leave as it is. `parts` are the (officer, role) pairs of the whole round, on which separation of persons is
    judged. `whole` is true once the merge is made.
    """

    due: Step
    content: str
    attempt: int = 1
    previous: Act | None = None
    voice: str = ""
    made: Act | None = None
    started: frozenset[str] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    begun: bool = False
    cancelled: bool = False
    whole: bool = False


def opening(sop: Sop, content: str) -> Standing:
    """The standing of a round in which nothing has been done; `content` is the item's digest on `main`."""
    return Standing(due=sop.first, content=content)


def advance(sop: Sop, standing: Standing, act: Act) -> Standing:
    """The standing after an act that is legal (just judged, or judged at its first receipt)."""
    parts = standing.parts | part(sop, standing, act)
    said: dict[str, Any] = {"content": act.content, "begun": True, "cancelled": False, "parts": parts}
    match act.kind:
        case Kind.WORK:
            return replace(standing, **said)
        case Kind.START:
            return replace(standing, **said, started=standing.started | {act.officer or ""})
        case Kind.STEP:
            return replace(standing, **said, **_turn(standing, sop.following(standing.due), act), made=act)
        case Kind.PUBLISH:
            return replace(standing, **said, **_turn(standing, standing.due, act), made=act, whole=True)
        case Kind.RETURN | Kind.RENEW:
            due = sop.first if act.kind is Kind.RENEW else sop.step(act.step or 0)
            return replace(standing, **said, **_again(standing, due, act))
        case Kind.CANCEL:
            return replace(standing, **said | _again(standing, sop.first, act) | {"previous": None, "cancelled": True})


def _turn(standing: Standing, due: Step, act: Act) -> dict[str, Any]:
    """What of a standing changes when it becomes somebody's turn."""
    voice = (due if recalls(standing, act) else standing.due).role.code
    return {"due": due, "previous": act, "voice": voice, "started": frozenset()}


def _again(standing: Standing, due: Step, act: Act) -> dict[str, Any]:
    """What changes with the next attempt of the same round, from `due` on."""
    return _turn(standing, due, act) | {"made": None, "attempt": standing.attempt + 1}


def part(sop: Sop, standing: Standing, act: Act) -> frozenset[tuple[str, str]]:
    """In which role the act was done, as separation counts it: cancelling and renewing decide nothing about content."""
    if act.officer is None or act.kind in {Kind.CANCEL, Kind.RENEW}:
        return frozenset()
    return frozenset({(act.officer, voice(sop, standing, act))})


def voice(sop: Sop, standing: Standing, act: Act) -> str:
    """The role (its code) that a legal act speaks for: the awaited one; for a recall that of the step taken back.

    Who cancels without being awaited holds the first step's role.
    """
    if act.kind is Kind.CANCEL and standing.due.role.code not in act.roles:
        return sop.first.role.code
    if recalls(standing, act) and standing.made is not None:
        return sop.step(standing.made.step or 0).role.code
    return standing.due.role.code


def recalls(standing: Standing, act: Act) -> bool:
    """Whether the act takes back the last step, by whoever made it."""
    made = standing.made
    return act.kind is Kind.RETURN and made is not None and (act.step, act.officer) == (made.step, made.officer)
