"""Judging under limits: a forked child with bounds on processor, memory and wall time, whose every failure refuses.

What is pushed was written by somebody else; a gate that hangs or eats the machine's memory would be no gate.
"""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable

from sopan import beside
from sopan.errors import SopanError

CPU_SECONDS = 60
WALL_SECONDS = 120
MEMORY_BYTES = 1024 * 1024 * 1024  # private, writable memory: git maps packs of any size besides
_POLL_SECONDS = 0.01


def run(task: Callable[[], int]) -> int:
    """The exit code of `task`, run in a child under the limits; SopanError when it ended in any other way."""
    child = os.fork()
    if child == 0:
        _limit()
        os._exit(beside.code(task))
    status = _await(child)
    if status is None:
        raise SopanError(
            f"Penilaian melampaui {WALL_SECONDS} detik, jadi kiriman ditolak; kirim lebih sedikit sekaligus."
        )
    if not os.WIFEXITED(status):
        raise SopanError(
            "Penilaian melampaui batas prosesor atau memori, jadi kiriman ditolak; kirim lebih sedikit sekaligus."
        )
    return os.WEXITSTATUS(status)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    os.setpgid(0, 0)


def _await(child: int) -> int | None:
    """The child's status; None when it had to be ended because its time was up."""
    deadline = time.monotonic() + WALL_SECONDS
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(_POLL_SECONDS)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
