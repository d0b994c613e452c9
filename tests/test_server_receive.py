"""What a server keeps of a push, what it makes of one that broke off, and which release judges."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from desks import ITEM, git
from sopan import ledger
from sopan.errors import SopanError
from sopan.history import LEDGER, MAIN, NO_OBJECT
from sopan.ledger import RecordKind
from sopan.moves import Move
from sopan.server import hooks, receive, spool
from sopan.server.spool import Sender

BRANCH = f"refs/heads/butir/{ITEM}"


def last(desks):
    return ledger.read(desks.archive).records[-1]


# -- the ledger ------------------------------------------------------------------------------------------------------


def test_a_push_is_recorded_with_what_it_brought(after):
    desks = after(1)
    before = desks.archive.resolve(BRANCH)
    start = datetime.now(tz=UTC).replace(microsecond=0)
    desks.done("budi", "lanjut", ITEM)
    record, new = last(desks), desks.archive.resolve(BRANCH)
    assert (record.kind, record.ref, record.old, record.new) == (RecordKind.RECEIPT, BRANCH, before, new)
    assert record.received == (new,)
    assert start <= record.at <= datetime.now(tz=UTC)
    assert record.pusher.startswith("jalur:")
    assert record.policy == 1
    assert list(desks.home.spool.iterdir()) == []


def test_records_are_never_dated_before_the_last_one(after):
    """The clock of the server was set back after the last record."""
    desks = after(1)
    ahead = datetime.now(tz=UTC).replace(microsecond=0) + timedelta(seconds=50)
    desks.done("budi", "terima", ITEM)
    hooks.write(desks.home, clock=ahead)
    desks.done("budi", "lanjut", ITEM)
    assert last(desks).at == ahead
    hooks.write(desks.home)
    desks.done("dewi", "terima", ITEM)
    assert last(desks).at == ahead


# -- pushes that broke off -------------------------------------------------------------------------------------------


def test_an_entry_whose_ref_moved_becomes_a_record(after):
    """The server died between moving the ref and writing the record."""
    desks = after(1)
    before, old = ledger.read(desks.archive).records, desks.archive.resolve(BRANCH)
    desks.home.hook(hooks.POST).rename(desks.top / "kait")
    desks.do("budi", "lanjut", ITEM)
    new = desks.archive.resolve(BRANCH)
    assert new != old
    assert last(desks) == before[-1]
    (entry,) = desks.home.spool.iterdir()
    at = datetime.fromisoformat(json.loads(entry.read_text())["waktu"])
    (desks.top / "kait").rename(desks.home.hook(hooks.POST))
    assert desks.serve("jaga").code == 0
    records = ledger.read(desks.archive).records
    assert records[:-1] == before
    assert (records[-1].old, records[-1].new, records[-1].at, records[-1].received) == (old, new, at, (new,))
    assert list(desks.home.spool.iterdir()) == []
    desks.done("dewi", "terima", ITEM)  # and the office goes on


def test_a_push_that_was_killed_and_repeated_is_recorded_once(after):
    """Both left an entry for the same move."""
    desks = after(1)
    before = ledger.read(desks.archive).records
    desks.home.hook(hooks.POST).rename(desks.top / "kait")
    desks.do("budi", "lanjut", ITEM)
    (entry,) = desks.home.spool.iterdir()
    entry.with_name(f"9{entry.name[1:]}").write_bytes(entry.read_bytes())
    (desks.top / "kait").rename(desks.home.hook(hooks.POST))
    assert len(list(desks.home.spool.iterdir())) == 2
    assert desks.serve("jaga").code == 0
    assert ledger.read(desks.archive).records[:-1] == before
    assert list(desks.home.spool.iterdir()) == []


def test_a_verdict_that_nobody_waits_for_is_not_kept(office):
    """The push was killed while the gate judged: its judge goes on alone, and must leave nothing behind."""
    new = office.step(1)
    git(office.home.folder, "fetch", "--quiet", str(office.forge.folder), new)
    move, gone = Move(office.ref("butir"), NO_OBJECT, new), subprocess.Popen(["true"])
    gone.wait()
    for process, kept in ((gone.pid, 0), (os.getpid(), 1)):
        with nullcontext() if kept else pytest.raises(SopanError, match="terputus"):
            assert receive.judge(office.home, office.archive, [move], Sender("x", process), office.at) == []
        assert len(list(office.home.spool.iterdir())) == kept


def test_a_hook_that_git_no_longer_waits_for_leaves_nothing(office):
    """Receive-pack was killed before the hook asked who called it: whoever took the hook in lives for ever."""
    new = office.step(1)
    git(office.home.folder, "fetch", "--quiet", str(office.forge.folder), new)
    line = f"{NO_OBJECT} {new} {office.ref('butir')}\n"
    about = {"cwd": office.home.folder, "input": line, "capture_output": True, "text": True}
    said = subprocess.run([office.home.hook(hooks.PRE)], **about, check=False)
    assert (said.returncode, said.stderr) == (2, f"{receive.BROKEN_OFF}\n")
    assert list(office.home.spool.iterdir()) == []
    office.sent("butir")


def test_entries_keep_their_order_when_the_clock_is_set_back(tmp_path, monkeypatch):
    """A push that goes on from one that still waits to be recorded must be recorded after it."""
    put = partial(spool.put, tmp_path, at=datetime.now(tz=UTC), policy=1, accepted=[])
    for pusher, clock in (("satu", 2000), ("dua", 1000), ("tiga", 3000)):
        monkeypatch.setattr("time.time_ns", lambda clock=clock: clock)
        put(Sender(pusher, 1))
    assert [entry.pusher for entry in spool.entries(tmp_path)] == ["satu", "dua", "tiga"]


def test_an_entry_whose_ref_did_not_move_is_dropped(after):
    """The gate accepted, but git did not move the ref."""
    desks = after(1)
    desks.done("budi", "papan")
    before, refs = desks.trace("budi"), desks.archive.refs("refs/")
    update = desks.home.hook("update")
    update.write_text("#!/bin/sh\nexit 1\n")
    update.chmod(0o755)
    assert desks.do("budi", "lanjut", ITEM).code == 1
    assert desks.trace("budi") == before
    assert len(list(desks.home.spool.iterdir())) == 1
    assert desks.serve("jaga").code == 0
    assert list(desks.home.spool.iterdir()) == []
    assert desks.archive.refs("refs/") == refs
    update.unlink()
    desks.done("budi", "lanjut", ITEM)


def entry(desks, *, process, new=NO_OBJECT):
    file = desks.home.spool / f"001700000000-{process}.json"
    move = {"ref": f"refs/heads/butir/{ITEM}", "old": NO_OBJECT, "new": new, "diterima": []}
    data = {"waktu": "2026-11-01T01:00:00+00:00", "pengirim": "x", "kebijakan": 1, "proses": process, "gerak": [move]}
    file.write_text(json.dumps(data))
    return file


def test_an_entry_of_a_push_that_still_goes_on_is_left_alone(desks):
    file = entry(desks, process=1, new=desks.archive.resolve(MAIN))
    assert desks.serve("jaga").code == 0
    assert file.exists()


def test_the_beginning_of_an_entry_is_removed_once_its_push_is_gone(desks):
    """The judge was killed between opening the file and giving it its name."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    gone, waiting = (desks.home.spool / f"{1:020d}-{process}.tulis" for process in (ended.pid, os.getpid()))
    for draft in (gone, waiting):
        draft.write_text('{"waktu":')
    try:
        assert desks.serve("jaga").code == 0
        assert list(desks.home.spool.iterdir()) == [waiting]
    finally:
        waiting.unlink()


