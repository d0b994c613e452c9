"""Made-up items and the queries that must find them: `data/cari/`, shared by a test and a benchmark."""

from pathlib import Path

import yaml

import site_office as so
from sopan import item

FOLDER = Path(__file__).parent / "data" / "cari"
YEAR = "2026"


def items():
    """The items by name, as their file has them."""
    return yaml.safe_load((FOLDER / "butir.yml").read_text(encoding="utf-8"))


def questions():
    """The queries in order: what is typed, its group, and the names of the items that answer it."""
    return yaml.safe_load((FOLDER / "pertanyaan.yml").read_text(encoding="utf-8"))


def write(tree):
    """Put every item into a work tree as an officer hands it in."""
    for name, told in items().items():
        front = {
            "judul": told["judul"],
            "klasifikasi": told.get("kelas", "berkala"),
            "jenis_dokumen": told["jenis"],
            "unit_asal": "Sekretariat",
            "bukan_dikecualikan": "ya",
        }
        files = {}
        if "tabel" in told:
            front["lampiran"] = [{"berkas": "tabel.csv", "judul": "Tabel (CSV)"}]
            files["tabel_csv"] = told["tabel"].replace("\n", "\r\n").encode()
        so.write_item(tree, f"{YEAR}/{name}", item.write(front, f"\n{told['isi']}\n").decode(), **files)


def measured(ranked, wanted):
    """Recall among the first five, and the reciprocal rank of the first right one."""
    first = ranked[:5]
    places = [place for place, name in enumerate(ranked, start=1) if name in wanted]
    return sum(name in first for name in wanted) / len(wanted), 1 / places[0] if places else 0.0
