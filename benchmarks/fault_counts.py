"""Play the faults of `tests/faults.py` and its neighbours in full, and print how often each ended how.

PYTHONPATH=scripts:tests python benchmarks/fault_counts.py [--kills 500] [pushes] [publishers] [crowd] [races] [machine]

Where no part is named, all of them are played.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import desks
import fault_crowd
import fault_machine
import faults
import offices
from desks import Desks
from faults import Blows, Count
from office import Office

PARTS = ("pushes", "publishers", "crowd", "races", "machine")
KIB, MIB = 1024, 1024 * 1024
PUSH_LEVELS = (*range(0, 512 * KIB, 32 * KIB), 16 * MIB)
SITE_LEVELS = (*range(0, 8 * MIB, 512 * KIB), 32 * MIB)
CLONES, PUBLISHERS, HEADS, RACES, UPGRADES, SECONDS = 20, 5, 4, 10, 20, 20

Row = tuple[str, int, str]


def main(chosen: Collection[str], kills: int) -> None:
    """A line for each fault of the chosen parts; half of the kills strike pushes, half publishers, at the same time."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(3) as lanes:
        top = Path(folder)
        origin = desks.source(top / "sopan")
        base = offices.build(origin, top / "dasar")
        empty = desks.found(origin, top / "kosong", address=f"http://127.0.0.1:{desks.free_port()}/")
        published = empty.copy(top / "terbit")
        published.walk(7)
        at_once = {
            "pushes": lambda: _pushes(offices.copy(base, top / "kirim"), kills // 2),
            "publishers": lambda: _publications(published, kills - kills // 2),
            "crowd": lambda: _crowd(empty.copy(top / "ramai")),
        }
        after = {
            "races": lambda: _races(base, top),
            "machine": lambda: _machine(base, published.copy(top / "mesin"), top),
        }
        print("| fault | tried | how it ended |\n|---|---|---|", flush=True)
        for lane in [lanes.submit(_told, begin()) for part, begin in at_once.items() if part in chosen]:
            lane.result()
        for begin in (begin for part, begin in after.items() if part in chosen):
            _told(begin())


def _told(rows: Iterator[Row]) -> None:
    for name, tried, ended in rows:
        print(f"| {name} | {tried} | {ended} |", flush=True)


def _row(name: str, count: Count) -> Row:
    return name, count.tried, "; ".join(f"{how}: {number}" for how, number in sorted(count.ended.items()))


def _pushes(office: Office, times: int) -> Iterator[Row]:
    chance = random.Random(1)  # noqa: S311 - moments, no secret
    yield _row("push, receive-pack or hook killed at a random moment", faults.pushes(office, times, Blows(chance)))
    office.close()


def _publications(published: Desks, times: int) -> Iterator[Row]:
    chance = random.Random(2)  # noqa: S311 - same
    count, told = faults.publications(published, times, Blows(chance))
    yield _row("publisher killed at a random moment", count)
    yield "a reader meanwhile", told["reads"], f"{told['missing']} missing, {told['mixed']} mixed"


def _crowd(office: Desks) -> Iterator[Row]:
    counts = fault_crowd.officers(office, CLONES)
    fault_crowd.require_timed(office, CLONES)
    made, again = (sum(count.ended.get(how, 0) for count in counts) for how in ("made", "again"))
    ended = f"{len(counts)} landed, every step timed; {made} acts, {again} of them tried again"
    yield f"{CLONES} people bring an item each, at once", len(counts), ended


def _races(base: Path, top: Path) -> Iterator[Row]:
    for onto, name in (("butir", "heads for one branch at once"), ("main", "merges of one item at once")):
        count = Count()
        for number in range(RACES):
            office = offices.copy(base, top / f"{onto}-{number}")
            if onto == "main":
                office.upto(6)
            count.add(f"{len(faults.race(office, HEADS, onto))} taken")
            office.close()
        yield _row(f"{HEADS} {name}", count)


def _machine(base: Path, published: Desks, top: Path) -> Iterator[Row]:
    """Publishers at once, full disks at every stage, releases switched, a load of readers."""
    count = Count()
    for code in faults.together(published, PUBLISHERS):
        count.add(f"exit {code}")
    yield _row("publishers at once", count)
    with fault_machine.small_disk(top / "cakram", 64) as disk:
        filled = fault_machine.pushes_into_a_full_disk(offices.copy(base, top / "penuh"), disk, PUSH_LEVELS)
        yield _row("push with 0, 32, … 480 KiB and 16 MiB free", filled)
    with fault_machine.small_disk(top / "piring", 64) as disk:
        onto = fault_machine.publications_onto_a_full_disk(published, disk, SITE_LEVELS)
        yield _row("publication with 0, 0.5, … 7.5 and 32 MiB free", onto)
    upgrading = offices.copy(base, top / "rilis")
    yield _row("push while the release is switched all the time", fault_machine.upgrades(upgrading, UPGRADES))
    upgrading.close()
    place = top / "web"
    place.mkdir()
    counted, times = fault_machine.load(published, place, SECONDS)
    ended = f"{counted['refused']} not answered by a page, {counted['broken']} broken connections; {times} publications"
    yield f"requests by wrk in {SECONDS} s", counted["requests"], ended


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=500)
    asked.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))  # `choices` would refuse none at all
    told = asked.parse_args()
    if unknown := set(told.parts) - set(PARTS):
        asked.error(f"no such part: {', '.join(sorted(unknown))}")
    main(told.parts or PARTS, told.kills)
