"""The record that a site shows is, read on from the last publication, what is read of the whole ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopan import kept_lines, ledger, record
from sopan.history import MAIN, History
from sopan.ledger import Record, RecordKind
from sopan.site import checkout, gather, kept_record


@pytest.fixture
def begun(monkeypatch):
    """After which record the ledger was read, each time that it was."""
    asked, raw = [], ledger.raw
    monkeypatch.setattr(ledger, "raw", lambda history, tip, known: (asked.append(known), raw(history, tip, known))[1])
    return asked


class Reader:
    """Reads commits of an office's `main` as publications do, each from a clone of its own."""

    def __init__(self, office, top):
        self.origin, self.top, self.made = office.home.folder, top, 0

    def laid(self, commit):
        self.made += 1
        tree = self.top / f"pohon-{self.made}"
        checkout.lay(self.origin, commit, tree)
        return checkout.laid(self.origin, commit, tree)

    def read(self, commit, basis="dasar"):
        with self.laid(commit) as laid:
            reading = kept_record.read(laid, gather.policy_of(laid.tree), basis)
        rounds = (*map(reading.closed, range(len(reading.lines))), *reading.opened)
        return record.Record(rounds, reading.heads, reading.genesis)

    def whole(self, commit):
        with self.laid(commit) as laid:
            book = ledger.until(ledger.read(laid.copy), commit)
            return record.read(laid.copy, gather.policy_of(laid.tree), book, main=commit, branches={})

    def file(self, place):
        return self.origin / place


@pytest.fixture
def reader(office, tmp_path):
    return Reader(office, tmp_path)


def live(office):
    seen = Record(kind=RecordKind.LIVE, at=office.at, new=office.server(MAIN), item=office.item, address="x")
    ledger.append(office.archive, office.home.key, [seen])


def publish_again(office):
    office.begin("main", "butir")
    office.publish()


def test_each_state_of_main_is_read_as_from_the_beginning(office, reader):
    states = [office.server(MAIN)]
    for publish in (office.publish, lambda: publish_again(office)):
        publish()
        states.append(office.server(MAIN))
        assert reader.read(states[-1]) == reader.whole(states[-1])
    assert [one.number for one in reader.read(states[-1]).rounds] == [1, 2]
    for commit in (states[0], states[1], states[1], states[2]):
        assert reader.read(commit) == reader.whole(commit)


def test_a_proof_that_came_later_is_shown_by_the_next_publication_alone(office, reader):
    office.publish()
    first = office.server(MAIN)
    live(office)
    (shown,) = reader.read(first).rounds
    assert shown.live_at is None
    publish_again(office)
    old, new = reader.read(office.server(MAIN)).rounds
    assert (old.live_at is None, new.live_at) == (False, None)


def test_only_what_is_new_is_read(office, reader, begun):
    office.publish()
    reader.read(office.server(MAIN))
    assert begun.count(None) > 0
    begun.clear()
    reader.read(office.server(MAIN))
    publish_again(office)
    reader.read(office.server(MAIN))
    assert begun
    assert None not in begun


@pytest.mark.parametrize("place", [kept_record.STATE, kept_record.ROUNDS])
@pytest.mark.parametrize("spoil", ["byte", "gone"])
def test_what_is_damaged_or_gone_is_read_again(office, reader, place, spoil):
    office.publish()
    main = office.server(MAIN)
    good, file = reader.read(main), reader.file(place)
    if spoil == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes().replace(main[:10].encode(), b"0" * 10, 1))
        assert kept_lines.load(file) is None
    assert reader.read(main) == good


def test_what_another_publisher_kept_of_later_commits_is_no_hindrance(office, reader):
    office.publish()
    first = office.server(MAIN)
    good, state = reader.read(first), reader.file(kept_record.STATE).read_bytes()
    publish_again(office)
    assert len(reader.read(office.server(MAIN)).rounds) == 2
    reader.file(kept_record.STATE).write_bytes(state)
    assert reader.read(first) == good


def test_under_another_basis_all_is_read_again(office, reader, begun):
    office.publish()
    reader.read(office.server(MAIN))
    begun.clear()
    assert reader.read(office.server(MAIN), "lain").rounds
    assert None in begun


def test_without_a_ledger_the_commits_speak_for_themselves(office, reader, tmp_path):
    office.publish()
    bare = tmp_path / "salinan"
    History(office.home.folder).run("clone", "--quiet", "--bare", str(office.home.folder), str(bare))
    reader.origin = Path(bare)
    (only,) = reader.read(office.server(MAIN)).rounds
    assert {act.evidence.value for act in only.acts} == {"klaim"}


def test_what_was_kept_by_another_basis_is_removed_with_what_earlier_releases_left(office, reader):
    commit = office.server(MAIN)
    reader.read(commit)
    others = [reader.file(f"sopan/{name}") for name in ("butir.log", "butir-2026.log", "situs-kisah.log", "baik")]
    for file in others:
        file.write_text("lain")
    reader.read(commit)
    assert all(file.exists() for file in others)
    reader.read(commit, "dasar lain")
    assert [file.name for file in others if file.exists()] == ["baik"]
