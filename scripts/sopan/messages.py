"""Every sentence that refuses something, by rule id: the one place where a rule becomes Indonesian words.

A sentence says what is wrong, quotes the person's own value, and says what would be right. The place
(file, line, commit) is added by `finding`. Values are shown through `quote`, which never lets personal data
or control characters through.
"""

from __future__ import annotations

import re
import unicodedata

SHOWN_CHARACTERS = 80

RULES: dict[str, str] = {
    # Plain text
    "teks-bom": "Berkas diawali tanda BOM; simpan sebagai UTF-8 tanpa BOM.",
    "teks-bukan-utf8": "Teks tidak tersimpan sebagai UTF-8; simpan ulang berkas sebagai UTF-8.",
    "teks-akhir-baris": "Baris diakhiri gaya Windows (CR LF); simpan ulang berkas dengan akhir baris LF.",
    "teks-pemisah-baris": "Ada pemisah baris tersembunyi {karakter}; hapus lalu ganti dengan baris baru biasa.",
    "teks-karakter-arah": "Ada karakter {karakter} yang membalik arah tulisan; hapus karakter itu.",
    "teks-karakter-kendali": "Ada karakter tersembunyi {karakter}; hapus lalu ketik ulang bagian itu.",
    "teks-bukan-nfc": "Ada huruf beraksen yang tersusun dari dua karakter; ketik ulang agar menjadi satu (NFC).",
    # Data files (strict YAML and schemas)
    "yaml-terlalu-besar": "Data sebesar {ukuran} bita melebihi batas {batas} bita; ringkas isinya.",
    "yaml-terlalu-dalam": "Data bertingkat lebih dari {batas} tingkat; susun lebih datar.",
    "yaml-satu-dokumen": "Ada penanda dokumen kedua ('---' atau '...'); tulis satu dokumen saja tanpa penanda itu.",
    "yaml-arahan": "Ada arahan YAML yang diawali '%'; hapus baris arahan itu.",
    "yaml-bukan-pasangan": "Data tidak tersusun sebagai pasangan kunci dan nilai; tulis misalnya 'judul: Judul informasi'.",
    "yaml-kunci-ganda": "Kunci '{kunci}' sudah ditulis di baris {pertama}; tulis setiap kunci sekali saja.",
    "yaml-kunci-bukan-teks": "Kunci ditulis sebagai daftar atau kelompok; tulis kunci sebagai satu kata.",
    "yaml-kunci-gabung": "Kunci gabung '<<' tidak diterima; tulis setiap isian secara lengkap.",
    "yaml-jangkar": "Jangkar '&{nama}' tidak diterima; tulis nilainya langsung, atau apit dengan tanda kutip.",
    "yaml-rujukan": "Rujukan '*{nama}' tidak diterima; tulis nilainya langsung, atau apit dengan tanda kutip.",
    "yaml-tag": "Tag '{tag}' tidak diterima; tulis nilainya saja, atau apit dengan tanda kutip.",
    "yaml-titik-dua": "Ada titik dua di kolom {kolom} yang tidak pada tempatnya; apit nilai bertitik dua dengan tanda kutip.",
    "yaml-tanpa-titik-dua": "Baris ini atau baris sebelumnya tidak berbentuk 'kunci: nilai'; beri titik dua dan satu spasi.",
    "yaml-kutip-terbuka": "Tanda kutip di kolom {kolom} tidak ditulis dengan benar; periksa penutup dan isinya.",
    "yaml-kurung-terbuka": "Tanda kurung di kolom {kolom} tidak ditutup dengan benar; periksa koma dan penutupnya.",
    "yaml-tab": "Ada tabulasi di kolom {kolom}; pakai spasi untuk lekukan.",
    "yaml-tanda-khusus": "Tanda '{tanda}' di kolom {kolom} tidak boleh mengawali nilai; apit nilainya dengan tanda kutip.",
    "yaml-sintaks": "Penulisan di kolom {kolom} tidak dapat dibaca; periksa lekukan, titik dua, dan tanda kutip di sekitarnya.",
}

_LONG_DIGITS = re.compile(r"\d(?:[ .\-/]?\d){7,}")


def say(rule: str, **values: object) -> str:
    """The sentence of `rule`; a KeyError here means that the rule was never worded."""
    return RULES[rule].format(**{name: quote(value) for name, value in values.items()})


def quote(value: object) -> str:
    """`value` safe to print: no control characters, at most 80 characters, runs of 8 and more digits masked."""
    printable = "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    masked = _LONG_DIGITS.sub(_mask, printable)
    return masked if len(masked) <= SHOWN_CHARACTERS else masked[: SHOWN_CHARACTERS - 1] + "…"


def _mask(match: re.Match[str]) -> str:
    digits = match.group()
    return digits[:4] + "*" * (len(digits) - 4)
