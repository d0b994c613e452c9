"""What is told of the record, kept from one publication to the next, is what a first publication would tell."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from rounds import REGISTER, whole
from site_office import make_policy
from sopan import record_cache, summary_report, timing, timing_summary
from sopan.record import Record
from sopan.site import chronicle, kept_chronicle
from sopan.site.chronicle import Figures, Origins
from sopan.site.kept_parts import Parts
from test_timing_cache import ITEMS, Chronicle

STILL = "2025/tanpa-putaran"
ORIGINS = Origins(notes=lambda rounds: [f"versi {one.number}" for one in rounds], had=lambda item: item == STILL)
KINDS = {ITEMS[0]: "renja_pd"}


@pytest.fixture(scope="module")
def rules():
    return replace(make_policy(), register=REGISTER)


def read(story):
    return record_cache.reading(Record(tuple(story.closed), {}, "pangkal"))


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_a_whole_telling_gives_however_it_grew(seed, rules):
    chance, story, kept = random.Random(seed), Chronicle(), {}  # noqa: S311 - a story, no secret
    same = concurrent = 0
    for _ in range(200):
        story.go_on(chance)
        if chance.random() < 0.2:
            now = chronicle.tell(rules, read(story), (*ITEMS, STILL), ORIGINS, kept)
            assert now.told == chronicle.tell(rules, read(story), (*ITEMS, STILL), ORIGINS, {}).told
            same += sum(one is kept.get(item) for item, one in now.told.items() if one.past.published)
            concurrent += sum(len(one.concurrent) for one in now.told.values())
            kept = {item: kept_chronicle.read(kept_chronicle.row(item, one)) for item, one in now.told.items()}
            assert kept == now.told
    assert same
    assert concurrent


@pytest.mark.parametrize("seed", range(5))
def test_sums_rows_and_figures_are_those_of_the_report(seed, rules):
    chance, story = random.Random(seed), Chronicle()  # noqa: S311  as above
    for _ in range(200):
        story.go_on(chance)
    told = chronicle.tell(rules, read(story), ITEMS, ORIGINS, {})
    measured = timing.measure(story.closed, sop=rules.sop, calendar=rules.calendar, register=rules.register)
    all_told, sums = timing_summary.summarise(measured, KINDS), told.summary(KINDS)
    for by in ("langkah", "peran", "jenis", "bulan"):
        assert summary_report.groups(sums, by) == summary_report.groups(all_told, by)
    assert (sums.waits, sums.rounds) == (all_told.waits, all_told.rounds)
    rows = [row for year in told.years for row in told.rows(year)]
    assert rows == list(summary_report.sheet(all_told, "butir").rows)
    for item in ITEMS:
        assert [figures for _, figures in told.of(item)] == [one for one in measured.rounds if one.item == item]
        assert [one for one, _ in told.of(item)] == [one for one in story.closed if one.item == item]


def test_only_the_sums_of_a_year_of_which_something_else_is_told_are_made_anew(rules, tmp_path):
    def sums(rounds, kinds):
        reading = record_cache.reading(Record(tuple(rounds), {}, "pangkal"))
        keep = Parts(tmp_path, "dasar").part
        told = chronicle.tell(rules, reading, (), ORIGINS, {}, keep=keep).summary(kinds)
        measured = timing.measure(rounds, sop=rules.sop, calendar=rules.calendar, register=rules.register)
        right = timing_summary.summarise(measured, kinds)
        assert (told.steps, told.kinds, told.waits) == (right.steps, right.kinds, right.waits)
        assert (told.months, told.rounds) == (right.months, right.rounds)
        return {file.name: file.stat().st_ino for file in (tmp_path / "sopan").iterdir()}

    rounds = [whole(item="2025/a").round(), whole(item="2026/b").round()]
    first = sums(rounds, {})
    later = sums([*rounds, whole(day="2026-11-25", item="2026/c").round()], {})
    assert sums([*rounds, whole(day="2026-11-25", item="2026/c").round()], {}) == later
    named = sums([*rounds, whole(day="2026-11-25", item="2026/c").round()], {"2025/a": "rkpd"})
    old, new = "situs-jumlah-2025.bagian", "situs-jumlah-2026.bagian"
    assert first[old] == later[old] != named[old]
    assert first[new] != later[new] == named[new]


def test_what_an_item_says_of_its_past(rules):
    story, chance = Chronicle(), random.Random(0)  # noqa: S311  as above
    while not story.closed:
        story.go_on(chance)
    (done,) = story.closed
    told = chronicle.tell(rules, read(story), (STILL,), ORIGINS, {}).told
    assert set(told) == {STILL, done.item}
    assert (told[STILL].past.published, told[STILL].past.stood_before) == ((), True)
    assert chronicle.figures_of(STILL, told[STILL]) == Figures((), (), ())
    past = told[done.item].past
    assert (past.published, past.notes, past.stood_before) == ((done.acts[-1].at,), ("versi 1",), False)
    seen = [replace(done, live_at=done.acts[-1].at)]
    proven = chronicle.tell(rules, record_cache.reading(Record(tuple(seen), {}, None)), (), ORIGINS, told).told
    assert proven[done.item].past.made_of != past.made_of
