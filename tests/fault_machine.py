"""Faults of the machine below an office: full disks, clocks that jump, damaged packs, a release switched under load.

`tests/test_fault_machine.py` plays them a few times, `benchmarks/fault_counts.py` in full.
"""

from __future__ import annotations

import compileall
import itertools
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import doors
import web
from desks import Desks, Said, environment, git, sopan
from faults import Count, goes_on, set_back, undo
from office import Office
from sopan import publish
from sopan.history import MAIN
from sopan.server import hooks

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
WRK = shutil.which("wrk")
FULL = "ruang penyimpanan habis"


# -- full disks ------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own at `folder`."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(words, check=False, capture_output=True).returncode != 0:
        pytest.skip("a small file system cannot be mounted here (be root, in a machine that lets root mount)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _room(disk: Path, left: int) -> Iterator[None]:
    """Nothing but so many bytes is free on a disk."""
    filling = disk / "isi"
    filling.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left)))
    try:
        yield
    finally:
        filling.unlink()


def pushes_into_a_full_disk(office: Office, disk: Path, levels: Iterable[int]) -> Count:
    """A push with so many bytes free is refused or lands, and the server goes on once there is room."""
    office.close()
    shutil.move(office.home.folder, disk / "server")
    office.home.folder.symlink_to(disk / "server")
    office, count = Office(office.top, office.cast), Count()
    doors.write_hooks(office)
    for number, left in enumerate(levels):
        office.turn_to(f"2026/penuh-{number}")
        office.begin("main")
        new = office.step(1)
        words = ["git", "push", "--quiet", str(office.home.folder), f"{new}:{office.ref('butir')}"]
        with _room(disk, left):
            subprocess.run(words, cwd=office.forge.folder, env=environment(), capture_output=True, check=False)
        count.add("landed" if goes_on(office, new) else "refused")
    office.close()
    return count


def publications_onto_a_full_disk(desks: Desks, disk: Path, levels: Iterable[int]) -> Count:
    """A publication with so many bytes free keeps the old site and says why, or the new site is there whole."""
    earlier, main = desks.archive.first_parents(MAIN)[-2:]
    live, count = disk / "www", Count()
    old = publish.publish(desks.archive, lambda: earlier, live).release
    sentences = {
        f"Situs tidak dapat ditulis: {FULL}; situs yang tayang tidak berubah.\n",
        f"Folder terbit {old.parent} tidak dapat ditulisi: {FULL}; periksa hak dan ruangnya.\n",
    }
    for left in levels:
        with _room(disk, left):
            said = sopan("terbit", "--ke", str(live), at=desks.server)
        if said.code == 0:
            assert publish.holds(live, main)
        else:
            assert (said.code, said.out, live.resolve()) == (2, "", old), said
            assert said.err in sentences, said
        listed = live.resolve().with_name(f"{live.resolve().name}.sha256")
        subprocess.run(["sha256sum", "--check", "--quiet", str(listed)], cwd=live.resolve(), check=True)
        count.add("new site" if said.code == 0 else "old site")
        undo(live, old, main)
    return count


# -- clocks ----------------------------------------------------------------------------------------------------------


def clock_of_server(desks: Desks, step: str) -> None:
    """Both hooks run so far from the real time (`+10m`, `-10m`); an empty step sets their clock right."""
    hooks.write(desks.home)
    for name in (hooks.PRE, hooks.POST) if step else ():
        file = desks.home.hook(name)
        text = file.read_text("utf-8")
        file.write_text(text.replace("env -i ", f"env -i LD_PRELOAD={FAKETIME} FAKETIME={step} "), "utf-8")


def by_clock(desks: Desks, step: str, who: str, *words: str) -> Said:
    """What an officer does whose own clock is so far from the real time."""
    return desks.do(who, *words, LD_PRELOAD=str(FAKETIME), FAKETIME=step)


# -- releases --------------------------------------------------------------------------------------------------------


def upgrades(office: Office, times: int) -> Count:
    """Push while the installed release is switched all the time; no push may be judged by some of both.

    Every module of the two releases insists that the package it belongs to is its own.
    """
    count, over = Count(), threading.Event()
    doors.write_hooks(office)
    one, two = (_marked(office, mark) for mark in ("satu", "dua"))

    def switch() -> None:
        for release in itertools.cycle((one, two)):
            link = office.home.releases / "kini.baru"
            link.symlink_to(release.name)
            link.replace(office.home.release)
            if over.wait(0.02):
                return

    switching = threading.Thread(target=switch)
    switching.start()
    try:
        for number in range(times):
            office.turn_to(f"2026/rilis-{number}")
            office.begin("main")
            office.step(1)
            count.add("landed" if office.push("butir").accepted else "refused")
    finally:
        over.set()
        switching.join()
    return count


def _marked(office: Office, mark: str) -> Path:
    folder = office.home.releases / mark
    shutil.copytree(office.home.release, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in folder.rglob("*.py"):
        text = file.read_text("utf-8")
        own = file == folder / "sopan" / "__init__.py"
        said = f"MARK = {mark!r}" if own else f"import sopan as _own; assert _own.MARK == {mark!r}"
        file.unlink()
        file.write_text(f"{text}\n{said}\n", "utf-8")
    compileall.compile_dir(folder, quiet=2)
    return folder


# -- readers ---------------------------------------------------------------------------------------------------------


def load(desks: Desks, place: Path, seconds: int) -> tuple[dict[str, int], int]:
    """`wrk` at nginx, by the example that Sopan writes, while `main` is published anew again and again.

    What `wrk` counted (requests, and all that went wrong), and how often the site was published meanwhile.
    """
    earlier, main = desks.archive.first_parents(MAIN)[-2:]
    live, published = place / "www", 0
    old = publish.publish(desks.archive, lambda: earlier, live).release
    block = desks.serve("saji", "--untuk", "nginx").out.replace(str(desks.site), str(live))
    with web.nginx(block, place) as address:
        words = [str(WRK), "-t1", "-c8", f"-d{seconds}s", f"{address}informasi/"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as reader:
            while reader.poll() is None:
                set_back(live, old)
                publish.publish(desks.archive, lambda: main, live)
                published += 1
            return web.counted(reader.stdout.read()), published


# -- the repository --------------------------------------------------------------------------------------------------


def damaged(office: Office, how: str) -> None:
    """Pack the server's objects, and spoil the pack: its end, or the text of the item that `main` shows; or lose it."""
    server = office.home.folder
    text = git(server, "rev-parse", f"{MAIN}:{office.folder}/index.md")
    git(server, "repack", "-a", "-d", "-q")
    pack = next((server / "objects" / "pack").glob("*.pack"))
    lines = git(server, "verify-pack", "-v", str(pack)).splitlines()
    if how == "an object missing":
        away = pack.rename(server / "pak")
        pack.with_suffix(".idx").unlink()
        subprocess.run(["git", "unpack-objects", "-q"], cwd=server, input=away.read_bytes(), check=True)
        (server / "objects" / text[:2] / text[2:]).unlink()
        return
    size, at = next(map(int, line.split()[3:5]) for line in lines if line.startswith(text))
    pack.chmod(0o644)
    data = bytearray(pack.read_bytes())
    if how == "truncated":
        del data[-40:]
    else:
        data[at + size // 2] ^= 1
    pack.write_bytes(data)
