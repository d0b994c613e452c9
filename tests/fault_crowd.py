"""Many people at once on one server: each brings an item of one's own all its way."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from desks import Desks, git, sopan
from faults import Count
from sopan import ledger
from sopan.history import MAIN

PATIENCE = 900  # seconds: whoever merges waits until those before him are published


def officers(desks: Desks, items: int) -> list[Count]:
    """As many people as items bring each their own item all its way at once, and try again what was overtaken."""
    counts = [Count() for _ in range(items)]

    def go(number: int) -> None:
        item = f"2026/serentak-{number}"
        mine = desks if number == 0 else clones[number]
        mine.compose(item)
        for step in range(1, 8):
            who = ("ratna", "budi", "dewi", "budi", "ratna", "budi", "dewi")[step - 1]
            for _ in range(items + 2):
                said = mine.do(who, "serahkan" if step == 1 else "lanjut", item, seconds=PATIENCE)
                counts[number].add("made" if said.code == 0 else "again")
                if said.code == 0:
                    break
            else:
                raise AssertionError(said)

    clones = {number: _desks_beside(desks, number) for number in range(1, items)}
    with ThreadPoolExecutor(items) as people:
        list(people.map(go, range(items)))  # tells what went wrong with any of them
    return counts


def require_timed(desks: Desks, items: int) -> None:
    """Nothing of it is lost or out of order: the repository, the audit, and each item's seven steps as received."""
    git(desks.server, "fsck", "--no-progress")
    assert sopan("audit", at=desks.server).code == 0
    assert git(desks.server, "rev-list", "--merges", "--count", MAIN) == str(items)
    told = json.loads(sopan("waktu", "--format", "json", at=desks.server).out)["butir"]
    receipts = {oid: one.at for one in ledger.read(desks.archive).records for oid in one.received}
    merges = [receipts[oid] for oid in desks.archive.first_parents(MAIN)[1:]]
    assert merges == sorted(merges)
    ends = []
    for one in told:
        (attempt,) = one["putaran"]
        assert [step["langkah"] for step in attempt["langkah"]] == list(range(1, 8)), one
        at = [datetime.fromisoformat(step["diterima"]) for step in attempt["langkah"]]
        assert at == sorted(at), one
        ends.append(at[-1])
    assert sorted(ends) == merges


def _desks_beside(desks: Desks, number: int) -> Desks:
    """Other work trees of the same people on the same server."""
    top = desks.top.with_name(f"{desks.top.name}-{number}")
    top.mkdir()
    for who in ("ratna", "budi", "dewi"):
        shutil.copytree(desks.path(who), top / who, symlinks=True)
    (top / "server").symlink_to(desks.server)
    return Desks(top, desks.people, desks.address)
