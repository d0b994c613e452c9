"""The ledger's index: quick answers that are never believed against the ledger itself."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from sopan import history as git
from sopan import ledger, ledger_index, signature
from sopan.errors import SopanError
from sopan.history import MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ITEM = "2026/rencana-kerja"


def oid(number: int) -> str:
    return f"{number:040x}"


@pytest.fixture
def book(tmp_path):
    git.create(tmp_path / "buku", bare=True)
    signature.generate(tmp_path / "kunci", "uji")
    return Book(History(tmp_path / "buku"), tmp_path / "kunci")


class Book:
    """A ledger that tests write to."""

    def __init__(self, history, key):
        self.history, self.key = history, key
        self.write(Record(kind=RecordKind.GENESIS, at=START, new=oid(1)))

    def write(self, *records):
        ledger.append(self.history, self.key, records)

    def receipt(self, *, ref=MAIN, old=1, new=2, received=(2,), minutes=1):
        at = START + timedelta(minutes=minutes)
        numbers = tuple(oid(number) for number in received)
        self.write(Record(kind=RecordKind.RECEIPT, at=at, ref=ref, old=oid(old), new=oid(new), received=numbers))

    def live(self, new, item=ITEM):
        self.write(Record(kind=RecordKind.LIVE, at=START + timedelta(hours=1), new=oid(new), item=item, address="x"))

    @property
    def database(self):
        return self.history.git_folder / ledger_index.FILE


def test_without_a_ledger_nothing_was_received(tmp_path):
    git.create(tmp_path / "kosong", bare=True)
    index = ledger_index.read(History(tmp_path / "kosong"))
    assert (dict(index), index.latest, index.main(), index.unproven()) == ({}, None, None, [])


def test_it_says_what_the_whole_ledger_says(book):
    book.receipt(ref="refs/heads/butir/2026/a", old=0, new=3, received=(2, 3))
    book.receipt(old=1, new=4, received=(3, 4), minutes=2)
    index, whole = ledger_index.read(book.history), ledger.read(book.history)
    assert dict(index) == dict(whole.receipts) == {
        oid(2): START + timedelta(minutes=1),
        oid(3): START + timedelta(minutes=1),
        oid(4): START + timedelta(minutes=2),
    }
    assert index.latest == whole.records[-1].at
    assert index.main() == oid(4)


def test_only_the_very_move_counts_as_recorded(book):
    book.receipt(old=1, new=2)
    index = ledger_index.read(book.history)
    assert index.has(MAIN, oid(1), oid(2))
    assert index.has(MAIN, NO_OBJECT, oid(1))
    assert not index.has(MAIN, oid(9), oid(2))
    assert not index.has("refs/heads/butir/2026/a", oid(1), oid(2))


def test_it_goes_on_where_it_stood(book):
    book.receipt(new=2, received=(2,))
    ledger_index.read(book.history)
    book.receipt(old=2, new=3, received=(3,), minutes=5)
    assert ledger_index.read(book.history)[oid(3)] == START + timedelta(minutes=5)


def test_what_it_points_at_is_compared_before_it_is_believed(book):
    book.receipt(received=(2,))
    index = ledger_index.read(book.history)
    forged = oid(7)
    with sqlite3.connect(book.database) as database:
        database.execute("INSERT INTO receipt VALUES (?, ?)", (forged, index.tip))
    assert forged not in ledger_index.read(book.history)
    assert oid(2) in ledger_index.read(book.history)


def test_a_damaged_index_is_made_anew(book):
    book.receipt(received=(2,))
    ledger_index.read(book.history)
    book.database.write_bytes(b"rusak" * 1000)
    assert list(ledger_index.read(book.history)) == [oid(2)]


def test_a_rewritten_ledger_is_read_from_its_beginning(book):
    book.receipt(received=(2,))
    ledger_index.read(book.history)
    genesis = ledger.read(book.history).records[0].oid
    book.history.move(git.LEDGER, genesis, book.history.resolve(git.LEDGER))
    book.receipt(new=5, received=(5,))
    assert list(ledger_index.read(book.history)) == [oid(5)]


def test_a_merge_waits_for_its_proof_until_it_or_a_later_one_is_seen_live(book):
    book.receipt(old=1, new=2)
    book.receipt(old=2, new=3, received=(3,))
    index = ledger_index.read(book.history)
    assert index.unproven() == [oid(2), oid(3)]
    assert not index.superseded(ITEM, oid(2))
    book.live(3)
    index = ledger_index.read(book.history)
    assert index.unproven() == [oid(2)]
    assert index.superseded(ITEM, oid(2))
    assert not index.superseded("2026/lain", oid(2))


def test_a_place_that_cannot_hold_it_has_a_sentence(book):
    book.database.parent.parent.joinpath("sopan").write_text("di sini sudah ada berkas")
    with pytest.raises(SopanError, match=r"Indeks agenda .* tidak dapat ditulisi; periksa hak dan ruang folder itu\."):
        ledger_index.read(book.history)
