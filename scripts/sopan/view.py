"""What an office's repository says, the server's own or a clone: `main` and its policy, branches, rounds, times."""

from __future__ import annotations

from dataclasses import dataclass

from sopan import copies, policies, record_cache, timing_cache
from sopan.history import ITEM_REFS, History
from sopan.policy import Policy
from sopan.record import Record
from sopan.timing_report import Told


@dataclass(frozen=True)
class View:
    """`main` and its policy, and the heads of the item branches by item."""

    main: str
    heads: dict[str, str]
    policy: Policy


def look(history: History) -> View:
    """What the office's repository says: a clone's copies of the server's refs, else the repository's own."""
    place = copies.place_of(history)
    main = copies.main_of(history, place)
    branch = place + ITEM_REFS.removeprefix("refs/heads/")
    heads = {ref.removeprefix(branch): oid for ref, oid in history.refs(branch).items()}
    return View(main, heads, policies.policy_at(history, main))


def recorded(history: History, seen: View) -> Record:
    """Every round, closed and open, as this repository holds them."""
    return record_cache.read(history, seen.policy, main=seen.main, branches=seen.heads)


def told(history: History, seen: View) -> list[Told] | None:
    """Every round's times as the report tells them; None where there is no ledger."""
    return timing_cache.told(history, seen.policy, main=seen.main, branches=seen.heads)


def opened(history: History, seen: View) -> Record:
    """The open rounds alone, at the cost of what is new since anybody looked."""
    return record_cache.read(history, seen.policy, main=seen.main, branches=seen.heads, closed=False)
