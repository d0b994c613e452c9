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
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import doors
from desks import Desks, environment, git, sopan
from office import Office
from sopan import history, ledger, publish
from sopan.history import MAIN
from sopan.server import recording

LONGEST = 2.5  # seconds within which a push is killed, until one was let be
A_READ = 0.2  # seconds within which whoever opened a page has read it
_LEARNING = 25  # blows after which a publication is let be again: how long it takes goes with the machine's load
_BEYOND = 1.1  # times a run's own length, so that some blows come too late
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


@dataclass
class Blows:
    """Kills at random moments, within the time that what was struck last took when it was let be."""

    chance: random.Random
    longest: float = LONGEST

    def learn(self, words: list[str], at: Path) -> None:
        """Let a command be once, and so know how long it takes."""
        began = time.monotonic()
        subprocess.run(words, cwd=at, env=environment(), check=True, capture_output=True)
        self.longest = _BEYOND * (time.monotonic() - began)

    def strike(self, words: list[str], at: Path, *named: bytes) -> bool:
        """Run a command in a session of its own and kill all of it, or those of its processes with such a word.

        Whether anything was still there to be killed.
        """
        began, quiet = time.monotonic(), subprocess.DEVNULL
        process = subprocess.Popen(words, cwd=at, env=environment(), start_new_session=True, stdout=quiet, stderr=quiet)
        try:
            process.wait(self.chance.uniform(0, self.longest))
        except subprocess.TimeoutExpired:
            struck = _processes(process.pid, named) if named else [process.pid]
            for one in struck:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL) if named else os.killpg(one, signal.SIGKILL)
            process.wait(60)
            while _processes(process.pid):  # what was not struck, and the judge, which leads a group of its own
                time.sleep(0.02)
            if struck:
                return True
        self.longest = _BEYOND * (time.monotonic() - began)
        return False


def _processes(session: int, named: tuple[bytes, ...] = (b"",)) -> list[int]:
    """The processes of a session that go on, with one of these words in their command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            about = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            told = (folder / "cmdline").read_bytes()
            if about[0] != "Z" and int(about[3]) == session and any(word in told for word in named):
                found.append(int(folder.name))
    return found


STRUCK: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("push and hooks", ()),
    ("receive-pack", (b"receive-pack",)),
    ("hook", (b"\0terima\0", b"\0catat\0")),
)


def pushes(office: Office, times: int, blows: Blows) -> Count:
    """Kill a push with its hooks, or receive-pack, or a hook alone; the server goes on, as `goes_on` says."""
    count = Count()
    doors.write_hooks(office)  # a copied office's hooks still name the one that it was copied from
    for number in range(times):
        office.turn_to(f"2026/butir-{number}")
        office.begin("main")
        new, (whom, named) = office.step(1), STRUCK[number % len(STRUCK)]
        words = ["git", "push", "--quiet", str(office.home.folder), f"{new}:{office.ref('butir')}"]
        died = blows.strike(words, office.forge.folder, *named)
        landed = goes_on(office, new)
        count.add(f"{whom + ' killed' if died else 'ended'}, {'landed' if landed else 'nothing kept'}")
    return count


def goes_on(office: Office, new: str) -> bool:
    """A ref stands before or behind its push (gives whether behind), and the server goes on whatever became of it.

    Everything is explained by the ledger once the server was looked after; the same push then lands, recorded once.
    """
    ref = office.ref("butir")
    stood = office.server(ref)
    assert stood in {new, history.NO_OBJECT}
    git(office.home.folder, "fsck", "--connectivity-only", "--no-dangling", "--no-progress")
    kept = sopan("server", "jaga", str(office.home.folder), "--pada", office.at.isoformat(), at=office.top)
    assert kept.code == 0, kept
    recording.require_recorded(office.archive)
    if stood != new:
        office.sent("butir")
    moves = [one for one in ledger.read(office.archive).records if one.ref == ref]
    told = [(one.kind.value, one.old, one.new, one.received) for one in moves]
    assert [one.received for one in moves] == [(new,)], (stood, new, told)
    return stood == new


def publications(desks: Desks, times: int, blows: Blows) -> tuple[Count, dict[str, int]]:
    """Kill the publisher again and again while somebody reads; a whole release is live at every moment.

    Each time the link is set back first, to the release of the commit before, and the newer one is dropped.
    """
    count, live = Count(), desks.top / "www"
    earlier, main = desks.archive.first_parents(MAIN)[-2:]
    old = publish.publish(desks.archive, lambda: earlier, live).release
    words = [sys.executable, "-m", "sopan", "terbit", "--ke", str(live)]
    with reading(live) as told:
        for number in range(times):
            if number % _LEARNING == 0:
                undo(live, old, main)
                blows.learn(words, desks.server)
            undo(live, old, main)
            died = blows.strike(words, desks.server)
            now = live.resolve()
            assert now == old or publish.holds(live, main)
            assert (live / "index.html").is_file()
            count.add(f"{'killed' if died else 'ended'}, {'old site' if now == old else 'new site'}")
        assert sopan("terbit", "--ke", str(live), at=desks.server).code == 0
    assert publish.holds(live, main)
    return count, told


def set_back(live: Path, release: Path) -> None:
    """Point the live site at an earlier release."""
    link = live.with_name(f"{live.name}.lama")
    link.symlink_to(Path(release.parent.name, release.name))
    link.replace(live)


def undo(live: Path, release: Path, commit: str) -> None:
    """Set the live site back, and drop what was published of this later commit, so that it must be built again."""
    set_back(live, release)
    time.sleep(A_READ)
    shutil.rmtree(next(release.parent.glob(f"{commit[:12]}*[0-9a-f]"), release.parent / "tiada"), ignore_errors=True)


def together(desks: Desks, publishers: int) -> list[int]:
    """Several publishers at once; gives how they ended."""
    words = [sys.executable, "-m", "sopan", "server", "jaga", str(desks.server)]
    running = [
        subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(publishers)
    ]
    return [process.wait(180) for process in running]


def race(office: Office, pushers: int, onto: str = "butir") -> list[str]:
    """Several heads for one branch, or merges of one item on `main`, at the same moment; gives which were taken."""
    doors.write_hooks(office)
    heads = []
    for _ in range(pushers):
        if onto == "main":
            heads.append(office.merge())
        else:
            office.begin("main")
            heads.append(office.step(1))
    running = [
        subprocess.Popen(
            ["git", "push", "--quiet", str(office.home.folder), f"{head}:{office.ref(onto)}"],
            cwd=office.forge.folder,
            env=environment(),
            stderr=subprocess.DEVNULL,
        )
        for head in heads
    ]
    return [head for head, process in zip(heads, running, strict=True) if process.wait(120) == 0]
