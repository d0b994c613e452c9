"""A whole site for a browser: made-up items, one that went through the chain, an announcement, the real examples."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import browser
import findable
import site_office as so
from sopan import item
from sopan.site import build

RECORDED = "2026/rencana-kerja"
HOSTILE = "2026/naskah-aneh"
URGENT = "2026/gempa"
EXAMPLES = so.ROOT / "docs" / "informasi" / "2026"
EIGHT = (
    *("potensi_bahaya", "pihak_terdampak", "prosedur_evakuasi", "cara_menghindari", "cara_mendapat_bantuan"),
    *("pihak_wajib_mengumumkan", "tata_cara_pengumuman", "upaya_penanggulangan"),
)


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
        build.build(tree, folder, facts=facts)
        yield Shown(folder, facts, served)


def _next_day(one):
    """The same steps a day later, so that no officer works on two items at once."""
    later = (replace(act, at=act.at + timedelta(1), dated=act.dated + timedelta(1)) for act in one.acts)
    return replace(one, acts=tuple(later))


def _fill(tree):
    findable.write(tree)
    for source in EXAMPLES.iterdir():
        shutil.copytree(source, tree / "docs" / "informasi" / "2026" / source.name)
    attached = {"lampiran": [{"berkas": "rencana.csv", "judul": "Tabel rencana"}]}
    text = so.hostile_item("Rencana Kerja Tahun 2026", jenis_dokumen="renja_pd", **attached)
    so.write_item(tree, RECORDED, text, rencana_csv=b"kegiatan,bulan\r\nRapat,Januari\r\n")
    so.write_item(tree, HOSTILE, so.hostile_item("<img src=x onerror=alert(1)> Naskah <b>aneh</b>"))
    event = {"waktu_kejadian": "2026-11-23T08:05:00+07:00", "jenis": "bencana_alam", "berlaku_sampai": "2099-12-31"}
    event |= {name: f"Tentang {name.replace('_', ' ')}" for name in EIGHT}
    head = {"judul": "Gempa di Laut Natuna", "klasifikasi": "serta_merta", "unit_asal": "Sekretariat"}
    front = {**head, "bukan_dikecualikan": "ya", "serta_merta": event}
    so.write_item(tree, URGENT, item.write(front, "\nJauhi pantai.\n").decode())
