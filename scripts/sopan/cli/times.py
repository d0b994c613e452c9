"""`sopan waktu`: the report for programs is told here, all other forms by a module that takes as long to load again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib import import_module

import click

from sopan import timing_report, timing_words, view
from sopan.cli.indonesian import command
from sopan.cli.words import data, here
from sopan.errors import SopanError
from sopan.history import History
from sopan.timing_figures import Report
from sopan.view import View

LOGS = ("csv", "xes", "ocel")
_TOLD = "sopan.cli.times_told"


@command("waktu")
@click.option(
    "--format",
    "form",
    type=click.Choice(["teks", "json", "markdown", *LOGS]),
    default="teks",
    help="Bentuk keluaran; csv, xes, dan ocel adalah catatan kejadian bagi program penambangan proses.",
)
@click.option("--per", "by", type=click.Choice(list(timing_words.GROUPINGS)), help="Ringkas menurut kelompok ini.")
def times(form: str, by: str | None) -> None:
    """Waktu setiap langkah menurut riwayat dan agenda, di samping waktu baku SOP."""
    if by and form in LOGS:
        raise SopanError(f"Catatan kejadian ({form}) tidak dapat diringkas; hapus --per.")
    gc.disable()  # all that a long history brings is kept until the report is out: looking for garbage costs a third
    history, seen = look()
    if form == "json" and not by:
        data(_document(history, seen))
    else:
        import_module(_TOLD).tell(history, seen, form, by)


def look() -> tuple[History, View]:
    """The repository that people stand in, and what it says."""
    history = History(here())
    history.require_whole()
    return history, view.look(history)


def _document(history: History, seen: View) -> Iterator[bytes]:
    """The report for programs: settled rounds as they were told before, where there is a ledger to go by."""
    told = view.told(history, seen)
    if told is None:
        measured: Report = import_module(_TOLD).measured(history, seen)
        return timing_report.as_json(measured)
    return timing_report.document(seen.policy.sop, seen.policy.calendar, told)


COMMANDS = (times,)
