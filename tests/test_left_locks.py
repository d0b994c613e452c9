"""A lock on a ref that git left when it was killed stops nobody for long; one that somebody holds stays."""

import os

import pytest

from desks import sopan
from sopan.history import LEDGER
from sopan.server import left_locks, recording


def leave(office, ref):
    """What git leaves that is killed between making its lock and moving the ref."""
    file = office.home.folder / f"{ref}.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    return file


def test_a_push_is_recorded_although_a_recorder_was_killed_at_the_ledger(office):
    left = leave(office, LEDGER)
    office.step(1)
    office.sent("butir")  # which looks for its one new record
    assert not left.exists()


def test_who_looks_after_the_server_frees_a_branch(office):
    left = leave(office, office.ref("butir"))
    looked = sopan("server", "jaga", str(office.home.folder), "--pada", office.at.isoformat(), at=office.top)
    assert looked.code == 0, looked
    assert not left.exists()
    office.step(1)
    office.sent("butir")


@pytest.mark.parametrize("name", [LEDGER, "refs/heads/butir/2026/a", "refs/heads/main"])
def test_a_lock_that_was_made_anew_meanwhile_is_somebody_s(office, monkeypatch, name):
    file = leave(office, name)

    def meanwhile(_seconds):
        file.rename(file.with_suffix(".lama"))
        file.touch()
        os.utime(file, ns=(1, 1))

    monkeypatch.setattr(left_locks.time, "sleep", meanwhile)
    left_locks.clear(office.home.folder / "refs")
    assert file.exists()
    monkeypatch.setattr(left_locks.time, "sleep", lambda _seconds: None)
    left_locks.clear(office.home.folder / "refs")
    assert not file.exists()


def test_where_nothing_was_left_nobody_waits(office, monkeypatch):
    monkeypatch.setattr(left_locks.time, "sleep", pytest.fail)
    recording.drain(office.home, office.archive)
    assert office.archive.resolve(LEDGER)
