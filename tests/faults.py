"""Faults with real processes: killed pushes and publishers, a reader meanwhile, damaged packs, races; each counts.

`tests/test_faults.py` plays them a few times, `benchmarks/fault_counts.py` as often as one likes.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import doors
from desks import Desks, environment, git, sopan
from office import Office
from sopan import history, ledger, publish
from sopan.history import MAIN
from sopan.server import receive

LONGEST = 2.5  # seconds within which a push or a publication is killed
PAGES = ("index.html", "informasi/index.html", "sop/index.html")


@dataclass
class Count:
    """How often something was tried, and how it ended, by words."""

    tried: int = 0
    ended: dict[str, int] = field(default_factory=dict)

    def add(self, how: str) -> None:
        self.tried += 1
        self.ended[how] = self.ended.get(how, 0) + 1


@contextmanager
def reading(live: Path) -> Iterator[dict[str, int]]:
    """Somebody who reads pages all the while: how many reads, how many found nothing, how many no release's page."""
    told, over, seen = {"reads": 0, "missing": 0, "mixed": 0}, threading.Event(), set[bytes]()

    def read() -> None:
        while not over.is_set():
            for name in PAGES:
                told["reads"] += 1
                try:
                    seen.add((live / name).read_bytes())
                except OSError:
                    told["missing"] += 1
            time.sleep(0.002)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield told
    finally:
        over.set()
        reader.join()
    releases = [path for path in live.with_name(f"{live.name}.rilis").iterdir() if path.is_dir()]
    told["mixed"] = len(seen - {(release / name).read_bytes() for release in releases for name in PAGES})


def killed(words: list[str], at: Path, chance: random.Random) -> bool:
    """Run a command in a group of its own and kill all of it at a random moment; whether it was still running."""
    process = subprocess.Popen(
        words, cwd=at, env=environment(), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(chance.uniform(0, LONGEST))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def pushes(office: Office, times: int, chance: random.Random) -> Count:
    """Kill a push with its hooks; afterwards the ref stands before or behind it, and the server goes on.

    Everything is explained by the ledger once the server was looked after, and the same push then lands.
    """
    count = Count()
    doors.write_hooks(office)  # a copied office's hooks still name the one that it was copied from
    for number in range(times):
        office.turn_to(f"2026/butir-{number}")
        office.begin("main")
        new, ref = office.step(1), office.ref("butir")
        words = ["git", "push", "--quiet", str(office.home.folder), f"{new}:{ref}"]
        died = killed(words, office.forge.folder, chance)
        stood = office.server(ref)
        assert stood in {new, history.NO_OBJECT}
        git(office.home.folder, "fsck", "--connectivity-only", "--no-dangling", "--no-progress")
        kept = sopan("server", "jaga", str(office.home.folder), "--pada", office.at.isoformat(), at=office.top)
        assert kept.code == 0, kept
        receive.require_recorded(office.archive)
        if stood != new:
            office.sent("butir")
        moves = [one for one in ledger.read(office.archive).records if one.ref == ref]
        told = [(one.kind.value, one.old, one.new, one.received) for one in moves]
        assert [one.received for one in moves] == [(new,)], (died, stood, new, told)
        count.add(f"{'killed' if died else 'ended'}, {'landed' if stood == new else 'nothing kept'}")
    return count


def publications(desks: Desks, times: int, chance: random.Random) -> tuple[Count, dict[str, int]]:
    """Kill the publisher again and again while somebody reads; a whole release is live at every moment.

    Each time the link is set back first, to the release of the commit before.
    """
    count, live = Count(), desks.top / "www"
    earlier, main = desks.archive.first_parents(MAIN)[-2:]
    old = publish.publish(desks.archive, lambda: earlier, live).release.name
    words = [sys.executable, "-m", "sopan", "terbit", "--ke", str(live)]
    with reading(live) as told:
        for _ in range(times):
            link = live.with_name("www.lama")
            link.symlink_to(Path("www.rilis", old))
            link.replace(live)
            died = killed(words, desks.server, chance)
            now = live.readlink().name
            assert now == old or publish.holds(live, main)
            assert (live / "index.html").is_file()
            count.add(f"{'killed' if died else 'ended'}, {'old site' if now == old else 'new site'}")
        assert sopan("terbit", "--ke", str(live), at=desks.server).code == 0
    assert publish.holds(live, main)
    return count, told


def together(desks: Desks, publishers: int) -> list[int]:
    """Several publishers at once; gives how they ended."""
    words = [sys.executable, "-m", "sopan", "server", "jaga", str(desks.server)]
    running = [
        subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(publishers)
    ]
    return [process.wait(180) for process in running]


def race(office: Office, pushers: int) -> list[str]:
    """Several heads for one branch at the same moment; gives which of them were taken."""
    ref = office.ref("butir")
    doors.write_hooks(office)
    heads = []
    for _ in range(pushers):
        office.begin("main")
        heads.append(office.step(1))
    running = [
        subprocess.Popen(
            ["git", "push", "--quiet", str(office.home.folder), f"{head}:{ref}"],
            cwd=office.forge.folder,
            env=environment(),
            stderr=subprocess.DEVNULL,
        )
        for head in heads
    ]
    return [head for head, process in zip(heads, running, strict=True) if process.wait(120) == 0]


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
                said = mine.do(who, "serahkan" if step == 1 else "lanjut", item)
                counts[number].add("made" if said.code == 0 else "again")
                if said.code == 0:
                    break
            else:
                raise AssertionError(said)

    clones = {number: _desks_beside(desks, number) for number in range(1, items)}
    threads = [threading.Thread(target=go, args=(number,)) for number in range(items)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts


def _desks_beside(desks: Desks, number: int) -> Desks:
    """Other work trees of the same people on the same server."""
    top = desks.top.with_name(f"{desks.top.name}-{number}")
    top.mkdir()
    for who in ("ratna", "budi", "dewi"):
        shutil.copytree(desks.path(who), top / who, symlinks=True)
    (top / "server").symlink_to(desks.server)
    return Desks(top, desks.people, desks.address)


def damaged(office: Office, how: str) -> None:
    """Pack the server's objects, and spoil the pack: its end, or the text of the item that `main` shows."""
    server = office.home.folder
    text = git(server, "rev-parse", f"{MAIN}:{office.folder}/index.md")
    git(server, "repack", "-a", "-d", "-q")
    pack = next((server / "objects" / "pack").glob("*.pack"))
    lines = git(server, "verify-pack", "-v", str(pack)).splitlines()
    size, at = next(map(int, line.split()[3:5]) for line in lines if line.startswith(text))
    pack.chmod(0o644)
    data = bytearray(pack.read_bytes())
    if how == "truncated":
        del data[-40:]
    else:
        data[at + size // 2] ^= 1
    pack.write_bytes(data)
