from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import at, repository_calendar
from rounds import (
    OTHER_HOLDERS,
    OTHER_REGISTER,
    OTHER_SOP,
    REGISTER,
    SOP,
    Story,
    appointment,
    register,
    whole,
)
from sopan import timing
from sopan.chain import Evidence
from sopan.errors import SopanError
from sopan.timing_figures import Duration, Judgement

CALENDAR = repository_calendar()
WITHIN, EXCEEDED, UNMEASURED = Judgement.WITHIN, Judgement.EXCEEDED, Judgement.UNMEASURED


def minutes(number):
    return Duration(timedelta(minutes=number), clock=False)


def clock(number):
    return Duration(timedelta(minutes=number), clock=True)


def measure(*stories, people=REGISTER):
    rounds = [one.round() if isinstance(one, Story) else one for one in stories]
    return timing.measure(rounds, sop=SOP, calendar=CALENDAR, register=people)


def steps(*stories, people=REGISTER):
    return [step for timed in measure(*stories, people=people).rounds for step in timed.steps]


def last(story, people=REGISTER):
    return steps(story, people=people)[-1]


def figures(step):
    return step.process, step.work, step.judgement


def board(*stories, now, people=REGISTER):
    return timing.board(
        [one.round() for one in stories], sop=SOP, calendar=CALENDAR, register=people, now=at(now)
    )


class TestAWholeRound:
    def test_shows_each_step_against_its_standard(self):
        told = [(s.step, s.role, s.officer, str(s.standard), *figures(s)) for s in steps(whole())]
        assert told == [
            (1, "sekretaris", "ani", "5 menit", None, minutes(5), WITHIN),
            (2, "kabid", "budi", "5 menit", minutes(6), minutes(5), WITHIN),
            (3, "admin", "citra", "20 menit", minutes(29), minutes(20), WITHIN),
            (4, "kabid", "budi", "5 menit", minutes(15), minutes(5), WITHIN),
            (5, "sekretaris", "ani", "5 menit", minutes(5), minutes(5), WITHIN),
            (6, "kabid", "budi", "5 menit", minutes(6), minutes(5), WITHIN),
            (7, "admin", "citra", "10 menit", minutes(11), minutes(10), WITHIN),
        ]

    def test_names_its_instants_and_commits(self):
        second = steps(whole())[1]
        assert (second.previous_at, second.started_at, second.received_at) == (
            at("2026-11-23 08.05"),
            at("2026-11-23 08.06"),
            at("2026-11-23 08.11"),
        )
        assert (second.item, second.round, second.attempt, second.commit) == ("2026/contoh", 1, 1, "2026/contoh#1.4")

    def test_publishes_when_the_page_was_read_back(self):
        (timed,) = measure(whole().round(live="2026-11-23 09.19")).rounds
        assert timed.merge == "2026/contoh#1.14"
        assert timed.publication.took == timedelta(minutes=2)
        assert timed.publication.live_at == at("2026-11-23 09.19")

    def test_publication_is_pending_until_then(self):
        (timed,) = measure(whole()).rounds
        assert (timed.publication.merged_at, timed.publication.took) == (at("2026-11-23 09.17"), None)

    def test_an_open_round_is_not_published(self):
        (timed,) = measure(Story().makes(1, "2026-11-23 08.05")).rounds
        assert (timed.merge, timed.publication) == (None, None)

    def test_rounds_stand_in_order_whatever_order_they_come_in(self):
        stories = [whole(item="2026/b"), whole("2026-11-24", item="2026/a", number=2), whole(item="2026/a")]
        report = measure(*stories)
        assert [(one.item, one.number) for one in report.rounds] == [("2026/a", 1), ("2026/a", 2), ("2026/b", 1)]


