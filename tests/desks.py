"""An office as its officers meet it: a server, three clones, and `python -m sopan` run as a real process.

The environment of every process is nearly empty and the home folder too, so that nothing of the machine helps. A state
of an office is made once a session and copied for each test that changes it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import warm
from sopan import history
from sopan.demo import office
from sopan.demo.office import Person
from sopan.server import hooks
from sopan.server.home import SITE_KEY, Home

TOP = Path(__file__).parents[1]
PEOPLE = (
    ("ratna", "Ratna Wulandari", "sekretaris"),
    ("budi", "Budi Santoso", "kabid"),
    ("dewi", "Dewi Lestari", "admin"),
)
PATH = os.environ["PATH"]  # noqa: TID251 - where this machine keeps git and ssh
SINCE = "2020-01-01"
NOWHERE = "http://127.0.0.1:9/"  # nobody serves there, and the refusal is prompt
ITEM = "2026/rencana-kerja"
FOLDER = f"docs/informasi/{ITEM}"
RULES = "docs/panduan/aturan/"
OF_NO_OFFICE, KEPT = (RULES, "tests/"), (f"{RULES}index.md", "tests/conftest.py")
WHOSE = ("ratna", "budi", "dewi", "budi", "ratna", "budi", "dewi")  # step by step, as sop.yml has it
INDEX = """\
---
judul: Rencana Kerja
klasifikasi: berkala
jenis_dokumen: renja_pd
unit_asal: Sekretariat
bukan_dikecualikan: ya
ringkasan: Rencana kerja yang dibuat hanya untuk pengujian, tanpa angka yang sebenarnya.
kategori_berkala: program_kegiatan
penguasa_informasi:
  unit: Sekretariat
penanggung_jawab: Sekretaris
tanggal_pembuatan: "2026-01-05"
tempat_pembuatan: Sungailiat
bentuk_informasi: [digital]
jenis_media: [website]
retensi:
  jangka: 5 tahun
dasar_hukum:
  - Undang-Undang Nomor 14 Tahun 2008
frekuensi_pembaruan: tahunan
ditinjau_terakhir: "2026-01-06"
bahasa: id
cakupan_wilayah:
  kode: "19.01"
  nama: Kabupaten Bangka
lisensi: CC-BY-4.0
kata_kunci:
  - rencana kerja
lampiran:
  - berkas: tabel.csv
    judul: Tabel kegiatan
pemeriksaan_data_pribadi:
  diperiksa: ya
kontak:
  unit: Sekretariat
  surel: ""
  telepon: ""
---

## Isi

