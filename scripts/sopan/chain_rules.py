"""What the SOP's chain allows: each act is held against where the item stands. Knows no git."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sopan import chain
from sopan.chain import Act, Kind, Standing
from sopan.finding import Finding, found
from sopan.officers import Register
from sopan.quoting import Own
from sopan.sop import Sop


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
        standing = replace(standing, content=act.content) if wrong else chain.advance(sop, standing, act)
    return standing, findings


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
    elif not chain.recalls(standing, act):
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
    for officer, role in chain.part(sop, standing, act):
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
