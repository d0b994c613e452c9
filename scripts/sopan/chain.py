"""The SOP's chain as arithmetic: commits seen as acts, and where an item stands after them. Knows no git."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from sopan.finding import Finding, found
from sopan.messages import Own
from sopan.officers import Register
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


def follow(
    sop: Sop, register: Register, item: str, standing: Standing, acts: tuple[Act, ...]
) -> tuple[Standing, list[Finding]]:
    """Where the item stands after `acts`, and everything illegal in them; an illegal act moves nothing."""
    findings: list[Finding] = []
    for act in acts:
        wrong = [
            *_about_item(item, act),
            *_about_kind(sop, register, standing, act),
            *_separation(sop, register, standing, act),
            *_about_content(standing, act),
        ]
        findings += wrong
        standing = replace(standing, content=act.content) if wrong else advance(sop, standing, act)
    return standing, findings


def advance(sop: Sop, standing: Standing, act: Act) -> Standing:
    """The standing after an act that is legal (just judged, or judged at its first receipt)."""
    parts = standing.parts | _part(sop, standing, act)
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
    voice = (due if _recalls(standing, act) else standing.due).role.code
    return {"due": due, "previous": act, "voice": voice, "started": frozenset()}


def _again(standing: Standing, due: Step, act: Act) -> dict[str, Any]:
    """What changes with the next attempt of the same round, from `due` on."""
    return _turn(standing, due, act) | {"made": None, "attempt": standing.attempt + 1}


def _part(sop: Sop, standing: Standing, act: Act) -> frozenset[tuple[str, str]]:
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
    if _recalls(standing, act) and standing.made is not None:
        return sop.step(standing.made.step or 0).role.code
    return standing.due.role.code


def _recalls(standing: Standing, act: Act) -> bool:
    """Whether the act takes back the last step, by whoever made it."""
    made = standing.made
    return act.kind is Kind.RETURN and made is not None and (act.step, act.officer) == (made.step, made.officer)


def _about_item(item: str, act: Act) -> Iterator[Finding]:
    if act.item is not None and act.item != item:
        yield found("butir-lain", commit=act.commit, tertulis=act.item, seharusnya=item)


def _about_content(standing: Standing, act: Act) -> Iterator[Finding]:
    """`SOP-Isi` names the folder as it is; only work and content steps, by the holder of the turn, change it."""
    if act.named_content is not None and act.named_content != act.content:
        written, right = _brief(act.named_content), _brief(act.content)
        yield found("isi-tak-cocok", commit=act.commit, tertulis=written, seharusnya=right)
    free = act.kind is Kind.RENEW or (act.kind in {Kind.WORK, Kind.STEP} and standing.due.changes_content)
    if not free and act.content != standing.content:
        yield found("isi-berubah", commit=act.commit, langkah=standing.due.number, tindakan=standing.due.action)


def _about_kind(sop: Sop, register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    if standing.whole:
        yield found("putaran-selesai", commit=act.commit)
        return
    match act.kind:
        case Kind.WORK:
            yield from _work(register, standing, act)
        case Kind.START:
            yield from _start(sop, register, standing, act)
        case Kind.STEP | Kind.PUBLISH:
            yield from _step(sop, register, standing, act)
        case Kind.RETURN:
            yield from _return(sop, register, standing, act)
        case Kind.CANCEL:
            yield from _cancel(sop, register, standing, act)
        case Kind.RENEW:
            yield from _renew(register, standing, act)


def _work(register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """Work in progress: by the holder of the open content step."""
    if standing.due.changes_content:
        yield from _holder(register, standing, act)
    else:
        yield found("kerja-di-luar-langkah-isi", commit=act.commit, ditunggu=_awaited(standing))


def _start(sop: Sop, register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """A start: of the due step, once by each person, so that no one restarts his own clock."""
    yield from _numbered(sop, standing, act, "mulai-bukan-giliran")
    if act.step == standing.due.number:
        yield from _holder(register, standing, act)
        if act.officer in standing.started:
            yield found("mulai-ulang", commit=act.commit, langkah=act.step)


def _step(sop: Sop, register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """A step: the due one, by its holder; the last is the merge and no other is."""
    yield from _numbered(sop, standing, act, "langkah-urutan")
    if act.step != standing.due.number:
        return
    yield from _holder(register, standing, act)
    if (act.kind is Kind.PUBLISH) != (standing.due == sop.last):
        yield found("langkah-terakhir", commit=act.commit, langkah=sop.last.number)


def _return(sop: Sop, register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """A return: to any earlier step by the holder of the turn, or back to the last step by whoever made it."""
    if not act.note:
        yield found("kembali-alasan", commit=act.commit)
    earlier = [step.number for step in sop.chain if step.number < standing.due.number]
    if act.step not in earlier:
        targets = ", ".join(map(str, earlier)) or "tidak ada"
        yield found("kembali-sasaran", commit=act.commit, sasaran=act.step, daftar=targets, ditunggu=_awaited(standing))
    elif not _recalls(standing, act):
        yield from _holder(register, standing, act)


def _cancel(sop: Sop, register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """A cancellation: of what has begun, with a reason, by the role that opens the chain or the holder of the turn."""
    if not act.note:
        yield found("batal-alasan", commit=act.commit)
    if not standing.begun or standing.cancelled:
        yield found("batal-kosong", commit=act.commit)
    may = {sop.first.role, standing.due.role}
    if act.officer is not None and act.roles.isdisjoint(role.code for role in may):
        names = " atau ".join(sorted(role.name for role in may))
        yield found("batal-giliran", commit=act.commit, petugas=_name(register, act.officer), peran=names)


def _renew(register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """A renewal: of what has begun, by the holder of the turn."""
    if not standing.begun:
        yield found("selaras-kosong", commit=act.commit)
    yield from _holder(register, standing, act)


def _numbered(sop: Sop, standing: Standing, act: Act, rule: str) -> Iterator[Finding]:
    """The step's number exists in the SOP's chain and is the awaited one."""
    if act.step not in [step.number for step in sop.chain]:
        chain = f"{sop.first.number} sampai {sop.last.number}"
        yield found("langkah-tak-ada", commit=act.commit, langkah=act.step, daftar=chain)
    elif act.kind is Kind.STEP and act.step < standing.due.number:
        yield found("langkah-ulang", commit=act.commit, langkah=act.step, ditunggu=_awaited(standing))
    elif act.step != standing.due.number:
        yield found(rule, commit=act.commit, langkah=act.step, ditunggu=_awaited(standing))


def _holder(register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """The act is by somebody who held the awaited role when it was received."""
    if act.officer is not None and standing.due.role.code not in act.roles:  # no officer: reported with the signature
        yield found(
            "bukan-giliran", commit=act.commit, petugas=_name(register, act.officer), ditunggu=_awaited(standing)
        )


def _separation(sop: Sop, register: Register, standing: Standing, act: Act) -> Iterator[Finding]:
    """One person, one role in a round, unless policy declares otherwise for the time (design section 3)."""
    for officer, role in _part(sop, standing, act):
        if role not in act.roles:  # who does not hold the role is told that already
            continue
        for earlier in sorted(other for person, other in standing.parts if person == officer and other != role):
            pair = frozenset({earlier, role})
            apart = any(pair <= group for group in sop.separated)
            if apart and not register.exempt(officer, pair, act.at):
                was, now = sop.roles[earlier].name, sop.roles[role].name
                yield found("peran-rangkap", commit=act.commit, petugas=_name(register, officer), lama=was, baru=now)


def _brief(digest: str) -> Own:
    """The beginning of a digest, which is nobody's number."""
    return Own(digest[:17])


def _awaited(standing: Standing) -> str:
    due = standing.due
    return f"langkah {due.number} ({due.action}) oleh {due.role.name}"


def _name(register: Register, officer: str) -> str:
    return register.officer(officer).name