Rencana ini dimuat dalam [tabel](tabel.csv).
"""
_SHARED = frozenset({"objects", "scripts"})
_WHO = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
TABLE = "kegiatan,jumlah\nmusrenbang,1\n"


def copied_office(base: Path, top: Path, *, without: str = "") -> None:
    """An office's folder elsewhere, whose server leads to the releases of the first: nobody writes into one.

    Nor into git's objects or the program's files, which need no bytes of their own. That is most of an office's files.
    """
    releases, copies = Home(base / "server").releases, Home(top / "server").releases
    installed = {path.name for path in releases.iterdir() if not path.is_symlink()}
    left_out = shutil.ignore_patterns(without, *installed)
    shutil.copytree(base, top, symlinks=True, ignore=left_out, copy_function=partial(_copied, base))
    for name in installed:
        (copies / name).symlink_to((releases / name).resolve())


def _copied(base: Path, source: str, target: str) -> None:
    if not _SHARED.isdisjoint(source.removeprefix(str(base)).split("/")):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desks:
    """An office below one folder: `kantor` (the repository it began from), `server`, and a clone for each person."""

    top: Path
    people: tuple[Person, ...]
    address: str

    @property
    def server(self) -> Path:
        return self.top / "server"

    @property
    def site(self) -> Path:
        return self.top / "situs"

    @property
    def home(self) -> Home:
        return Home(self.server)

    @property
    def archive(self) -> history.History:
        """The server's repository, for looking at."""
        return history.History(self.server)

    def held(self, ref: str, file: str) -> bytes | None:
        """A file as the server holds it at the tip of a ref."""
        return self.archive.read(self.archive.resolve(ref) or "", file)

    def held_names(self, ref: str, folder: str) -> list[str]:
        return self.archive.list_files(self.archive.resolve(ref) or "", folder)

    def path(self, who: str, *below: str) -> Path:
        return self.top.joinpath(who, *below)

    def do(self, who: str, *words: str, **about: object) -> Said:
        """Run `sopan` in somebody's clone."""
        return sopan(*words, at=self.path(who), **about)

    def done(self, who: str, *words: str) -> Said:
        """Run `sopan` in somebody's clone, as preparation that must succeed."""
        said = self.do(who, *words)
        assert said.code == 0, said
        return said

    def serve(self, command: str, *words: str, folder: Path | None = None, **about: object) -> Said:
        """Run `sopan server …` on this office's server, or on another folder."""
        return sopan("server", command, str(folder or self.server), *words, at=self.top, **about)

    def write(self, who: str, name: str = "index.md", text: str = INDEX, *, item: str = ITEM) -> Path:
        """Put a file into an item's folder of somebody's work tree."""
        file = self.path(who, "docs/informasi", item, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def compose(self, item: str = ITEM, who: str = "ratna") -> None:
        """A complete item in somebody's work tree, not handed in yet."""
        self.write(who, item=item)
        self.write(who, "tabel.csv", TABLE, item=item)

    def walk(self, until: int, item: str = ITEM, *, since: int = 1) -> None:
        """Make the steps of an item up to this one."""
        if since == 1:
            self.compose(item)
        for number in range(since, until + 1):
            self.done(WHOSE[number - 1], "serahkan" if number == 1 else "lanjut", item)

    def rounds(self, who: str, item: str = ITEM) -> list[dict[str, object]]:
        """What `waktu` tells somebody of an item, round by round."""
        told = json.loads(self.done(who, "waktu", "--format", "json").out)
        return next((one["putaran"] for one in told["butir"] if one["butir"] == item), [])

    def trace(self, who: str) -> dict[str, bytes]:
        """All that an act could change in a clone: work tree, index, HEAD, configuration, refs and their logs."""
        top = self.path(who)
        kept = ("HEAD", "index", "config", "packed-refs", "refs/", "logs/")
        return {
            name: _content(path)
            for path in sorted(top.rglob("*"))
            if not path.is_dir() or path.is_symlink()
            if not (name := path.relative_to(top).as_posix()).startswith(".git/")
            or name.removeprefix(".git/").startswith(kept)
        }

    def record(self) -> dict[str, object]:
        """All that a push could change on the server: refs, what waits, and what is live."""
        refs = self.archive.refs("refs/")
        waiting = sorted(path.name for path in self.home.spool.iterdir())
        live = self.site.readlink() if self.site.is_symlink() else None
        return {"refs": refs, "waiting": waiting, "live": live}

    def copy(self, top: Path) -> Desks:
        """The same office elsewhere."""
        copied_office(self.top, top)
        people = tuple(Person(one.id, one.name, one.role, top / "kunci" / one.id) for one in self.people)
        copied = Desks(top, people, self.address)
        hooks.write(copied.home)
        history.History(copied.server).set_config(SITE_KEY, str(copied.site))
        for one in people:
            clone = history.History(top / one.id)
            clone.set_config("remote.origin.url", str(copied.server))
            clone.set_config("user.signingkey", str(one.key))
        return copied


def environment(**more: str) -> dict[str, str]:
    """The nearly empty environment of an officer's shell; the home folder does not hold a single file."""
    return {"PATH": PATH, "PYTHONPATH": str(TOP / "scripts"), "HOME": "/nonexistent"} | more


def sopan(*words: str, at: Path, given: str = "", seconds: int = 120, **more: str) -> Said:
    """`sopan` as a process of its own; `given` is its standard input, `more` its further environment."""
    if not more:
        return Said(*warm.run(words, at=at, given=given, seconds=seconds, environment=environment()))
    command = [sys.executable, "-m", "sopan", *words]
    about = {"cwd": at, "env": environment(**more), "input": given, "timeout": seconds}
    ended = subprocess.run(command, **about, capture_output=True, text=True, check=False)
    return Said(ended.returncode, ended.stdout, ended.stderr)


def git(at: Path, *words: str, **more: str) -> str:
    """What git prints in a repository, without the machine's configuration; `more` is its further environment."""
    settings = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    who = {f"GIT_{name}": "uji@kantor.example" for name in _WHO}
    about = {"cwd": at, "env": environment(**settings, **who, **more)}
    ended = subprocess.run(["git", *words], **about, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended
    return ended.stdout.rstrip("\n")


@contextmanager
def served(folder: Path, address: str) -> Iterator[None]:
    """A web server's process for a folder (or what a link points at), at the address that kantor.yml names."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    words = [sys.executable, "-m", "http.server", "--bind", str(host), "--directory", str(folder), str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            await_door(int(port or 0))
            yield
        finally:
            server.terminate()


def await_door(port: int) -> None:
    """Wait until somebody answers at a port of this machine."""
    for _ in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(port)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def source(folder: Path) -> Path:
    """This work tree as it lies, committed: what an office would take its release from.

    But for the tests, which are most of its files, and would be laid into hundreds of clones; and for the pages of
    single rules, which are most of a small office's site, and would be built hundreds of times.
    """
    listed = git(TOP, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (TOP / name).is_file() and (not name.startswith(OF_NO_OFFICE) or name in KEPT):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / name, folder / name)
    rules = folder / RULES / "index.md"
    rules.write_text(rules.read_text("utf-8").partition("\n## ")[0], "utf-8")
    history.create(folder)
    office.commit_all(folder, "Sopan", datetime.now(tz=UTC))
    return folder


def kantor(origin: Path, top: Path, *, address: str = NOWHERE) -> tuple[Person, ...]:
    """An office's own repository at `top/kantor`, with three officers and their keys."""
    people = office.hire(top / "kunci", PEOPLE)
    office.found_office(origin, top / "kantor", people=people, address=address, since=SINCE)
    office.commit_all(top / "kantor", "Kantor", datetime.now(tz=UTC))
    return tuple(people)


def found(origin: Path, top: Path, *, address: str) -> Desks:
    """A whole office: repository, server, clones."""
    desks = Desks(top, kantor(origin, top, address=address), address)
    said = sopan("server", "siapkan", "server", "--dari", "kantor", "--situs", str(desks.site), at=top)
    assert said.code == 0, said
    for one in desks.people:
        office.clone(str(desks.server), top / one.id, one)
    return desks


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of this work tree as it lies."""
    return source(tmp_path_factory.mktemp("sopan") / "sopan")


@pytest.fixture(scope="session")
def states(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Desks]:
    """Offices in which one item has made so many steps; made once, to be copied and not to be changed.

    Nobody serves their site, unless a test does it with `served`.
    """
    made: dict[int, Desks] = {}
    address = f"http://127.0.0.1:{free_port()}/"

    def state(steps: int) -> Desks:
        if steps not in made:
            top = tmp_path_factory.mktemp("kantor") / str(steps)
            if steps == 0:
                made[0] = found(origin, top, address=address)
            else:
                before = max((one for one in made if one < steps), default=0)
                made[steps] = state(before).copy(top)
                made[steps].walk(steps, since=before + 1)
        return made[steps]

    return state


@pytest.fixture
def desks(states: Callable[[int], Desks], tmp_path: Path) -> Desks:
    """An office in which nothing has happened yet."""
    return states(0).copy(tmp_path / "kantor")


@pytest.fixture
def after(states: Callable[[int], Desks], tmp_path: Path) -> Callable[[int], Desks]:
    """An office of one's own in which an item has made so many steps."""
    return lambda steps: states(steps).copy(tmp_path / "kantor")


def _content(path: Path) -> bytes:
    return os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