class TestJudgement:
    @pytest.mark.parametrize(
        ("start", "made", "expected"),
        [
            (None, "2026-11-23 08.10", (minutes(5), None, WITHIN)),
            (None, "2026-11-23 08.10.01", (Duration(timedelta(seconds=301), clock=False), None, UNMEASURED)),
            ("2026-11-23 15.00", "2026-11-23 15.05", (minutes(360), minutes(5), WITHIN)),
            ("2026-11-23 15.00", "2026-11-23 15.06", (minutes(361), minutes(6), EXCEEDED)),
            ("2026-11-23 11.58", "2026-11-23 13.02", (minutes(237), minutes(4), WITHIN)),
            ("2026-11-23 11.57", "2026-11-23 13.03", (minutes(238), minutes(6), EXCEEDED)),
            ("2026-11-23 15.58", "2026-11-24 07.33", (minutes(418), minutes(5), WITHIN)),
            ("2026-11-23 18.00", "2026-11-23 18.05", (minutes(415), clock(5), WITHIN)),
            ("2026-11-23 18.00", "2026-11-23 21.00", (minutes(415), clock(180), UNMEASURED)),
        ],
        ids=[
            "quick-without-start", "slow-without-start", "late-but-quick", "slow", "over-lunch", "slow-over-lunch",
            "over-night", "quick-in-the-evening", "slow-in-the-evening",
        ],
    )
    def test_second_step(self, start, made, expected):
        story = Story().makes(1, "2026-11-23 08.05")
        if start:
            story.starts(2, start)
        assert figures(last(story.makes(2, made))) == expected

    def test_friday_to_monday_is_twenty_minutes(self):
        story = Story().makes(1, "2026-11-20 16.20").makes(2, "2026-11-23 07.40")
        assert figures(last(story)) == (minutes(20), None, UNMEASURED)

    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            ("2026-11-21 09.04", (clock(4), None, WITHIN)),
            ("2026-11-21 10.00", (clock(60), None, UNMEASURED)),
        ],
    )
    def test_a_saturday_is_shown_by_the_clock_and_held_against_nobody(self, made, expected):
        story = Story().makes(1, "2026-11-21 09.00").makes(2, made)
        assert figures(last(story)) == expected
        assert last(story).received_outside_hours

    def test_a_start_never_makes_a_judgement_worse(self):
        without = Story().makes(1, "2026-11-20 16.28").makes(2, "2026-11-20 20.00")
        evening = Story().makes(1, "2026-11-20 16.28").starts(2, "2026-11-20 17.00").makes(2, "2026-11-20 20.00")
        assert figures(last(without)) == (minutes(2), None, WITHIN)
        assert figures(last(evening)) == (minutes(2), clock(180), WITHIN)

    def test_the_first_step_has_nothing_before_it(self):
        assert figures(last(Story().makes(1, "2026-11-23 08.05"))) == (None, None, UNMEASURED)

    def test_a_start_in_the_same_push_measures_nothing(self):
        story = Story().starts(1, "2026-11-23 08.05").makes(1, "2026-11-23 08.05")
        assert figures(last(story)) == (None, None, UNMEASURED)

    def test_steps_in_the_same_push_measure_nothing(self):
        story = Story().makes(1, "2026-11-23 08.05").makes(2, "2026-11-23 08.05")
        assert figures(last(story)) == (None, None, UNMEASURED)

    def test_a_colleagues_start_is_not_the_makers(self):
        people = register(*REGISTER.appointments, appointment("kabid", "hadi"))
        story = Story().makes(1, "2026-11-23 08.00").starts(2, "2026-11-23 08.10", "hadi")
        assert figures(last(story.makes(2, "2026-11-23 09.00"), people)) == (minutes(60), None, UNMEASURED)

    def test_everybody_is_timed_by_his_own_start(self):
        people = register(*REGISTER.appointments, appointment("kabid", "hadi"))
        story = Story().makes(1, "2026-11-23 08.00").starts(2, "2026-11-23 08.10", "hadi").starts(2, "2026-11-23 08.56")
        assert figures(last(story.makes(2, "2026-11-23 09.00"), people)) == (minutes(60), minutes(4), WITHIN)

    def test_outside_hours_is_noted_of_start_and_step(self):
        story = Story().makes(1, "2026-11-23 15.50").starts(2, "2026-11-23 15.58").makes(2, "2026-11-23 16.30")
        assert (last(story).started_outside_hours, last(story).received_outside_hours) == (False, True)
        assert figures(last(story)) == (minutes(10), minutes(2), WITHIN)

    def test_work_in_progress_moves_no_clock(self):
        story = Story().works("2026-11-23 07.40", "ani").starts(1, "2026-11-23 08.00").works("2026-11-23 08.02", "ani")
        assert figures(last(story.makes(1, "2026-11-23 08.05"))) == (None, minutes(5), WITHIN)

    def test_refuses_a_history_that_runs_backwards(self):
        with pytest.raises(SopanError, match="waktu berjalan mundur"):
            steps(Story().makes(1, "2026-11-23 08.05").makes(2, "2026-11-23 08.04"))

    def test_refuses_a_year_without_calendar(self):
        with pytest.raises(SopanError, match=r"kalender/2024\.yml"):
            steps(Story().makes(1, "2024-11-22 08.05"))