def test_a_damaged_entry_stops_everything_until_somebody_looked(desks):
    file = desks.home.spool / "000000000001-1.json"
    file.write_text("{")
    said = desks.serve("jaga")
    assert (said.code, said.out) == (2, "")
    assert said.err == ("Antrean 000000000001-1.json rusak; simpan berkas itu di tempat lain, lalu periksa agenda.\n")
    assert file.read_text() == "{"
    desks.compose()
    refused = desks.do("ratna", "serahkan", ITEM)
    assert refused.code == 1
    assert desks.archive.refs("refs/").keys() == {MAIN, LEDGER}


def test_a_gate_that_cannot_judge_refuses(after):
    """The installed release is damaged: nothing passes, and the pusher is told."""
    desks = after(1)
    desks.done("budi", "papan")
    before = desks.trace("budi"), desks.record()
    link = desks.home.releases / desks.home.release.readlink()
    of_all = link.readlink()
    link.unlink()
    shutil.copytree(of_all, link)
    (link / "sopan" / "gate.py").write_text("raise RuntimeError('rusak')\n")
    refused = desks.do("budi", "lanjut", ITEM)
    assert refused.code == 1
    assert (desks.trace("budi"), desks.record()) == before


# -- the release -----------------------------------------------------------------------------------------------------


