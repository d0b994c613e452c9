"""What is told of the record, kept from one publication to the next, is what a first publication would tell."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from rounds import REGISTER
from site_office import make_policy
from sopan import record_cache, summary_report, timing, timing_summary
from sopan.record import Record
from sopan.site import chronicle, kept_chronicle
from sopan.site.chronicle import Origins
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
            same += sum(one is kept.get(item) for item, one in now.told.items() if one.outcomes)
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
    whole, sums = timing_summary.summarise(measured, KINDS), told.summary(KINDS)
    for by in ("langkah", "peran", "jenis", "bulan", "butir"):
        assert summary_report.groups(sums, by) == summary_report.groups(whole, by)
    assert (sums.waits, sums.rounds) == (whole.waits, whole.rounds)
    assert told.rows() == summary_report.sheet(whole, "butir").rows
    for item in ITEMS:
        assert [figures for _, figures in told.of(item)] == [one for one in measured.rounds if one.item == item]
        assert [one for one, _ in told.of(item)] == [one for one in story.closed if one.item == item]


def test_what_an_item_says_of_its_past(rules):
    story, chance = Chronicle(), random.Random(0)  # noqa: S311  as above
    while not story.closed:
        story.go_on(chance)
    (done,) = story.closed
    told = chronicle.tell(rules, read(story), (STILL,), ORIGINS, {}).told
    assert set(told) == {STILL, done.item}
    assert (told[STILL].past.published, told[STILL].past.stood_before, told[STILL].row) == ((), True, ())
    past = told[done.item].past
    assert (past.published, past.notes, past.stood_before) == ((done.acts[-1].at,), ("versi 1",), False)
    seen = [replace(done, live_at=done.acts[-1].at)]
    proven = chronicle.tell(rules, record_cache.reading(Record(tuple(seen), {}, None)), (), ORIGINS, told).told
    assert proven[done.item].past.made_of != past.made_of
