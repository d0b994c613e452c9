"""What the examination of attachments does with bytes that nobody meant: how many answers, and the slowest.

PYTHONPATH=scripts:tests python benchmarks/attachments.py [seconds]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter

from attached import packed
from sopan import attachments
from test_attachments_fuzz import FILES, PACKED, changed

SEED = 20260101
KINDS = ("set", "drop", "copy", "put")


def main(seconds: float) -> None:
    """Change legal files at random for so long; print the answers by kind of file."""
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    kinds, clean, slowest = Counter[str](), Counter[str](), (0.0, "")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        name, data = _case(chance)
        begun = time.process_time()
        found = attachments.examine(name, data)
        slowest = max(slowest, (time.process_time() - begun, name))
        kinds[name] += 1
        clean[name] += not found.faults
    for name, count in sorted(kinds.items()):
        print(f"{name}: {count} answered, {clean[name]} of them without a fault")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{kinds.total()} files, none escaped; slowest {slowest[0]:.2f} s ({slowest[1]}); {memory} MB at most")


def _case(chance: random.Random) -> tuple[str, bytes]:
    name = chance.choice(sorted(FILES))
    edits = [
        (
            chance.choice(["set", "drop", "copy", "put"]),
            chance.getrandbits(32),
            chance.randint(1, 64),
            chance.randbytes(4),
        )
        for _ in range(chance.randint(1, 6))
    ]
    if name in PACKED and chance.random() < 0.5:  # noqa: PLR2004 - half of them inside a part, half of them anywhere
        members = dict(PACKED[name])
        part = chance.choice(sorted(members))
        return name, packed(members | {part: changed(members[part], edits)})
    return name, changed(FILES[name], edits)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
