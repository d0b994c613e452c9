"""Sums of many steps: counts, medians and percentiles, who was waited for, and the month's report."""

import json
from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import site_office
from calendars import repository_calendar
from rounds import REGISTER, SOP, Story, register, whole
from sopan import monthly_report, summary_report, timing, timing_summary, timing_words
from sopan.chain import Evidence
from sopan.timing_figures import Judgement
from sopan.timing_summary import Spread, summarise, within_month

MINUTE = timedelta(minutes=1)


def spread(values):
    """The spread of lengths, of which sums know the microseconds."""
    return timing_summary.spread(Counter(value // timedelta(microseconds=1) for value in values))


@pytest.fixture(scope="module")
def rules():
    return site_office.make_policy()


def measured(*rounds, people=REGISTER):
    return timing.measure(rounds, sop=SOP, calendar=repository_calendar(), register=people)


def returned():
    """A step that took too long, and a return on the first day of the next month."""
    story = Story(item="2026/b").starts(1, "2026-11-30 08.00").makes(1, "2026-11-30 08.05")
    story.starts(2, "2026-11-30 08.10").makes(2, "2026-11-30 08.30")
    return story.returns(1, "2026-12-01 08.00", "citra").makes(1, "2026-12-01 08.10").round()


def of(groups, name):
    (one,) = [group for group in groups if group.name == name]
    return one


class TestGroups:
    def test_a_step_over_two_rounds(self):
        both = (whole(item="2026/a").round(), whole(day="2026-11-24", item="2026/c").round())
        one = of(summarise(measured(*both), {}).steps, "3 memproses")
        assert (one.steps, str(one.standard), one.again) == (2, "20 menit", 0)
        assert one.judged == {Judgement.WITHIN: 2}
        assert one.work == Spread(2, 20 * MINUTE, 20 * MINUTE)
        assert one.process == Spread(2, 29 * MINUTE, 29 * MINUTE)
        assert one.evidence == {Evidence.LEDGER: 2}

    def test_roles_have_no_one_standard(self):
        told = summarise(measured(whole().round()), {})
        assert {group.name: group.steps for group in told.roles} == {"Admin": 2, "Kabid": 3, "Sekretaris": 2}
        assert of(told.roles, "Admin").standard is None

    def test_items_kinds_and_months(self):
        told = summarise(measured(whole(item="2026/a").round(), returned()), {"2026/a": "rkpd"})
        assert {group.name: group.steps for group in told.items} == {"2026/a": 7, "2026/b": 3}
        assert {group.name: group.steps for group in told.kinds} == {"rkpd": 7, "belum terbit": 3}
        assert {group.name: group.steps for group in told.months} == {"2026-11": 9, "2026-12": 1}

    def test_what_was_made_again_and_what_was_late(self):
        told = summarise(measured(returned()), {})
        assert of(told.steps, "1 memberikan").again == 1
        assert of(told.steps, "2 menginstruksikan").judged == {Judgement.EXCEEDED: 1}

    def test_clock_time_outside_hours_is_in_no_figure(self):
        story = Story().makes(1, "2026-11-23 18.00").starts(2, "2026-11-23 19.00").makes(2, "2026-11-23 19.30")
        one = of(summarise(measured(story.round()), {}).steps, "2 menginstruksikan")
        assert (one.steps, one.work, one.process) == (1, Spread(0, None, None), Spread(0, None, None))


class TestRounds:
    def test_first_pass_and_returns(self):
        told = summarise(measured(whole(item="2026/a").round(live="2026-11-23 09.19"), returned()), {}).rounds
        assert (told.published, told.open, told.first_pass, told.returns) == (1, 1, 1, 1)
        assert told.live == Spread(1, 2 * MINUTE, 2 * MINUTE)

    def test_a_round_that_came_back_is_no_first_pass(self):
        story = Story(item="2026/b").makes(1, "2026-11-23 08.05").returns(1, "2026-11-23 08.06", "budi")
        for number in range(1, 8):
            story.makes(number, f"2026-11-23 08.{10 + number}")
        told = summarise(measured(story.round()), {}).rounds
        assert (told.published, told.first_pass, told.returns) == (1, 0, 1)


class TestWaits:
    def test_waiting_is_told_of_whoever_was_awaited(self):
        (first, *_) = summarise(measured(whole().round()), {}).waits
        assert (first.name, first.times, first.total) == ("Admin", 2, 40 * MINUTE)

    def test_an_empty_post_is_the_offices_waiting(self):
        nobody = register(*(one for one in REGISTER.appointments if one.role != "kabid"))
        waits = summarise(measured(whole().round(), people=nobody), {}).waits
        assert {wait.name: wait.times for wait in waits} == {"Admin": 2, "kantor": 3, "Sekretaris": 1}


class TestSpread:
    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
    def test_nine_tenths_lie_at_or_below_the_ninetieth_percentile_and_it_was_measured(self, seconds):
        values = [timedelta(seconds=one) for one in seconds]
        told = spread(values)
        assert told.ninetieth in values
        assert 10 * sum(value <= told.ninetieth for value in values) >= 9 * len(values)
        assert 2 * sum(value <= told.median for value in values) >= len(values)

    def test_one_measurement_says_that_it_is_one(self):
        assert summary_report.spread(spread([5 * MINUTE])) == "5 menit (satu pengukuran saja)"
        assert summary_report.spread(spread([5 * MINUTE, 6 * MINUTE])) == "5 menit 30 detik; 6 menit (2)"
        assert summary_report.spread(spread([])) == "tidak terukur"


class TestMonth:
    def test_holds_what_was_received_in_it(self):
        report = measured(whole(item="2026/a").round(), returned())
        november, december = (summarise(within_month(report, f"2026-{month}"), {}) for month in (11, 12))
        assert (november.rounds.published, november.rounds.returns) == (1, 0)
        assert (december.rounds.published, december.rounds.returns) == (0, 1)
        assert [group.steps for group in december.steps] == [1]
        assert within_month(report, "2026-10").rounds == ()

    def test_the_month_is_the_offices_and_not_greenwichs(self):
        early = Story().makes(1, "2026-12-01 06.30").round()  # still November in UTC
        assert [len(within_month(measured(early), month).rounds) for month in ("2026-11", "2026-12")] == [0, 1]


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.cells = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.cells.append(data)


class TestReports:
    def test_json_gives_seconds_and_null_where_nothing_was_measured(self):
        report = summarise(measured(Story().makes(1, "2026-11-23 08.05").round()), {})
        told = json.loads(summary_report.as_json(report, "langkah"))
        assert (told["skema"], told["per"]) == ("ringkasan-waktu/1", "langkah")
        (only,) = told["kelompok"]
        assert only["lama_proses"] == {"banyaknya": 0, "median_detik": None, "persentil_90_detik": None}
        assert only["penilaian"] == {"sesuai baku": 0, "melampaui baku": 0, "tidak terukur": 1}

    @pytest.mark.parametrize("by", timing_words.GROUPINGS)
    def test_markdown_has_a_row_for_each_group(self, by):
        summary = summarise(measured(whole(item="2026/a|b").round()), {})
        lines = list(summary_report.as_document(summary, by))
        rows = lines[lines.index(f"### {timing_words.GROUPINGS[by]}") + 4 :]
        assert rows[: rows.index("")] != []
        heads = next(line for line in lines if line.startswith(f"| {by} |"))
        assert {line.replace("\\|", "").count("|") for line in rows[: rows.index("")]} == {heads.count("|")}

    def test_the_rounds_in_words(self):
        told = summarise(measured(whole().round(live="2026-11-23 09.19")), {})
        assert summary_report.rounds(told.rounds) == (
            "1 putaran terbit, 0 sedang berjalan. Terbit pada pengajuan pertama: 1 dari 1 (100%); "
            "0 kali dikembalikan atau ditarik. Dari penggabungan sampai tayang: 2 menit (satu pengukuran saja)."
        )

    def test_a_month_is_a_page_to_sign_in_two_forms(self, rules):
        report = measured(whole(item="2026/<a>").round(live="2026-11-23 09.19"))
        told = monthly_report.make(rules, report, summarise(report, {"2026/<a>": "rkpd"}), "2026-11")
        markdown, html = monthly_report.as_markdown(told), monthly_report.as_html(told)
        assert markdown.startswith("# Laporan pelaksanaan SOP, November 2026\n")
        assert f"Kepala {rules.office.name}" in markdown
        page = _Text()
        page.feed(html)
        assert not [tag for tag, _ in page.tags if tag in {"script", "link", "img", "a"}]
        assert "2026/<a>" in page.cells
        for table in told.sheets:
            for row in table.rows:
                assert all(cell in page.cells for cell in row if cell)
                assert "| " + " | ".join(row) + " |" in markdown

    def test_a_month_without_steps_says_so(self, rules):
        report = within_month(measured(whole().round()), "2026-10")
        told = monthly_report.make(rules, report, summarise(report, {}), "2026-10")
        assert told.lead[1] == "Tidak ada langkah SOP yang diterima pada bulan Oktober 2026."
        assert told.sheets == ()

    def test_no_person_is_named(self, rules):
        report = measured(whole().round(), returned())
        told = monthly_report.as_markdown(monthly_report.make(rules, report, summarise(report, {}), "2026-11"))
        words = told.casefold().replace("|", " ").split()
        assert not {"ani", "budi", "citra"} & set(words)
