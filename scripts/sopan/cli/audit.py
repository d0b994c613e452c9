"""`sopan audit`: prove from a repository with its ledger what was done, or name everything that is not proven."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from sopan import audit, audit_report, audit_steps, public_key, signature
from sopan.audit import Pins
from sopan.cli.indonesian import command
from sopan.cli.words import FORMAT, here, notice, result
from sopan.errors import SopanError
from sopan.history import History
from sopan.ledger import Record

_OBJECT = re.compile(r"[0-9a-f]{40}")
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


@command("audit")
@click.option(
    "--pangkal", "genesis", default="", metavar="KOMIT", help="Pangkal yang Anda ketahui, 40 huruf dan angka."
)
@click.option(
    "--kunci-server",
    "key",
    default="",
    metavar="SIDIK",
    help="Sidik jari kunci server (SHA256:…), atau berkas .pub-nya.",
)
@FORMAT
def prove(genesis: str, key: str, form: str) -> int:
    """Membuktikan dari agenda siapa mengerjakan langkah apa, kapan, atas isi yang mana; mengubah apa pun ketahuan."""
    pins = Pins(_genesis(genesis), _key(key))
    history = History(here())
    history.require_whole()
    examined = audit.examine(history, pins, _watched)
    passages = [] if examined.findings else audit_steps.passages(history, examined)
    if form == "json":
        result(audit_report.as_json(examined, passages))
    else:
        for line in audit_report.as_text(examined, passages):
            result(line)
    if not (pins.genesis and pins.key):
        notice("Cocokkan pangkal dan kunci server dengan catatan kantor, atau sebut: --pangkal, --kunci-server.")
    notice(f"Ujung agenda: {examined.book.tip}. Simpan; audit yang berikut harus memuatnya.")
    return 1 if examined.findings else 0


def _genesis(text: str) -> str:
    if text and not _OBJECT.fullmatch(text):
        raise SopanError(f"Pangkal “{text}” bukan nama komit yang lengkap; tulis 40 angka dan huruf a sampai f.")
    return text


def _key(text: str) -> str:
    """The fingerprint that was given, or that of the public key in the file that was named."""
    if not text or _FINGERPRINT.fullmatch(text):
        return text
    return public_key.fingerprint(signature.public_line(Path(text)))


def _watched(records: Sequence[Record], words: str) -> Iterable[Record]:
    """The records, with a progress bar while a person watches."""
    console = Console(stderr=True)
    return track(records, words, console=console, transient=True, disable=not sys.stderr.isatty())


COMMANDS = (prove,)
