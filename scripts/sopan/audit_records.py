"""The records of the ledger, one by one: each in its one form, after the one before, signed by the server's one key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sopan import commits, ledger, public_key, signature, verifier
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.history import ITEM_REFS, LEDGER, MAIN, MAINTENANCE_REFS, NO_OBJECT, History
from sopan.ledger import Record, RecordKind
from sopan.quoting import Own


@dataclass(frozen=True)
class Book:
    """The records, oldest first, and the server's key: the one that signed record 0; `tip` is the last record."""

    records: tuple[Record, ...]
    key: str
    tip: str


def read(history: History) -> tuple[Book, list[Finding]]:
    """The ledger with everything wrong in the form, the chain and the signatures of its records."""
    tip = history.resolve(LEDGER)
    if tip is None:
        raise SopanError(
            f"Repositori ini tidak memuat agenda penerimaan; ambil dengan `git fetch origin '+{LEDGER}:{LEDGER}'`."
        )
    chain = list(_chain(history, tip))
    key = signature.key_of(commits.detach(chain[0][1])[1] or b"") or ""
    records: list[Record] = []
    findings: list[Finding] = []
    for number, (oid, raw) in enumerate(chain):
        record, wrong = _record(oid, raw, number, previous=chain[number - 1][0] if number else None, key=key)
        findings += wrong
        records += [record] if record else []
    return Book(tuple(records), key, tip), findings


def order(book: Book) -> Iterator[Finding]:
    """Record 0 alone is the genesis, and server time never runs backwards."""
    if book.records[0].kind is not RecordKind.GENESIS:
        yield found("audit-awal", commit=book.records[0].oid)
    for number, (before, record) in enumerate(pairwise(book.records), start=1):
        if record.kind is RecordKind.GENESIS:
            yield found("audit-pangkal-ganda", commit=record.oid, nomor=number)
        if record.at < before.at:
            yield found("audit-waktu", commit=record.oid, nomor=number, waktu=record.at, sebelum=before.at)


def _chain(history: History, tip: str) -> Iterator[tuple[str, bytes]]:
    """The records to the tip, by the parents that their bytes name, from the first that is there."""
    line: list[tuple[str, bytes]] = []
    following: str | None = tip
    while following is not None and (not line or history.holds(following)):
        raw = history.commit(following)
        line.append((following, raw))
        following = next(iter(commits.parents(raw)), None)
    return reversed(line)


def _record(
    oid: str, raw: bytes, number: int, *, previous: str | None, key: str
) -> tuple[Record | None, list[Finding]]:
    """One record, in the one form that the server writes, after the previous one, signed by the server's key."""
    payload, armored = commits.detach(raw)
    wrong = list(_signature(oid, number, payload, armored or b"", key))
    if len(parents := commits.parents(raw)) > 1:
        wrong.append(found("audit-rantai", commit=oid, nomor=number, jumlah=len(parents)))
    try:
        record = ledger.parse(oid, raw)
    except SopanError:
        return None, [*wrong, found("audit-rusak", commit=oid, nomor=number)]
    written = commits.attach(ledger.serialise(record, previous), armored) if armored else payload
    if len(parents) <= 1 and (written != raw or not _is_proper(record)):
        wrong.append(found("audit-bentuk", commit=oid, nomor=number))
    return record, wrong


def _signature(oid: str, number: int, payload: bytes, armored: bytes, key: str) -> Iterator[Finding]:
    actual = signature.key_of(armored)
    if actual is None or not verifier.verified("agenda", actual, payload, armored):
        yield found("audit-tanda-tangan", commit=oid, nomor=number)
    elif actual != key:
        stranger, ours = (Own(public_key.fingerprint(line)) for line in (actual, key))
        yield found("audit-kunci", commit=oid, nomor=number, kunci=stranger, seharusnya=ours)


def _is_proper(record: Record) -> bool:
    """Whether the fields that its kind does not use are as the server leaves them."""
    if record.kind is RecordKind.RECEIPT:
        return record.ref.startswith((MAIN, ITEM_REFS, MAINTENANCE_REFS)) and record.new != NO_OBJECT
    if record.kind is RecordKind.REMOVAL:
        return record.new == NO_OBJECT and record.policy == 0 and not record.received
    policy = record.policy == 0 or record.kind is RecordKind.GENESIS
    return policy and (record.ref, record.old, record.received) == (MAIN, NO_OBJECT, ())
