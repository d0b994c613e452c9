"""What is told of the record, kept from one publication to the next, is what a first publication would tell."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from rounds import REGISTER, whole
from site_office import UNKEPT, make_policy
from sopan import record_cache, summary_report, timing, timing_summary
from sopan.record import Record
from sopan.site import past
from sopan.site.chronicle import Chronicle, Origins
from sopan.site.kept_parts import Parts
from sopan.site.past import Figures
from test_timing_cache import ITEMS as STORY_ITEMS
from test_timing_cache import Chronicle as Story

STILL = "2025/tanpa-putaran"
ORIGINS = Origins(notes=lambda rounds: [f"versi {one.number}" for one in rounds], had=lambda item: item == STILL)
YEARS = {"2026/laporan": "2025/laporan"}
ITEMS = tuple(YEARS.get(item, item) for item in STORY_ITEMS)
KINDS = {ITEMS[0]: "renja_pd"}
KINDS_BY_YEAR = {ITEMS[0].partition("/")[0]: KINDS}


@pytest.fixture(scope="module")
def rules():
    return replace(make_policy(), register=REGISTER)


def closed(story):
    """The closed rounds of a story, whose items are of two years."""
    return [replace(one, item=YEARS.get(one.item, one.item)) for one in story.closed]


def tell(rules, rounds, parts=UNKEPT):
    return Chronicle(rules, record_cache.reading(Record(tuple(rounds), {}, "pangkal")), ORIGINS, parts)


def everything(told, items=ITEMS):
    """All that is told of each item, and of each year."""
    items = {item: (told.told(item), told.of(item)) for item in (*items, STILL)}
    return items, {year: (told.made_of(year), list(told.rows(year))) for year in told.years}


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_a_whole_telling_gives_however_it_grew(seed, rules, tmp_path):
    chance, story, parts = random.Random(seed), Story(), Parts(tmp_path, "dasar")  # noqa: S311 - a story, no secret
    concurrent = 0
    for _ in range(200):
        story.go_on(chance)
        if chance.random() < 0.2:
            told = tell(rules, closed(story))
            assert everything(tell(rules, closed(story), parts)) == everything(told)
            figures = (one for item in ITEMS for _, timing in told.of(item) for one in timing.steps)
            concurrent += sum(one.concurrent for one in figures)
    assert concurrent


def test_of_what_stayed_as_it_was_nothing_is_told_anew(rules, tmp_path, monkeypatch):
    days = {"2025/a": "2026-11-23", "2026/b": "2026-11-24", "2026/c": "2026-11-25"}
    rounds = [whole(day=day, item=item).round() for item, day in days.items()]
    everything(tell(rules, rounds[:2], Parts(tmp_path, "dasar")))
    timed, measure = [], timing.timed

    def counted(walks, *rest, **named):
        walks = list(walks)
        timed.extend(walk.round.item for walk in walks)
        return measure(walks, *rest, **named)

    monkeypatch.setattr(timing, "timed", counted)
    told = tell(rules, rounds, Parts(tmp_path, "dasar"))
    assert [told.told(one.item).past.published for one in rounds] == [(one.acts[-1].at,) for one in rounds]
    assert timed == ["2026/c"]


def test_rounds_that_overlap_with_new_ones_are_told_anew(rules, tmp_path):
    items = ("2025/a", "2026/b")
    first, second = (whole(item=item).round() for item in items)
    alone, _ = everything(tell(rules, [first], Parts(tmp_path, "dasar")), items)
    together, _ = everything(tell(rules, [first, second], Parts(tmp_path, "dasar")), items)
    assert together == everything(tell(rules, [first, second]), items)[0]
    assert alone["2025/a"] != together["2025/a"]


@pytest.mark.parametrize("seed", range(5))
def test_sums_rows_and_figures_are_those_of_the_report(seed, rules):
    chance, story = random.Random(seed), Story()  # noqa: S311  as above
    for _ in range(200):
        story.go_on(chance)
    told = tell(rules, closed(story))
    measured = timing.measure(closed(story), sop=rules.sop, calendar=rules.calendar, register=rules.register)
    all_told, sums = timing_summary.summarise(measured, KINDS), told.summary(KINDS_BY_YEAR)
    for by in ("langkah", "peran", "jenis", "bulan"):
        assert summary_report.groups(sums, by) == summary_report.groups(all_told, by)
    assert (sums.waits, sums.rounds) == (all_told.waits, all_told.rounds)
    rows = [row for year in told.years for row in told.rows(year)]
    assert rows == list(summary_report.sheet(all_told, "butir").rows)
    for item in ITEMS:
        assert [figures for _, figures in told.of(item)] == [one for one in measured.rounds if one.item == item]
        assert [one for one, _ in told.of(item)] == [one for one in closed(story) if one.item == item]


def test_only_the_sums_of_a_year_of_which_something_else_is_told_are_made_anew(rules, tmp_path):
    def sums(rounds, kinds):
        by_year = {item.partition("/")[0]: {item: kind} for item, kind in kinds.items()}
        told = tell(rules, rounds, Parts(tmp_path, "dasar")).summary(by_year)
        measured = timing.measure(rounds, sop=rules.sop, calendar=rules.calendar, register=rules.register)
        right = timing_summary.summarise(measured, kinds)
        assert (told.steps, told.kinds, told.waits) == (right.steps, right.kinds, right.waits)
        assert (told.months, told.rounds) == (right.months, right.rounds)
        return {file.name: file.stat().st_ino for file in (tmp_path / "sopan").glob("situs-jumlah-*")}

    rounds = [whole(item="2025/a").round(), whole(day="2026-11-24", item="2026/b").round()]
    first = sums(rounds, {})
    later = sums([*rounds, whole(day="2026-11-25", item="2026/c").round()], {})
    assert sums([*rounds, whole(day="2026-11-25", item="2026/c").round()], {}) == later
    named = sums([*rounds, whole(day="2026-11-25", item="2026/c").round()], {"2025/a": "rkpd"})
    old, new = "situs-jumlah-2025.bagian", "situs-jumlah-2026.bagian"
    assert first[old] == later[old] != named[old]
    assert first[new] != later[new] == named[new]


def test_what_an_item_says_of_its_past(rules):
    story, chance = Story(), random.Random(0)  # noqa: S311  as above
    while not story.closed:
        story.go_on(chance)
    (done,) = closed(story)
    told = tell(rules, closed(story))
    still, mine = told.told(STILL), told.told(done.item).past
    assert (still.past.published, still.past.stood_before) == ((), True)
    assert past.figures(STILL, still) == Figures((), (), ())
    assert (mine.published, mine.notes, mine.stood_before) == ((done.acts[-1].at,), ("versi 1",), False)
    proven = tell(rules, [replace(done, live_at=done.acts[-1].at)])
    assert proven.told(done.item).past.made_of != mine.made_of
