"""How well three searches answer a citizen's queries: Material's own, Pagefind as it comes, and the site's.

PYTHONPATH=scripts:tests python benchmarks/search.py [--tidak-ketemu]
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from pagefind_bin import get_executable
from rows import Row

import browser
import findable
import site_office as so
from sopan.site import build, search, search_bundle
from sopan.site.search import Part, Record

ITEMS, YEARS = 100, 10  # a year, and years
_OWN, _SHARE = "Sopan", 8
_RECORD = Record(address="", title="Judul", summary="", labels=(), keys=(), facets=(), parts=())
Ranked = list[str]
Search = Callable[[str], Ranked]
Tables = dict[str, list[tuple[dict[str, Any], Ranked]]]

_GROUPS = {
    "bentuk": "another form of the word",
    "singkatan": "short and long names",
    "padan": "the title's own words",
    "kalimat": "a question",
    "lampiran": "words of an attachment",
}
_PLAIN = "site_name: Butir\nsite_url: ''\ntheme: {name: material, language: id, font: false}\nplugins: [search]\n"
_FIND = """async query => {
  const found = (await (await import("/pagefind/pagefind.js")).search(query)).results
  return Promise.all(found.slice(0, 20).map(async one => (await one.data()).raw_url))
}"""


def measure(top: Path) -> list[Row]:
    """The rows of the search: what it finds beside the two others, and what one changed item costs its index."""
    tables = _searched(top)
    recall = {name: mean(_measured(asked, ranked)[0] for asked, ranked in rows) for name, rows in tables.items()}
    own, others = recall.pop(_OWN), " and ".join(f"{one:.2f}" for one in recall.values())
    share = _reindexed()
    return [
        Row(
            f"answers among the first five to {len(tables[_OWN])} queries",
            " and ".join(recall),
            "more than either",
            f"{own:.2f} against {others}",
            own > max(recall.values()),
        ),
        Row(
            f"search index after one of {ITEMS * YEARS:,} items changed",
            "the index of all",
            f"≤ 1/{_SHARE}",
            f"1/{1 / share:.1f} of the processor's time",
            share * _SHARE <= 1,
        ),
    ]


def main(*, show_misses: bool) -> None:
    """A table of recall and rank for each search and group, and on demand what ours does not find."""
    with tempfile.TemporaryDirectory() as place:
        tables = _searched(Path(place))
    _print(tables)
    print(f"\nOne item of {ITEMS * YEARS:,}: {_reindexed():.2f} of all bundles over {YEARS} years")
    if show_misses:
        for asked, ranked in tables[_OWN]:
            if not set(asked["jawab"]) <= set(ranked[:5]):
                print(f"{asked['cari']}: wanted {asked['jawab']}, got {ranked[:5]}", file=sys.stderr)


def _searched(top: Path) -> Tables:
    """What each search answers to every query."""
    plain, own = _plain_site(top), _own_site(top)
    tables = {}
    with browser.chromium() as chromium:
        page = chromium.new_page()
        for name, site, make in (("Material", plain, _material), ("Pagefind", plain, _pagefind), (_OWN, own, _own)):
            with browser.served(site) as served, make(page, served.address) as search:
                tables[name] = [(asked, search(asked["cari"])) for asked in findable.questions()]
    return tables


def _plain_site(top: Path) -> Path:
    """The items as a plain Material site, its own index and Pagefind's beside each other."""
    for name, told in findable.items().items():
        page = top / "plain" / "docs" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {told['judul']}\n\n{told['isi']}\n", "utf-8")
    (top / "plain" / "docs" / "index.md").write_text("# Beranda\n", "utf-8")
    (top / "plain" / "mkdocs.yml").write_text(_PLAIN, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "-q", "build", "-d", "site"]
    subprocess.run(command, cwd=top / "plain", check=True, capture_output=True)
    site = top / "plain" / "site"
    command = [str(get_executable()), "--site", str(site), "--root-selector", "article", "-q"]
    subprocess.run(command, check=True)
    return site


