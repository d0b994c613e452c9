"""The chain as arithmetic, without git: where an item stands, and whose turn it is."""

from datetime import UTC, datetime

import pytest

from rounds import OTHER_REGISTER, OTHER_SOP, REGISTER, SOP, Story
from sopan import chain, chain_rules
from sopan.chain import Kind

DAY = "2026-11-23"


def followed(story, *, the_sop=SOP, register=REGISTER):
    return chain_rules.follow(the_sop, register, story.item, chain.opening(the_sop, ""), tuple(story.acts))


def steps(*numbers, **settings):
    story = Story(**settings)
    for minute, number in enumerate(numbers):
        story.makes(number, f"{DAY} 08.{minute:02}")
    return story


def test_nothing_done_awaits_the_first_step():
    standing = chain.opening(SOP, "x")
    assert (standing.due, standing.begun, standing.whole, standing.attempt) == (SOP.first, False, False, 1)


@pytest.mark.parametrize("made", range(1, 7))
def test_each_step_makes_the_next_one_due(made):
    standing, findings = followed(steps(*range(1, made + 1)))
    assert findings == []
    assert (standing.due.number, standing.made.step, standing.previous) == (made + 1, made, standing.made)
    assert not standing.whole


def test_the_last_step_makes_the_round_whole():
    standing, findings = followed(steps(*range(1, 8)))
    assert findings == []
    assert (standing.whole, standing.made.kind) == (True, Kind.PUBLISH)


def test_after_the_last_step_the_round_is_closed():
    story = steps(*range(1, 8))
    story.acts.append(story.acts[-1]._replace(commit="lagi"))
    _, findings = followed(story)
    assert [finding.sentence() for finding in findings] == [
        (
            "komit lagi: putaran ini sudah ditutup dengan penerbitan; "
            "mulai pengajuan baru dari main terbaru. [putaran-selesai]"
        )
    ]


def test_another_sop_has_its_own_beginning_and_end():
    story = Story(
        the_sop=OTHER_SOP, holders={"loket": "dewi", "analis": "eko", "penelaah": "fajar", "kepala-dinas": "gita"}
    )
    for minute, number in enumerate((2, 3, 4, 5, 6)):
        story.makes(number, f"{DAY} 08.{minute:02}")
    standing, findings = followed(story, the_sop=OTHER_SOP, register=OTHER_REGISTER)
    assert findings == []
    assert standing.whole


@pytest.mark.parametrize("target", [1, 2, 3, 4])
def test_a_return_opens_the_next_attempt_from_there(target):
    story = steps(1, 2, 3, 4).returns(target, f"{DAY} 09.00", "ani")
    story.acts[-1] = with_roles(story.acts[-1]._replace(note="Perbaiki."), "sekretaris")
    standing, findings = followed(story)
    assert findings == []
    assert (standing.due.number, standing.attempt, standing.made, standing.started) == (target, 2, None, frozenset())


def test_a_start_is_remembered_until_the_step_is_made():
    standing, _ = followed(steps(1).starts(2, f"{DAY} 08.30"))
    assert standing.started == {"budi"}
    standing, _ = followed(steps(1).starts(2, f"{DAY} 08.30").makes(2, f"{DAY} 08.31"))
    assert standing.started == frozenset()


@pytest.mark.parametrize("named", [None, 3], ids=["no step", "a step"])
@pytest.mark.parametrize(("kind", "due", "cancelled"), [(Kind.CANCEL, 1, True), (Kind.RENEW, 1, False)])
def test_a_cancellation_and_a_renewal_begin_anew_whatever_step_they_name(kind, due, cancelled, named):
    story = steps(1, 2)
    add = story.cancels if kind is Kind.CANCEL else story.renews
    add(f"{DAY} 09.00", "citra")
    story.acts[-1] = with_roles(story.acts[-1]._replace(note="Alasan.", step=named), "admin")
    standing, findings = followed(story)
    assert findings == []
    assert (standing.due.number, standing.cancelled, standing.attempt) == (due, cancelled, 2)
    assert standing.parts == {("ani", "sekretaris"), ("budi", "kabid")}


def test_an_illegal_act_moves_nothing_and_the_rest_is_judged_from_there():
    standing, findings = followed(steps(1, 3, 2))
    assert [finding.sentence().rpartition("; ")[2] for finding in findings] == [
        "yang ditunggu langkah 2 (menginstruksikan) oleh Kabid. [langkah-urutan]"
    ]
    assert standing.due.number == 3


def test_an_unsigned_act_is_left_to_the_signature_rules():
    story = steps(1)
    story.acts[0] = story.acts[0]._replace(officer=None, roles=frozenset())
    standing, findings = followed(story)
    assert findings == []
    assert standing.parts == frozenset()


def test_who_recalls_keeps_the_role_of_the_step():
    story = steps(1, 2).returns(2, f"{DAY} 09.00", "budi")
    story.acts[-1] = story.acts[-1]._replace(note="Tarik.")
    standing, findings = followed(story)
    assert findings == []
    assert standing.parts == {("ani", "sekretaris"), ("budi", "kabid")}


def test_advancing_over_what_was_judged_gives_the_same_standing():
    story = steps(1, 2, 3)
    judged, _ = followed(story)
    standing = chain.opening(SOP, "")
    for act in story.acts:
        standing = chain.advance(SOP, standing, act)
    assert standing == judged


def test_instants_decide_nothing_here():
    story = steps(1, 2)
    story.acts = [act._replace(at=datetime(2000, 1, 1, tzinfo=UTC)) for act in story.acts]
    assert followed(story)[1] == []


def with_roles(act, *roles):
    return act._replace(roles=frozenset(roles))
