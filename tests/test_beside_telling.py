"""A second process says what this one would have said, and whatever ends it, the work is done here."""

import os
import signal
from dataclasses import replace

import pytest

from rounds import REGISTER, whole
from site_office import make_policy
from sopan import beside, gist, timing_cache, turns
from sopan.errors import SopanError
from sopan.history import LEDGER


def fails():
    yield b"angka"
    raise ValueError


def dies():
    os.kill(os.getpid(), signal.SIGKILL)
    yield b"angka"


def test_what_the_child_says_is_read():
    with beside.telling(lambda: [b"satu\n", b"dua", b"\n"]) as said:
        assert said.readline() == b"satu\n"
        assert beside.answer(said) == b"dua\n"


@pytest.mark.parametrize("work", [fails, dies])
def test_half_an_answer_is_none(work, capfd):
    with beside.telling(work) as said:
        assert beside.answer(said) is None
    assert capfd.readouterr() == ("", "")


def test_a_child_that_nobody_hears_ends_too(monkeypatch):
    children, fork = [], os.fork
    monkeypatch.setattr(os, "fork", lambda: children.append(fork()) or children[-1])
    with beside.telling(lambda: [b"x" * 1_000_000]):
        pass
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


# -- the ledger --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("work", [None, fails, dies])
def test_the_ledger_is_the_one_that_is_read_here(office, monkeypatch, work):
    office.publish()
    history = office.archive
    here = gist.read(history, history.resolve(LEDGER))
    if work:
        monkeypatch.setattr(gist, "_said", lambda _history, _tip: work())
    with gist.begun(history, history.resolve(LEDGER)) as book:
        assert (book.genesis, book.receipts, book.live) == (here.genesis, here.receipts, here.live)


def test_what_is_wrong_with_it_is_said_here(office):
    office.publish()
    tip = office.server("main")
    with pytest.raises(SopanError, match="rusak"), gist.begun(office.archive, tip) as book:
        assert book.genesis


# -- many rounds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", [False, True])
def test_two_processes_tell_what_one_tells(monkeypatch, broken):
    rules = replace(make_policy(), register=REGISTER)
    rounds = [whole(item=f"2026/butir-{number}").round() for number in range(7)]
    walks = list(turns.walks(rules.sop, rounds))
    alone = timing_cache._measured(rules, walks, frozenset())
    monkeypatch.setattr(timing_cache, "_WORTH_TWO", 2)
    if broken:
        parent, tell = os.getpid(), timing_cache._told
        monkeypatch.setattr(timing_cache, "_told", lambda *about: tell(*about) if os.getpid() == parent else fails())
    assert timing_cache._measured(rules, walks, frozenset()) == alone
    assert len({one.text for one in alone}) == len(alone)
