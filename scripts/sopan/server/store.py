"""The server's own repository as a store that can forget: a ref deleted under lock, and objects that are gone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol

from sopan.errors import GitUnavailable
from sopan.history import History


class _Process(Protocol):
    """What is asked of a running git: that it can be written to and read from."""

    @property
    def stdin(self) -> IO[bytes]: ...

    @property
    def stdout(self) -> IO[bytes]: ...


@contextmanager
def deleting(history: History, ref: str, old: str) -> Iterator[None]:
    """Hold a ref that stands at `old`, so that nobody can move it, and delete it when the block ends well."""
    git = history.git.execute(["git", "update-ref", "--stdin"], istream=subprocess.PIPE, as_process=True)
    try:
        _tell(git, f"start\ndelete {ref} {old}\nprepare\n", ("start", "prepare"))
        yield
        _tell(git, "commit\n", ("commit",))
    finally:
        git.communicate()  # ends its input: what was not committed by then is undone by git itself


def contents(history: History, ref: str) -> frozenset[str]:
    """The objects of the commits that nothing but this ref reaches; a file of theirs may lie elsewhere as well."""
    words = ("--objects", "--no-object-names", ref, "--not", f"--exclude={ref}", "--all")
    return frozenset(history.run("rev-list", *words).split())


def reached(history: History) -> frozenset[str]:
    """Every object that some ref reaches."""
    return frozenset(history.run("rev-list", "--objects", "--no-object-names", "--all").split())


def kept(history: History, oids: frozenset[str]) -> frozenset[str]:
    """Which of these objects the repository holds."""
    stdin = "".join(f"{oid}\n" for oid in sorted(oids)).encode()
    lines = history.run("cat-file", "--batch-check=%(objectname)", stdin=stdin).splitlines()
    return frozenset(line for line in lines if line in oids)


def forget(history: History) -> None:
    """Drop at once whatever no ref reaches: from the refs' logs, the packs and the loose objects."""
    history.run("reflog", "expire", "--expire=never", "--expire-unreachable=now", "--all")
    history.run("repack", "-a", "-d", "-q")
    history.run("prune", "--expire=now")
    graphs = history.git_folder / "objects" / "info"
    (graphs / "commit-graph").unlink(missing_ok=True)  # a cache of commits that may be gone; git makes it anew
    shutil.rmtree(graphs / "commit-graphs", ignore_errors=True)


def _tell(git: _Process, lines: str, answers: tuple[str, ...]) -> None:
    """Give git lines to act on; each answer that it owes must be that all is well."""
    git.stdin.write(lines.encode())
    git.stdin.flush()
    if any(git.stdout.readline() != f"{answer}: ok\n".encode() for answer in answers):
        raise GitUnavailable("Cabang itu sedang bergerak atau terkunci; tunggu sebentar, lalu ulangi.")
