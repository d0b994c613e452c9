"""A row of the table of benchmarks, and whole processes measured for it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """What was measured against what, what it may be, and what it is, in the unit of the target."""

    what: str
    against: str
    target: str
    measured: str
    holds: bool

    def line(self) -> str:
        """The row as Markdown."""
        return f"| {self.what} | {self.against} | {self.target} | {self.measured} | {'yes' if self.holds else 'no'} |"


def alone(measure: Callable[[Path], Iterable[Row]]) -> None:
    """Measure in a folder that is thrown away, and print the rows without the rest of the table."""
    with tempfile.TemporaryDirectory() as place:
        for row in measure(Path(place)):
            print(row.line())


@dataclass(frozen=True)
class Run:
    """One process with its children: wall and processor time in seconds, and the most memory of any in megabytes."""

    seconds: float
    megabytes: int
    processor: float


def run(words: Sequence[str | Path], folder: Path, *, around: Mapping[str, str] | None = None, code: int = 0) -> Run:
    """Run a process to its end, which must be `code`; what it prints is thrown away."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, words)),
        cwd=folder,
        env={**os.environ, **(around or {})},  # noqa: TID251 - where this machine keeps its programs
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != code:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, words[:5])))
    return Run(time.perf_counter() - begun, usage.ru_maxrss // 1024, usage.ru_utime + usage.ru_stime)


def best(runs: Sequence[Run]) -> Run:
    """The quickest of several runs."""
    return min(runs, key=lambda one: one.seconds)
