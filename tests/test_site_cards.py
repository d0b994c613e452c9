"""Cards of items: they say what the items say, and what shows many items opens no other than those that it shows."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

import site_office as so
from sopan.history import create
from sopan.site import card, downloads, feeds, inputs, kept_items, pages, sitemap, year_parts
from sopan.site.kept_parts import Parts
from test_site_kept import FULL, read

CORRECTED, GONE = "Semula: seribu Menjadi: sejuta", "Keliru."


@pytest.fixture
def place(tmp_path):
    """A repository of many items, one of which was corrected and withdrawn."""
    tree = so.make_tree(tmp_path / "kantor")
    create(tree)
    for number in range(year_parts.LATEST + 10):
        so.write_item(tree, f"{2025 + number % 2}/butir-{number}", so.AWAL)
    so.write_item(tree, "2026/satu", FULL, tabel_csv=b"kegiatan,jumlah\nmusrenbang,1\n")
    return tree


@pytest.fixture
def opened(place, monkeypatch):
    """The identities of items that were opened, once all are kept."""
    read(place)
    (place / "catatan.txt").write_text("bukan butir")
    identities, from_document = [], kept_items.from_document

    def counted(document, name, file, **rest):
        identities.append(name)
        return from_document(document, name, file, **rest)

    monkeypatch.setattr(kept_items, "from_document", counted)
    return identities


def test_a_card_says_what_its_item_says(tmp_path):
    tree = so.make_tree(tmp_path)
    fields = "jenis_dokumen: rkpd\ndigantikan_oleh: 2026/tiga\nbukan_dik"
    so.write_item(tree, "2026/satu", FULL.replace("bukan_dik", fields), tabel_csv=b"a\n1\n")
    so.write_item(tree, "2026/dua", so.AWAL)
    few, full = so.make_facts(tree, so.make_policy()).entries
    urgent = so.changed(few, emergency={"jenis": "bencana_alam"}, holds_until=date(2026, 11, 24))
    for one, told in ((entry.item, entry.card) for entry in (few, full, urgent)):
        same = ("id", "year", "title", "classification", "kind", "origin_unit", "replaced_by")
        assert [getattr(told, name) for name in same] == [getattr(one, name) for name in same]
    assert (few.card.emergency, few.card.holds_until, few.card.withdrawn, few.card.corrected) == (False, "", "", ())
    assert (full.card.withdrawn, full.card.corrected) == ("2026-11-20", ("2026-11-20",))
    assert (urgent.card.emergency, urgent.card.holds_until) == (True, "2026-11-24")
    assert [entry.is_in_force for entry in (few, full, urgent)] == [True, False, True]


def test_items_as_they_were_kept_have_their_cards_and_are_opened_when_asked_for(place, opened):
    facts, brought = read(place)
    assert (brought, opened) == (set(), [])
    cards = {entry.card.id: entry.card for entry in facts.entries}
    assert cards == {entry.card.id: card.of(entry.item) for entry in facts.entries}
    assert sorted(opened) == sorted(cards)
    assert [facts.entries[-1].item.corrections[0].now for _ in range(2)] == ["sejuta", "sejuta"]
    assert len(opened) == len(cards)


def test_what_shows_many_items_opens_those_alone_that_it_shows(place, opened, tmp_path):
    facts, _ = read(place)
    parts = Parts(tmp_path)
    inputs.of(place, facts, "sama")
    assert "</urlset>" in sitemap.complete("<urlset>\n</urlset>", facts, parts)
    plan, _ = pages.plan(facts), downloads.plan(facts, parts)
    pages.home(facts, Markup())
    assert feeds.chosen(facts, None) == []
    assert plan["informasi/setiap-saat/index.md"]().html.count("<h2") == 0
    assert opened == []
    assert CORRECTED in plan["layanan/ralat-dan-pencabutan/index.md"]().html
    assert GONE in plan["informasi/ralat-2026/index.md"]().html
    assert opened == ["2026/satu"]
    plan[pages.LIST]()
    assert len(opened) == 1 + year_parts.LATEST
