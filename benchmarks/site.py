"""What the site costs its visitors, and what axe finds: the figures and pictures of docs/pengembang/situs.md.

PYTHONPATH=scripts:tests python benchmarks/site.py [--butir N] [--gambar]
"""

from __future__ import annotations

import gzip
import random
import re
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
from sopan.site.search_index import FRAGMENT
from test_browser import ITEM

_PICTURES = so.ROOT / "docs" / "assets" / "situs"
_PLACES = {
    "beranda": "",
    "daftar": "informasi/",
    "tahun": "informasi/2026/",
    "kelas": "informasi/berkala/",
    "butir": ITEM,
    "cari": "cari/?q=rencana+pembangunan",
    "kinerja": "kinerja/",
}
_WORDS_OF_AN_ITEM = 400
_QUERIES = ("rencana", "meneliti anggaran", "laporan kinerja instansi pemerintah")
_COMMON_WORDS = 8000
_OLD_WORDS = slice(_COMMON_WORDS, _COMMON_WORDS + 4)  # of the vocabulary: only the first year has them
_OLD_QUERIES = (1, 2, 4)  # words
FEW = 50
_SEARCHED = (
    "/cari/indeks/",
    "/cari/mesin/",
    "/assets/cari.js",
    "/assets/akar.js",
    "/assets/indeks.js",
    "/assets/letak.js",
)
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
    sites = {number: _site_of(top / str(number), number) for number in (FEW, items)}
    _growth(*sites.values())
    print("\n| items | item's page | list | a year of it | query | until its first result | more until all |")
    print("|---|---|---|---|---|---|---|")
    for number, out in sites.items():
        with browser.served(out) as served:
            places = ("informasi/2026/butir-0/", "informasi/", "informasi/2026/")
            pages = " | ".join(f"{_loaded(chromium, served, one):,}" for one in places)
            old = _vocabulary(number)[_OLD_WORDS]
            for query in (*_QUERIES, *(" ".join(old[:words]) for words in _OLD_QUERIES)):
                page = chromium.new_context(viewport=browser.WIDE).new_page()
                served.forget()
                found = browser.results(page, served.address, query)
                first, more = _until_first(served.sent)
                print(f"| {number:,} | {pages} | {query} ({len(found)} shown) | {first:,} | {more:,} |")
                page.context.close()


def _until_first(sent: list[tuple[str, int]]) -> tuple[int, int]:
    """What a search loads until it has the text of its first result, its own scripts and program included; the rest."""
    own = [(path, size) for path, size in sent if path.startswith(_SEARCHED)]
    first = next(at for at, (path, _) in enumerate(own) if path.endswith(FRAGMENT)) + 1
    return sum(size for _, size in own[:first]), sum(size for _, size in own[first:])


def _growth(few: Path, many: Path) -> None:
    """The pages that both sites have, none of them an item's or a year's: the one that grows most, as it is sent."""
    shared = [str(one.relative_to(few)) for one in few.rglob("*.html")]
    packed = {
        one: [len(gzip.compress((site / one).read_bytes(), browser.LEVEL)) for site in (few, many)]
        for one in shared
        if not re.match(r"informasi/\d", one)
    }
    worst = max(packed, key=lambda one: packed[one][1] / packed[one][0])
    print(f"\n{len(packed)} pages; most grows {worst}: {packed[worst][0]:,} to {packed[worst][1]:,} bytes")


def _vocabulary(seed: int) -> list[str]:
    """All roots of the dictionary, those of the queries among the commonest."""
    vocabulary = [word for word in StemmerFactory().get_words() if word.isalpha()]
    random.Random(seed).shuffle(vocabulary)  # noqa: S311  no secret
    vocabulary[:4] = ["rencana", "anggar", "lapor", "kerja"]
    return vocabulary


def _site_of(top: Path, number: int) -> Path:
    """A site of so many items over ten years, of words that are as common as words are."""
    tree, chance = so.make_tree(top / "pohon"), random.Random(number)  # noqa: S311  no secret
    everything = _vocabulary(number)
    vocabulary, old = everything[:_COMMON_WORDS], everything[_OLD_WORDS]
    weights = [1 / (place + 5) for place in range(len(vocabulary))]
    for one in range(number):
        chosen = chance.choices(vocabulary, weights, k=_WORDS_OF_AN_ITEM)
        words = " ".join([*chosen, *old] if one == number - 1 else chosen)
        text = so.hostile_item(" ".join(words.split()[:7]).capitalize()).replace("Isi.", words)
        so.write_item(tree, f"{2026 - one * 10 // number}/butir-{one}", text)
    out = top / "situs"
    build.build(tree, out, facts=so.make_facts(tree, so.make_policy()))
    return out


if __name__ == "__main__":
    chosen = sys.argv[1:]
    count = int(chosen[chosen.index("--butir") + 1]) if "--butir" in chosen else 5000
    main(items=count, pictures="--gambar" in chosen)
