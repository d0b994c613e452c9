"""Where an office's branches lie in a repository: the server's own, or a clone's copies of them."""

from __future__ import annotations

from sopan.errors import GitUnavailable
from sopan.history import History

REMOTE = "origin"
_COPIES = f"refs/remotes/{REMOTE}/"


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
