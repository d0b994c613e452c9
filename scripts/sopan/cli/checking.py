"""`periksa`: what the gate would say of items and documents, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

import click

from sopan.cli.indonesian import command
from sopan.cli.words import FORMAT, here, verdict
from sopan.desk import whole
from sopan.errors import SopanError
from sopan.history import History


@command("periksa")
@click.argument("names", nargs=-1, metavar="[BUTIR… | BERKAS…]")
@click.option("--lengkapi", "complete", is_flag=True, help="Isi yang masih kosong dengan bawaan kantor.yml.")
@click.option("--bersihkan", "clean", is_flag=True, help="Hapus nama pembuat dari lampiran, langsung di berkasnya.")
@click.option("--penuh", "full", is_flag=True, help="Periksa terhadap syarat lengkap, langkah mana pun yang menunggu.")
@click.option("--semua", "every", is_flag=True, help="Semua butir di folder kerja: kepala, naskah, nama berkas.")
@FORMAT
def examine(names: Sequence[str], form: str, *, complete: bool, clean: bool, full: bool, every: bool) -> int:
    """Memeriksa butir di folder kerja, atau berkas yang hendak diserahkan; tidak mengirim apa pun."""
    history = History(here())
    if every:
        if names or complete or clean or full:
            raise SopanError("--semua memeriksa seluruh folder kerja; jangan sebut butir, berkas, atau pilihan lain.")
        return verdict(whole.findings(history), form, site="")
    from sopan.cli import examining  # noqa: PLC0415 - most of the start is what judges; --semua mostly does without

    return examining.examined(history, names, form, complete=complete, clean=clean, full=full)


COMMANDS = (examine,)
