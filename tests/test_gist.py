"""What is taken from the ledger in one pattern is what its records say, of whatever bytes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopan import commits, gist, ledger
from sopan.errors import SopanError
from sopan.history import LEDGER, NO_OBJECT
from sopan.ledger import Record, RecordKind

OID, ONE, TWO = "c" * 40, "a" * 40, "b" * 40
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ARMOR = b"-----BEGIN SSH SIGNATURE-----\n" + b"A" * 70 + b"\nBBBB\n-----END SSH SIGNATURE-----\n"
REF = "refs/heads/butir/2026/contoh"
RECORDS = {
    "genesis": Record(kind=RecordKind.GENESIS, at=AT, new=ONE),
    "receipt": Record(kind=RecordKind.RECEIPT, at=AT, new=TWO, ref=REF, pusher="rina", received=(ONE, TWO)),
    "nothing new": Record(kind=RecordKind.RECEIPT, at=AT, new=TWO, ref=REF),
    "live": Record(kind=RecordKind.LIVE, at=AT, new=TWO, item="2026/contoh", address="https://a.example/"),
    "removal": Record(kind=RecordKind.REMOVAL, at=AT, old=ONE, new=NO_OBJECT, ref=REF, reason="Salah kirim."),
}
IN_OTHER_LETTERS = Record(kind=RecordKind.REMOVAL, at=AT, old=ONE, new=NO_OBJECT, ref=REF, reason="Berkas “rahasia”.")


def raw(record):
    return commits.attach(ledger.serialise(record, ONE), ARMOR)


def said(read, data):
    try:
        return read(OID, data)
    except SopanError as error:
        return str(error)


def the_long_way(oid, data):
    return ledger.gist(ledger.parse(oid, data))


@pytest.mark.parametrize("kind", RECORDS)
def test_every_kind_is_read_the_short_way(kind, monkeypatch):
    data = raw(RECORDS[kind])
    whole = the_long_way(OID, data)
    monkeypatch.setattr(ledger, "parse", lambda *_: pytest.fail("the long way"))
    assert gist.of(OID, data) == whole == ledger.gist(RECORDS[kind])


def test_other_letters_are_read_the_long_way():
    assert gist.of(OID, raw(IN_OTHER_LETTERS)) == ledger.gist(IN_OTHER_LETTERS)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01"])
def test_a_day_that_is_none_is_a_damaged_record(day):
    data = raw(RECORDS["receipt"])
    with pytest.raises(SopanError, match="rusak"):
        gist.of(OID, data.replace(b"2026-03-02T", day.encode() + b"T"))
    assert gist.of(OID, data.replace(b"2026-03-02T", b"2026-02-28T")).at.day == 28


PIECES = st.sampled_from(
    [b"\n", b"\n\n", b" ", b"\r", b"\xc3\xa9", b"\xff", b"0", b"Agenda-Baru: ", b"Agenda-Waktu: ", b"terima", b": "]
)


@given(data=st.data(), kind=st.sampled_from(sorted(RECORDS)))
def test_changed_bytes_are_read_alike(data, kind):
    whole = raw(RECORDS[kind])
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 12)))
        whole = whole[:start] + data.draw(PIECES | st.binary(max_size=4)) + whole[end:]
    assert said(gist.of, whole) == said(the_long_way, whole)


def test_the_whole_ledger_says_what_its_records_say(office):
    office.publish()
    whole, tip = ledger.read(office.archive), office.archive.resolve(LEDGER)
    assert gist.read(office.archive, tip) == replace(whole, records=())
    first, *others = whole.records
    assert gist.read(office.archive, tip, first.oid) == replace(ledger.of(tuple(others)), records=())
