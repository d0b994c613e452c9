"""`sopan server siapkan`, `pulihkan`, `saji`: a server is made, made again out of a mirror, and served."""

from __future__ import annotations

from pathlib import Path

import click

from sopan import policies
from sopan.cli.indonesian import command
from sopan.cli.server_words import CLOCK, HOME
from sopan.cli.words import instant, notice, result
from sopan.errors import Refused
from sopan.history import History
from sopan.server import recording, restore, serving, setup
from sopan.server.home import now, open_home, site_folder


@command("siapkan")
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


@command("pulihkan")
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


@command("saji")
@HOME
@click.option("--untuk", "program", type=click.Choice(list(serving.FOR)), required=True, help="Server webnya.")
def serve_site(folder: Path, program: str) -> None:
    """Menuliskan contoh setelan server web bagi situs kantor ini."""
    _, history = open_home(folder)
    office = policies.policy_at(history, recording.require_recorded(history)).office
    result(serving.FOR[program](office, site_folder(history)).rstrip("\n"))


COMMANDS = (prepare, bring_back, serve_site)
