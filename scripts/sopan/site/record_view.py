"""An item's record as its page tells it: rounds, attempts and steps in the words that `sopan waktu` uses too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sopan import timing_words
from sopan.chain import Act, Evidence, Kind, Round
from sopan.officers import Appointment, Exemption, Register
from sopan.policy import Policy
from sopan.site import words
from sopan.site.facts import Entry, SiteFacts
from sopan.sop import Step
from sopan.timing_figures import Judgement, Publication, RoundTiming, StepTiming

LIVE = timing_words.FIGURES["tayang"].name
_NO_FIGURE = "–"
_WITHOUT_START = "karena tanda mulainya tidak ada atau diterima bersamaan dengan langkahnya"
_READ_BACK = "Server membaca kembali halaman ini {took} setelah penggabungan."
_LATER = "Server membuktikannya setelah halaman ini tayang; buktinya tampil pada penerbitan berikutnya."
_MARKS: Mapping[Judgement, str] = MappingProxyType(
    {
        Judgement.WITHIN: "sopan-sesuai",
        Judgement.EXCEEDED: "sopan-melampaui",
        Judgement.UNMEASURED: "sopan-takterukur",
    }
)
_EVIDENCE: Mapping[Evidence, str] = MappingProxyType(
    {
        Evidence.LEDGER: "Waktu pada tabel adalah waktu penerimaan yang dicatat server kantor.",
        Evidence.FORGE: "Waktu pada tabel adalah waktu peristiwa yang dicatat penyedia repositori.",
        Evidence.CLAIM: "Waktu pada tabel adalah perkiraan menurut tanggal komit, karena agenda penerimaan tidak ada.",
    }
)
_WEAKEST_FIRST = (Evidence.CLAIM, Evidence.FORGE, Evidence.LEDGER)
_ENDINGS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.RETURN: "Dikembalikan ke langkah {step} oleh {who} pada {at}; pengajuan berikutnya dimulai.",
        Kind.CANCEL: "Dibatalkan oleh {who} pada {at}.",
        Kind.RENEW: "Diselaraskan dengan terbitan terbaru oleh {who} pada {at}; langkah dimulai lagi dari awal.",
    }
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One step as the table shows it, every cell already in words."""

    number: int
    sentence: str
    role: str
    person: str = ""
    at: str
    standard: str
    process: str
    work: str
    judgement: str
    mark: str
    remark: str = ""


@dataclass(frozen=True)
class AttemptView:
    """One attempt (*pengajuan*): its steps, and what ended it where that was no publication."""

    number: int
    rows: tuple[Row, ...]
    ending: str


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """One round (*putaran*) with its attempts, and in words what of it is measured."""

    number: int
    opening: str
    attempts: tuple[AttemptView, ...]
    measured: str
    exceptions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """The whole record of one item; `before_chain`: its first version was there when the chain began."""

    published: str
    before_chain: bool
    rounds: tuple[RoundView, ...]
    evidence: str
    figures: Mapping[str, timing_words.Figure]


def view(facts: SiteFacts, entry: Entry) -> RecordView:
    """The record of `entry`, its figures taken from the chronicle of `facts`."""
    measured = facts.chronicle.of(entry.card.id)
    rounds = tuple(_round(facts.policy, *one) for one in measured)
    grades = [act.evidence for one, _ in measured for act in one.acts]
    published = entry.standing.value
    if entry.published_at:
        published = f"terbit {words.instant(entry.published_at, facts.policy.office)}"
    return RecordView(
        published=words.capitalised(published),
        before_chain=entry.past.stood_before,
        rounds=rounds,
        evidence=_EVIDENCE[min(grades, key=_WEAKEST_FIRST.index)] if grades else "",
        figures=timing_words.FIGURES,
    )


def _round(policy: Policy, one: Round, timed: RoundTiming) -> RoundView:
    by_attempt: dict[int, list[StepTiming]] = defaultdict(list)
    for step in timed.steps:
        by_attempt[step.attempt].append(step)
    endings = dict(_endings(policy, one.acts))
    attempts = [
        AttemptView(number, tuple(_row(policy, step) for step in by_attempt[number]), endings.get(number, ""))
        for number in range(1, timed.attempts + 1)
    ]
    attempts[-1] = replace(attempts[-1], rows=(*attempts[-1].rows, *_evidenced(policy, timed)))
    merged = words.instant(one.acts[-1].at, policy.office)
    return RoundView(
        number=one.number,
        opening=f"Terbit pada {merged} dengan {timed.attempts} pengajuan, sebagai komit {str(one.merge)[:10]}.",
        attempts=tuple(attempt for attempt in attempts if attempt.rows or attempt.ending),
        measured=_measured(timed),
        exceptions=tuple(_exceptions(policy, timed.steps)),
    )


