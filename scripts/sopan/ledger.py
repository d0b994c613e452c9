"""The server's own record of what it received and when: `refs/sopan/agenda`, one signed commit a record.

The form is design section 4's: the parent is the previous record, the data are trailers, and the commits that a record
receives first stand in its body. Record 0 fixes the tip of `main` from which the office began.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import NamedTuple, Protocol

from sopan import commits, signature
from sopan.errors import SopanError
from sopan.history import LEDGER, MAIN, NO_OBJECT, History
from sopan.objects import Raw

_WHO = ("Agenda Sopan", "agenda@sopan.invalid")
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # git's name for a tree without entries
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class RecordKind(Enum):
    """What a record records."""

    GENESIS = "pangkal"
    RECEIPT = "terima"
    LIVE = "tayang"
    REMOVAL = "buang"


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record, as data. `at` is server time (UTC, whole seconds) and never earlier than the record before.

    A receipt: `ref` moved from `old` to `new`, pushed by `pusher` under policy version `policy`; `received` are the
    commits seen for the first time. A live record: the page at `address`, of `item` as merged by `new`, was read back.
    A removal: the server took `ref` away from `old` (`new` is zeros) for a `reason`; its next receipt begins at zeros.
    """

    kind: RecordKind
    at: datetime
    new: str
    ref: str = MAIN
    old: str = NO_OBJECT
    pusher: str = ""
    policy: int = 0
    item: str = ""
    address: str = ""
    reason: str = ""
    received: tuple[str, ...] = ()
    oid: str = ""

    def moves(self, main: str) -> bool:
        """Whether this is the record of a move of `main` to this commit."""
        return (self.ref, self.new) == (MAIN, main) and self.kind is not RecordKind.LIVE


class Gist(NamedTuple):
    """What of a record says something of commits: its kind, its time, where the ref moved, and what came first."""

    kind: RecordKind
    at: datetime
    new: str
    received: tuple[str, ...]


class Book(Protocol):
    """What a ledger says of commits, whenever it is known."""

    @property
    def receipts(self) -> Mapping[str, datetime]:
        """When each commit was first received."""

    @property
    def live(self) -> Mapping[str, datetime]:
        """When each merge was first seen live."""

    @property
    def genesis(self) -> str | None:
        """The tip of `main` from which the office began."""


@dataclass(frozen=True)
class Ledger:
    """All records, oldest first, and what they say of commits: first receipts, and when merges were seen live.

    `genesis` is the tip of `main` from which the office began; None where the records do not begin with it.
    """

    records: tuple[Record, ...] = ()
    receipts: Mapping[str, datetime] = field(default_factory=dict)
    live: Mapping[str, datetime] = field(default_factory=dict)
    genesis: str | None = None


def read(history: History, ref: str = LEDGER) -> Ledger:
    """The whole ledger of a repository; empty where it has none."""
    tip = history.resolve(ref)
    if tip is None:
        return Ledger()
    return begun(of(tuple(records(history, tip))))


def records(history: History, tip: str, known: str | None = None) -> Iterator[Record]:
    """The records up to `tip`, oldest first, in one pass; those after `known` where that is given."""
    return (parse(oid, data) for oid, data in raw(history, tip, known))


def raw(history: History, tip: str, known: str | None) -> Iterator[Raw]:
    """The bytes of the records up to `tip`, oldest first; of those after `known` where that is given."""
    without = (known,) if known else ()
    return history.stream(tip, without=without, options=("--first-parent", "--reverse"))


def record(history: History, oid: str) -> Record:
    """One record of the ledger."""
    return parse(oid, history.commit(oid))


def until(ledger: Ledger, main: str) -> Ledger:
    """The ledger up to the record that moved `main` to this commit; all of it where no record did."""
    for position, one in enumerate(ledger.records):
        if one.moves(main):
            return of(ledger.records[: position + 1])
    return ledger


def append(history: History, key_file: Path, records: Iterable[Record]) -> None:
    """Write records after the last one, each dated at least as late as the one before, signed by the server's key."""
    before = history.resolve(LEDGER)
    tip = before
    latest = record(history, tip).at if tip else datetime.min.replace(tzinfo=UTC)
    history.write("tree", b"")
    for new in records:
        latest = max(latest, new.at)
        payload = serialise(replace(new, at=latest), tip)
        tip = history.write("commit", commits.attach(payload, signature.sign(payload, key_file)))
    if tip is not None and tip != before:
        history.move(LEDGER, tip, before or NO_OBJECT)


