"""What the site costs its visitors, and what axe finds: the figures and pictures of docs/pengembang/situs.md.

PYTHONPATH=scripts:tests python benchmarks/site.py [--butir N] [--gambar]
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import search as searches
from axe_playwright_python.base import AXE_SCRIPT
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

import browser
import shown_site
import site_office as so
import test_browser as seen
from sopan.site import build
from test_browser import ITEM

_PICTURES = so.ROOT / "docs" / "assets" / "situs"
_PLACES = {
    "beranda": "",
    "daftar": "informasi/",
    "butir": ITEM,
    "cari": "cari/?q=rencana+pembangunan",
    "kinerja": "kinerja/",
}
_WORDS_OF_AN_ITEM = 400
_QUERIES = ("rencana", "meneliti anggaran", "laporan kinerja instansi pemerintah")
_Browser = Any  # playwright's


def main(*, items: int, pictures: bool) -> None:
    """Every table, one after the other."""
    with tempfile.TemporaryDirectory() as place, browser.chromium() as chromium:
        top = Path(place)
        with shown_site.shown(top) as site:
            _weights(chromium, site)
            _barriers(chromium, site)
            if pictures:
                _draw(chromium, site)
        _many(chromium, top / "banyak", items)
    print()
    searches.main(show_misses=False)


def _loaded(chromium: _Browser, served: Any, place: str) -> int:  # noqa: ANN401  tests carry no types
    """The bytes that a first visit of a page loads, compressed as nginx does it by itself."""
    page = chromium.new_context(viewport=browser.WIDE).new_page()
    served.forget()
    page.goto(f"{served.address}{place}", wait_until="networkidle")
    page.context.close()
    return sum(size for _, size in served.sent)


def _weights(chromium: _Browser, site: shown_site.Shown) -> None:
    print("\n| first visit of | bytes |\n|---|---|")
    for name, place in {**_PLACES, "cari": "cari/", "sop": "sop/", "layanan": "layanan/permohonan/"}.items():
        print(f"| {name} | {_loaded(chromium, site.served, place):,} |")


def _barriers(chromium: _Browser, site: shown_site.Shown) -> None:
    page = chromium.new_context(viewport=browser.WIDE).new_page()
    page.add_init_script(AXE_SCRIPT)
    kinds = seen.kinds(site)
    found = [one for place in kinds for one in seen.barriers(page, site, place)]
    page.context.close()
    print(f"\naxe-core: {len(found)} violations on {len(kinds)} kinds of pages, each in two themes and two widths")


def _draw(chromium: _Browser, site: shown_site.Shown) -> None:
    _PICTURES.mkdir(exist_ok=True)
    for size in (browser.WIDE, browser.NARROW):
        page = chromium.new_context(viewport=size, locale="id-ID").new_page()
        for name, place in _PLACES.items():
            page.goto(f"{site.address}{place}", wait_until="networkidle")
            page.screenshot(path=str(_PICTURES / f"{name}-{size['width']}.png"))
        page.context.close()


def _many(chromium: _Browser, top: Path, items: int) -> None:
    print("\n| items | item's page | whole list | search page, engine included | query | more until its results |")
    print("|---|---|---|---|---|---|")
    for number in (10, items):
        out = _site_of(top / str(number), number)
        with browser.served(out) as served:
            item, whole = (_loaded(chromium, served, place) for place in ("informasi/2026/butir-0/", "informasi/"))
            page = chromium.new_context(viewport=browser.WIDE).new_page()
            for query in _QUERIES:
                served.forget()
                page.goto(f"{served.address}cari/", wait_until="networkidle")
                opened = sum(size for _, size in served.sent)
                served.forget()
                found = browser.asked(page, query)
                more = sum(size for _, size in served.sent)
                print(f"| {number:,} | {item:,} | {whole:,} | {opened:,} | {query} ({len(found)} shown) | {more:,} |")
            page.context.close()


def _site_of(top: Path, number: int) -> Path:
    """A site of so many items over ten years, of words that are as common as words are."""
    tree, chance = so.make_tree(top / "pohon"), random.Random(number)  # noqa: S311  no secret
    vocabulary = [word for word in StemmerFactory().get_words() if word.isalpha()]
    chance.shuffle(vocabulary)
    vocabulary = vocabulary[:8000]
    vocabulary[:4] = ["rencana", "anggar", "lapor", "kerja"]
    weights = [1 / (place + 5) for place in range(len(vocabulary))]
    for one in range(number):
        words = " ".join(chance.choices(vocabulary, weights, k=_WORDS_OF_AN_ITEM))
        text = so.hostile_item(" ".join(words.split()[:7]).capitalize()).replace("Isi.", words)
        so.write_item(tree, f"{2026 - one * 10 // number}/butir-{one}", text)
    out = top / "situs"
    build.build(tree, out, facts=so.make_facts(tree, so.make_policy()))
    return out


if __name__ == "__main__":
    chosen = sys.argv[1:]
    count = int(chosen[chosen.index("--butir") + 1]) if "--butir" in chosen else 5000
    main(items=count, pictures="--gambar" in chosen)
