"""The timing report and its sums as tables on a terminal; every figure in the words of `timing_words`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from sopan import timing_words
from sopan.summary_report import Sheet
from sopan.timing_figures import Report, RoundTiming, StepTiming

_COLUMNS = ("langkah", "diterima", "waktu_baku", "lama_proses", "lama_pengerjaan", "penilaian")


def as_table(report: Report, console: Console) -> None:
    """One table for each round, for people; says so where there is nothing to show."""
    if not report.rounds:
        console.print("Belum ada butir yang menempuh langkah SOP.")
    for one in report.rounds:
        console.print(_table(report, one))


def of_sheet(told: Sheet, console: Console) -> None:
    """One table of sums."""
    table = Table(title=told.name, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in told.heads:
        table.add_column(head)
    for row in told.rows:
        table.add_row(*row)
    console.print(table)


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
