"""`sopan server periksa`, `perbaiki`, `rilis`, `buang`: a server is inspected, mended, and rid of a branch."""

from __future__ import annotations

from pathlib import Path

import click

from sopan.cli.indonesian import command
from sopan.cli.server_words import CLOCK, HOME
from sopan.cli.words import instant, notice, report, result
from sopan.history import MAIN
from sopan.server import hooks, inspection, release, removal, setup
from sopan.server.home import now, open_home


@command("periksa")
@HOME
def inspect(folder: Path) -> int:
    """Memeriksa pemasangan server dan menyebutkan semua yang perlu diperbaiki."""
    home, history = open_home(folder)
    findings = list(inspection.inspect(home, history, now()))
    report(findings)
    return 1 if findings else 0


@command("perbaiki")
@HOME
def mend(folder: Path) -> None:
    """Menulis ulang kait dan setelan server."""
    home, history = open_home(folder)
    hooks.write(home)
    for key, value in setup.SETTINGS.items():
        history.set_config(key, value)
    result("Kait dan setelan ditulis ulang.")


@command("rilis")
@HOME
@click.argument("revision", default=MAIN, metavar="[REV]")
def switch(folder: Path, revision: str) -> None:
    """Memasang rilis Sopan dari sebuah komit main."""
    home, history = open_home(folder)
    result(f"Rilis terpasang: {release.install(home, history, revision)[:10]}.")


@command("buang")
@HOME
@click.argument("branch", metavar="CABANG")
@click.option("--alasan", "reason", prompt="Alasan", help="Mengapa dibuang, tanpa data pribadinya; wajib.")
@CLOCK
def discard(folder: Path, branch: str, reason: str, clock: str | None) -> None:
    """Membuang cabang butir atau rawat yang tidak boleh disimpan, misalnya karena memuat data pribadi."""
    home, history = open_home(folder)
    done = removal.remove(home, history, branch, reason=reason, at=instant(clock) or now())
    result(f"{done.branch} dibuang dan tercatat di agenda; {done.destroyed} objeknya dihapus dari server.")
    if done.kept:
        notice(f"{done.kept} objek lagi tetap ada, karena main atau cabang lain memuat isi yang sama.")
    for other in done.shared_with:
        notice(f"Sebagian komitnya masih ada di {other}; buang juga cabang itu bila komit itu yang bermasalah.")
    notice("Klon petugas dan cadangan masih menyimpannya; bersihkan menurut panduan pemasangan.")


COMMANDS = (inspect, mend, switch, discard)
