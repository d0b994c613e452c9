"""The dates that commits claim, judged at first receipt (design section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sopan.chain import Act, Kind
from sopan.commits import Commit
from sopan.finding import Finding, found

TOLERANCE = timedelta(minutes=5)  # how far an officer's clock may be from the server's


def author_date(commit: Commit) -> Iterator[Finding]:
    """One instant a commit: an author's date of its own would be a second claim that nothing checks."""
    if commit.author.at != commit.committer.at:
        yield found("waktu-penulis", commit=commit.oid)


def dates(acts: Sequence[Act]) -> Iterator[Finding]:
    """Dates of one branch do not run backwards; acts are dated within the tolerance of their receipt, work between."""
    for before, act in zip([None, *acts], acts, strict=False):
        if before is not None and act.dated < before.dated:
            yield found("waktu-mundur", commit=act.commit, tanggal=act.dated, sebelum=before.dated)
    turned: Act | None = None
    for act in acts:
        yield from _work_date(act, turned) if act.kind is Kind.WORK else _act_date(act)
        if act.kind not in {Kind.WORK, Kind.START}:
            turned = None if act.kind is Kind.CANCEL else act


def receipt(commit: str, dated: datetime, at: datetime) -> Iterator[Finding]:
    """A commit that claims an act at `dated` was received at `at`, at most the tolerance away."""
    if abs(dated - at) > TOLERANCE:
        minutes = int(TOLERANCE.total_seconds() // 60)
        yield found("waktu-terima", commit=commit, tanggal=dated, menit=minutes, terima=at.astimezone(dated.tzinfo))


def _act_date(act: Act) -> Iterator[Finding]:
    yield from receipt(act.commit, act.dated, act.at)


def _work_date(act: Act, turned: Act | None) -> Iterator[Finding]:
    """Work lies between the receipt of the act that opened the step and its own receipt."""
    start = turned.at if turned else None
    if act.dated > act.at + TOLERANCE or (start is not None and act.dated < start - TOLERANCE):
        since = start.astimezone(act.dated.tzinfo) if start else "awal"
        until = act.at.astimezone(act.dated.tzinfo)
        yield found("waktu-kerja", commit=act.commit, tanggal=act.dated, awal=since, akhir=until)
