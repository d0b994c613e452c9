"""How many git processes a judgement starts, by the number of items on `main`: it should not depend on them.

PYTHONPATH=scripts:tests python benchmarks/gate_cost.py [items …]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import crowded
from desks import source


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
