"""What the server says that it took is on the disk by then, whatever becomes of the power: git itself tells what it
wrote through. What a cut leaves behind in an officer's clone stops nobody for long.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

import doors
from desks import ITEM, git
from sopan import ledger
from sopan.ledger import Record, RecordKind

FLUSH = "fsync/hardware-flush"


@pytest.fixture
def told(tmp_path):
    """Where each process of git tells what it does, as `GIT_TRACE2_EVENT` has it."""
    folder = tmp_path / "kata-git"
    folder.mkdir()
    return folder


def flushes(folder):
    """How often each command of git had something written through to the disk."""
    counts = Counter()
    for file in folder.iterdir():
        events = [json.loads(line) for line in file.read_text().splitlines()]
        words = next(event["argv"] for event in events if event["event"] == "start")
        command = next(word for word in words if not word.startswith("-") and Path(word).name != "git")
        counts[command] += sum(int(event["value"]) for event in events if event.get("key") == FLUSH)
    return counts


def sent(office, told):
    """A first step, handed in by git itself; what each of its processes wrote through."""
    office.step(1)
    doors.write_hooks(office)
    place, ref = office.home.folder, office.ref("butir")
    git(office.top / "tempa", "push", "--quiet", str(place), f"{office.tip('butir')}:{ref}", GIT_TRACE2_EVENT=str(told))
    assert office.server(ref) == office.tip("butir")
    return flushes(told)


def test_a_push_that_was_taken_is_on_the_disk(office, told):
    counts = sent(office, told)
    assert counts["unpack-objects"] > 3  # commit, trees, files
    assert counts["git-receive-pack"] >= 1  # the ref


def test_left_to_itself_git_would_write_nothing_through(office, told):
    git(office.home.folder, "config", "--unset", "core.fsync")
    assert sum(sent(office, told).values()) == 0


def test_a_record_of_the_ledger_is_on_the_disk(office, told):
    office.archive.git.update_environment(GIT_TRACE2_EVENT=str(told))
    seen = Record(kind=RecordKind.LIVE, at=office.at, new=office.genesis, item=ITEM, address="https://contoh.go.id/")
    ledger.append(office.archive, office.home.key, [seen])
    counts = flushes(told)
    assert counts["hash-object"] >= 1
    assert counts["update-ref"] >= 1