def _row(policy: Policy, timed: StepTiming) -> Row:
    step = policy.sop.step(timed.step)
    return Row(
        number=step.number,
        sentence=step.sentence,
        role=step.role.name,
        person=_person(policy.register, timed.officer, step, timed.received_at),
        at=words.instant(timed.received_at, policy.office),
        standard=_standard(step),
        process=timing_words.figure(timed.process),
        work=timing_words.figure(timed.work),
        judgement=timing_words.judgement(timed),
        mark=_MARKS[timed.judgement],
        remark=timing_words.reason(timed) if timed.judgement is Judgement.UNMEASURED else "",
    )


def _evidenced(policy: Policy, timed: RoundTiming) -> Iterator[Row]:
    """The rows of outsiders after the last internal step: nobody performs them, the server's read-back proves them."""
    publication = timed.publication
    live = publication.live_at if publication else None
    for step in policy.sop.steps[policy.sop.steps.index(policy.sop.last) + 1 :]:
        yield Row(
            number=step.number,
            sentence=step.sentence,
            role=step.role.name,
            at=words.instant(live, policy.office) if live else timing_words.NOT_YET,
            standard=_standard(step),
            process=_NO_FIGURE,
            work=_NO_FIGURE,
            judgement=LIVE if live else timing_words.NOT_YET,
            mark="sopan-sesuai" if live else "sopan-takterukur",
            remark=_proof(publication) if publication and live else _LATER,
        )


def _proof(publication: Publication) -> str:
    return _READ_BACK.format(took=timing_words.publication(publication.took))


def _standard(step: Step) -> str:
    return str(step.standard_time) if step.standard_time else "tanpa waktu baku"


def _endings(policy: Policy, acts: Sequence[Act]) -> Iterator[tuple[int, str]]:
    attempt = 1
    for act in acts:
        if act.kind in _ENDINGS:
            who = ", ".join(role.name for role in policy.sop.roles.values() if role.code in act.roles)
            yield (
                attempt,
                _ENDINGS[act.kind].format(step=act.step, who=who or "petugas", at=words.instant(act.at, policy.office)),
            )
            attempt += 1


def _person(register: Register, officer: str | None, step: Step, at: datetime) -> str:
    if officer is None:
        return ""
    name = register.officer(officer).name
    titles = [a.title for a in register.appointments if _held(a, officer, step.role.code, at) and a.title]
    return f"{name}, {titles[0]}" if titles and titles[0] != step.role.name else name


def _held(appointment: Appointment, officer: str, role: str, at: datetime) -> bool:
    return (appointment.officer, appointment.role) == (officer, role) and appointment.window.holds(at)


def _measured(timed: RoundTiming) -> str:
    """Which steps have measured work and which have not, by number, each as it was made last."""
    last = {step.step: step for step in timed.steps}
    measured = [number for number, step in sorted(last.items()) if step.work]
    without = [number for number, step in sorted(last.items()) if not step.work]
    sentences = []
    if measured:
        sentences.append(f"Lama pengerjaan terukur pada langkah {words.enumerated(measured)}.")
    if without:
        sentences.append(f"Lama pengerjaan tidak terukur pada langkah {words.enumerated(without)}, {_WITHOUT_START}.")
    return " ".join(sentences)


def _exceptions(policy: Policy, steps: Sequence[StepTiming]) -> Iterator[str]:
    """Declared exceptions to separation that this round made use of, with their decree and dates."""
    held: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        if step.officer:
            held[step.officer].add(step.role)
    for exemption in policy.register.exemptions:
        roles = held.get(exemption.officer, set()) & exemption.roles
        if len(roles) > 1 and any(exemption.window.holds(step.received_at) for step in steps):
            yield _exception(policy, exemption, roles)


def _exception(policy: Policy, exemption: Exemption, roles: set[str]) -> str:
    names = words.enumerated([role.name for role in policy.sop.roles.values() if role.code in roles])
    name = policy.register.officer(exemption.officer).name
    return f"Pengecualian pemisahan peran: {name} memegang {names}, berdasarkan {exemption.decree}."
