"""The audit: from a repository with its ledger, who did each step of each item, when, and over which bytes.

First the ledger is proven, then every move of `main` and every open branch is judged again by the gate's own rules,
under the policy of its time and at its recorded receipt. Signatures alone are judged otherwise: in this process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sopan import (
    audit_moves,
    audit_records,
    branches,
    commits,
    copies,
    evidence,
    joins,
    ledger,
    public_key,
    signature,
    trailer,
    verifier,
)
from sopan.audit_moves import Told, Watch
from sopan.audit_records import Book
from sopan.branch_line import Grounds
from sopan.errors import GitUnavailable
from sopan.finding import Finding, found
from sopan.history import ITEM_REFS, MAIN, History
from sopan.ledger import Record, RecordKind
from sopan.policies import Policies
from sopan.quoting import Own

UNREADABLE = frozenset({"audit-rusak", "audit-rantai", "audit-awal"})  # what the records say cannot be followed


@dataclass(frozen=True)
class Pins:
    """What the auditor knows from elsewhere: the genesis, and the fingerprint of the server's key; "" is not known."""

    genesis: str = ""
    key: str = ""


@dataclass(frozen=True)
class Audit:
    """What was examined, and everything that is wrong with it: nothing, when all is proven."""

    book: Book
    told: Told
    policies: Policies
    findings: list[Finding]

    @property
    def key(self) -> str:
        """The fingerprint of the key that signed record 0."""
        return public_key.fingerprint(self.book.key) if self.book.key else "-"


def examine(history: History, pins: Pins, watch: Watch) -> Audit:
    """The ledger, the moves and the contents of a repository, judged from the genesis to the refs as they stand."""
    policies = Policies(history)
    book, findings = audit_records.read(history)
    findings += audit_records.order(book)
    findings += _pinned(book, pins)
    if any(finding.rule in UNREADABLE for finding in findings):
        return Audit(book, Told({}), policies, findings)
    _require_genesis(history, book)
    place = copies.place_of(history)
    told = Told(audit_moves.graph(history, book, history.refs(place).values()))
    findings += audit_moves.replay(history, policies, book, told, watch)
    findings += audit_moves.refs(history, told, place)
    findings += _contents(history, policies, book, told, watch)
    findings += [] if findings else _revoked(history, policies, book, told)
    return Audit(book, told, policies, findings)


def _pinned(book: Book, pins: Pins) -> Iterator[Finding]:
    genesis, key = book.records[0].new if book.records else "", book.key and public_key.fingerprint(book.key)
    if pins.genesis not in {"", genesis}:
        yield found("audit-pangkal", pangkal=Own(genesis), seharusnya=Own(pins.genesis))
    if pins.key not in {"", key}:
        yield found("audit-kunci-server", kunci=Own(key), seharusnya=Own(pins.key))


def _require_genesis(history: History, book: Book) -> None:
    if not history.holds(book.records[0].new):
        raise GitUnavailable(
            f"Pangkal {book.records[0].new[:10]} menurut agenda tidak ada di repositori ini; buat klon yang lengkap."
        )


def _contents(history: History, policies: Policies, book: Book, told: Told, watch: Watch) -> Iterator[Finding]:
    """Every move of `main`, and every branch that is still open, by the gate's own judgement."""
    receipts = ledger.of(book.records).receipts
    moves = [one for one in book.records if one.kind is RecordKind.RECEIPT and one.ref == MAIN]
    for move in watch(moves, "Isi"):
        if history.holds(move.old) and history.holds(move.new):
            removed = told.moments[move.oid].removed
            grounds = Grounds(history, policies.of(move.old), receipts, move.at, verifier.verified, removed=removed)
            yield from joins.judge(grounds, old=move.old, new=move.new)
    for record in _open(book, told):
        moment = told.moments[record.oid]
        rules = policies.of(policies.latest(told.mains, record.policy) or moment.main)
        grounds = Grounds(history, rules, receipts, record.at, verifier.verified, removed=moment.removed)
        yield from _branch(grounds, record, moment.main)


def _revoked(history: History, policies: Policies, book: Book, told: Told) -> Iterator[Finding]:
    """The items whose last published round rests on a key that present policy knows to have been revoked by then.

    They were rightly let in, for nobody knew yet; going the chain again heals them, since only the last round counts.
    """
    register = policies.of(told.mains[-1]).register
    if not register.revoked:
        return
    receipts = ledger.of(book.records).receipts
    merges = audit_moves.taken(history, told, set())
    last = {merge.trailers[trailer.ITEM]: oids for _, merge, oids in merges if trailer.ITEM in merge.trailers}
    for item, oids in sorted(last.items()):
        for oid in oids:
            commit, _ = commits.parse(oid, history.commit(oid))
            line = signature.key_of(evidence.proof(commit) or b"") if commit else None
            if line and register.is_revoked(line, receipts[oid]):
                yield found("audit-dicabut", commit=oid, butir=item)


def _open(book: Book, told: Told) -> Iterator[Record]:
    """The last receipt of every branch that `main` has not taken."""
    published = told.published()
    last = {one.ref: one for one in book.records if one.kind is RecordKind.RECEIPT and one.ref != MAIN}
    for ref, record in sorted(last.items()):
        if ref in told.tips and record.new in told.graph and record.new not in published:
            yield record


def _branch(grounds: Grounds, record: Record, main: str) -> list[Finding]:
    if record.ref.startswith(ITEM_REFS):
        return branches.read_item(grounds, record.ref.removeprefix(ITEM_REFS), head=record.new, main=main).findings
    return branches.read_maintenance(grounds, head=record.new, main=main).findings