def test_only_commits_of_main_become_the_release(after):
    desks = after(1)
    genesis, branch = desks.archive.resolve(MAIN), desks.archive.resolve(BRANCH)
    for revision in (branch, "tiada"):
        refused = desks.serve("rilis", revision)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err == f"{revision} bukan komit pada main; rilis Sopan hanya dapat diambil dari main.\n"
        assert desks.home.release.readlink().name == genesis


def test_a_commit_that_a_merge_brought_is_not_one_of_main_itself(after):
    desks = after(7)
    archive = desks.archive
    genesis, branch = archive.first_parents(MAIN)[0], archive.resolve(BRANCH)
    assert archive.is_ancestor(branch, MAIN)
    assert desks.serve("rilis", branch).code == 2
    switched = desks.serve("rilis")
    assert (switched.code, switched.out) == (0, f"Rilis terpasang: {archive.resolve(MAIN)[:10]}.\n")
    assert desks.home.release.readlink().name == archive.resolve(MAIN)
    assert desks.serve("rilis", genesis).out == f"Rilis terpasang: {genesis[:10]}.\n"


# -- ssh keys --------------------------------------------------------------------------------------------------------


def test_authorized_keys_hold_a_forced_command_for_every_officer(desks):
    said = desks.serve("kunci")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert len(lines) == len(desks.people)
    for line, person in zip(lines, desks.people, strict=True):
        assert line.startswith(f'restrict,command="{sys.executable} -I -B -c ')
        assert f"server pintu {desks.server} --pengirim {person.id}" in line
        public = person.key.with_suffix(".pub").read_text().split()
        assert line.endswith(f'" {public[0]} {public[1]} {person.id}')


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "sh",
        "git-shell",
        "git-receive-pack",
        "git-receive-pack server; id",
        "git-receive-pack 'x'; id",
        "git-receive-pack 'x' 'y'",
        "git-upload-archive 'x'",
        "git-receive-pack 'x'\nid",
        "scp -t /tmp",
    ],
)
def test_the_door_serves_git_and_nothing_else(desks, asked):
    said = desks.serve("pintu", "--pengirim", "budi", SSH_ORIGINAL_COMMAND=asked)
    assert (said.code, said.out) == (2, "")
    assert said.err == "Akun ini hanya melayani git; gunakan perintah sopan dari klon Anda.\n"


def test_the_door_serves_its_own_repository_whatever_the_path(desks):
    said = desks.serve("pintu", "--pengirim", "budi", SSH_ORIGINAL_COMMAND="git-upload-pack '/etc'", given="0000")
    assert said.code == 0
    assert f"{git(desks.server, 'rev-parse', 'main')} HEAD" in said.out