def _own_site(top: Path) -> Path:
    tree = so.make_tree(top / "own")
    findable.write(tree)
    build.build(tree, top / "own-site", facts=so.make_facts(tree, so.make_policy()))
    return top / "own-site"


def _names(addresses: list[str]) -> Ranked:
    """The items among addresses, each once, in order."""
    names = [address.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2] for address in addresses]
    return [name for name in dict.fromkeys(names) if name in findable.items()]


@contextmanager
def _material(page: Any, address: str) -> Iterator[Search]:  # noqa: ANN401  playwright's page
    page.goto(address)
    page.locator(".md-search__input").focus()
    page.locator(".md-search-result__meta", has_text="Ketik").wait_for()

    def search(query: str) -> Ranked:
        for typed in ("", query):  # the theme looks when a key goes up
            page.fill(".md-search__input", typed)
            page.press(".md-search__input", "End")
            page.wait_for_timeout(250)
        links = page.locator(".md-search-result__link")
        return _names([links.nth(at).get_attribute("href") for at in range(links.count())])

    yield search


@contextmanager
def _pagefind(page: Any, address: str) -> Iterator[Search]:  # noqa: ANN401  same
    page.goto(address)
    yield lambda query: _names(page.evaluate(_FIND, query))


@contextmanager
def _own(page: Any, address: str) -> Iterator[Search]:  # noqa: ANN401  same
    page.goto(f"{address}cari/")
    yield lambda query: _names([where for _, where in browser.asked(page, query)])


def _reindexed() -> float:
    """What one changed item costs the processor of all: its bundle, joined with what was kept; medians of three."""
    years = [
        [
            replace(_RECORD, address=f"informasi/{year}/{one}/", parts=(Part("", "", _text(year * ITEMS + one)),))
            for one in range(ITEMS)
        ]
        for year in range(2027 - YEARS, 2027)
    ]
    kept = list(search_bundle.apart(search.indexed(years[-1])))
    with tempfile.TemporaryDirectory() as place:
        top = Path(place)
        taken = [_median(partial(search.build, records), top / f"{at}") for at, records in enumerate(years)]
        return _median(partial(_joined, kept, years[-1][0]), top / "satu") / sum(taken)


def _joined(kept: list[bytes], changed: Record, out: Path) -> None:
    """The bundle of which one record changed."""
    search.write(search_bundle.joined([*search_bundle.apart(search.indexed([changed])), *kept[1:]]), out)


def _median(make: Callable[[Path], None], out: Path) -> float:
    return sorted(_seconds(partial(make, out / str(run))) for run in range(3))[1]


def _seconds(work: Callable[[], None]) -> float:
    began = _processor()
    work()
    return _processor() - began


def _processor() -> float:
    """Seconds that this process and its children have had of the processor."""
    return sum(os.times()[:4])


def _text(seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311  no secret
    return " ".join(chance.choices([word for told in findable.items().values() for word in told["isi"].split()], k=200))


def _measured(asked: dict[str, Any], ranked: Ranked) -> tuple[float, float]:
    return findable.measured(ranked, asked["jawab"])


def _print(tables: Tables) -> None:
    groups = [*_GROUPS, None]
    print(f"| queries | number | {' | '.join(f'{name}: recall@5 | MRR' for name in tables)} |")
    print("|---" * (2 + 2 * len(tables)) + "|")
    for group in groups:
        cells = []
        for rows in tables.values():
            pairs = [_measured(a, ranked) for a, ranked in rows if group in (None, a["jalan"])]
            cells += [f"{mean(one for one, _ in pairs):.2f}", f"{mean(one for _, one in pairs):.2f}"]
        print(f"| {_GROUPS[group] if group else 'all'} | {len(pairs)} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main(show_misses="--tidak-ketemu" in sys.argv[1:])
