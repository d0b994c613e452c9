"""Reading a whole history and timing it, side by side with git itself and with other readers, in one run.

pip install -r benchmarks/peers.txt
PYTHONPATH=scripts:tests python benchmarks/timings.py [items …]

Every row is a whole process with its children, the best of its runs by wall and by processor time; what stands in the
page is the ratio, not the second.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import histories

from desks import source
from sopan import record_cache, timing_cache
from sopan.history import LEDGER, MAIN

RUNS = 3
KEYS = ("SOP-Butir", "SOP-Langkah", "SOP-Terima", "SOP-Kembali", "SOP-Isi")
FLOOR = ("git", "log", "main", "--no-merges", "--format=%H %ct " + "".join(f"%(trailers:key={key})" for key in KEYS))
GROUPED = (
    "import gc; from pathlib import Path; from sopan import gist, policies, record; from sopan.history import History;"
    "gc.disable(); h = History(Path('.')); m, tip = h.resolve('refs/heads/main'), h.resolve('refs/sopan/agenda');\n"
    "with gist.begun(h, tip) as book:"
    " print(len(record.read(h, policies.policy_at(h, m), book, main=m, branches={}).rounds))"
)
REPORT = ("-m", "sopan", "waktu", "--format", "json")
PEERS = {
    "GitPython `iter_commits`": "import git; print(sum('S' in c.message for c in git.Repo('.').iter_commits()))",
    "PyDriller": "import pydriller; print(sum('S' in c.msg for c in pydriller.Repository('.').traverse_commits()))",
    "pygit2": "import pygit2; r = pygit2.Repository('.'); print(sum('S' in c.message for c in r.walk(r.head.target)))",
}


@dataclass(frozen=True)
class Run:
    """One process with its children: wall and processor time in seconds, and the most memory of any in megabytes."""

    seconds: float
    processor: float
    megabytes: int


def main(sizes: list[int]) -> None:
    """A table for each size, then how the report grows from the first size to the last."""
    whole = {}
    with tempfile.TemporaryDirectory() as folder:
        origin = source(Path(folder, "sopan"))
        for items in sizes:
            place = Path(folder, str(items))
            place.mkdir()
            whole[items] = _table(_made(origin, place, items), items)
    small, great = whole[sizes[0]], whole[sizes[-1]]
    grown = f"{great.seconds / small.seconds:.1f}, by processor {great.processor / small.processor:.1f}"
    print(f"\nGrowth of the report from {sizes[0]:,} to {sizes[-1]:,} items: {grown}")


def _made(origin: Path, place: Path, items: int) -> Path:
    """In a process of its own: whoever starts others hands them the most memory it ever had as theirs."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(histories.make, (origin, place, items))


def _table(server: Path, items: int) -> Run:
    commits = _said(server, "rev-list", "--count", "main")
    print(f"\n{items:,} items, {int(commits):,} commits\n")
    print("| | wall | of the floor | processor | of the floor | memory |\n|---|---|---|---|---|---|")
    floor = _best(FLOOR, server)
    _row("floor: `git log` with `%(trailers)`", floor, floor)
    _row("Sopan: reading and grouping", _best((sys.executable, "-c", GROUPED), server), floor)
    cold = _best((sys.executable, *REPORT), server, before=lambda: _forget(server))
    _row("Sopan: `waktu --format json`, cold", cold, floor)
    warm = _best((sys.executable, *REPORT), server, before=lambda: _before_the_last_merge(server))
    share = f"{warm.seconds / cold.seconds:.2f} of cold, by processor {warm.processor / cold.processor:.2f}"
    _row(f"Sopan: the same after one new merge ({share})", warm, floor)
    for name, code in PEERS.items():
        _row(name, _best((sys.executable, "-c", code), server, runs=1), floor)
    return cold


def _row(name: str, run: Run, floor: Run) -> None:
    wall = f"{run.seconds:.2f} s | {run.seconds / floor.seconds:.2f}"
    processor = f"{run.processor:.2f} s | {run.processor / floor.processor:.2f}"
    print(f"| {name} | {wall} | {processor} | {run.megabytes} MB |", flush=True)


def _best(words: tuple[str, ...], folder: Path, *, before: object = None, runs: int = RUNS) -> Run:
    made = []
    for _ in range(runs):
        if callable(before):
            before()
        made.append(_run(words, folder))
    wall, processor = min(one.seconds for one in made), min(one.processor for one in made)
    return Run(wall, processor, max(one.megabytes for one in made))


def _run(words: tuple[str, ...], folder: Path) -> Run:
    begun = time.perf_counter()
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words[0]} ended with {process.returncode}")
    return Run(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def _said(server: Path, *words: str) -> str:
    return subprocess.check_output(["git", *words], cwd=server, text=True).strip()


def _forget(server: Path) -> None:
    for kept in (record_cache.FILE, timing_cache.FILE):
        (server / kept).unlink(missing_ok=True)


def _before_the_last_merge(server: Path) -> None:
    """What a report kept before the last merge and its proof came in; then those two again."""
    _forget(server)
    tips = {
        ref: subprocess.check_output(["git", "rev-parse", ref], cwd=server, text=True).strip() for ref in (MAIN, LEDGER)
    }
    for ref, older in ((MAIN, f"{tips[MAIN]}^1"), (LEDGER, f"{tips[LEDGER]}~2")):
        subprocess.run(["git", "update-ref", ref, older], cwd=server, check=True)
    _run((sys.executable, *REPORT), server)
    for ref, tip in tips.items():
        subprocess.run(["git", "update-ref", ref, tip], cwd=server, check=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000, 10000])
