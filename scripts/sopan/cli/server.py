"""`sopan server …`: prepare, receive, record, serve over ssh, watch, inspect."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from sopan import policies
from sopan.cli.boundary import guarded
from sopan.cli.indonesian import group
from sopan.cli.words import instant, notice, report, result
from sopan.errors import Refused, SopanError
from sopan.gate import Move
from sopan.history import MAIN, History
from sopan.server import bounded, door, hooks, inspection, receive, release, removal, restore, serving, setup, site
from sopan.server.home import Home, now, open_home, site_folder
from sopan.server.spool import Sender, is_git

HOME = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
CLOCK = click.option(hooks.CLOCK, "clock", metavar="WAKTU", help="Jam tetap; hanya untuk pengujian.")
PUSHER = click.option("--pengirim", "pusher", default="", help="Siapa yang mengirim; hanya dicatat.")


@group("server")
def server() -> None:
    """Server kantor: gerbang, agenda penerimaan, dan penerbitan."""


@server.command("siapkan")
@HOME
@click.option("--dari", "source", type=click.Path(path_type=Path), required=True, help="Repositori kantor.")
@click.option("--situs", "live", type=click.Path(path_type=Path), help="Folder situs yang tayang; bawaan DIR-situs.")
@CLOCK
def prepare(folder: Path, source: Path, live: Path | None, clock: str | None) -> None:
    """Membuat repositori server dengan gerbang dan penerbit dari repositori kantor."""
    origin = History(source)
    at = instant(clock) or now()
    if wrong := setup.unready(origin, at):
        raise Refused([finding.sentence() for finding in wrong])
    chosen = live or folder.with_name(f"{folder.name}-situs")
    home = setup.prepare(folder, origin, site=chosen, at=at, clock=instant(clock))
    result(f"Server siap di {home.folder}; situs akan tayang di {chosen}.")
    notice("Jalur folder ini hanya untuk uji coba; di kantor, layani lewat ssh dengan `sopan server kunci`.")


@server.command("pulihkan")
@HOME
@click.option("--dari", "mirror", type=click.Path(path_type=Path), required=True, help="Hasil `git clone --mirror`.")
@click.option("--kunci", "key", type=click.Path(path_type=Path), required=True, help="Cadangan kunci server.")
@click.option("--ujung", "tip", default="", metavar="KOMIT", help="Ujung agenda dari audit terakhir; harus termuat.")
@click.option("--situs", "live", type=click.Path(path_type=Path), help="Folder situs yang tayang; bawaan DIR-situs.")
def bring_back(folder: Path, mirror: Path, key: Path, tip: str, live: Path | None) -> None:
    """Membangun kembali server dari cadangan, sesudah agenda membuktikan bahwa tidak ada yang kurang."""
    chosen = live or folder.with_name(f"{folder.name}-situs")
    done = restore.restore(folder, mirror, key=key, site=chosen, tip=tip)
    result(f"Server pulih di {done.home.folder}; {done.records} catatan agenda terbukti, ujungnya {done.tip}.")
    notice("Sekarang jalankan `sopan server jaga` untuk menerbitkan situsnya, lalu `sopan server periksa`.")


@server.command("saji")
@HOME
@click.option("--untuk", "program", type=click.Choice(list(serving.FOR)), required=True, help="Server webnya.")
def serve_site(folder: Path, program: str) -> None:
    """Menuliskan contoh setelan server web bagi situs kantor ini."""
    _, history = open_home(folder)
    office = policies.policy_at(history, receive.require_recorded(history)).office
    result(serving.FOR[program](office, site_folder(history)).rstrip("\n"))


@server.command("terima", hidden=True)
@HOME
@PUSHER
@CLOCK
def accept(folder: Path, pusher: str, clock: str | None) -> int:
    """The gate (pre-receive): judge, under limits, what git names on standard input."""
    sender = Sender(pusher, os.getppid())
    wanted = receive.moves(sys.stdin.read().splitlines())
    if not is_git(sender.process):
        raise SopanError(receive.BROKEN_OFF)
    at = instant(clock) or now()
    return bounded.run(lambda: guarded(lambda: _judge(folder, wanted, sender, at), log=Home(folder).faults))


@server.command("catat", hidden=True)
@HOME
@PUSHER
@CLOCK
def keep(folder: Path, pusher: str, clock: str | None) -> int:
    """The recorder and publisher (post-receive): the ledger first, then the site."""
    del pusher  # the spool holds it, from the gate's own call
    moved = receive.moves(sys.stdin.read().splitlines())
    return guarded(lambda: _record(folder, moved, clock), log=Home(folder).faults)


@server.command("jaga")
@HOME
@CLOCK
def keep_up(folder: Path, clock: str | None) -> None:
    """Menyelesaikan yang tertunda: agenda, penerbitan, dan bukti tayang. Jalankan saat mulai dan berkala."""
    home, history = open_home(folder)
    receive.drain(home, history)
    _publish(home, history, clock)


@server.command("periksa")
@HOME
def inspect(folder: Path) -> int:
    """Memeriksa pemasangan server dan menyebutkan semua yang perlu diperbaiki."""
    home, history = open_home(folder)
    findings = list(inspection.inspect(home, history, now()))
    report(findings)
    return 1 if findings else 0


@server.command("perbaiki")
@HOME
def mend(folder: Path) -> None:
    """Menulis ulang kait dan setelan server."""
    home, history = open_home(folder)
    hooks.write(home)
    for key, value in setup.SETTINGS.items():
        history.set_config(key, value)
    result("Kait dan setelan ditulis ulang.")


@server.command("buang")
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


@server.command("rilis")
@HOME
@click.argument("revision", default=MAIN, metavar="[REV]")
def switch(folder: Path, revision: str) -> None:
    """Memasang rilis Sopan dari sebuah komit main."""
    home, history = open_home(folder)
    result(f"Rilis terpasang: {release.install(home, history, revision)[:10]}.")


@server.command("kunci")
@HOME
def keys(folder: Path) -> None:
    """Menuliskan isi authorized_keys bagi akun server."""
    home, history = open_home(folder)
    main = receive.require_recorded(history)
    result(door.authorized_keys(home, policies.policy_at(history, main).register, now()).rstrip("\n"))


@server.command("pintu", hidden=True)
@HOME
@PUSHER
def serve(folder: Path, pusher: str) -> None:
    """The forced command of ssh: git, and nothing else."""
    home, history = open_home(folder)
    history.close()
    door.serve(home, door.original_command(), pusher)


def _judge(folder: Path, wanted: Sequence[Move], sender: Sender, at: datetime) -> None:
    home, history = open_home(folder)
    findings = receive.judge(home, history, wanted, sender, at)
    if findings:
        raise Refused(["Kiriman ditolak:", *(finding.sentence() for finding in findings)])


def _record(folder: Path, moved: Sequence[Move], clock: str | None) -> None:
    home, history = open_home(folder)
    receive.drain(home, history)
    if any(move.ref == MAIN for move in moved):
        _publish(home, history, clock)


def _publish(home: Home, history: History, clock: str | None) -> None:
    """Publish `main` and prove what is live; what fails stays pending and says so, for `jaga` to try again."""
    try:
        with site.published(home, history) as published:
            if published.whole:
                notice(f"Seluruh situs dibangun: {published.whole}.")
            notice("Situs sudah sama dengan main.")
            for proof in site.prove(home, history, instant(clock) or now()):
                said = f"belum terbukti: {proof.pending}" if proof.pending else "terbukti tayang"
                notice(f"{proof.address} {said}.")
    except SopanError as error:
        raise SopanError(f"Penerbitan tertunda: {error} Ulangi dengan `sopan server jaga`.") from error


COMMANDS = (server,)