class TestAttempts:
    def test_a_return_makes_the_step_due_and_opens_the_next_attempt(self):
        story = (
            Story()
            .makes(1, "2026-11-23 08.00").makes(2, "2026-11-23 08.04").makes(3, "2026-11-23 08.20")
            .starts(4, "2026-11-23 08.21").returns(3, "2026-11-23 08.30", "budi")
            .makes(3, "2026-11-23 08.45").makes(4, "2026-11-23 08.50")
        )
        told = [(s.step, s.attempt, s.previous_at, *figures(s)) for s in steps(story)[3:]]
        assert told == [
            (3, 2, at("2026-11-23 08.30"), minutes(15), None, WITHIN),
            (4, 2, at("2026-11-23 08.45"), minutes(5), None, WITHIN),
        ]
        assert measure(story).rounds[0].attempts == 2

    def test_a_return_gives_the_first_step_a_process(self):
        story = Story().makes(1, "2026-11-23 08.00").returns(1, "2026-11-23 08.10", "budi").makes(1, "2026-11-23 08.14")
        assert figures(last(story)) == (minutes(4), None, WITHIN)

    def test_a_recall_counts_like_a_return(self):
        story = Story().makes(1, "2026-11-23 08.00").returns(1, "2026-11-23 08.02", "ani").makes(1, "2026-11-23 08.04")
        assert (last(story).attempt, *figures(last(story))) == (2, minutes(2), None, WITHIN)

    def test_a_renewal_begins_with_step_one_again(self):
        story = (
            Story().makes(1, "2026-11-23 08.00").makes(2, "2026-11-23 08.04")
            .renews("2026-11-23 09.00", "citra").makes(1, "2026-11-23 09.30")
        )
        assert (last(story).step, last(story).attempt, *figures(last(story))) == (1, 2, minutes(30), None, UNMEASURED)

    def test_nothing_precedes_after_a_cancellation(self):
        story = Story().makes(1, "2026-11-23 08.00").cancels("2026-11-23 08.30", "ani").makes(1, "2026-11-24 08.00")
        assert (last(story).attempt, *figures(last(story))) == (2, None, None, UNMEASURED)

    def test_a_start_before_a_return_does_not_serve_the_next_attempt(self):
        story = (
            Story().makes(1, "2026-11-23 08.00").starts(2, "2026-11-23 08.05")
            .returns(1, "2026-11-23 08.30", "budi").makes(1, "2026-11-23 08.40").makes(2, "2026-11-23 09.40")
        )
        assert figures(last(story)) == (minutes(60), None, UNMEASURED)

    def test_two_rounds_do_not_mix(self):
        told = steps(whole(), whole("2026-11-24", number=2))
        assert [(s.round, s.attempt, s.process) for s in told if s.step == 1] == [(1, 1, None), (2, 1, None)]


