"""The server's own record: one signed commit a record, in order, and refused where it is damaged."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from desks import git
from sopan import commits, history, ledger, signature
from sopan.errors import SopanError
from sopan.history import LEDGER, MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ONE, TWO, THREE = (digit * 40 for digit in "123")
BRANCH = "refs/heads/butir/2026/contoh"
GENESIS = Record(kind=RecordKind.GENESIS, at=AT, new=ONE, policy=1)
RECEIPT = Record(
    kind=RecordKind.RECEIPT, at=AT + timedelta(minutes=1), ref=BRANCH, old=NO_OBJECT, new=THREE, pusher="rina",
    policy=1,
    received=(TWO, THREE),
)  # fmt: skip
LIVE = Record(
    kind=RecordKind.LIVE,
    at=AT + timedelta(minutes=2),
    new=TWO,
    item="2026/contoh",
    address="https://contoh.go.id/x/",
    policy=1,
)


@pytest.fixture
def repository(tmp_path):
    history.create(tmp_path / "server", bare=True)
    opened = History(tmp_path / "server")
    yield opened
    opened.close()


@pytest.fixture
def key(tmp_path):
    signature.generate(tmp_path / "kunci", "agenda")
    return tmp_path / "kunci"


def bare(record):
    """A record without the id that writing gave it."""
    return {name: value for name, value in vars(record).items() if name != "oid"}


def test_a_repository_without_ledger_has_an_empty_one(repository):
    book = ledger.read(repository)
    assert (book.records, book.genesis, dict(book.receipts), dict(book.live)) == ((), None, {}, {})


def test_what_is_recorded_reads_back(repository, key):
    ledger.append(repository, key, [GENESIS, RECEIPT])
    ledger.append(repository, key, [LIVE])
    book = ledger.read(repository)
    assert [bare(record) for record in book.records] == [bare(one) for one in (GENESIS, RECEIPT, LIVE)]
    assert book.genesis == ONE
    assert book.receipts == {TWO: RECEIPT.at, THREE: RECEIPT.at}
    assert book.live == {TWO: LIVE.at}


def test_every_record_is_a_signed_commit_on_the_one_before(repository, key):
    ledger.append(repository, key, [GENESIS, RECEIPT, LIVE])
    oids = repository.first_parents(LEDGER)
    assert len(oids) == 3
    for number, oid in enumerate(oids):
        raw = repository.commit(oid)
        payload, armor = _torn(raw)
        assert raw.count(b"\nparent ") == (number > 0)
        assert signature.verified("agenda", signature.public_line(key), payload, armor)
    assert repository.tree_of(oids[-1]) == git(repository.folder, "hash-object", "-t", "tree", "/dev/null")


def _torn(raw):
    """The signed bytes and the signature of a commit."""
    before, _, rest = raw.partition(b"gpgsig ")
    folded, _, message = rest.partition(b"\n\n")
    return before + b"\n" + message, folded.replace(b"\n ", b"\n") + b"\n"


def test_the_data_stand_as_trailers_that_git_reads(repository, key):
    ledger.append(repository, key, [GENESIS, RECEIPT])
    message = repository.commit(repository.resolve(LEDGER)).partition(b"\n\n")[2].decode()
    assert message == (
        f"terima: {BRANCH}\n\n{TWO}\n{THREE}\n\n"
        "Agenda-Jenis: terima\n"
        "Agenda-Waktu: 2026-03-02T01:01:00Z\n"
        f"Agenda-Ref: {BRANCH}\n"
        f"Agenda-Lama: {NO_OBJECT}\n"
        f"Agenda-Baru: {THREE}\n"
        "Agenda-Kebijakan: 1\n"
        "Agenda-Putusan: terima\n"
        "Agenda-Pengirim: rina\n"
    )
    read = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message, capture_output=True, text=True, check=True
    )
    assert read.stdout == message.rpartition("\n\n")[2]


def test_no_record_is_dated_before_the_one_before(repository, key):
    late = Record(kind=RecordKind.RECEIPT, at=AT - timedelta(hours=1), new=TWO, pusher="rina", policy=1)
    ledger.append(repository, key, [GENESIS, late])
    ledger.append(repository, key, [late])
    assert [record.at for record in ledger.read(repository).records] == [AT] * 3


def test_the_first_receipt_of_a_commit_counts(repository, key):
    again = Record(
        kind=RecordKind.RECEIPT, at=AT + timedelta(hours=1), ref=MAIN, old=ONE, new=THREE, pusher="budi", policy=1,
        received=(THREE,),
    )  # fmt: skip
    ledger.append(repository, key, [GENESIS, RECEIPT, again])
    assert ledger.read(repository).receipts[THREE] == RECEIPT.at


def test_nothing_to_record_writes_nothing(repository, key):
    ledger.append(repository, key, [GENESIS])
    before = repository.resolve(LEDGER)
    ledger.append(repository, key, [])
    assert repository.resolve(LEDGER) == before


def test_until_a_move_of_main_nothing_later_is_known(repository, key):
    moved = Record(
        kind=RecordKind.RECEIPT, at=AT + timedelta(hours=1), ref=MAIN, old=ONE, new=TWO, pusher="sari", policy=1
    )
    ledger.append(repository, key, [GENESIS, RECEIPT, moved, LIVE])
    book = ledger.read(repository)
    assert [record.kind.value for record in ledger.until(book, ONE).records] == ["pangkal"]
    assert [record.kind.value for record in ledger.until(book, TWO).records] == ["pangkal", "terima", "terima"]
    assert ledger.until(book, TWO).live == {}
    assert ledger.until(book, THREE) == book


def test_a_ledger_that_begins_in_the_middle_is_none(repository, key):
    ledger.append(repository, key, [RECEIPT])
    with pytest.raises(SopanError) as caught:
        ledger.read(repository)
    assert str(caught.value) == (
        "Agenda penerimaan tidak diawali catatan pangkal; pulihkan refs/sopan/agenda dari cadangan."
    )


DAMAGES = {
    "kind": ("Agenda-Jenis: terima", "Agenda-Jenis: lain"),
    "time": ("Agenda-Waktu: 2026-03-02T01:01:00Z", "Agenda-Waktu: kemarin"),
    "trailer missing": ("Agenda-Baru: " + THREE + "\n", ""),
    "policy": ("Agenda-Kebijakan: 1", "Agenda-Kebijakan: satu"),
    "a line of prose": ("Agenda-Putusan: terima", "Putusan terima"),
}


@pytest.mark.parametrize(("old", "new"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_record_is_not_guessed_at(repository, key, old, new):
    ledger.append(repository, key, [GENESIS, RECEIPT])
    raw = repository.commit(repository.resolve(LEDGER))
    assert old.encode() in raw
    oid = repository.write("commit", raw.replace(old.encode(), new.encode()))
    git(repository.folder, "update-ref", LEDGER, oid)
    with pytest.raises(SopanError) as caught:
        ledger.read(repository)
    assert str(caught.value) == f"Catatan agenda {oid[:10]} rusak; pulihkan refs/sopan/agenda dari cadangan."


def test_a_key_that_is_gone_records_nothing(repository, key):
    ledger.append(repository, key, [GENESIS])
    before = repository.resolve(LEDGER)
    key.unlink()
    with pytest.raises(SopanError):
        ledger.append(repository, key, [RECEIPT])
    assert repository.resolve(LEDGER) == before


def test_a_record_cannot_be_taken_for_an_item_s_commit(repository, key):
    ledger.append(repository, key, [GENESIS])
    oid = repository.resolve(LEDGER)
    commit, _ = commits.parse(oid, repository.commit(oid))
    assert commit is None or dict(commit.trailers) == {}
