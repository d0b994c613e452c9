"""The record of an office: every round of every item, read from `main`, the open branches and the ledger.

Nothing is judged again here: the gate judged each commit at its receipt, and an audit proves it. The graph is read
once; each merge on `main` takes the commits of its branch that no earlier merge took, whatever their dates say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sopan import acts, chain, commits, signature
from sopan.chain import Act, Evidence, Round, Standing
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.ledger import Ledger
from sopan.policy import Policy

Graph = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Record:
    """What happened, as rounds in order of their merges, open rounds last.

    `heads` maps an item with an open round to the head of its branch. `genesis` is None without a ledger: then every
    instant is the commit's own claim.
    """

    rounds: tuple[Round, ...]
    heads: Mapping[str, str]
    genesis: str | None


def read(history: History, policy: Policy, book: Ledger, *, main: str, branches: Mapping[str, str]) -> Record:
    """All rounds that `main` holds, then the open ones at the heads in `branches` (by item)."""
    without = (book.genesis,) if book.genesis else ()
    graph = history.graph(main, *branches.values(), without=without)
    mainline = list(line_of(graph, main, set()))
    seen, numbers = set(mainline), Counter[str]()
    rounds = []
    for merge in mainline:
        if (commit := _merge_of_item(history, graph, merge)) is not None:
            identity = commit.trailers[commits.ITEM]
            numbers[identity] += 1
            line = _acts(history, policy, book, [*line_of(graph, commit.parents[1], seen), merge])
            live = book.live.get(merge)
            rounds.append(Round(item=identity, number=numbers[identity], acts=line, merge=merge, live_at=live))
    heads = {identity: head for identity, head in sorted(branches.items()) if head in graph and head not in seen}
    for identity, head in heads.items():
        line = _acts(history, policy, book, line_of(graph, head, seen))
        rounds.append(Round(item=identity, number=numbers[identity] + 1, acts=line, merge=None, live_at=None))
    return Record(tuple(rounds), heads, book.genesis)


def standing(policy: Policy, opened: Round) -> Standing:
    """Where an open round stands: its acts were judged when they were received."""
    now = chain.opening(policy.sop, "")
    for act in opened.acts:
        now = chain.advance(policy.sop, now, act)
    return now


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
    while head in graph and head not in seen:
        line.append(head)
        head = next(iter(graph[head]), "")
    seen.update(line)
    return reversed(line)


def _merge_of_item(history: History, graph: Graph, oid: str) -> Commit | None:
    if len(graph[oid]) != acts.MERGE_PARENTS:
        return None
    commit, _ = commits.parse(oid, history.commit(oid))
    return commit if commit is not None and commits.STEP in commit.trailers else None


def _acts(history: History, policy: Policy, book: Ledger, line: Iterable[str]) -> tuple[Act, ...]:
    parsed = (commits.parse(oid, history.commit(oid))[0] for oid in line)
    return tuple(_act(policy, book, commit) for commit in parsed if commit is not None)


def _act(policy: Policy, book: Ledger, commit: Commit) -> Act:
    """The act, its officer by the key that the signature carries, its content as its own trailer names it."""
    officer = signature.officer_of(policy.register, commit.signature)
    at = book.receipts.get(commit.oid, commit.committer.at)
    return acts.act(
        commit,
        receipts=book.receipts,
        otherwise=None,
        officer=officer,
        roles=policy.register.roles_of(officer, at) if officer else frozenset(),
        content=commit.trailers.get(commits.CONTENT, ""),
    )
