"""What is kept of closed rounds says what the whole history says, goes on with it, and is not believed when damaged."""

import pytest

from desks import sopan
from sopan import ledger, policies, record, record_cache, view
from sopan.errors import SopanError
from sopan.history import ITEM_REFS, LEDGER, MAIN, History
from sopan.ledger import Record, RecordKind
from sopan.policy_files import OFFICERS_FILE

OTHER = "2026/lain"


def file(office):
    return office.home.folder / record_cache.FILE


def kept(office):
    """The record as reports read it."""
    history = History(office.home.folder)
    seen = view.look(history)
    return view.recorded(history, seen)


def whole(office):
    """The record read from its beginning."""
    history = office.archive
    main = office.server(MAIN)
    heads = {ref.removeprefix(ITEM_REFS): oid for ref, oid in history.refs(ITEM_REFS).items()}
    return record.read(history, policies.policy_at(history, main), ledger.read(history), main=main, branches=heads)


def open_one(office):
    office.turn_to(OTHER)
    office.begin("main", "butir")
    office.step(1)
    office.sent("butir")


def test_it_says_what_the_whole_history_says_however_it_grew(office):
    assert kept(office) == whole(office)
    office.upto(3)
    assert kept(office) == whole(office)
    for n in (4, 5, 6):
        office.step(n)
    office.merge()
    office.sent("main")
    assert kept(office) == whole(office)
    assert len(kept(office).rounds) == 1
    proven = office.at
    seen = Record(kind=RecordKind.LIVE, at=proven, new=office.server(MAIN), item=office.item, address="x")
    ledger.append(office.archive, office.home.key, [seen])
    open_one(office)
    assert kept(office) == whole(office)
    assert [done.live_at for done in kept(office).rounds] == [proven, None]


def test_a_later_round_counts_on(office):
    office.publish()
    kept(office)
    office.begin("main", "butir")
    office.publish()
    assert [(done.item, done.number) for done in kept(office).rounds] == [(office.item, 1), (office.item, 2)]
    assert kept(office) == whole(office)


def test_open_rounds_are_told_without_the_closed(office):
    office.publish()
    open_one(office)
    history = office.archive
    for _ in range(2):
        (only,) = view.opened(history, view.look(history)).rounds
        assert (only.item, only.merge) == (OTHER, None)
    assert only == whole(office).rounds[-1]


def test_only_what_is_new_is_read(office, monkeypatch):
    office.publish()
    kept(office)
    read = []
    streamed = History.stream

    def counted(self, *tips, **about):
        for oid, raw in streamed(self, *tips, **about):
            read.append(oid)
            yield oid, raw

    monkeypatch.setattr(History, "stream", counted)
    assert len(kept(office).rounds) == 1
    assert read == []
    open_one(office)
    assert kept(office) == whole(office)
    assert read[:2] == [office.archive.resolve(LEDGER), office.tip("butir")]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-10],
        lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:],
        lambda data: data.replace(b"riwayat/2", b"riwayat/0"),
        lambda _: b"",
    ],
    ids=["torn", "changed", "another form", "empty"],
)
def test_a_damaged_one_is_made_anew(office, damage):
    office.publish()
    before = kept(office)
    good = file(office).read_bytes()
    file(office).write_bytes(damage(good))
    assert file(office).read_bytes() != good
    assert kept(office) == before
    assert file(office).read_bytes() == good


def test_other_officers_mean_another_reading(office):
    office.publish()
    before = kept(office)
    renamed = office.edited(OFFICERS_FILE, ("versi: '1'", "versi: '2'"))
    office.begin("main", "rawat")
    office.maintenance({OFFICERS_FILE: renamed}, "budi", "sari")
    said = file(office).read_bytes()
    assert kept(office).rounds == before.rounds == whole(office).rounds
    assert file(office).read_bytes() != said


@pytest.mark.parametrize("ref", [MAIN, LEDGER])
def test_a_history_that_went_back_is_an_alarm(office, ref):
    before = office.server(ref)
    office.publish()
    kept(office)
    now = office.server(ref)
    office.archive.move(ref, before, now)
    with pytest.raises(SopanError, match=f"ALARM: .* tidak lagi memuat {now[:10]}"):
        kept(office)
    answer = sopan("waktu", "--format", "json", at=office.home.folder)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("ALARM: ")
    assert str(file(office)) in answer.err
    office.archive.move(ref, now, before)
    assert kept(office) == whole(office)


def test_where_nothing_can_be_written_everything_is_read(office):
    office.publish()
    (office.home.folder / "sopan" / record_cache.FILE.name).mkdir()
    assert kept(office) == whole(office)


def test_without_a_ledger_nothing_is_kept(office, tmp_path):
    office.publish()
    office.archive.run("clone", "-q", str(office.home.folder), str(tmp_path / "klon"))
    clone = History(tmp_path / "klon")
    assert len(view.recorded(clone, view.look(clone)).rounds) == 1
    assert not (clone.git_folder / record_cache.FILE).exists()
