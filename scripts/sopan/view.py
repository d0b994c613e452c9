"""Where an office's refs lie in a repository: the server's own, or a clone's copies of them."""

from __future__ import annotations

from dataclasses import dataclass

from sopan import policies, record_cache, timing_cache
from sopan.errors import GitUnavailable
from sopan.history import ITEM_REFS, History
from sopan.policy import Policy
from sopan.record import Record
from sopan.timing_report import Told

REMOTE = "origin"
_COPIES = f"refs/remotes/{REMOTE}/"


@dataclass(frozen=True)
class View:
    """`main` and its policy, and the heads of the item branches by item."""

    main: str
    heads: dict[str, str]
    policy: Policy


def copy_of(ref: str) -> str:
    """Where a clone keeps its copy of a branch of the server's."""
    return _COPIES + ref.removeprefix("refs/heads/")


def place_of(history: History) -> str:
    """Below what the office's branches lie: a clone's copies where it has them, else the repository's own."""
    return _COPIES if history.resolve(_COPIES + "main") else "refs/heads/"


def main_of(history: History, place: str) -> str:
    """The commit at which `main` stands there."""
    main = history.resolve(place + "main") or history.resolve("HEAD")
    if main is None:
        raise GitUnavailable("Repositori ini belum mempunyai main; ambil dari server dengan `git fetch` dahulu.")
    return main


def look(history: History) -> View:
    """What the office's repository says: a clone's copies of the server's refs, else the repository's own."""
    place = place_of(history)
    main = main_of(history, place)
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
