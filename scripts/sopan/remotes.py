"""How another repository is called, what is sent to it, and what it answers."""

from __future__ import annotations

import os
from collections.abc import Mapping

from sopan import git_failure
from sopan.errors import Refused
from sopan.history import History

# Seconds for a server to answer at all, and for the line to be dead: left to itself ssh waits for minutes, or for ever.
_SSH = "ssh -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ServerAliveCountMax=3"
_SSH_CHOSEN = ("GIT_SSH_COMMAND", "GIT_SSH")
_NO = ("[rejected]", "[remote rejected]")  # as `git push --porcelain` says that it was answered
_LAST_LINES = 3


def calling(history: History) -> Mapping[str, str]:
    """The environment of a command of git that calls another repository: one that stays silent is given up.

    Nothing where somebody chose how ssh is called.
    """
    chosen = history.config("core.sshCommand") or any(name in os.environ for name in _SSH_CHOSEN)  # noqa: TID251 - as git
    return {} if chosen else {"GIT_SSH_COMMAND": _SSH}


def push(history: History, remote: str, new: str, ref: str) -> list[str]:
    """Send a commit to a ref of a remote; gives what the server said, Refused with it when it said no.

    Where the line broke before the answer came, the remote is asked whether it took it.
    """
    status, out, err = _run(history, ["git", "push", "--porcelain", remote, f"{new}:{ref}"], calling(history))
    lines = (line.removeprefix("remote:").strip() for line in err.splitlines() if line.startswith("remote:"))
    said = [line for line in lines if line]
    if status == 0:
        return said
    if any(word in out for word in _NO):
        raise Refused(said or [_lost(f"{err}\n{out}", "Kiriman tidak diterima server")])
    landed = _landed(history, remote, new, ref)
    if not landed:
        doubt = "Belum pasti apakah kiriman sampai ke server" if landed is None else "Kiriman tidak sampai ke server"
        raise Refused([*said, _lost(err, doubt)])
    return said


def send(
    history: History,
    remote: str,
    updates: Mapping[str, str],
    environment: Mapping[str, str],
    *,
    instead_of: str = "",
) -> None:
    """Send commits to refs of a remote, all of them or none; Refused where the remote would not take them.

    With `instead_of` the one ref is set back, where it still stands at that commit.
    """
    leases = [f"--force-with-lease={ref}:{instead_of}" for ref in updates if instead_of]
    moves = [f"{new}:{ref}" for ref, new in updates.items()]
    words = ["git", "push", *leases, "--quiet", "--porcelain", "--atomic", remote, *moves]
    status, out, err = _run(history, words, environment)
    if status != 0:
        raise Refused(["Kiriman tidak diterima repositori:", *_last(out, err)])


def _run(history: History, words: list[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
    told = history.git.execute(words, with_extended_output=True, with_exceptions=False, env=dict(environment))
    status, out, err = told
    return status, str(out), str(err)


def _landed(history: History, remote: str, new: str, ref: str) -> bool | None:
    """Whether the remote took a commit whose receipt was lost on the way; None where it cannot be asked."""
    status, out, _ = _run(history, ["git", "ls-remote", "--refs", remote, ref], calling(history))
    return f"{new}\t{ref}" in out.splitlines() if status == 0 else None


def _lost(printed: str, what: str) -> str:
    return f"{what}: {git_failure.reason(printed)}."


def _last(out: str, err: str) -> list[str]:
    lines = [line.strip() for line in [*out.splitlines(), *err.splitlines()] if line.strip()]
    return lines[-_LAST_LINES:]
