"""The timing report as JSON for programs and as a table for people; every figure in the words of `timing_words`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import orjson
from rich.console import Console
from rich.table import Table

from sopan import timing_words
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


def tell(report: Report) -> Iterator[Told]:
    """Each round of the report; instants in the office's zone, lengths in whole seconds, keys that stay."""
    for one in report.rounds:
        yield Told(one.item, one.number, orjson.dumps(_round(report, one)))


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


def _round(report: Report, one: RoundTiming) -> dict[str, object]:
    return {
        "nomor": one.number,
        "penggabungan": one.merge,
        "jumlah_pengajuan": one.attempts,
        "langkah": [_step(report, step) for step in one.steps],
        "tayang": _publication(report, one.publication) if one.publication else None,
    }


def _step(report: Report, step: StepTiming) -> dict[str, object]:
    zone = report.calendar.zone
    return {
        "langkah": step.step,
        "tindakan": report.sop.step(step.step).action,
        "pengajuan": step.attempt,
        "peran": step.role,
        "nama_peran": report.sop.roles[step.role].name,
        "komit": step.commit,
        "ditunggu_sejak": _instant(step.previous_at, zone),
        "mulai": _instant(step.started_at, zone),
        "diterima": _instant(step.received_at, zone),
        "waktu_baku": _standard(step.standard),
        "lama_proses": _duration(step.process),
        "lama_pengerjaan": _duration(step.work),
        "penilaian": step.judgement.value,
        "keterangan": timing_words.reason(step),
        "bersamaan": step.concurrent,
        "menunggu": step.waited_for,
        "mulai_di_luar_jam_kerja": step.started_outside_hours,
        "diterima_di_luar_jam_kerja": step.received_outside_hours,
        "bukti": step.evidence.value,
        "perkiraan": timing_words.is_estimate(step.evidence),
    }


def _publication(report: Report, publication: Publication) -> dict[str, object]:
    zone = report.calendar.zone
    return {
        "digabungkan": _instant(publication.merged_at, zone),
        "tayang_pada": _instant(publication.live_at, zone),
        "detik": _seconds(publication.took),
        "teks": timing_words.publication(publication.took),
        "bukti": publication.evidence.value,
        "perkiraan": timing_words.is_estimate(publication.evidence),
    }


def _standard(standard: StandardTime | None) -> dict[str, object] | None:
    if standard is None:
        return None
    return {"teks": str(standard), "nilai": standard.value, "satuan": standard.unit}


def _duration(duration: Duration | None) -> dict[str, object]:
    return {
        "detik": _seconds(duration.value) if duration else None,
        "waktu_kerja": not duration.clock if duration else None,
        "teks": timing_words.figure(duration),
    }


def _seconds(value: timedelta | None) -> int | None:
    return None if value is None else int(value.total_seconds())


def _instant(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at else None


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
