"""What `sopan waktu` tells besides the report for programs, and `sopan laporan`: tables, sums, event logs, a month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

from sopan import item_kinds, monthly_report, record, summary_report, timing, timing_summary, timing_table, view
from sopan.chain import Round
from sopan.cli import times
from sopan.cli.indonesian import command
from sopan.cli.paper import console
from sopan.cli.words import result, results
from sopan.desk import place
from sopan.errors import Refused, SopanError
from sopan.eventlog import events, ocel, table, xes
from sopan.history import History
from sopan.timing_figures import Report
from sopan.timing_summary import Summary
from sopan.view import View

_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


def tell(history: History, seen: View, form: str, by: str | None) -> None:
    """The report in a form of its own, or summed up."""
    rounds = _rounds(history, seen)
    measured = _measured(seen, rounds)
    if by or form == "markdown":
        _summary(_summarised(history, seen, measured, by), by or "langkah", form)
    elif form in times.LOGS:
        results(_log(rounds, measured, form))
    else:
        timing_table.as_table(measured, console())


def measured(history: History, seen: View) -> Report:
    """Every round measured anew, by the commits' own dates where there is no ledger."""
    return _measured(seen, _rounds(history, seen))


@command("laporan")
@click.argument("month", metavar="BULAN")
@click.option("--format", "form", type=click.Choice(["markdown", "html"]), default="markdown", help="Bentuk keluaran.")
def monthly(month: str, form: str) -> None:
    """Laporan sebulan, seperti 2026-11, dalam satu halaman untuk ditandatangani kepala kantor."""
    if not _MONTH.fullmatch(month):
        raise SopanError(f"Bulan “{month}” tidak terbaca; tulis seperti 2026-11.")
    history, seen = times.look()
    of_month = timing_summary.within_month(measured(history, seen), month)
    summary = _summarised(history, seen, of_month, "jenis")
    told = monthly_report.make(seen.policy, of_month, summary, month)
    result(monthly_report.as_html(told) if form == "html" else monthly_report.as_markdown(told))


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
        kinds = item_kinds.read(history, seen, {one.item for one in measured.rounds})
    return timing_summary.summarise(measured, kinds)


def _summary(summary: Summary, by: str, form: str) -> None:
    told = summary_report.sheet(summary, by)
    if form == "json":
        result(summary_report.as_json(summary, by))
    elif form == "markdown":
        result("\n".join(summary_report.as_document(summary, by)))
    else:
        timing_table.of_sheet(told, console())
        timing_table.of_sheet(summary_report.waiting(summary), console())
        result(summary_report.rounds(summary.rounds))


def _log(rounds: tuple[Round, ...], measured: Report, form: str) -> Iterator[str]:
    known, zone = events(rounds, measured), measured.calendar.zone
    if form == "csv":
        return table.write(known, zone)
    return xes.write(known, zone, measured.sop.name) if form == "xes" else ocel.write(known)


COMMANDS = (monthly,)
