"""The timing report as JSON for programs; every figure in the words of `timing_words`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property, partial
from itertools import groupby
from typing import NamedTuple

import orjson

from sopan import timing_words, worktime
from sopan.chain import Evidence
from sopan.kept_log import Row
from sopan.sop import Sop, StandardTime
from sopan.timing_figures import Duration, Publication, Report, RoundTiming, StepTiming
from sopan.worktime import Calendar

FORMAT = "waktu/1"


class Told(NamedTuple):
    """One round as the report tells it: whose, its number, and the JSON of its figures."""

    item: str
    number: int
    text: Row


@dataclass(frozen=True)
class _Telling:
    """By what a report is told; what thousands of steps have alike is put into words once."""

    sop: Sop
    calendar: Calendar
    verdicts: dict[object, str] = field(default_factory=dict)

    @cached_property
    def what(self) -> Callable[[int, int, str], str]:
        """Which step it is, of whose: by its number, its attempt and the role."""
        return cache(partial(_what, self.sop))


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
        opening = b'%b\n{"butir":%b,"putaran":' % (b"," if number else b"", orjson.dumps(item))
        yield b"".join([opening, *_between_commas(told), b"]}"])
    yield b"\n]}\n"


def _between_commas(rounds: Iterable[Told]) -> Iterator[Row]:
    for number, one in enumerate(rounds):
        yield b"," if number else b"["
        yield one.text


def _round(telling: _Telling, one: RoundTiming) -> str:
    steps = ",".join([_step(telling, step) for step in one.steps])
    live = _publication(telling, one.publication) if one.publication else "null"
    return (
        f'{{"nomor":{one.number},"penggabungan":{_text(one.merge)},"jumlah_pengajuan":{one.attempts},'
        f'"langkah":[{steps}],"tayang":{live}}}'
    )


def _step(telling: _Telling, step: StepTiming) -> str:
    calendar = telling.calendar
    return (
        f'{{{telling.what(step.step, step.attempt, step.role)},"komit":"{step.commit}",'
        f'"ditunggu_sejak":{_instant(calendar, step.previous_at)},"mulai":{_instant(calendar, step.started_at)},'
        f'"diterima":{_instant(calendar, step.received_at)},"waktu_baku":{_standard(step.standard)},'
        f'"lama_proses":{_duration(step.process)},"lama_pengerjaan":{_duration(step.work)},'
        f"{_verdict(telling, step)}}}"
    )


def _what(sop: Sop, number: int, attempt: int, role: str) -> str:
    return _inside(
        {
            "langkah": number,
            "tindakan": sop.step(number).action,
            "pengajuan": attempt,
            "peran": role,
            "nama_peran": sop.roles[role].name,
        }
    )


def _verdict(telling: _Telling, step: StepTiming) -> str:
    """What is said of the step's time, for which its instants are no longer needed."""
    outside = step.started_outside_hours, step.received_outside_hours
    key = timing_words.grounds(step), outside, step.waited_for, step.evidence
    told = telling.verdicts.get(key)
    if told is None:
        told = telling.verdicts[key] = _judged(step)
    return told


def _judged(step: StepTiming) -> str:
    return _inside(
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


def _publication(telling: _Telling, publication: Publication) -> str:
    merged, live = _instant(telling.calendar, publication.merged_at), _instant(telling.calendar, publication.live_at)
    return f'{{"digabungkan":{merged},"tayang_pada":{live},{_took(publication.took, publication.evidence)}}}'


@cache
def _took(took: timedelta | None, evidence: Evidence) -> str:
    return _inside(
        {
            "detik": _seconds(took),
            "teks": timing_words.publication(took),
            "bukti": evidence.value,
            "perkiraan": timing_words.is_estimate(evidence),
        }
    )


@cache
def _standard(standard: StandardTime | None) -> str:
    return _text(standard and {"teks": str(standard), "nilai": standard.value, "satuan": standard.unit})


@cache
def _duration(duration: Duration | None) -> str:
    seconds = _seconds(duration.value) if duration else None
    by_work = not duration.clock if duration else None
    return _text({"detik": seconds, "waktu_kerja": by_work, "teks": timing_words.figure(duration)})


def _seconds(value: timedelta | None) -> int | None:
    return None if value is None else int(value.total_seconds())


def _instant(calendar: Calendar, at: datetime | None) -> str:
    return f'"{worktime.moment(calendar, at).text}"' if at else "null"


def _text(said: object) -> str:
    return orjson.dumps(said).decode()


def _inside(said: Mapping[str, object]) -> str:
    """The members of an object, without its braces."""
    return _text(said)[1:-1]
