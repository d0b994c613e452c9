"""Play the faults of `tests/faults.py` in full and print how often each ended how.

PYTHONPATH=scripts:tests python benchmarks/fault_counts.py [times]
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import desks
import faults
import offices
from faults import Count


def main(times: int) -> None:
    """A line for each fault."""
    chance = random.Random(1)  # noqa: S311 - moments, no secret
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        origin = desks.source(top / "sopan")
        base = offices.build(origin, top / "dasar")
        office = offices.copy(base, top / "kirim")
        print("| fault | tried | how it ended |\n|---|---|---|")
        _row("a push killed at a random moment", faults.pushes(office, times, chance))
        office.close()
        address = f"http://127.0.0.1:{desks.free_port()}/"
        published = desks.found(origin, top / "terbit", address=address)
        published.walk(7)
        count, told = faults.publications(published, times, chance)
        _row("a publisher killed at a random moment", count)
        seen = f"{told['missing']} missing, {told['mixed']} mixed"
        print(f"| a reader meanwhile | {told['reads']} | {seen} |", flush=True)
        taken = Count()
        for number in range(max(1, times // 10)):
            racing = offices.copy(base, top / f"lomba-{number}")
            taken.add(f"{len(faults.race(racing, 4))} of 4 heads taken")
            racing.close()
        _row("four heads for one branch at once", taken)


def _row(name: str, count: Count) -> None:
    told = "; ".join(f"{how}: {number}" for how, number in sorted(count.ended.items()))
    print(f"| {name} | {count.tried} | {told} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
