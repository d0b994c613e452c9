"""The record of an office: every round of every item, read from `main`, the open branches and the ledger.

Nothing is judged again here: the gate judged each commit at its receipt, and an audit proves it. History is read in
one pass; each merge on `main` takes the commits of its branch that no earlier merge took, whatever their dates say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise

from sopan import acts, commits, evidence, glimpse, signers
from sopan.chain import Act, Evidence, Kind, Round
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.glimpse import Glimpse
from sopan.history import History
from sopan.ledger import Book
from sopan.policy import Policy
from sopan.signers import Signer

Graph = Mapping[str, tuple[str, ...]]

_NOBODYS: frozenset[str] = frozenset()
_SPEAKS = re.compile(rb"(?m)^SOP-(Butir|Langkah|Isi): ")


@dataclass(frozen=True)
class Record:
    """What happened, as rounds in order of their merges, open rounds last.

    `heads` maps an item with an open round to the head of its branch. `genesis` is None without a ledger: then every
    instant is the commit's own claim.
    """

    rounds: tuple[Round, ...]
    heads: Mapping[str, str]
    genesis: str | None


@dataclass(frozen=True)
class Since:
    """What was read before: up to which commit of `main`, and how many rounds each item had by then."""

    main: str
    rounds: Mapping[str, int]


def read(
    history: History,
    policy: Policy,
    book: Book,
    *,
    main: str,
    branches: Mapping[str, str],
    since: Since | None = None,
) -> Record:
    """All rounds that `main` holds (or holds more than `since`), then the open ones at the heads in `branches`."""
    start = since.main if since else book.genesis
    graph, done = _read(history, policy, book, (main, *branches.values()), (start,) if start else ())
    mainline = list(line_of(graph, main, set()))
    _require_unflattened(history, graph, mainline)
    seen, numbers = set(mainline), Counter(since.rounds if since else {})
    rounds = []
    for merge in mainline:
        if (act := done.get(merge)) is not None and act.kind is Kind.PUBLISH and act.item is not None:
            numbers[act.item] += 1
            line = (*_acts(done, line_of(graph, graph[merge][1], seen)), act)
            live = book.live.get(merge)
            rounds.append(Round(item=act.item, number=numbers[act.item], acts=line, merge=merge, live_at=live))
    heads = {identity: head for identity, head in sorted(branches.items()) if head in graph and head not in seen}
    for identity, head in heads.items():
        line = _acts(done, line_of(graph, head, seen))
        rounds.append(Round(item=identity, number=numbers[identity] + 1, acts=line, merge=None, live_at=None))
    return Record(tuple(rounds), heads, book.genesis)


def _require_unflattened(history: History, graph: Graph, mainline: Iterable[str]) -> None:
    """No commit on `main` itself speaks of a step without being a merge: a squash or rebase destroys the record."""
    for oid in mainline:
        if len(graph[oid]) < acts.MERGE_PARENTS and _SPEAKS.search(history.commit(oid)):
            raise SopanError(
                f"Komit {oid[:10]} pada main memuat trailer SOP tetapi bukan penggabungan; riwayat diratakan "
                "(squash atau rebase), sehingga siapa mengerjakan apa dan kapan tidak terbukti lagi. "
                "Pulihkan main dari cadangan."
            )


def claims(rounds: tuple[Round, ...], now: datetime | None = None) -> Iterator[Finding]:
    """What forbids reporting from the commits' own dates: they run backwards, or lie in the future."""
    for done in rounds:
        claimed = [act for act in done.acts if act.evidence is Evidence.CLAIM]
        for before, act in pairwise(claimed):
            if act.dated < before.dated:
                yield found("waktu-mundur", commit=act.commit, tanggal=act.dated, sebelum=before.dated)
        for act in claimed:
            if now is not None and act.dated > now:
                yield found("waktu-depan", commit=act.commit, tanggal=act.dated)


def line_of(graph: Graph, head: str, seen: set[str]) -> Iterator[str]:
    """The commits from `head` back along first parents to what was seen, oldest first; they count as seen then."""
    line = []
    while head not in seen and (parents := graph.get(head)) is not None:
        line.append(head)
        head = parents[0] if parents else ""
    seen.update(line)
    return reversed(line)


def _read(
    history: History, policy: Policy, book: Book, tips: tuple[str, ...], without: tuple[str, ...]
) -> tuple[dict[str, tuple[str, ...]], dict[str, Act]]:
    """Every commit that the tips have more: the parents of all, and the acts that canonical ones are.

    The book is opened last: it may still be read meanwhile.
    """
    graph: dict[str, tuple[str, ...]] = {}
    canonical: list[Glimpse] = []
    for oid, raw in history.stream(*tips, without=without):
        seen = glimpse.read(oid, raw)
        if seen is not None:
            canonical.append(seen)
        graph[oid] = commits.parents(raw) if seen is None else seen.parents
    act_of = partial(_act, policy, book.receipts, signers.claimants(policy.register))
    return graph, {seen.oid: act_of(seen) for seen in canonical}


def _acts(done: Mapping[str, Act], line: Iterable[str]) -> tuple[Act, ...]:
    return evidence.covered([done[oid] for oid in line if oid in done])


def _act(policy: Policy, receipts: Mapping[str, datetime], signer: Signer, seen: Glimpse) -> Act:
    """The act, its officer by the signature's key or the event's account, its content as its own trailer names it."""
    event, dated = seen.event, seen.dated
    officer = evidence.officer_of(policy.register, event) if event else signer(seen.signature)
    received = receipts.get(seen.oid)
    at, proof = acts.moment(dated, received, event)
    return Act(
        seen.oid,
        seen.kind,
        at,
        dated,
        proof,
        officer,
        policy.register.roles_of(officer, received or dated) if officer else _NOBODYS,
        seen.named_content or "",
        seen.step,
        seen.item,
        seen.named_content,
        seen.note,
    )
