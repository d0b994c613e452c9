"""The record that a commit's site shows, read at the cost of what came since the last publication.

The site shows the ledger up to the record that moved `main` to its commit, and no proof that came later: so it keeps
what it read in a file of its own. Where `main` or the ledger did not go on from there, all is read again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sopan import kept_lines, ledger, record, record_cache
from sopan.errors import SopanError
from sopan.history import LEDGER, History
from sopan.ledger import Ledger
from sopan.policy import Policy
from sopan.record_cache import Reading
from sopan.site.checkout import Checkout

STATE, ROUNDS = kept_lines.FOLDER / "situs.jsonl", kept_lines.FOLDER / "situs-riwayat.jsonl"
_KEPT = ("situs-*", "butir*")  # the record, parts of pages, and items


@dataclass(frozen=True)
class _Shown:
    """A commit of `main` that was shown, and the record of the ledger that moved `main` there."""

    commit: str
    until: str


def read(checkout: Checkout, policy: Policy, basis: str) -> Reading:
    """The record with the ledger as `ledger.until` cuts it; kept under the same `basis` alone."""
    copy, commit = checkout.copy, checkout.commit
    tip, before = copy.resolve(LEDGER), _load(checkout, basis)
    if before is not None and not (tip and _goes_on(copy, before, commit, tip)):
        before = None
    now = _until(copy, commit, tip, before) if tip else None
    _keep(checkout, basis, before, now)
    if tip and now and now.until != tip:
        copy.move(LEDGER, now.until, tip)
    file = checkout.origin / ROUNDS
    read_on = partial(_read, copy, policy, commit, file)
    try:
        return read_on()
    except SopanError:  # another publisher kept what came later; where that is not why, it is raised again
        file.unlink(missing_ok=True)
        return read_on()


def _read(copy: History, policy: Policy, commit: str, file: Path) -> Reading:
    kept = record_cache.follow(copy, policy, main=commit, branches={}, file=file)
    if kept is not None:
        return kept
    return record_cache.reading(record.read(copy, policy, Ledger(), main=commit, branches={}))


def _keep(checkout: Checkout, basis: str, before: _Shown | None, now: _Shown | None) -> None:
    """Say up to where the rounds that are kept may reach, before any is: they go on from there, or are begun anew."""
    if before is None or now is None:
        (checkout.origin / ROUNDS).unlink(missing_ok=True)
    if now is None:
        (checkout.origin / STATE).unlink(missing_ok=True)
    elif now != before:
        lines = (basis, now.commit, now.until)
        kept_lines.save(checkout.origin / STATE, (line.encode() for line in lines))


def _load(checkout: Checkout, basis: str) -> _Shown | None:
    lines = kept_lines.load(checkout.origin / STATE)
    if lines is None:
        return None
    if lines[0] != basis.encode():
        _forget(checkout.origin)
        return None
    return _Shown(*(line.decode() for line in lines[1:]))


def _forget(origin: Path) -> None:
    """Remove what publications kept by another basis, as an earlier release of the program did: nobody reads it."""
    for pattern in _KEPT:
        for file in (origin / kept_lines.FOLDER).glob(pattern):
            file.unlink(missing_ok=True)


def _goes_on(copy: History, before: _Shown, commit: str, tip: str) -> bool:
    return all(
        copy.holds(old) and copy.is_ancestor(old, new) for old, new in ((before.commit, commit), (before.until, tip))
    )


def _until(copy: History, commit: str, tip: str, before: _Shown | None) -> _Shown | None:
    """The record that moved `main` to the commit; None where none did, and so the whole ledger counts.

    `main` only goes on: none that moved it beyond the commit that was shown `before` came before that one's record.
    """
    if before is not None and before.commit == commit:
        return before
    known = before.until if before else None
    moved = (one.oid for one in ledger.records(copy, tip, known) if one.moves(commit))
    return next((_Shown(commit, oid) for oid in moved), None)