class TestConcurrent:
    def _admin(self, item, start, end):
        story = Story(item=item).makes(1, "2026-11-23 08.00").makes(2, "2026-11-23 08.04")
        story.starts(3, start)
        return story.makes(3, end) if end else story

    def _of_step_3(self, *stories):
        return [(s.item, s.concurrent, s.judgement) for s in steps(*stories) if s.step == 3]

    def test_overlapping_starts_of_one_officer_are_not_judged(self):
        first = self._admin("2026/a", "2026-11-23 09.00", "2026-11-23 09.30")
        second = self._admin("2026/b", "2026-11-23 09.29", "2026-11-23 09.40")
        assert self._of_step_3(first, second) == [("2026/a", True, UNMEASURED), ("2026/b", True, UNMEASURED)]

    def test_one_after_the_other_is_judged(self):
        first = self._admin("2026/a", "2026-11-23 09.00", "2026-11-23 09.30")
        second = self._admin("2026/b", "2026-11-23 09.30", "2026-11-23 09.40")
        assert self._of_step_3(first, second) == [("2026/a", False, EXCEEDED), ("2026/b", False, WITHIN)]

    def test_a_short_one_inside_a_long_one_marks_all_it_meets(self):
        long = self._admin("2026/a", "2026-11-23 09.00", "2026-11-23 11.00")
        short = self._admin("2026/b", "2026-11-23 09.10", "2026-11-23 09.20")
        later = self._admin("2026/c", "2026-11-23 10.00", "2026-11-23 10.10")
        apart = self._admin("2026/d", "2026-11-23 11.00", "2026-11-23 11.10")
        marked = [concurrent for _, concurrent, _ in self._of_step_3(long, short, later, apart)]
        assert marked == [True, True, True, False]

    def test_a_start_that_still_runs_overlaps_too(self):
        running = self._admin("2026/a", "2026-11-23 09.00", None)
        done = self._admin("2026/b", "2026-11-23 10.00", "2026-11-23 10.10")
        assert self._of_step_3(running, done) == [("2026/b", True, UNMEASURED)]

    def test_a_start_that_was_returned_ends_there(self):
        returned = self._admin("2026/a", "2026-11-23 09.00", None).returns(2, "2026-11-23 09.30", "citra")
        done = self._admin("2026/b", "2026-11-23 10.00", "2026-11-23 10.10")
        assert self._of_step_3(returned, done) == [("2026/b", False, WITHIN)]

    def test_a_start_pushed_with_its_step_lasts_no_time_and_overlaps_nothing(self):
        working = self._admin("2026/a", "2026-11-23 09.00", "2026-11-23 09.10")
        at_once = self._admin("2026/b", "2026-11-23 09.05", "2026-11-23 09.05")
        assert self._of_step_3(working, at_once) == [("2026/a", False, WITHIN), ("2026/b", False, UNMEASURED)]

    def test_two_officers_may_work_at_once(self):
        first = Story(item="2026/a").makes(1, "2026-11-23 08.00")
        first.starts(2, "2026-11-23 09.00").makes(2, "2026-11-23 09.05")
        second = Story(item="2026/b").starts(1, "2026-11-23 09.00").makes(1, "2026-11-23 09.05")
        assert [s.concurrent for s in steps(first, second)] == [False, False, False]

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=8))
    def test_agrees_with_comparing_every_pair(self, spans):
        stories = []
        for number, (begin, length) in enumerate(spans):
            story = Story(item=f"2026/{number}").starts(1, f"2026-11-23 08.{begin:02}")
            stories.append(story.makes(1, f"2026-11-23 08.{begin + length:02}"))
        expected = [
            any(b < begin + length and begin < b + n for other, (b, n) in enumerate(spans) if other != number)
            for number, (begin, length) in enumerate(spans)
        ]
        assert [step.concurrent for step in steps(*stories)] == expected


class TestWaiting:
    def test_is_charged_to_the_awaited_role(self):
        assert [s.waited_for for s in steps(whole())][:3] == [None, SOP.roles["kabid"].name, SOP.roles["admin"].name]

    def test_is_charged_to_the_office_while_the_post_is_empty(self):
        people = register(
            appointment("sekretaris", "ani"),
            appointment("kabid", "budi", end="2026-11-24 00.00"),
            appointment("kabid", "hadi", start="2026-11-26 00.00"),
        )
        story = Story().makes(1, "2026-11-23 08.00").makes(2, "2026-11-26 08.00", "hadi")
        assert last(story, people).waited_for == "kantor"

    def test_a_post_that_was_empty_from_the_start_is_the_offices(self):
        people = register(appointment("sekretaris", "ani"), appointment("kabid", "hadi", start="2026-11-26 00.00"))
        story = Story().makes(1, "2026-11-23 08.00").makes(2, "2026-11-26 08.00", "hadi")
        assert last(story, people).waited_for == "kantor"

    def test_waiting_ends_with_the_start(self):
        people = register(
            appointment("sekretaris", "ani"),
            appointment("kabid", "budi", end="2026-11-24 00.00"),
            appointment("kabid", "budi", start="2026-11-26 00.00"),
        )
        story = Story().makes(1, "2026-11-23 08.00").starts(2, "2026-11-23 09.00").makes(2, "2026-11-26 08.00")
        assert last(story, people).waited_for == SOP.roles["kabid"].name

    def test_a_handover_without_gap_is_not_the_offices(self):
        people = register(
            appointment("sekretaris", "ani"),
            appointment("kabid", "budi", end="2026-11-24 00.00"),
            appointment("kabid", "hadi", start="2026-11-24 00.00"),
        )
        story = Story().makes(1, "2026-11-23 08.00").makes(2, "2026-11-26 08.00", "hadi")
        assert last(story, people).waited_for == SOP.roles["kabid"].name

    def test_evidence_is_the_weakest_of_the_instants_used(self):
        story = Story(evidence=Evidence.CLAIM).makes(1, "2026-11-23 08.00").by(Evidence.FORGE)
        story.makes(2, "2026-11-23 08.05").by(Evidence.LEDGER).makes(3, "2026-11-23 08.10").makes(4, "2026-11-23 08.15")
        told = [step.evidence for step in steps(story)]
        assert told == [Evidence.CLAIM, Evidence.CLAIM, Evidence.FORGE, Evidence.LEDGER]


