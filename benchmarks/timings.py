"""Reading a whole history and timing it, side by side with git itself and with other readers, in one run.

pip install -r benchmarks/peers.txt
PYTHONPATH=scripts:tests python benchmarks/timings.py [items …]

Every row is a whole process with its children, the best of its runs by wall and by processor time; what stands in the
page is the ratio, not the second. There are two floors: git's reading of `main`, and its reading of `main` and the
ledger, one after the other, which is what Sopan must read.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import histories
import timing_peers
from rows import Run, run

from desks import source
from sopan import record_cache, timing_cache
from sopan.history import LEDGER, MAIN

RUNS = 5
SAMPLE = 100  # commits of each ref, and then three times as many: what lies between them is the price of a commit
KEYS = ("SOP-Butir", "SOP-Langkah", "SOP-Terima", "SOP-Kembali", "SOP-Isi")
RECORDED = ("Agenda-Jenis", "Agenda-Waktu", "Agenda-Baru")
REPORT = ("-m", "sopan", "waktu", "--format", "json")
_BEGIN = (
    "import gc; from pathlib import Path; from sopan import gist, ledger, policies, record;"
    " from sopan.history import History;"
    "gc.disable(); h = History(Path('.')); m, tip = h.resolve('refs/heads/main'), h.resolve('refs/sopan/agenda');"
    "counted = lambda book: print(len(record.read(h, policies.policy_at(h, m), book, main=m, branches={}).rounds))\n"
)
GROUPED = _BEGIN + "with gist.begun(h, tip) as book: counted(book)"
MAIN_ALONE = _BEGIN + "counted(ledger.Ledger())"


@dataclass(frozen=True)
class Floors:
    """What git takes for `main`, and for `main` and the ledger."""

    main: Run
    same: Run


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
    commits, records = (int(_said(server, "rev-list", "--count", ref)) for ref in (MAIN, LEDGER))
    print(f"\n{items:,} items, {commits:,} commits on `main`, {records:,} records in the ledger\n")
    print("| | wall | of `main` | of the same | processor | of `main` | of the same | memory |")
    print("|---|---|---|---|---|---|---|---|")
    floors = _floors(server)
    _row("floor: `git log` with `%(trailers)` of `main`", floors.main, floors)
    _row("floor of the same: `main`, then the ledger", floors.same, floors)
    _row("Sopan: reading and grouping", _python(server, "-c", GROUPED), floors)
    _row("Sopan: the same of `main` alone", _python(server, "-c", MAIN_ALONE), floors)
    cold = _python(server, *REPORT, before=lambda: _forget(server))
    _row("Sopan: `waktu --format json`, cold", cold, floors)
    warm = _python(server, *REPORT, before=lambda: _before_the_last_merge(server))
    share = f"{warm.seconds / cold.seconds:.2f} of cold, by processor {warm.processor / cold.processor:.2f}"
    _row(f"Sopan: the same after one new merge ({share})", warm, floors)
    _peers(server, commits + records, floors)
    return cold


def _floors(server: Path) -> Floors:
    mains, whole, ledger = (
        _best(("git", "log", *options, "--format=%H %ct " + "".join(f"%(trailers:key={key})" for key in keys)), server)
        for *options, keys in ((MAIN, "--no-merges", KEYS), (MAIN, KEYS), (LEDGER, RECORDED))
    )
    both = Run(
        whole.seconds + ledger.seconds, max(whole.megabytes, ledger.megabytes), whole.processor + ledger.processor
    )
    return Floors(mains, both)


def _peers(server: Path, commits: int, floors: Floors) -> None:
    _peer(server, "import git, pydriller, pygit2")  # so that none is measured while its modules are compiled
    for name, code in timing_peers.WALKS.items():
        _row(f"{name}, `main` alone", _peer(server, code), floors)
    for name, code in timing_peers.SAME.items():
        _row(name, _peer(server, code), floors)
    for name, code in timing_peers.SAMPLED.items():
        few, many = (_peer(server, code, str(count)) for count in (SAMPLE, 3 * SAMPLE))
        _row(f"{name} ({3 * SAMPLE} commits of each ref, extrapolated)", _extrapolated(few, many, commits), floors)


def _peer(server: Path, code: str, *words: str) -> Run:
    return _run((sys.executable, "-c", code, *words), server)


def _extrapolated(few: Run, many: Run, commits: int) -> Run:
    """What all commits would take, from the price of those that `many` read more than `few`."""
    times = (commits - 2 * SAMPLE) / (4 * SAMPLE)
    seconds, processor = many.seconds - few.seconds, many.processor - few.processor
    return Run(few.seconds + times * seconds, many.megabytes, few.processor + times * processor)


def _row(name: str, one: Run, floors: Floors) -> None:
    wall = f"{one.seconds:.2f} s | {one.seconds / floors.main.seconds:.2f} | {one.seconds / floors.same.seconds:.2f}"
    ratios = f"{one.processor / floors.main.processor:.2f} | {one.processor / floors.same.processor:.2f}"
    print(f"| {name} | {wall} | {one.processor:.2f} s | {ratios} | {one.megabytes} MB |", flush=True)


def _python(server: Path, *words: str, before: Callable[[], None] | None = None) -> Run:
    return _best((sys.executable, *words), server, before=before)


def _run(words: tuple[str, ...], server: Path) -> Run:
    """A process whose modules are compiled once, by the first of its runs, as those of an installed program are."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(server.with_name("terkompilasi"))}
    return run(words, server, around=compiled)


def _best(words: tuple[str, ...], server: Path, *, before: Callable[[], None] | None = None) -> Run:
    made = []
    for _ in range(RUNS):
        if before:
            before()
        made.append(_run(words, server))
    wall, processor = min(one.seconds for one in made), min(one.processor for one in made)
    return Run(wall, max(one.megabytes for one in made), processor)


def _said(server: Path, *words: str) -> str:
    return subprocess.check_output(["git", *words], cwd=server, text=True).strip()


def _forget(server: Path) -> None:
    for kept in (record_cache.FILE, timing_cache.FILE):
        (server / kept).unlink(missing_ok=True)


def _before_the_last_merge(server: Path) -> None:
    """What a report kept before the last merge and its proof came in; then those two again."""
    _forget(server)
    tips = {ref: _said(server, "rev-parse", ref) for ref in (MAIN, LEDGER)}
    for ref, older in ((MAIN, f"{tips[MAIN]}^1"), (LEDGER, f"{tips[LEDGER]}~2")):
        subprocess.run(["git", "update-ref", ref, older], cwd=server, check=True)
    _run((sys.executable, *REPORT), server)
    for ref, tip in tips.items():
        subprocess.run(["git", "update-ref", ref, tip], cwd=server, check=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000, 10000])
