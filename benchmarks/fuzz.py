"""What every parser does with bytes that nobody meant: how many answers, the slowest, and the most memory.

PYTHONPATH=scripts:tests python benchmarks/fuzz.py [seconds] [seed]

Each parser runs in a process of its own, so that memory is its own. Attachments have benchmarks/attachments.py.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import time
from dataclasses import dataclass

from fuzzed import answer, parsers, spoiled

MOST_SECONDS, MOST_MEGABYTES = 2.0, 512


@dataclass(frozen=True)
class Run:
    """One parser's run; `slowest` in seconds of processor time."""

    tried: int
    refused: int
    slowest: float
    megabytes: int
    escaped: str


def main(seconds: float, seed: int) -> int:
    """Print a row for each parser; 1 when something escaped or a limit was passed."""
    names = list(parsers())
    print(
        "| parser | inputs | refused by exception of its own | slowest | memory | escaped |\n|---|---|---|---|---|---|"
    )
    wrong = 0
    for name in names:
        with multiprocessing.get_context("fork").Pool(1) as pool:
            run = pool.apply(_run, (name, seconds / len(names), seed))
        cells = (name, f"{run.tried:,}", f"{run.refused:,}", f"{run.slowest:.2f} s", f"{run.megabytes} MB")
        print(f"| {' | '.join(cells)} | {run.escaped or 'none'} |", flush=True)
        wrong += bool(run.escaped) or run.slowest > MOST_SECONDS or run.megabytes > MOST_MEGABYTES
    return 1 if wrong else 0


def _run(name: str, seconds: float, seed: int) -> Run:
    parser, chance = parsers()[name], random.Random(f"{seed} {name}")  # noqa: S311 - not for secrets
    tried, refused, slowest, end = 0, 0, 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        data = spoiled(chance.choice(parser.seeds), chance)
        begun = time.process_time()
        try:
            refused += not answer(parser, data)
        except Exception as error:  # noqa: BLE001 - what escapes is what is looked for
            return Run(
                tried, refused, slowest, _megabytes(), f"{type(error).__name__} after {tried} inputs: {data[:60]!r}"
            )
        slowest = max(slowest, time.process_time() - begun)
        tried += 1
    return Run(tried, refused, slowest, _megabytes(), "")


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main(*(float(sys.argv[1]) if sys.argv[1:] else 60, int(sys.argv[2]) if sys.argv[2:] else 1)))
