"""The timing report as JSON for programs and as a table for people; every figure in the words of `timing_words`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

import orjson
from rich.console import Console
from rich.table import Table

from sopan import timing_words, worktime
from sopan.sop import Sop, StandardTime
from sopan.timing_figures import Duration, Publication, Report, RoundTiming, StepTiming
from sopan.worktime import Calendar

FORMAT = "waktu/1"

_COLUMNS = ("langkah", "diterima", "waktu_baku", "lama_proses", "lama_pengerjaan", "penilaian")


@dataclass(frozen=True)
class Told:
    """One round as the report tells it: whose, its number, and the JSON of its figures."""

    item: str
    number: int
    text: bytes


@dataclass(frozen=True)
class _Telling:
    """By what a report is told; `known` holds the texts that thousands of steps have alike, by what they say."""

    sop: Sop
    calendar: Calendar
    known: dict[object, str] = field(default_factory=dict)


def tell(report: Report) -> Iterator[Told]:
    """Each round of the report; instants in the office's zone, lengths in whole seconds, keys that stay."""
    return told(report.sop, report.calendar, report.rounds)


def told(sop: Sop, calendar: Calendar, rounds: Iterable[RoundTiming]) -> Iterator[Told]:
    """The same of rounds measured by this SOP and calendar, each as soon as it comes."""
    telling = _Telling(sop, calendar)
    return (Told(one.item, one.number, _round(telling, one).encode()) for one in rounds)


def as_json(report: Report) -> Iterator[bytes]:
    """The whole report, an item a line."""
    return document(report.sop, report.calendar, tell(report))


def document(sop: Sop, calendar: Calendar, rounds: Iterable[Told]) -> Iterator[bytes]:
    """The whole report of rounds that come by item and number, an item a line."""
    head = {
        "skema": FORMAT,
        "sop": {"nomor": sop.number, "nama": sop.name},
        "zona_waktu": calendar.zone.key,
        "definisi": {key: {"nama": f.name, "arti": f.meaning} for key, f in timing_words.FIGURES.items()},
    }
    yield orjson.dumps(head)[:-1] + b',"butir":['
    for number, (item, told) in enumerate(groupby(rounds, key=lambda one: one.item)):
        texts = b",".join(one.text for one in told)
        yield b'%b\n{"butir":%b,"putaran":[%b]}' % (b"," if number else b"", orjson.dumps(item), texts)
    yield b"\n]}\n"


def _round(telling: _Telling, one: RoundTiming) -> str:
    steps = ",".join([_step(telling, step) for step in one.steps])
    live = _publication(telling, one.publication) if one.publication else "null"
    return (
        f'{{"nomor":{one.number},"penggabungan":{_text(one.merge)},"jumlah_pengajuan":{one.attempts},'
        f'"langkah":[{steps}],"tayang":{live}}}'
    )


def _step(telling: _Telling, step: StepTiming) -> str:
    return (
        f'{{{_what(telling, step)},"komit":{_text(step.commit)},'
        f'"ditunggu_sejak":{_instant(telling, step.previous_at)},"mulai":{_instant(telling, step.started_at)},'
        f'"diterima":{_instant(telling, step.received_at)},"waktu_baku":{_standard(telling, step.standard)},'
        f'"lama_proses":{_duration(telling, step.process)},"lama_pengerjaan":{_duration(telling, step.work)},'
        f"{_verdict(telling, step)}}}"
    )


def _what(telling: _Telling, step: StepTiming) -> str:
    """Which step it is, of whose."""
    key = (step.step, step.attempt, step.role)
    told = telling.known.get(key)
    if told is None:
        told = telling.known[key] = _inside(
            {
                "langkah": step.step,
                "tindakan": telling.sop.step(step.step).action,
                "pengajuan": step.attempt,
                "peran": step.role,
                "nama_peran": telling.sop.roles[step.role].name,
            }
        )
    return told


