"""Items as offices write them, so many as one likes, always the same: whole front matter, some 500 words, a table."""

from __future__ import annotations

import random
from pathlib import Path

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from sopan import item
from sopan.item_path import ITEMS_FOLDER

YEARS = 10
FIRST_YEAR = 2017
_PARAGRAPHS = 8
_WORDS = 65
_ROWS = 12
_LINKED = 4  # every so manieth item links somewhere
_FIELDS = {
    "klasifikasi": "berkala",
    "jenis_dokumen": "renja_pd",
    "unit_asal": "Sekretariat",
    "bukan_dikecualikan": "ya",
    "kategori_berkala": "program_kegiatan",
    "penguasa_informasi": {"unit": "Sekretariat"},
    "penanggung_jawab": "Sekretaris",
    "tanggal_pembuatan": "2026-01-05",
    "tempat_pembuatan": "Sungailiat",
    "bentuk_informasi": ["digital"],
    "jenis_media": ["website"],
    "retensi": {"jangka": "5 tahun"},
    "dasar_hukum": ["Undang-Undang Nomor 14 Tahun 2008"],
    "frekuensi_pembaruan": "tahunan",
    "ditinjau_terakhir": "2026-01-06",
    "bahasa": "id",
    "cakupan_wilayah": {"kode": "19.01", "nama": "Kabupaten Bangka"},
    "lisensi": "CC-BY-4.0",
    "pemeriksaan_data_pribadi": {"diperiksa": "ya"},
    "kontak": {"unit": "Sekretariat", "surel": "", "telepon": ""},
}


def write(tree: Path, items: int) -> list[Path]:
    """So many items below `tree`, over ten years; gives their files."""
    chance = random.Random(items)  # noqa: S311  no secret
    words = [word for word in StemmerFactory().get_words() if word.isalpha() and word.isascii()]
    chance.shuffle(words)
    words = words[:8000]
    weights = [1 / (place + 5) for place in range(len(words))]  # as common as words are
    return [_write(tree, number, chance.choices(words, weights, k=_PARAGRAPHS * _WORDS)) for number in range(items)]


def _write(tree: Path, number: int, words: list[str]) -> Path:
    year = FIRST_YEAR + number % YEARS
    file = tree / ITEMS_FOLDER / f"{year}" / f"butir-{number:05}" / item.INDEX
    file.parent.mkdir(parents=True)
    fields = {
        "judul": f"{' '.join(words[:5]).capitalize()} {number}",
        "ringkasan": f"{' '.join(words[5:20]).capitalize()} untuk tahun {year}",
        "kata_kunci": list(dict.fromkeys(words[20:23])),
        **_FIELDS,
    }
    file.write_bytes(item.write(fields, _body(number, words)))
    return file


def _body(number: int, words: list[str]) -> str:
    parts = [" ".join(words[at : at + _WORDS]).capitalize() + "." for at in range(0, len(words), _WORDS)]
    if number % _LINKED == 0:
        parts[1] += " Lihat [laman resmi](https://contoh.go.id/data)."
    rows = "\n".join(f"| {words[row]} | {row * 7} | {words[-row - 1]} |" for row in range(_ROWS))
    table = f"| Kegiatan | Jumlah | Tempat |\n|---|---|---|\n{rows}"
    return "\n## Isi\n\n" + "\n\n".join(parts) + f"\n\n## Tabel\n\n{table}\n"
