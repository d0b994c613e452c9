"""`sopan gerbang`: the gate's verdict for other programs, and for whoever wants to know it before pushing."""

from __future__ import annotations

from datetime import datetime

import click

from sopan import gate, ledger_index, view
from sopan.cli.indonesian import command
from sopan.cli.words import FORMAT, here, instant, verdict
from sopan.desk import place
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.history import MAIN, NO_OBJECT, History
from sopan.moves import Move
from sopan.view import View


@command("gerbang")
@click.option("--dasar", "base", required=True, metavar="REV", help="Ujung ref sebelum kiriman, atau main bagi cabang.")
@click.option("--ujung", "head", required=True, metavar="REV", help="Ujung ref sesudah kiriman.")
@click.option("--ref", "ref", default=MAIN, help="Ref yang hendak bergerak.", show_default=True)
@click.option("--pada", "at", metavar="WAKTU", help="Saat diterima, bagi komit yang belum ada di agenda.")
@FORMAT
def judge(base: str, head: str, ref: str, at: str | None, form: str) -> int:
    """Menilai apakah sebuah ref boleh bergerak; putusannya sama dengan putusan server."""
    full = ref if ref.startswith("refs/") else f"refs/heads/{ref}"
    try:
        history = History(here())
        history.require_whole()
        seen = view.look(history)
        findings = _judge(history, seen, full, base, head, instant(at) or place.now())
    except SopanError as error:
        if form == "json":  # a program that reads the verdict must not mistake silence for consent
            verdict([found("tak-ternilai", sebab=error)], form, site="")
        raise
    return verdict(findings, form, site=seen.policy.office.site)


def _judge(history: History, seen: View, ref: str, base: str, head: str, at: datetime) -> list[Finding]:
    old, new = _commit(history, base), _commit(history, head)
    main = old if ref == MAIN or old in history.first_parents(seen.main) else seen.main
    move = Move(ref, NO_OBJECT if ref != MAIN and main == old else old, new)
    book = ledger_index.read(history)
    return gate.judge(history, move, main=main, receipts=book, removed=book.removed, at=at)


def _commit(history: History, revision: str) -> str:
    if revision == NO_OBJECT:
        return NO_OBJECT
    oid = history.resolve(revision)
    if oid is None:
        raise SopanError(f"Revisi {revision} tidak ditemukan di repositori ini; ambil dahulu dengan `git fetch`.")
    return oid


COMMANDS = (judge,)
