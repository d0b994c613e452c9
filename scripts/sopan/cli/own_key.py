"""`petugas kunci`: an officer's key, the line that registers it, and the clone that signs with it."""

from __future__ import annotations

from pathlib import Path

import click

from sopan import signature
from sopan.cli.indonesian import group
from sopan.cli.words import here, notice, result
from sopan.desk import place
from sopan.errors import SopanError
from sopan.history import FLUSH, History
from sopan.policy_files import OFFICERS_FILE


@group("petugas")
def officers() -> None:
    """Petugas dan kuncinya."""


@officers.command("kunci")
@click.option(
    "--berkas",
    "file",
    type=click.Path(path_type=Path),
    default=Path.home() / ".ssh" / "sopan",
    help="Tempat kunci baru.",
)
def make_key(file: Path) -> None:
    """Membuat kunci Anda dan menuliskan apa yang perlu ditambahkan ke petugas.yml."""
    if file.exists():
        line = _public_line(file)
        notice(f"Kunci {file} sudah ada; tidak ada kunci baru yang dibuat.")
    else:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = signature.generate(file, "sopan")
        notice(f"Kunci dibuat di {file}. Jaga berkas itu; jangan pernah mengirimkannya.")
    notice(_use(file.absolute()))
    notice("Tambahkan baris berikut pada bagian `kunci` Anda di petugas.yml, melalui cabang rawat:")
    result(f'      - {{kunci: "{line}", mulai: "{place.now().isoformat()}", sampai: ""}}')


def _public_line(file: Path) -> str:
    if not file.with_name(f"{file.name}.pub").is_file():
        raise SopanError(f"{file} sudah ada tanpa {file.name}.pub di sampingnya; pilih nama lain dengan --berkas.")
    return signature.public_line(file)


def _use(file: Path) -> str:
    """Let the office's clone around the working folder sign with this key; tells which clone does."""
    top = here()
    if not ((top / ".git").exists() and (top / OFFICERS_FILE).is_file()):
        return "Folder ini bukan klon kantor; ulangi perintah ini di dalam klon Anda supaya kunci itu dipakai di sana."
    clone = History(top)
    former = clone.config(place.KEY_SETTING)
    for key, value in {**FLUSH, place.KEY_SETTING: str(file)}.items():
        clone.set_config(key, value)
    instead = f", menggantikan {former}" if former not in {"", str(file)} else ""
    return f"Kunci itu dipakai di klon {top}{instead}."


COMMANDS = (officers,)
