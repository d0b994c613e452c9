"""A whole site for a browser: made-up items, one that went through the chain, an announcement, the real examples."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import browser
import findable
import site_office as so
from sopan import item
from sopan.site import build, search_records

RECORDED = "2026/rencana-kerja"
HOSTILE = "2026/naskah-aneh"
URGENT = "2026/gempa"
A_BUNDLE = 20  # items: few, so that a year has several bundles, as those of large offices have
EXAMPLES = so.ROOT / "docs" / "informasi" / "2026"
EVENT = {
    "waktu_kejadian": "2026-11-24T08:05:00+07:00",
    "jenis": "bencana_alam",
    "berlaku_sampai": "2099-12-31",
    "potensi_bahaya": "Gempa susulan dan gelombang tinggi di pantai timur.",
    "pihak_terdampak": "Warga pesisir, nelayan, dan pengunjung pantai.",
    "prosedur_evakuasi": "Ikuti rambu ke tempat yang lebih tinggi.",
    "cara_menghindari": "Jauhi pantai sampai peringatan dicabut.",
    "cara_mendapat_bantuan": "Hubungi posko di kantor kecamatan.",
    "pihak_wajib_mengumumkan": "Kepala perangkat daerah.",
    "tata_cara_pengumuman": "Pengeras suara masjid dan situs ini.",
    "upaya_penanggulangan": "Posko dibuka, jalur evakuasi dijaga.",
}
PLAN = {
    "judul": "Rencana Kerja Tahun 2026",
    "klasifikasi": "berkala",
    "jenis_dokumen": "renja_pd",
    "unit_asal": "Sekretariat",
    "bukan_dikecualikan": "ya",
    "ringkasan": "Kegiatan yang direncanakan untuk tahun 2026, bulan pelaksanaannya, dan bidang yang mengerjakannya.",
    "penanggung_jawab": "Sekretaris",
    "tanggal_pembuatan": "2026-11-20",
    "lisensi": "CC-BY-4.0",
    "kata_kunci": ["rencana kerja", "renja"],
    "lampiran": [{"berkas": "rencana.csv", "judul": "Tabel rencana"}],
}
PLAN_TEXT = """
## Isi rencana

Rencana kerja memuat kegiatan setiap bidang dan bulan pelaksanaannya. Rincian anggarannya ada pada dokumen pelaksanaan
anggaran.

| Kegiatan | Bidang | Bulan |
| --- | --- | --- |
| Rapat koordinasi perencanaan | Sekretariat | Januari |
| Penelitian daya saing lada | Penelitian dan Pengembangan | April |
| Musyawarah perencanaan pembangunan | Sekretariat | Maret |
"""


@dataclass(frozen=True)
class Shown:
    """The site: its folder, its facts, and how it is served."""

    folder: Path
    facts: object
    served: browser.Served

    @property
    def address(self):
        return self.served.address

    def places(self):
        """The address of every page below the site's, the rules' many pages by one."""
        pages = sorted(path.relative_to(self.folder).parent.as_posix() for path in self.folder.rglob("index.html"))
        return ["" if page == "." else f"{page}/" for page in pages]


@contextmanager
def shown(top):
    """Build the site into `top` and serve it; kantor.yml names the address at which it is served."""
    folder = top / "situs"
    folder.mkdir()
    with browser.served(folder) as served:
        tree = so.make_tree(top / "pohon")
        _fill(tree)
        rules = so.make_policy()
        rules = replace(rules, office=replace(rules.office, site=served.address))
        rounds = [so.make_round(RECORDED, live="2026-11-23T13:49:10+07:00"), _next_day(so.make_round(URGENT))]
        facts = so.make_facts(tree, rules, rounds)
        with patch.object(search_records, "ENOUGH", A_BUNDLE):
            build.build(tree, folder, facts=facts)
        yield Shown(folder, facts, served)


def _next_day(one):
    """The same steps a day later, so that no officer works on two items at once."""
    later = (act._replace(at=act.at + timedelta(1), dated=act.dated + timedelta(1)) for act in one.acts)
    return replace(one, acts=tuple(later))


def _fill(tree):
    findable.write(tree)
    for source in EXAMPLES.iterdir():
        shutil.copytree(source, tree / "docs" / "informasi" / "2026" / source.name)
    table = b"kegiatan,bulan\r\nRapat,Januari\r\n"
    so.write_item(tree, RECORDED, item.write(PLAN, PLAN_TEXT).decode(), rencana_csv=table)
    so.write_item(tree, HOSTILE, so.hostile_item("Naskah <img src=x onerror=alert(1)> <b>aneh</b>"))
    head = {"judul": "Peringatan Gempa di Laut Timur", "klasifikasi": "serta_merta", "unit_asal": "Sekretariat"}
    front = {**head, "bukan_dikecualikan": "ya", "serta_merta": EVENT}
    so.write_item(tree, URGENT, item.write(front, "\nJauhi pantai.\n").decode())
