"""What an audit proved, as lines that a reader can check: act, person, time, commit, bytes, and the ledger's record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sopan import acts, audit_moves, commits, evidence, record, signers, trailer
from sopan.audit import Audit
from sopan.chain import Kind
from sopan.commits import Commit
from sopan.errors import SopanError
from sopan.history import ITEM_REFS, History
from sopan.ledger import Record, RecordKind
from sopan.policy import Policy
from sopan.sop import Step


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act. `content` is what `SOP-Isi` names, or the address of a live page; `receipt` the number of its record.

    `event` is what `SOP-Bukti` says of an act done on a forge.
    """

    act: str
    step: int | None
    officer: str
    role: str
    at: datetime
    commit: str
    content: str
    receipt: int
    evidence: str
    event: str = ""


@dataclass(frozen=True)
class Passage:
    """The acts of one round of an item, or of one maintenance branch (`item` empty); `merge` None while it is open."""

    item: str
    number: int
    merge: str | None
    lines: tuple[Line, ...]

    @property
    def steps(self) -> int:
        """How many steps of the SOP were made."""
        return sum(line.step is not None for line in self.lines)


@dataclass(frozen=True)
class _Source:
    """Where lines come from: the objects, the ledger's first receipts by commit, and when merges were seen live."""

    history: History
    receipts: Mapping[str, tuple[int, Record]]
    live: Mapping[str, tuple[int, Record]]

    def commit(self, oid: str) -> Commit:
        """A commit that was judged; SopanError for one that was not canonical."""
        commit, wrong = commits.parse(oid, self.history.commit(oid))
        if commit is None:
            raise SopanError("; ".join(finding.sentence() for finding in wrong))
        return commit


def passages(history: History, audit: Audit) -> list[Passage]:
    """Every passage that an audit without findings proved, in the order of `main`, then the open ones by branch."""
    source = _Source(history, _first_receipts(audit), _first_live(audit))
    told, numbers = audit.told, Counter[str]()
    seen: set[str] = set()
    done = []
    for old, merge, oids in audit_moves.taken(history, told, seen):
        item = merge.trailers.get(trailer.ITEM, "")
        numbers[item] += 1
        lines = tuple(_lines(source, audit.policies.of(old), item, oids))
        done.append(Passage(item, numbers[item], merge.oid, lines))
    for ref, head in sorted(told.tips.items()):
        oids = list(record.line_of(told.graph, head, seen)) if ref.startswith(ITEM_REFS) else []
        item = ref.removeprefix(ITEM_REFS)
        lines = tuple(_lines(source, audit.policies.of(told.mains[-1]), item, oids))
        done += [Passage(item, numbers[item] + 1, None, lines)] if lines else []
    return done


def _first_receipts(audit: Audit) -> dict[str, tuple[int, Record]]:
    """The first record that names each commit, with its number."""
    first: dict[str, tuple[int, Record]] = {}
    for number, one in enumerate(audit.book.records):
        for oid in one.received:
            first.setdefault(oid, (number, one))
    return first


def _first_live(audit: Audit) -> dict[str, tuple[int, Record]]:
    """The first record of each merge's page read back live, with its number."""
    first: dict[str, tuple[int, Record]] = {}
    for number, one in enumerate(audit.book.records):
        if one.kind is RecordKind.LIVE:
            first.setdefault(one.new, (number, one))
    return first


def _lines(source: _Source, policy: Policy, item: str, oids: Sequence[str]) -> Iterator[Line]:
    """Every act; of an item without the work between them, of maintenance (no item) every commit."""
    for oid in oids:
        commit = source.commit(oid)
        kind = acts.kind(commit)
        if not item:
            yield _line(source, policy, commit, f"rawat: {commit.trailers.get(trailer.MAINTENANCE, 'ubah')}")
        elif kind is not Kind.WORK:
            yield _line(source, policy, commit, _act(commit, kind, _step(policy, commit)))
        if oid in source.live:
            yield _seen_live(commit, *source.live[oid])


def _line(source: _Source, policy: Policy, commit: Commit, act: str) -> Line:
    number, receipt = source.receipts[commit.oid]
    event = evidence.read(commit.trailers)
    signed = signers.officer_of(policy.register, commit.signature)
    officer = (evidence.officer_of(policy.register, event) if event else signed) or ""
    roles = policy.register.roles_of(officer, receipt.at)
    step = _step(policy, commit)
    shown = [step.role] if step else [role for code, role in policy.sop.roles.items() if code in roles]
    return Line(
        act=act,
        step=commit.number(trailer.STEP),
        officer=policy.register.officer(officer).name,
        role=", ".join(role.name for role in shown),
        at=receipt.at,
        commit=commit.oid,
        content=commit.trailers.get(trailer.CONTENT, ""),
        receipt=number,
        evidence=receipt.oid,
        event=commit.trailers.get(trailer.EVIDENCE, ""),
    )


def _step(policy: Policy, commit: Commit) -> Step | None:
    """The step that a commit makes or begins."""
    number = commit.number(trailer.STEP) or commit.number(trailer.START)
    return policy.sop.step(number) if number else None


def _act(commit: Commit, kind: Kind, step: Step | None) -> str:
    if step is not None:
        return f"mulai langkah {step.number}" if kind is Kind.START else f"langkah {step.number} ({step.action})"
    back = commit.number(trailer.RETURN)
    return f"kembali ke langkah {back}" if back else kind.value


def _seen_live(merge: Commit, number: int, one: Record) -> Line:
    """Step 8 as the server itself evidences it."""
    return Line(
        act=one.kind.value,
        step=None,
        officer="server",
        role="",
        at=one.at,
        commit=merge.oid,
        content=one.address,
        receipt=number,
        evidence=one.oid,
    )
