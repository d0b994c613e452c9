"""`serahkan` with files: a new item from documents and a few answers, in memory until the server has taken it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sopan import item
from sopan.desk.place import Desk
from sopan.errors import SopanError

_QUESTIONS = {
    "title": ("Judul informasi", "--judul"),
    "classification": ("Klasifikasi (berkala, serta_merta, setiap_saat)", "--klasifikasi"),
    "unit": ("Unit asal", "--unit"),
}


def new_item(
    desk: Desk,
    files: Sequence[Path],
    *,
    title: str | None,
    classification: str | None,
    unit: str | None,
    text: str,
    not_exempt: bool,
) -> tuple[str, dict[str, bytes]]:
    """The identity and the files of a new item made of these documents; asks for what was not given."""
    answers = _answers({"title": title, "classification": classification, "unit": unit})
    if not (not_exempt or _confirmed()):
        raise SopanError("Informasi yang dikecualikan tidak boleh masuk; nyatakan dengan --bukan-dikecualikan bila memang bukan.")
    attachments = {_file_name(file): _bytes(file) for file in files}
    fields = {
        "judul": answers["title"],
        "klasifikasi": answers["classification"].lower().replace("-", "_").replace(" ", "_"),
        "unit_asal": answers["unit"],
        "bukan_dikecualikan": "ya",
        "lampiran": [{"berkas": name, "judul": file.stem} for name, file in zip(attachments, files, strict=True)],
    }
    identity = f"{desk.now().year}/{item.slugify(answers['title'])}"
    return identity, {item.INDEX: item.write(fields, f"\n{text.strip()}\n" if text.strip() else ""), **attachments}


def _answers(given: dict[str, str | None]) -> dict[str, str]:
    """Every answer; asked for where a person sits at the terminal, else named as missing, all at once."""
    missing = [_QUESTIONS[name][1] for name, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        raise SopanError(f"Belum diisi: {', '.join(missing)}; tambahkan pada perintah ini.")
    return {name: value or click.prompt(_QUESTIONS[name][0]) for name, value in given.items()}


def _confirmed() -> bool:
    return sys.stdin.isatty() and click.confirm("Apakah Anda menyatakan ini bukan informasi yang dikecualikan?")


def _file_name(file: Path) -> str:
    """The name under which a document is kept: small letters, digits and hyphens, its own ending."""
    return f"{item.slugify(file.stem)}{file.suffix.lower()}"


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise SopanError(f"Berkas {file} tidak ditemukan; periksa nama dan letaknya.")
    return file.read_bytes()