def _verdict(telling: _Telling, step: StepTiming) -> str:
    """What is said of the step's time, for which its instants are no longer needed."""
    outside = (step.started_outside_hours, step.received_outside_hours)
    key = (timing_words.grounds(step), outside, step.waited_for, step.evidence)
    told = telling.known.get(key)
    if told is None:
        told = telling.known[key] = _inside(
            {
                "penilaian": step.judgement.value,
                "keterangan": timing_words.reason(step),
                "bersamaan": step.concurrent,
                "menunggu": step.waited_for,
                "mulai_di_luar_jam_kerja": step.started_outside_hours,
                "diterima_di_luar_jam_kerja": step.received_outside_hours,
                "bukti": step.evidence.value,
                "perkiraan": timing_words.is_estimate(step.evidence),
            }
        )
    return told


def _publication(telling: _Telling, publication: Publication) -> str:
    key = (publication.took, publication.evidence)
    told = telling.known.get(key)
    if told is None:
        told = telling.known[key] = _inside(
            {
                "detik": _seconds(publication.took),
                "teks": timing_words.publication(publication.took),
                "bukti": publication.evidence.value,
                "perkiraan": timing_words.is_estimate(publication.evidence),
            }
        )
    merged, live = _instant(telling, publication.merged_at), _instant(telling, publication.live_at)
    return f'{{"digabungkan":{merged},"tayang_pada":{live},{told}}}'


def _standard(telling: _Telling, standard: StandardTime | None) -> str:
    told = telling.known.get(standard)
    if told is None:
        said = standard and {"teks": str(standard), "nilai": standard.value, "satuan": standard.unit}
        told = telling.known[standard] = _text(said)
    return told


def _duration(telling: _Telling, duration: Duration | None) -> str:
    key = ("lama", duration)
    told = telling.known.get(key)
    if told is None:
        said = {
            "detik": _seconds(duration.value) if duration else None,
            "waktu_kerja": not duration.clock if duration else None,
            "teks": timing_words.figure(duration),
        }
        told = telling.known[key] = _text(said)
    return told


def _seconds(value: timedelta | None) -> int | None:
    return None if value is None else int(value.total_seconds())


def _instant(telling: _Telling, at: datetime | None) -> str:
    if at is None:
        return "null"
    told = telling.known.get(at)
    if told is None:
        told = telling.known[at] = f'"{worktime.moment(telling.calendar, at).local.isoformat()}"'
    return told


def _text(said: object) -> str:
    return orjson.dumps(said).decode()


def _inside(said: Mapping[str, object]) -> str:
    """The members of an object, without its braces."""
    return _text(said)[1:-1]


def as_table(report: Report, console: Console) -> None:
    """One table for each round, for people; says so where there is nothing to show."""
    if not report.rounds:
        console.print("Belum ada butir yang menempuh langkah SOP.")
    for one in report.rounds:
        console.print(_table(report, one))


def _table(report: Report, one: RoundTiming) -> Table:
    """One round; on 80 columns cells fold between words, and no word is cut."""
    table = Table(
        title=f"{one.item} · putaran {one.number}",
        caption=_caption(one),
        title_justify="left",
        caption_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for column in _COLUMNS:
        table.add_column(timing_words.name(column), no_wrap=column == _COLUMNS[0])
    for step in one.steps:
        table.add_row(*_row(report, step))
    return table


def _row(report: Report, step: StepTiming) -> tuple[str, ...]:
    return (
        _label(report, step),
        timing_words.instant(step.received_at, report.calendar.zone),
        str(step.standard) if step.standard else "-",
        timing_words.figure(step.process),
        timing_words.figure(step.work),
        timing_words.judgement(step),
    )


def _label(report: Report, step: StepTiming) -> str:
    """The step and, on lines of their own, its role and which attempt it was."""
    lines = [report.sop.step(step.step).label, f"  {report.sop.roles[step.role].name}"]
    if step.attempt > 1:
        lines.append(f"  pengajuan ke-{step.attempt}")
    return "\n".join(lines)


def _caption(one: RoundTiming) -> str:
    if one.publication is None:
        return "belum terbit"
    estimate = f" ({timing_words.ESTIMATE})" if timing_words.is_estimate(one.publication.evidence) else ""
    return f"{timing_words.name('tayang')}: {timing_words.publication(one.publication.took)}{estimate}"
