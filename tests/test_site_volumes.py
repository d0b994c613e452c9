"""However items and rounds change, what is read by year and kept is what a first reading gives."""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

import site_office as so
from rounds import REGISTER
from sopan import record_cache
from sopan.record import Record
from sopan.site import checkout, gather, inputs, kept_record, mended, outline, pages
from test_site_kept import FULL, commit, place
from test_timing_cache import ITEMS, Chronicle

__all__ = ["place"]

TIMES = 30
YEARS = dict(zip(ITEMS, ("2025/rencana-kerja", "2026/laporan", "2024/statistik"), strict=True))


class Office:
    """A repository that changes, the rounds of its items, and what is read of both."""

    def __init__(self, place, monkeypatch):
        self.place, self.story, self.monkeypatch = place, Chronicle(), monkeypatch
        self.added = self.made = 0
        for identity in YEARS.values():
            so.write_item(place, identity, so.AWAL)
        self.start = commit(place)[1]

    def rounds(self):
        return tuple(replace(one, item=YEARS[one.item], merge=self.start) for one in self.story.closed)

    def read(self):
        """What a publication reads, and what a first one would, told of the same record."""
        reading = record_cache.reading(Record(self.rounds(), {}, self.start))
        self.monkeypatch.setattr(kept_record, "read", lambda *_: reading)
        self.monkeypatch.setattr(gather, "_recorded", lambda *_: reading)
        rules = gather.policy_of
        self.monkeypatch.setattr(gather, "policy_of", lambda tree: replace(rules(tree), register=REGISTER))
        self.made += 1
        (self.place / "catatan.txt").write_text(str(self.made))
        history, head = commit(self.place)
        with tempfile.TemporaryDirectory() as top:
            checkout.lay(history.git_folder, head, Path(top, "pohon"))
            with checkout.laid(history.git_folder, head, Path(top, "pohon")) as laid:
                kept = everything(gather.gather(laid.tree, laid, "dasar"), laid.tree)
        first = everything(gather.gather(self.place), self.place)
        self.monkeypatch.undo()
        return kept, first


def everything(facts, tree):
    """All that pages are made of, closed years first: what is told of them must not rest on their being opened."""
    told = {year: outline.of(facts, year) for year in facts.volumes}
    home = [entry.card.id for entry in (*pages._latest(facts), *pages.urgent(facts))]
    mentioned = [(year, [one.entry.card.id for one in notices]) for year, notices in mended._by_year(facts)]
    made_of = inputs.of(tree, facts, "sama").years
    digests = {year: (one.made_of, dict(one.pages)) for year, one in made_of.items()}
    sums = facts.summary
    return {
        "kisah": (told, home, mentioned, facts.updated, digests, sums.steps, sums.months, sums.kinds, sums.waits),
        "baris": [row for year in facts.chronicle.years for row in facts.chronicle.rows(year)],
        "butir": [(e.item, [(f.name, f.sha256) for f in e.files], e.content, e.past) for e in facts.entries],
        "putaran": [facts.chronicle.of(entry.card.id) for entry in facts.entries],
    }


def added(office, chance):
    office.added += 1
    so.write_item(office.place, f"{chance.choice((2024, 2025, 2026))}/baru-{office.added}", so.AWAL)


def changed(office, chance):
    file = chance.choice(sorted((office.place / "docs/informasi").glob("*/*/index.md")))
    file.write_text(f"{file.read_text()}\nTambahan.\n")


def followed(office, chance):
    """An item names its successor, which may have no page yet."""
    file = chance.choice(sorted((office.place / "docs/informasi").glob("*/*/index.md")))
    if "digantikan_oleh" not in file.read_text():
        successor = f"digantikan_oleh: 2026/baru-{office.added + chance.choice((0, 1))}\n"
        file.write_text(file.read_text().replace("bukan_dik", f"{successor}bukan_dik"))


def withdrawn(office, chance):
    office.added += 1
    so.write_item(office.place, f"{chance.choice((2024, 2025))}/dicabut-{office.added}", FULL, tabel_csv=b"a\n1\n")


def gone(office, chance):
    shutil.rmtree(chance.choice(sorted((office.place / "docs/informasi").glob("*/*-*/"))))


def lost(office, chance):
    """What was kept is damaged, or gone."""
    kept = sorted((office.place / ".git/sopan").glob("*"))
    file = chance.choice(kept)
    if chance.random() < 0.5:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes().replace(b"e", b"a"))


def worked(office, chance):
    for _ in range(chance.randrange(1, 60)):
        office.story.go_on(chance)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_by_year_is_what_a_first_reading_gives(place, monkeypatch, seed):
    office, chance = Office(place, monkeypatch), random.Random(seed)  # noqa: S311 - a choice, no secret
    office.read()
    for _ in range(TIMES):
        ways = chance.choices((added, changed, followed, withdrawn, gone, lost, worked), (3, 3, 2, 1, 1, 2, 6), k=2)
        for way in ways:
            way(office, chance)
        kept, first = office.read()
        for about, told in first.items():
            assert kept[about] == told, [way.__name__ for way in ways]
    assert len(office.story.closed) > len(ITEMS)
