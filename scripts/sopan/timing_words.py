"""The figures in the words that people read: one wording for table, JSON, board and public page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sopan.chain import Evidence
from sopan.timing_figures import Duration, Judgement, StepTiming

LOCALE = "id_ID"  # how Babel names the language of all that officers and citizens read
UNMEASURED = Judgement.UNMEASURED.value
CONCURRENT = "bersamaan"
ESTIMATE = "perkiraan"
OUTSIDE_HOURS = "di luar jam kerja"
NOT_YET = "belum terbukti"
GROUPINGS: Mapping[str, str] = {
    "langkah": "Per langkah",
    "peran": "Per peran",
    "butir": "Per butir informasi",
    "jenis": "Per jenis dokumen",
    "bulan": "Per bulan",
}


@dataclass(frozen=True)
class Figure:
    """A figure's name and what exactly it means."""

    name: str
    meaning: str


FIGURES: dict[str, Figure] = {
    "lama_proses": Figure(
        "lama proses (termasuk menunggu)",
        "Waktu kerja sejak langkah ini ditunggu (saat server menerima langkah sebelumnya, pengembalian, atau "
        "penyelarasan) sampai server menerima langkah ini.",
    ),
    "lama_pengerjaan": Figure(
        "lama pengerjaan",
        "Waktu kerja sejak server menerima tanda mulai (SOP-Terima) dari petugas yang membuat langkah ini sampai "
        "server menerima langkah ini.",
    ),
    "tayang": Figure(
        "tayang",
        "Waktu jam sejak server menerima penggabungan sampai server berhasil membaca kembali halaman yang tayang.",
    ),
    "waktu_baku": Figure(
        "waktu baku",
        "Waktu yang tertulis pada SOP untuk langkah ini. Satu hari kerja berarti sampai jam yang sama pada hari kerja "
        "berikutnya.",
    ),
    "sesuai": Figure(
        Judgement.WITHIN.value,
        "Lama pengerjaan, atau bahkan lama proses, tidak melebihi waktu baku.",
    ),
    "melampaui": Figure(
        Judgement.EXCEEDED.value,
        "Lama pengerjaan melebihi waktu baku. Waktu menunggu dan waktu di luar jam kerja tidak pernah dihitung "
        "melampaui.",
    ),
    "tidak_terukur": Figure(
        UNMEASURED,
        "Riwayat tidak membuktikan lamanya pengerjaan, sehingga tidak dinilai dan tidak diperkirakan.",
    ),
    "bersamaan": Figure(
        CONCURRENT,
        "Petugas yang sama sedang mengerjakan butir lain pada waktu yang bertindih; langkah ini tidak dinilai.",
    ),
    "di_luar_jam_kerja": Figure(
        OUTSIDE_HOURS,
        "Rentang ini tidak menyentuh jam kerja sama sekali; yang ditampilkan adalah waktu jam.",
    ),
    "perkiraan": Figure(
        ESTIMATE,
        "Waktunya berasal dari tanggal komit, bukan dari catatan server.",
    ),
    "menunggu": Figure(
        "menunggu",
        "Peran yang ditunggu selama lama proses; kantor, bila pada masa itu jabatannya kosong.",
    ),
}


def name(column: str) -> str:
    """What people call a column: a figure's name, or the word itself."""
    return FIGURES[column].name if column in FIGURES else column


def length(value: timedelta) -> str:
    """A length of time as people say it: "1 jam 5 menit"; hours are not folded into days, which differ in length."""
    seconds = int(value.total_seconds())
    if not seconds:
        return "kurang dari 1 detik"
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "jam"), (minutes, "menit"), (seconds, "detik"))
    return " ".join(f"{number:,} {unit}".replace(",", ".") for number, unit in parts if number)


def figure(duration: Duration | None) -> str:
    """A step's figure; clock time says that it is."""
    if duration is None:
        return UNMEASURED
    return f"{length(duration.value)} ({OUTSIDE_HOURS})" if duration.clock else length(duration.value)


def publication(took: timedelta | None) -> str:
    """How long the page took to go live, or that nothing proves yet that it did."""
    return NOT_YET if took is None else length(took)


def instant(at: datetime, zone: ZoneInfo) -> str:
    """An instant by the office's clocks: "23-11-2026 07.40.05 WIB"."""
    return at.astimezone(zone).strftime("%d-%m-%Y %H.%M.%S %Z")


def is_estimate(evidence: Evidence) -> bool:
    """Whether the instant is only claimed by a commit."""
    return evidence is Evidence.CLAIM


def judgement(step: StepTiming) -> str:
    """The judgement in one short phrase, with what limits it."""
    limits = ((CONCURRENT, step.concurrent), (ESTIMATE, is_estimate(step.evidence)))
    return ", ".join([step.judgement.value, *(word for word, holds in limits if holds)])


def grounds(step: StepTiming) -> tuple[object, ...]:
    """All that `reason` looks at: steps that have these alike are given the same one."""
    unknown = (step.work is None, step.started_at is None, step.previous_at is None, step.process is None)
    return step.judgement, step.standard, step.concurrent, unknown


def reason(step: StepTiming) -> str:
    """Why the step is judged as it is, in one sentence."""
    if step.judgement is not Judgement.UNMEASURED:
        return _JUDGED[step.judgement].format(standard=step.standard)
    return next(f"Tidak dinilai, karena {why}." for why, holds in _limits(step) if holds)


_JUDGED = {
    Judgement.WITHIN: "Tidak melebihi waktu baku {standard}.",
    Judgement.EXCEEDED: "Lama pengerjaan melebihi waktu baku {standard}.",
}


def _limits(step: StepTiming) -> Iterator[tuple[str, bool]]:
    """What keeps a step from being judged, the first that holds; the last holds for every step that is left."""
    yield "petugas yang sama mengerjakan butir lain pada waktu yang bertindih", step.concurrent
    yield "SOP tidak menulis waktu baku untuk langkah ini", step.standard is None
    yield "dikerjakan di luar jam kerja", step.work is not None
    yield "tanda mulai dan langkah ini diterima server pada saat yang sama", step.started_at is not None
    yield "tidak ada tanda mulai dan tidak ada langkah yang mendahului", step.previous_at is None
    yield "tidak ada tanda mulai, dan langkah sebelumnya diterima server pada saat yang sama", step.process is None
    yield "tidak ada tanda mulai, sedangkan lama proses termasuk waktu menunggu", True