class TestBoard:
    def test_shows_whose_turn_it_is_and_since_when(self):
        (waiting,) = board(Story().makes(1, "2026-11-20 16.20"), now="2026-11-23 07.40")
        assert (waiting.step, waiting.role, waiting.attempt, str(waiting.standard)) == (2, "kabid", 1, "5 menit")
        assert (waiting.since, waiting.elapsed) == (at("2026-11-20 16.20"), minutes(20))
        assert (waiting.started, waiting.waited_for) == (False, SOP.roles["kabid"].name)

    def test_knows_that_the_step_was_taken_up(self):
        (waiting,) = board(Story().makes(1, "2026-11-23 08.00").starts(2, "2026-11-23 08.10"), now="2026-11-23 09.00")
        assert waiting.started

    def test_charges_an_empty_post_to_the_office(self):
        people = register(appointment("sekretaris", "ani"), appointment("kabid", "budi", end="2026-11-24 00.00"))
        story = Story().makes(1, "2026-11-23 08.00")
        assert board(story, now="2026-11-23 12.00", people=people)[0].waited_for == SOP.roles["kabid"].name
        assert board(story, now="2026-11-24 00.00", people=people)[0].waited_for == "kantor"

    def test_leaves_out_what_is_published_cancelled_or_not_begun(self):
        cancelled = Story(item="2026/b").makes(1, "2026-11-23 08.00").cancels("2026-11-23 08.30", "ani")
        assert board(whole(), cancelled, Story(item="2026/c"), now="2026-11-24 08.00") == ()

    def test_shows_a_draft_without_an_instant(self):
        (waiting,) = board(Story().works("2026-11-23 08.00", "ani"), now="2026-11-23 09.00")
        assert (waiting.step, waiting.since, waiting.elapsed) == (1, None, None)

    def test_puts_the_longest_waiting_first(self):
        young = Story(item="2026/a").makes(1, "2026-11-23 08.30")
        old = Story(item="2026/b").makes(1, "2026-11-23 08.00")
        assert [one.item for one in board(young, old, now="2026-11-23 09.00")] == ["2026/b", "2026/a"]


class TestAnotherSop:
    """Standards in minutes, hours and working days, and a step without one, by swapping data alone."""

    def _steps(self, reviewed):
        story = Story(the_sop=OTHER_SOP, holders=OTHER_HOLDERS)
        story.starts(2, "2026-11-20 08.00").makes(2, "2026-11-20 08.15")
        story.starts(3, "2026-11-20 10.30").makes(3, "2026-11-20 14.00")
        story.starts(4, "2026-11-20 15.00").makes(4, reviewed)
        story.makes(5, "2026-11-24 10.00").makes(6, "2026-11-24 10.30")
        report = timing.measure([story.round()], sop=OTHER_SOP, calendar=CALENDAR, register=OTHER_REGISTER)
        return report.rounds[0].steps

    def test_every_unit_is_judged(self):
        told = [(s.step, str(s.standard), *figures(s)) for s in self._steps("2026-11-23 15.00")]
        assert told == [
            (2, "15 menit", None, minutes(15), WITHIN),
            (3, "2 jam", minutes(255), minutes(120), WITHIN),
            (4, "1 hari kerja", minutes(150 + 390), minutes(90 + 390), WITHIN),
            (5, "1 jam", minutes(60 + 150), None, UNMEASURED),
            (6, "None", minutes(30), None, UNMEASURED),
        ]

    def test_one_minute_beyond_a_working_day_exceeds_it(self):
        assert self._steps("2026-11-23 15.01")[2].judgement is EXCEEDED
