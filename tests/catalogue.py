"""The open catalogue of attacks: what each is, the golden cases that play it, and the attacks told here.

Families: O order, roles, freeze; W time; M messages; F files; Y front matter; C content; L attachments; R refs. Each
attack is one move at both doors, made in an office that refused all the attacks before it; then comes the family's
nearest legal neighbour. `GOLDEN` names folders of `cases/`, each with a twin of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import catalogue_conduct
import catalogue_content
from attached import xlsx
from moves import Attack, Play, bearing, front, raw, step, written
from test_personal_data import NEVER_ISSUED

FAMILIES: Mapping[str, int] = {"O": 22, "W": 8, "M": 14, "F": 18, "Y": 14, "C": 15, "L": 9, "R": 5}
ATTACKS: tuple[Attack, ...] = catalogue_conduct.ATTACKS + catalogue_content.ATTACKS

GOLDEN: Mapping[str, tuple[str, ...]] = {
    "O1": ("langkah-urutan",),
    "O2": ("langkah-urutan-terbit", "main-bukan-gabungan-tanpa-langkah"),
    "O3": ("langkah-ulang",),
    "O4": ("langkah-tak-ada-delapan", "langkah-tak-ada-banyak", "trailer-nilai-nol"),
    "O5": ("bukan-giliran", "bukan-giliran-tanpa-peran"),
    "O6": ("identitas-lain",),
    "O7": ("tanda-tangan-tiada",),
    "O8": ("tanda-tangan-asing", "tanda-tangan-asing-bukan-ssh", "tanda-tangan-masa"),
    "O9": ("peran-rangkap",),
    "O10": ("isi-berubah-terbit", "isi-tak-cocok"),
    "O11": ("isi-berubah-langkah",),
    "O12": ("tanda-tangan-rusak",),
    "O13": ("di-luar-butir",),
    "O14": ("rawat-butir", "rawat-wewenang", "rawat-setuju-tiada", "rawat-setuju-sendiri", "rawat-hak-sendiri"),
    "O16": ("butir-lain",),
    "O17": ("cabang-kosong", "main-cabang"),
    "O18": ("induk-jumlah", "selaras-isi", "selaras-main"),
    "O19": ("ref-paksa-butir",),
    "O20": (
        "main-bukan-gabungan-langsung",
        "ref-paksa-main",
        "ref-paksa-main-langsung",
        "ref-paksa-main-usang",
        "ref-hapus-main",
        "ref-hapus-butir",
        "ref-hapus-rawat",
    ),
    "O21": (
        "main-pohon-butir",
        "main-pohon-kebijakan",
        "main-pohon-luar",
        "main-bukan-gabungan-gurita",
        "main-induk",
        "main-bukan-gabungan-squash",
        "main-bukan-gabungan-rebase",
    ),
    "O22": ("main-bukan-gabungan-kembali",),
    "W1": ("waktu-terima-lama", "waktu-terima-batas", "waktu-kerja-lama"),
    "W2": ("waktu-terima-depan", "waktu-terima-batas-depan", "waktu-kerja-depan"),
    "W3": ("waktu-mundur",),
    "W4": ("waktu-penulis",),
    "W6": ("komit-identitas-zona",),
    "W7": ("komit-identitas-tahun",),
    "M1": ("trailer-letak-tengah", "trailer-letak-garis"),
    "M2": ("trailer-ganda",),
    "M3": ("trailer-tak-dikenal-ejaan",),
    "M4": ("trailer-bentuk-spasi",),
    "M5": ("trailer-bentuk-lipat",),
    "M6": ("trailer-nilai-lebar",),
    "M7": ("trailer-nilai-nol",),
    "M8": ("trailer-letak-judul",),
    "M9": ("pesan-karakter-cr",),
    "M10": ("trailer-letak-dua",),
    "M11": ("pesan-utf8",),
    "M12": ("trailer-tak-dikenal-kunci", "trailer-susunan"),
    "M13": ("pesan-karakter-arah",),
    "M14": ("pesan-panjang",),
    "F1": ("berkas-jenis-tautan",),
    "F2": ("berkas-jenis-submodul",),
    "F3": ("berkas-jenis-program",),
    "F7": ("berkas-nama",),
    "F8": ("berkas-nama",),
    "F10": ("berkas-nama-panjang", "berkas-subfolder"),
    "F11": ("berkas-besar",),
    "F12": ("berkas-banyak",),
    "C15": ("butir-daftar-dikecualikan", "butir-daftar-dikecualikan-kerja"),
    "R1": ("ref-terlarang-agenda",),
    "R2": ("ref-terlarang-besar", "ref-terlarang-cabang", "ref-terlarang-rawat", "ref-terlarang-tag", "ref-butir"),
}

LEGAL: Mapping[str, Play] = {
    "O": step(),
    "W": raw(catalogue_conduct.PAIR, "+0700\ncommitter"),
    "M": step(note="Mohon diproses — “segera”, ya."),
    "F": bearing("tabel-2.csv", b"a,b\n1,2\n"),
    "Y": front("tanggal_pembuatan: '2026-02-28'"),
    "C": written(f"[Laman](https://contoh.go.id/) **tebal**, kode {NEVER_ISSUED}, {'a' * 5000} {{{{ 1 + 1 }}}}"),
    "L": bearing("data.xlsx", xlsx()),
}
ELSEWHERE: Mapping[str, str] = {
    "W5": "test_catalogue.py::test_one_instant_in_two_zones_is_one_instant",
    "W8": "test_catalogue.py::test_one_instant_in_two_zones_is_one_instant",
    "F4": "test_catalogue.py::test_a_tree_that_git_would_not_write_is_refused",
    "C3": "test_catalogue.py::test_what_only_looks_dangerous_is_text",
    "C5": "test_catalogue.py::test_what_only_looks_dangerous_is_text",
    "C7": "test_catalogue.py::test_what_decides_how_a_page_is_made_is_no_field",
    "C13": "test_catalogue.py::test_what_only_looks_dangerous_is_text",
    "C14": "test_catalogue.py::test_what_only_looks_dangerous_is_text",
    "R3": "test_gate.py::test_a_clone_without_its_whole_history_does_not_judge",
    "R4": "test_catalogue.py::test_a_verdict_does_not_hang_on_the_machine",
    "R5": "test_gate.py::test_in_one_push_no_ref_is_judged_by_what_another_brings",
}

NAMES: Mapping[str, str] = {
    "O": "order, roles, freeze",
    "W": "time",
    "M": "message and trailers",
    "F": "trees and files",
    "Y": "YAML and schema",
    "C": "content and personal data",
    "L": "attachments",
    "R": "refs and repository",
}
HEADING = "| family | entries | attacks refused | legal neighbours accepted |\n|---|---|---|---|"


def counts(family: str) -> tuple[int, int]:
    """How many attacks of a family there are, and how many legal moves; a test elsewhere holds one of each."""
    golden = sum(len(names) for case, names in GOLDEN.items() if case[0] == family)
    told = [attack.id for attack in ATTACKS if attack.id[0] == family]
    elsewhere = len({place for case, place in ELSEWHERE.items() if case[0] == family})
    return golden + len(told) + elsewhere, golden + len(set(told)) + elsewhere


def row(family: str, refused: int, accepted: int) -> str:
    """A family's row of the table: of how many attacks and legal moves each went as it should."""
    attacks, legal = counts(family)
    about = f"{family}: {NAMES[family]} | {FAMILIES[family]} | {refused} of {attacks} | {accepted} of {legal}"
    return f"| {about} |"
