"""The sitemap names the list and every item in force, whatever is kept of its rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

import site_office as so
from sopan.site import sitemap
from sopan.site.kept_parts import Parts
from test_site_kept import FULL

OTHERS = "<urlset>\n  <url><loc>https://contoh.go.id/</loc></url>\n</urlset>\n"
SITE = "https://contoh.go.id/a&b/"
ROW = "  <url><loc>https://contoh.go.id/a&amp;b/informasi/{}/</loc>{}</url>"
DATED = "<lastmod>2026-11-23</lastmod>"


@pytest.fixture
def facts(tmp_path):
    """Items of two years, of which one was withdrawn and one went through the chain."""
    tree = so.make_tree(tmp_path / "pohon")
    so.write_item(tree, "2026/satu", FULL, tabel_csv=b"a\n1\n")
    for name in ("2026/dua", "2025/tiga", "2025/empat"):
        so.write_item(tree, name, so.AWAL)
    rules = so.make_policy()
    office = replace(rules.office, site=SITE)
    return so.make_facts(tree, replace(rules, office=office), [so.make_round("2026/dua")])


def told(facts, parts):
    return sitemap.complete(OTHERS, facts, parts).splitlines()


def test_it_goes_on_with_the_list_and_the_items_in_force_by_year_and_name(facts):
    begin, own, *rows, end = told(facts, Parts())
    assert [begin, own, end] == OTHERS.splitlines()
    items = [ROW.format(name, "") for name in ("2025/empat", "2025/tiga")]
    assert rows == [*(ROW.format(year, "") for year in (2026, 2025)), *items, ROW.format("2026/dua", DATED)]


def test_what_is_kept_of_a_year_is_shown_until_something_of_it_changes(facts, tmp_path):
    parts = Parts(tmp_path, "dasar")
    first = told(facts, parts)
    assert first == told(facts, Parts())
    kept = {file.name: file.stat().st_ino for file in (tmp_path / "sopan").iterdir()}
    assert len(kept) == 2
    without = so.of_entries(facts, facts.entries[1:])
    assert told(without, parts) == [row for row in first if "2025/empat" not in row]
    now = {file.name: file.stat().st_ino for file in (tmp_path / "sopan").iterdir()}
    assert {name for name in kept if kept[name] != now[name]} == {"situs-peta-2025.bagian"}
    again = so.of_entries(facts, (*facts.entries[:-1], so.changed(facts.entries[-1], withdrawal=None)))
    assert told(again, parts) == [*first[:-1], ROW.format("2026/satu", ""), first[-1]]


def test_without_an_address_it_is_left_as_it_is(facts):
    office = replace(facts.policy.office, site="")
    assert sitemap.complete(OTHERS, replace(facts, policy=replace(facts.policy, office=office)), Parts()) == OTHERS
