"""Rounds that go the same course are read as each of them would be alone, act by act."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from calendars import at
from rounds import HOLDERS, SOP, Story
from sopan import turns
from sopan.chain import Kind

BEGIN = at("2026-11-23 08.00")
STEPS = {Kind.STEP, Kind.PUBLISH}


def story(chance, item):
    """Some legal acts, minutes apart: few kinds of rounds, so that many go one course."""
    told, clock = Story(item=item), 0
    for _ in range(chance.randrange(1, 16)):
        clock += chance.randrange(3)
        now = (BEGIN + timedelta(minutes=clock)).strftime("%Y-%m-%d %H.%M")
        standing = turns.standing(SOP, told.round())
        due = standing.due
        holder = HOLDERS[due.role.code]
        what = chance.random()
        if what < 0.4 and holder not in standing.started:
            told.starts(due.number, now)
        elif what < 0.5 and due.number > 3:
            told.returns(3, now, holder)
        elif what < 0.53 and told.acts:
            told.cancels(now, holder)
        elif what < 0.56 and told.acts:
            told.renews(now, holder)
        elif what < 0.6:
            told.works(now, holder)
        else:
            told.makes(due.number, now)
            if due == SOP.last:
                break
    return told.round()


def oracle(one):
    """What the chain says before each step, from the acts before it; starts by who made them in the same turn."""
    for place, act in enumerate(one.acts):
        if act.kind in STEPS:
            before = turns.standing(SOP, replace(one, acts=one.acts[:place]))
            turn = list(one.acts[:place])
            while turn and turn[-1].kind in {Kind.WORK, Kind.START}:
                turn.pop()
            begun = [other for other in one.acts[len(turn) : place] if other.kind is Kind.START]
            own = [other for other in begun if other.officer == act.officer]
            yield turns.Made(before.due, before.attempt, before.previous, act, own[-1] if own else None)


@pytest.mark.parametrize("seed", range(20))
def test_each_is_read_as_it_would_be_alone(seed):
    chance = random.Random(seed)  # noqa: S311 - stories, no secret
    rounds = [story(chance, f"2026/butir-{number}") for number in range(60)]
    for one, walk in zip(rounds, turns.walks(SOP, rounds), strict=True):
        assert walk.round is one
        assert list(walk.made) == list(oracle(one))
        assert walk.attempts == turns.standing(SOP, one).attempt
        assert walk == turns.walk(SOP, one)
        starts = [act for act in one.acts if act.kind is Kind.START]
        assert sorted(span.commit for span in walk.busy) == sorted(act.commit for act in starts)


def test_many_rounds_go_one_course(monkeypatch):
    followed = []
    course = turns._course
    monkeypatch.setattr(turns, "_course", lambda sop, acts: followed.append(acts) or course(sop, acts))
    rounds = [Story(item=f"2026/butir-{number}").makes(1, f"2026-11-23 08.{number:02}").round() for number in range(9)]
    assert [walk.made[0].act.item for walk in turns.walks(SOP, rounds)] == [one.item for one in rounds]
    assert len(followed) == 1