def serialise(new: Record, previous: str | None) -> bytes:
    """The bytes of a record after the previous one, which the server's key signs: the one form that a record has."""
    message = commits.compose(_subject(new), "\n".join(new.received), dict(_trailers(new)))
    parents = (previous,) if previous else ()
    return commits.build(tree=EMPTY_TREE, parents=parents, who=_WHO, at=new.at.astimezone(UTC), message=message)


def parse(oid: str, raw: bytes) -> Record:
    """The record in these bytes; SopanError when there is none."""
    try:
        _, _, message = raw.decode().partition("\n\n")
        body, _, block = message.rstrip("\n").rpartition("\n\n")
        data = dict(line.split(": ", 1) for line in block.split("\n"))
        return Record(
            kind=RecordKind(data["Agenda-Jenis"]),
            at=_instant(data["Agenda-Waktu"]),
            new=data["Agenda-Baru"],
            ref=data["Agenda-Ref"],
            old=data["Agenda-Lama"],
            pusher=data.get("Agenda-Pengirim", ""),
            policy=int(data["Agenda-Kebijakan"]),
            item=data.get("Agenda-Butir", ""),
            address=data.get("Agenda-Alamat", ""),
            reason=data.get("Agenda-Alasan", ""),
            received=tuple(body.split("\n")[2:]),
            oid=oid,
        )
    except (UnicodeDecodeError, ValueError, KeyError) as error:
        raise SopanError(f"Catatan agenda {oid[:10]} rusak; pulihkan refs/sopan/agenda dari cadangan.") from error


def _instant(text: str) -> datetime:
    """The instant as `_TIME` writes it, read ten times as fast as by `strptime`."""
    at = datetime.fromisoformat(text)
    if at.isoformat() != f"{text[:-1]}+00:00" or text[-1] != "Z":
        raise ValueError(text)
    return at


def of(records: tuple[Record, ...]) -> Ledger:
    """The ledger of these records, oldest first."""
    return replace(gathered(map(gist, records)), records=records)


def gist(one: Record) -> Gist:
    """What of a record says something of commits."""
    return Gist(one.kind, one.at, one.new, one.received)


def gathered(gists: Iterable[Gist]) -> Ledger:
    """What records say of commits, oldest first."""
    receipts: dict[str, datetime] = {}
    live: dict[str, datetime] = {}
    genesis = None
    for place, (kind, at, new, received) in enumerate(gists):
        if kind is RecordKind.GENESIS and not place:
            genesis = new
        for oid in received:
            receipts.setdefault(oid, at)
        if kind is RecordKind.LIVE:
            live.setdefault(new, at)
    return Ledger((), receipts, live, genesis)


def begun(whole: Ledger) -> Ledger:
    """A whole ledger, which begins with a genesis; SopanError where it does not."""
    if whole.genesis is None:
        raise SopanError("Agenda penerimaan tidak diawali catatan pangkal; pulihkan refs/sopan/agenda dari cadangan.")
    return whole


def _subject(new: Record) -> str:
    return f"{new.kind.value}: {new.item or new.ref}"


def _trailers(new: Record) -> Iterator[tuple[str, str]]:
    yield "Agenda-Jenis", new.kind.value
    yield "Agenda-Waktu", new.at.astimezone(UTC).strftime(_TIME)
    yield "Agenda-Ref", new.ref
    yield "Agenda-Lama", new.old
    yield "Agenda-Baru", new.new
    yield "Agenda-Kebijakan", str(new.policy)
    if new.kind is RecordKind.RECEIPT:
        yield "Agenda-Putusan", "terima"
        yield "Agenda-Pengirim", new.pusher or "tidak diketahui"
    if new.kind is RecordKind.LIVE:
        yield "Agenda-Butir", new.item
        yield "Agenda-Alamat", new.address
    if new.kind is RecordKind.REMOVAL:
        yield "Agenda-Alasan", new.reason
