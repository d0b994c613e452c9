"""`serahkan` with files: a new item from documents and a few answers, in memory until the server has taken it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from sopan import item, strict_yaml
from sopan.desk.place import Desk
from sopan.errors import SopanError

_QUESTIONS = {
    "title": ("Judul informasi", "--judul"),
    "classification": ("Klasifikasi (berkala, serta_merta, setiap_saat)", "--klasifikasi"),
    "unit": ("Unit asal", "--unit"),
}


@dataclass(frozen=True)
class Answers:
    """What the Sekretaris says of a new item; None where it was not said."""

    title: str | None
    classification: str | None
    unit: str | None
    text: str
    not_exempt: bool


def names_file(source: str) -> bool:
    """Whether a word of `serahkan` means a document rather than an item: items' names have no ending."""
    return Path(source).is_file() or bool(Path(source).suffix)


def new_item(desk: Desk, sources: Sequence[Path], answers: Answers) -> tuple[str, dict[str, bytes]]:
    """The identity and the files of a new item made of these documents; asks for what was not given.

    An `index.md` among them is taken as it is; then only the title names the item.
    """
    files = _files(sources)
    if item.INDEX in files:
        return _new(desk, answers.title or _title_of(files[item.INDEX])), files
    answers = _complete(answers)
    index = item.write(_fields(answers, sources), f"\n{answers.text.strip()}\n" if answers.text.strip() else "")
    return _new(desk, answers.title or ""), {item.INDEX: index, **files}


def _new(desk: Desk, title: str) -> str:
    """The identity of a new item; one that is published already is edited instead, so that nothing of it is lost."""
    identity = f"{desk.now().year}/{item.slugify(title)}"
    if desk.history.find(desk.history.tree_of(desk.seen.main), item.folder(identity)):
        raise SopanError(
            f"Butir {identity} sudah terbit; pilih judul lain, "
            f"atau sunting foldernya lalu jalankan `sopan serahkan {identity}`."
        )
    return identity


def _files(sources: Sequence[Path]) -> dict[str, bytes]:
    """The documents by the names under which they are kept; no two may come to the same name."""
    names = [file.name if file.name == item.INDEX else _file_name(file) for file in sources]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SopanError(f"Beberapa berkas akan bernama sama ({', '.join(twice)}); ganti nama salah satunya.")
    return {name: _bytes(file) for name, file in zip(names, sources, strict=True)}


def _fields(answers: Answers, sources: Sequence[Path]) -> dict[str, object]:
    """The front matter of the first step, in the order of the schema."""
    return {
        "judul": answers.title,
        "klasifikasi": (answers.classification or "").lower().replace("-", "_").replace(" ", "_"),
        "unit_asal": answers.unit,
        "bukan_dikecualikan": "ya",
        "lampiran": [{"berkas": _file_name(file), "judul": file.stem} for file in sources],
    }


def _title_of(index: bytes) -> str:
    parts, _ = item.split(index, item.INDEX)
    document, _ = strict_yaml.load(parts.front, item.INDEX, first_line=2) if parts else (None, [])
    if document is None or not isinstance(document.data.get("judul"), str):
        raise SopanError("index.md tidak memuat judul yang terbaca; tambahkan `judul: …` atau pakai --judul.")
    return str(document.data["judul"])


def _complete(answers: Answers) -> Answers:
    """Every answer; asked for where a person sits at the terminal, else named as missing, all at once."""
    missing = [name for name in _QUESTIONS if not getattr(answers, name)]
    if missing and not sys.stdin.isatty():
        options = ", ".join(_QUESTIONS[name][1] for name in missing)
        raise SopanError(f"Belum diisi: {options}; tambahkan pada perintah ini.")
    asked = {name: str(click.prompt(_QUESTIONS[name][0])) for name in missing}
    answers = replace(
        answers,
        title=asked.get("title", answers.title),
        classification=asked.get("classification", answers.classification),
        unit=asked.get("unit", answers.unit),
    )
    if not (answers.not_exempt or _confirmed()):
        raise SopanError(
            "Informasi yang dikecualikan tidak boleh masuk; nyatakan dengan --bukan-dikecualikan bila memang bukan."
        )
    return answers


def _confirmed() -> bool:
    question = "Apakah Anda menyatakan ini bukan informasi yang dikecualikan? (ya/tidak)"
    return sys.stdin.isatty() and str(click.prompt(question)).strip().lower() in {"y", "ya"}


def _file_name(file: Path) -> str:
    """The name under which a document is kept: small letters, digits and hyphens, its own ending."""
    return f"{item.slugify(file.stem)}{file.suffix.lower()}"


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise SopanError(f"Berkas {file} tidak ditemukan; periksa nama dan letaknya.")
    return file.read_bytes()
