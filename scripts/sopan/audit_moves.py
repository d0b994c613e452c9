"""What the ledger says of moves, proven: true of the records before, of the commits' own parents, and of the refs now.

Nothing is believed that can be computed: what a move brought for the first time follows from the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from sopan import commits, item_path, trailer
from sopan.audit_records import Book
from sopan.commits import Commit
from sopan.errors import GitUnavailable, SopanError
from sopan.finding import Finding, found
from sopan.history import ITEM_REFS, MAIN, MAINTENANCE_REFS, NO_OBJECT, History
from sopan.ledger import Record, RecordKind
from sopan.policies import Policies
from sopan.quoting import Own
from sopan.record import line_of

Watch: TypeAlias = Callable[[Sequence[Record], str], Iterable[Record]]
"""What passes records on while somebody watches; the words say what is being done with them."""
Graph: TypeAlias = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Moment:
    """What a move was judged against: where `main` stood, and the commits that may not come back."""

    main: str
    removed: frozenset[str]


@dataclass
class Told:
    """What the records said so far: where each ref stands, `main`'s way, what was received, and what was removed.

    `moments` tell by the id of a receipt what it met; `brought` what each ref's receipts named.
    """

    graph: Graph
    tips: dict[str, str] = field(default_factory=dict)
    mains: list[str] = field(default_factory=list)
    received: set[str] = field(default_factory=set)
    brought: dict[str, set[str]] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    moments: dict[str, Moment] = field(default_factory=dict)

    def published(self) -> set[str]:
        """Every commit since the genesis that `main` holds."""
        return reach(self.graph, self.mains[-1])


def graph(history: History, book: Book, tips: Iterable[str]) -> Graph:
    """Every commit since the genesis that a record or a ref names, with the parents that its own bytes name."""
    wanted = {record.new for record in book.records} | set(tips)
    held = sorted(oid for oid in wanted if history.holds(oid))
    read = history.graph(*held, without=(book.records[0].new,))
    for oid, parents in read.items():
        if commits.parents(history.commit(oid)) != parents:
            raise GitUnavailable(
                f"Git menyebut induk komit {oid[:10]} lain dari isi komit itu; buat klon yang baru, lalu ulangi."
            )
    return read


def reach(graph: Graph, new: str, without: Container[str] = frozenset()) -> set[str]:
    """The commits of the graph that `new` reaches, up to those in `without`."""
    reached: set[str] = set()
    waiting = [new]
    while waiting:
        oid = waiting.pop()
        if oid in graph and oid not in without and oid not in reached:
            reached.add(oid)
            waiting += graph[oid]
    return reached


def replay(history: History, policies: Policies, book: Book, told: Told, watch: Watch) -> Iterator[Finding]:
    """Every record against the records before it and the graph; `told` is left as the last record leaves it."""
    ends = _removals(book)
    for number, record in enumerate(watch(book.records, "Agenda")):
        match record.kind:
            case RecordKind.GENESIS:
                told.tips[MAIN] = record.new
                told.mains.append(record.new)
                yield from _policy(policies, told, record, number)
            case RecordKind.RECEIPT:
                yield from _receipt(history, policies, told, record, number, gone=number < ends.get(record.ref, 0))
            case RecordKind.LIVE:
                yield from _live(history, policies, told, record, number)
            case RecordKind.REMOVAL:
                yield from _from(told, record, number)
                told.removed |= told.brought.pop(record.ref, set())
                told.tips.pop(record.ref, None)


def taken(history: History, told: Told, seen: set[str]) -> Iterator[tuple[str, Commit, list[str]]]:
    """Each merge since the genesis, in order: where `main` stood, the merge, and the commits that it brought.

    `seen` is filled with them. SopanError where a merge is not canonical: ask only where nothing was found amiss.
    """
    seen.update(told.mains)
    for old, oid in pairwise(told.mains):
        merge, wrong = commits.parse(oid, history.commit(oid))
        if merge is None:
            raise SopanError("; ".join(finding.sentence() for finding in wrong))
        yield old, merge, [*line_of(told.graph, merge.parents[1], seen), oid]


def refs(history: History, told: Told, place: str) -> Iterator[Finding]:
    """The refs below `place` (a clone's copies, or the server's own) are where the last records left them."""
    families = (MAIN, ITEM_REFS, MAINTENANCE_REFS)
    actual = {f"refs/heads/{ref.removeprefix(place)}": oid for ref, oid in history.refs(place).items()}
    for ref, oid in sorted(told.tips.items()):
        if ref not in actual:
            yield found("audit-ref-hilang", ref=_name(ref), seharusnya=_short(oid))
        elif actual[ref] != oid:
            yield found("audit-ref", ref=_name(ref), kini=_short(actual[ref]), seharusnya=_short(oid))
    for ref in sorted(actual.keys() - told.tips.keys()):
        if ref.startswith(families):
            yield found("audit-ref-asing", ref=_name(ref))


def _removals(book: Book) -> dict[str, int]:
    """The number of the last removal of each ref: what its earlier records name may be gone for good."""
    return {one.ref: number for number, one in enumerate(book.records) if one.kind is RecordKind.REMOVAL}


def _receipt(
    history: History, policies: Policies, told: Told, record: Record, number: int, *, gone: bool
) -> Iterator[Finding]:
    """A move: from where the ref stood, onwards, bringing exactly what it says, under the policy of its time."""
    yield from _from(told, record, number)
    yield from _policy(policies, told, record, number)
    fresh, border = _brought(told, record.new)
    held = history.holds(record.new)
    if held:
        yield from _onwards(history, record, number, border)
        yield from _received(history, told, record, number, fresh)
    elif not gone:
        yield found("audit-objek", commit=record.oid, nomor=number, komit=_short(record.new))
    told.moments[record.oid] = Moment(told.mains[-1], told.removed)
    told.received |= fresh | set(record.received)
    told.brought.setdefault(record.ref, set()).update(record.received)
    told.tips[record.ref] = record.new
    if record.ref == MAIN and held:
        told.mains.append(record.new)


def _from(told: Told, record: Record, number: int) -> Iterator[Finding]:
    stood = told.tips.get(record.ref, NO_OBJECT)
    if record.old != stood:
        ref, old, wanted = _name(record.ref), _short(record.old), _short(stood)
        yield found("audit-lama", commit=record.oid, nomor=number, ref=ref, lama=old, seharusnya=wanted)


def _brought(told: Told, new: str) -> tuple[set[str], set[str]]:
    """The commits that were never received and `new` reaches, and the commits at which that ends."""
    fresh = reach(told.graph, new, told.received)
    border = {parent for oid in fresh for parent in told.graph[oid]} - fresh
    return fresh, border


def _onwards(history: History, record: Record, number: int, border: set[str]) -> Iterator[Finding]:
    """The ref moved on from where it stood."""
    onwards = record.old == NO_OBJECT or record.old in border
    if not onwards and not (history.holds(record.old) and history.is_ancestor(record.old, record.new)):
        ref, old, new = _name(record.ref), _short(record.old), _short(record.new)
        yield found("audit-mundur", commit=record.oid, nomor=number, ref=ref, baru=new, lama=old)


def _received(history: History, told: Told, record: Record, number: int, fresh: set[str]) -> Iterator[Finding]:
    """The record names all that came first, nothing that did not come at all, and parents before their children.

    Two pushes of one commit at the same moment may both name it; the first receipt counts.
    """
    for oid in sorted(fresh - set(record.received)):
        yield found("audit-terima-kurang", commit=record.oid, nomor=number, komit=_short(oid))
    for oid in record.received:
        if oid not in fresh and not _came_again(history, told, record, oid):
            yield found("audit-terima-lebih", commit=record.oid, nomor=number, komit=_short(oid))
    places = {oid: place for place, oid in enumerate(record.received)}
    for oid, place in places.items():
        if any(places.get(parent, -1) > place for parent in told.graph.get(oid, ())):
            yield found("audit-terima-urutan", commit=record.oid, nomor=number, komit=_short(oid))


def _came_again(history: History, told: Told, record: Record, oid: str) -> bool:
    return (
        oid in told.graph
        and history.is_ancestor(oid, record.new)
        and (record.old == NO_OBJECT or not history.is_ancestor(oid, record.old))
    )


def _policy(policies: Policies, told: Told, record: Record, number: int) -> Iterator[Finding]:
    """The version is that of `main` as it stood; a branch may have been judged just before `main` moved on."""
    version = policies.version(told.mains[-1])
    earlier = record.ref != MAIN and policies.latest(told.mains, record.policy) is not None
    if record.policy != version and not earlier:
        yield found("audit-kebijakan", commit=record.oid, nomor=number, versi=record.policy, seharusnya=version)


def _live(history: History, policies: Policies, told: Told, record: Record, number: int) -> Iterator[Finding]:
    """A page was read back: of an item that this very commit had put on `main`, at that item's own address."""
    merge, _ = commits.parse(record.new, history.commit(record.new)) if record.new in told.mains[1:] else (None, [])
    if merge is None or merge.trailers.get(trailer.ITEM) != record.item:
        yield found("audit-tayang", commit=record.oid, nomor=number, butir=record.item, komit=_short(record.new))
        return
    wanted = item_path.page_address(policies.of(told.mains[-1]).office.site, record.item)
    if record.address != wanted:
        item, place = record.item, record.address
        yield found("audit-tayang-alamat", commit=record.oid, nomor=number, butir=item, alamat=place, seharusnya=wanted)


def _short(oid: str) -> Own:
    return Own(oid[:10])


def _name(ref: str) -> str:
    return ref.removeprefix("refs/heads/")
