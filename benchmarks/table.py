"""The table of docs/pengembang/kinerja.md: what was promised, beside what is measured, every ratio from this one run.

pip install -r benchmarks/peers.txt
PYTHONPATH=scripts:tests python benchmarks/table.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import gate_cost
import publication
import search
import signatures
import validation
import whole_build


def main(top: Path) -> None:
    """Every row, each printed as soon as it is measured."""
    print("| what | against | target | measured | holds |\n|---|---|---|---|---|")
    begun = time.monotonic()
    for part in (validation, signatures, gate_cost, whole_build, publication, search):
        with tempfile.TemporaryDirectory(dir=top) as place:
            for row in part.measure(Path(place)):
                print(row.line(), flush=True)
    minutes = (time.monotonic() - begun) / 60
    print(f"\n{minutes:.0f} minutes, {os.cpu_count()} cores; load of the last 15 minutes {os.getloadavg()[2]:.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as place:
        main(Path(place))
