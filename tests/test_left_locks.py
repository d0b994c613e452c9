"""A lock that git left when it was killed stops nobody for long; one that somebody holds stays."""

import os
import time

import pytest

from desks import FOLDER, ITEM, git, sopan
from sopan import left_locks
from sopan.history import LEDGER
from sopan.server import recording

NOT_SHOWN = "Folder kerja tidak dipindahkan ke cabang butir ini: git lain sedang bekerja di folder ini.\n"
COPIES = f"refs/remotes/origin/butir/{ITEM}"


def leave(office, name):
    """What git leaves that is killed between making its lock and moving a ref, or replacing a file."""
    return left(office.home.folder / f"{name}.lock")


def left(file):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    return file


def test_a_push_is_recorded_although_a_recorder_was_killed_at_the_ledger(office):
    file = leave(office, LEDGER)
    office.step(1)
    office.sent("butir")  # which looks for its one new record
    assert not file.exists()


def test_who_looks_after_the_server_frees_a_branch(office):
    files = [leave(office, name) for name in (office.ref("butir"), "packed-refs", "HEAD")]
    looked = sopan("server", "jaga", str(office.home.folder), "--pada", office.at.isoformat(), at=office.top)
    assert looked.code == 0, looked
    assert not any(file.exists() for file in files)
    office.step(1)
    office.sent("butir")


@pytest.mark.parametrize("name", [LEDGER, "refs/heads/butir/2026/a", "refs/heads/main", "packed-refs", "HEAD"])
def test_a_lock_that_was_made_anew_meanwhile_is_somebody_s(office, monkeypatch, name):
    file = leave(office, name)

    def meanwhile(_seconds):
        file.rename(file.with_suffix(".lama"))
        file.touch()
        os.utime(file, ns=(1, 1))

    monkeypatch.setattr(left_locks.time, "sleep", meanwhile)
    left_locks.clear(office.home.folder)
    assert file.exists()
    monkeypatch.setattr(left_locks.time, "sleep", lambda _seconds: None)
    left_locks.clear(office.home.folder)
    assert not file.exists()


def test_the_server_s_own_locks_are_left_alone(office):
    """They are held by whoever has them open, and lie elsewhere."""
    with office.home.lock("agenda"):
        left_locks.clear(office.home.folder)
    assert (office.home.own / "agenda.lock").is_file()


def test_where_nothing_was_left_nobody_waits(office, monkeypatch):
    monkeypatch.setattr(left_locks.time, "sleep", pytest.fail)
    recording.drain(office.home, office.archive)
    left_locks.clear_clone(office.archive.git_folder)
    assert office.archive.resolve(LEDGER)


# -- in an officer's clone -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [LEDGER, COPIES, "packed-refs", "HEAD", f"refs/heads/butir/{ITEM}"])
def test_an_officer_goes_on_although_the_power_failed(after, name):
    desks = after(1)
    file = left(desks.path("budi", ".git", f"{name}.lock"))
    begun = desks.do("budi", "terima", ITEM)
    assert (begun.code, begun.err) == (0, "")
    assert not file.exists()
    assert desks.path("budi", FOLDER, "index.md").is_file()


def test_while_git_is_at_work_in_the_clone_the_act_is_made_and_the_reason_said(after):
    desks = after(1)
    file = left(desks.path("budi", ".git", "index.lock"))
    begun = desks.do("budi", "terima", ITEM)
    assert (begun.code, begun.err) == (0, NOT_SHOWN)
    assert file.exists()
    assert git(desks.path("budi"), "status", "--porcelain") == ""
    file.unlink()
    assert desks.do("budi", "terima", ITEM).err == ""
    assert desks.path("budi", FOLDER, "index.md").is_file()


def test_a_lock_of_an_index_that_nobody_works_on_any_more_is_removed(after):
    desks = after(1)
    file = left(desks.path("budi", ".git", "index.lock"))
    long_ago = time.time() - 601
    os.utime(file, (long_ago, long_ago))
    begun = desks.do("budi", "terima", ITEM)
    assert (begun.code, begun.err) == (0, "")
    assert not file.exists()
    assert desks.path("budi", FOLDER, "index.md").is_file()


def test_what_was_taken_is_said_to_be_taken_although_its_echo_is_lost(after):
    """The network fails between the push and the fetch that follows it."""
    desks = after(1)
    desks.done("budi", "papan")
    url = git(desks.path("budi"), "config", "remote.origin.url")
    git(desks.path("budi"), "config", "remote.origin.pushurl", url)
    hook = desks.path("budi", ".git", "hooks", "pre-push")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ngit config remote.origin.url {desks.top / 'padam'}\n")
    hook.chmod(0o755)
    said = desks.do("budi", "terima", ITEM)
    assert said.code == 2
    assert said.err.startswith("Kiriman Anda sudah diterima server dan tidak perlu diulang. Data dari server tidak")
    git(desks.path("budi"), "config", "remote.origin.url", url)
    assert "sudah Anda mulai sebelumnya" in desks.done("budi", "terima", ITEM).out
