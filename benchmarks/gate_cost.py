"""What the judgement of a branch costs by the number of items on `main`, in time and in git processes: no more.

PYTHONPATH=scripts:tests python benchmarks/gate_cost.py [items …]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import rows
from rows import Row

import crowded
from desks import environment, source

NUMBERS = (10, 10_000)
_RUNS = 7
_TIMES = 1.3


def measure(top: Path, numbers: tuple[int, int] = NUMBERS) -> list[Row]:
    """The row of the gate: the same branch of seven commits among many items and among few, in turn."""
    origin = source(top / "sopan")
    offices = [crowded.crowd(origin, top / str(items), items) for items in numbers]
    for office in offices:
        office.upto(2, push=False)
        office.start(3)
        for step in range(3, 7):
            office.step(step)
    asked = [(crowded.command(office), office.forge.folder) for office in offices]
    taken: list[list[rows.Run]] = [[], []]
    for _ in range(_RUNS):
        for place, (words, folder) in enumerate(asked):
            taken[place].append(rows.run(words, folder, around=environment()))
    for office in offices:
        office.close()
    few, many = (rows.best(runs).seconds for runs in taken)
    measured = f"{many / few:.2f} times ({many:.2f} s against {few:.2f} s)"
    what = f"gate one branch of 7 commits at {numbers[1]:,} items"
    return [Row(what, f"the same at {numbers[0]}", f"≤ {_TIMES} times", measured, many <= _TIMES * few)]


def main(sizes: list[int]) -> None:
    """A row for each size: the git commands that `sopan gerbang` starts for a branch of six steps."""
    print("| items on main | git processes | which |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        origin = source(top / "sopan")
        for items in sizes:
            office = crowded.crowd(origin, top / str(items), items)
            office.upto(6, push=False)
            started = Counter(crowded.counted(office, top))
            which = ", ".join(f"{number} × `{name}`" for name, number in sorted(started.items()))
            print(f"| {items:,} | {started.total()} | {which} |", flush=True)
            office.close()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10, 5000])
