"""`sopan waktu` and `sopan laporan`: measured times as table, summary, event log and monthly report."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping

import click

from sopan import (
    monthly_report,
    record,
    summary_report,
    timing,
    timing_report,
    timing_summary,
    view,
)
from sopan.chain import Round
from sopan.cli.indonesian import command
from sopan.cli.words import console, data, here, result, results
from sopan.desk import place
from sopan.errors import Refused, SopanError
from sopan.eventlog import events, ocel, table, xes
from sopan.history import History
from sopan.timing_figures import Report
from sopan.timing_summary import Summary
from sopan.view import View

_LOGS = ("csv", "xes", "ocel")
_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


@command("waktu")
@click.option(
    "--format",
    "form",
    type=click.Choice(["teks", "json", "markdown", *_LOGS]),
    default="teks",
    help="Bentuk keluaran; csv, xes, dan ocel adalah catatan kejadian bagi program penambangan proses.",
)
@click.option("--per", "by", type=click.Choice(list(summary_report.GROUPINGS)), help="Ringkas menurut kelompok ini.")
def times(form: str, by: str | None) -> None:
    """Waktu setiap langkah menurut riwayat dan agenda, di samping waktu baku SOP."""
    if by and form in _LOGS:
        raise SopanError(f"Catatan kejadian ({form}) tidak dapat diringkas; hapus --per.")
    gc.disable()  # all that a long history brings is kept until the report is out: looking for garbage costs a third
    history, seen = _seen()
    if form == "json" and not by:
        data(_document(history, seen))
        return
    rounds = _rounds(history, seen)
    measured = _measured(seen, rounds)
    if by or form == "markdown":
        _summary(_summarised(history, seen, measured, by), by or "langkah", form)
    elif form in _LOGS:
        results(_log(rounds, measured, form))
    else:
        timing_report.as_table(measured, console())


@command("laporan")
@click.argument("month", metavar="BULAN")
@click.option("--format", "form", type=click.Choice(["markdown", "html"]), default="markdown", help="Bentuk keluaran.")
def monthly(month: str, form: str) -> None:
    """Laporan sebulan, seperti 2026-11, dalam satu halaman untuk ditandatangani kepala kantor."""
    if not _MONTH.fullmatch(month):
        raise SopanError(f"Bulan “{month}” tidak terbaca; tulis seperti 2026-11.")
    history, seen = _seen()
    measured = timing_summary.within_month(_measured(seen, _rounds(history, seen)), month)
    summary = _summarised(history, seen, measured, "jenis")
    told = monthly_report.make(seen.policy, measured, summary, month)
    result(monthly_report.as_html(told) if form == "html" else monthly_report.as_markdown(told))


def _seen() -> tuple[History, View]:
    history = History(here())
    history.require_whole()
    return history, view.look(history)


def _document(history: History, seen: View) -> Iterator[bytes]:
    """The report for programs: settled rounds as they were told before, where there is a ledger to go by."""
    told = view.told(history, seen)
    if told is None:
        return timing_report.as_json(_measured(seen, _rounds(history, seen)))
    return timing_report.document(seen.policy.sop, seen.policy.calendar, told)


def _rounds(history: History, seen: View) -> tuple[Round, ...]:
    """Every round; Refused where the commits' own dates contradict each other."""
    rounds = view.recorded(history, seen).rounds
    wrong = list(record.claims(rounds, place.now()))
    if wrong:
        raise Refused([finding.sentence() for finding in wrong])
    return rounds


def _measured(seen: View, rounds: tuple[Round, ...]) -> Report:
    rules = seen.policy
    return timing.measure(rounds, sop=rules.sop, calendar=rules.calendar, register=rules.register)


def _summarised(history: History, seen: View, measured: Report, by: str | None) -> Summary:
    """The kinds of documents are read only where they are asked for: every item has to be opened for them."""
    kinds: Mapping[str, str] = {}
    if by == "jenis":
        kinds = view.kinds(history, seen, {one.item for one in measured.rounds})
    return timing_summary.summarise(measured, kinds)


def _summary(summary: Summary, by: str, form: str) -> None:
    told = summary_report.sheet(summary, by)
    if form == "json":
        result(summary_report.as_json(summary, by))
    elif form == "markdown":
        result("\n".join(summary_report.as_document(summary, by)))
    else:
        summary_report.as_table(told, console())
        summary_report.as_table(summary_report.waiting(summary), console())
        result(summary_report.rounds(summary.rounds))


def _log(rounds: tuple[Round, ...], measured: Report, form: str) -> Iterator[str]:
    known, zone = events(rounds, measured), measured.calendar.zone
    if form == "csv":
        return table.write(known, zone)
    return xes.write(known, zone, measured.sop.name) if form == "xes" else ocel.write(known)


COMMANDS = (times, monthly)
