"""The summary of times in words: rows of one shape for terminal, Markdown, JSON, the monthly report and the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sopan import timing_words
from sopan.chain import Evidence
from sopan.timing_figures import Judgement
from sopan.timing_summary import Group, Rounds, Spread, Summary, Wait

FORMAT = "ringkasan-waktu/1"
HEADS = (
    "jumlah",
    "waktu baku",
    *(judgement.value for judgement in Judgement),
    "lama pengerjaan: median; persentil ke-90 (banyaknya)",
    "lama proses: median; persentil ke-90 (banyaknya)",
    "diulang",
    "perkiraan",
)
WAIT_HEADS = ("kali", "lama menunggu: median; persentil ke-90 (banyaknya)", "seluruhnya")


@dataclass(frozen=True)
class Sheet:
    """A table of words: its name, the heads of its columns, and its rows, whose first cell names the row."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def groups(summary: Summary, by: str) -> tuple[Group, ...]:
    """The groups of one of the GROUPINGS."""
    chosen: Mapping[str, Callable[[], tuple[Group, ...]]] = {
        "langkah": lambda: summary.steps,
        "peran": lambda: summary.roles,
        "butir": lambda: summary.items,
        "jenis": lambda: summary.kinds,
        "bulan": lambda: summary.months,
    }
    return chosen[by]()


def sheet(summary: Summary, by: str) -> Sheet:
    """One grouping as words."""
    return sheet_of(by, map(row, groups(summary, by)))


def sheet_of(by: str, rows: Iterable[tuple[str, ...]]) -> Sheet:
    """One grouping whose rows are in words already."""
    return Sheet(timing_words.GROUPINGS[by], (by, *HEADS), tuple(rows))


def waiting(summary: Summary) -> Sheet:
    """Who was waited for, the longest first."""
    return Sheet("Siapa yang ditunggu", ("yang ditunggu", *WAIT_HEADS), tuple(_waited(one) for one in summary.waits))


def rounds(told: Rounds) -> str:
    """The rounds in one sentence or two."""
    if not told.published:
        return f"Belum ada putaran yang terbit; {told.open} berjalan, {told.returns} kali dikembalikan atau ditarik."
    share = f"{told.first_pass} dari {told.published} ({round(100 * told.first_pass / told.published)}%)"
    return (
        f"{told.published} putaran terbit, {told.open} sedang berjalan. Terbit pada pengajuan pertama: {share}; "
        f"{told.returns} kali dikembalikan atau ditarik. Dari penggabungan sampai tayang: {spread(told.live)}."
    )


def spread(one: Spread) -> str:
    """Median and 90th percentile with the number of measurements; one measurement is called that."""
    if one.median is None or one.ninetieth is None:
        return timing_words.UNMEASURED
    if one.count == 1:
        return f"{timing_words.length(one.median)} (satu pengukuran saja)"
    return f"{timing_words.length(one.median)}; {timing_words.length(one.ninetieth)} ({one.count})"


def as_markdown(told: Sheet) -> Iterator[str]:
    """The lines of a table in Markdown; no cell can break out of it."""
    yield _line(told.heads)
    yield "|" + "---|" * len(told.heads)
    yield from map(_line, told.rows)


def as_document(summary: Summary, by: str) -> Iterator[str]:
    """The lines of a summary in Markdown, for a pull request or the page of a job: grouping, waiting, rounds."""
    for told in (sheet(summary, by), waiting(summary)):
        yield from ("", f"### {told.name}", "", *as_markdown(told))
    yield from ("", rounds(summary.rounds), "", *_definitions())


def _definitions() -> Iterator[str]:
    for key in ("lama_pengerjaan", "lama_proses", "sesuai", "melampaui", "tidak_terukur", "perkiraan"):
        figure = timing_words.FIGURES[key]
        yield f"- *{figure.name}*: {figure.meaning}"


def as_json(summary: Summary, by: str) -> str:
    """One grouping for programs; lengths in whole seconds, None where nothing was measured."""
    document = {
        "skema": FORMAT,
        "per": by,
        "kelompok": [_told(group) for group in groups(summary, by)],
        "menunggu": [
            {
                "yang_ditunggu": one.name,
                "detik_seluruhnya": int(one.total.total_seconds()),
                "lama": _figures(one.spread),
            }
            for one in summary.waits
        ],
        "putaran": {
            "terbit": summary.rounds.published,
            "berjalan": summary.rounds.open,
            "terbit_pada_pengajuan_pertama": summary.rounds.first_pass,
            "pengembalian": summary.rounds.returns,
            "tayang": _figures(summary.rounds.live),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def row(group: Group) -> tuple[str, ...]:
    """One group as a line of its sheet."""
    return (
        group.name,
        str(group.steps),
        str(group.standard) if group.standard else "-",
        *(str(group.judged.get(judgement, 0)) for judgement in Judgement),
        spread(group.work),
        spread(group.process),
        str(group.again),
        str(group.evidence.get(Evidence.CLAIM, 0)),
    )


def _waited(one: Wait) -> tuple[str, ...]:
    return (one.name, str(one.times), spread(one.spread), timing_words.length(one.total))


def _told(group: Group) -> Mapping[str, object]:
    return {
        "nama": group.name,
        "jumlah": group.steps,
        "waktu_baku": str(group.standard) if group.standard else None,
        "penilaian": {judgement.value: group.judged.get(judgement, 0) for judgement in Judgement},
        "lama_pengerjaan": _figures(group.work),
        "lama_proses": _figures(group.process),
        "diulang": group.again,
        "bukti": {evidence.value: group.evidence.get(evidence, 0) for evidence in Evidence},
    }


def _figures(one: Spread) -> Mapping[str, int | None]:
    seconds = [None if value is None else int(value.total_seconds()) for value in (one.median, one.ninetieth)]
    return {"banyaknya": one.count, "median_detik": seconds[0], "persentil_90_detik": seconds[1]}


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
