"""The story that the demonstration tells (`cerita.yml`): the SOP itself becomes a public information item.

Every act is the command that an officer would type, run in that officer's own clone.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import yaml

from sopan import item
from sopan.demo import office
from sopan.demo.office import Person
from sopan.errors import SopanError
from sopan.item_path import ITEMS_FOLDER, page_address
from sopan.timing_words import NOT_YET

SCRIPT = Path(__file__).with_name("cerita.yml")


@dataclass(frozen=True)
class Scene:
    """One act: who types what, and what is said before it; `addition` is written into the text first.

    A scene without words is the forgery: a merge made with git itself.
    """

    role: str
    words: tuple[str, ...]
    said: str
    addition: str


@dataclass(frozen=True)
class Stage:
    """Where the story plays: the folder, each role's person and clone, and the item that it is about."""

    place: Path
    cast: Mapping[str, Person]
    item: str

    def clone(self, role: str) -> Path:
        """The folder in which the holder of a role works."""
        return self.place / role


def tell(top: Path, place: Path, address: str) -> str:
    """Play the whole story in `place`; gives the address of the published page."""
    script = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))
    stage = _set_up(top, place, address, script)
    names = {"butir": stage.item, "naskah": str(place / "naskah"), "judul": script["judul"]}
    for scene in _scenes(script, names):
        _play(stage, scene)
    click.echo("\n" + _run(place / "server.git", ["waktu"]).rstrip())
    _require_proof(stage)
    page = page_address(address, stage.item)
    click.echo(f"\nLangkah 8. Server membaca kembali {page} beserta lampirannya, dan isinya sama.")
    return page


def _scenes(script: Mapping[str, Any], names: Mapping[str, str]) -> list[Scene]:
    scenes = []
    for scene in script["adegan"]:
        words = tuple(word.format(**names) for word in scene.get("perintah", ()))
        scenes.append(Scene(scene["peran"], words, scene.get("kata", ""), scene.get("tambahkan", "")))
    return scenes


def _set_up(top: Path, place: Path, address: str, script: Mapping[str, Any]) -> Stage:
    """The office, its server and the clones; the document lies ready and is not yet in the office's repository."""
    people = office.hire(place / "kunci", [(who["id"], who["nama"], who["peran"]) for who in script["orang"]])
    now, source = datetime.now(tz=UTC), place / "kantor"
    office.found_office(top, source, people=people, address=address, since=script["sejak"])
    next((source / ITEMS_FOLDER).glob(f"*/{script['naskah']}")).rename(place / "naskah")
    office.commit_all(source, "Kantor contoh", now)
    server = str(place / "server.git")
    _run(place, ["server", "siapkan", server, "--dari", str(source), "--situs", str(place / "situs")])
    for person in people:
        office.clone(server, place / person.role, person)
    year = now.astimezone(office.zone(source)).year
    return Stage(place, {person.role: person for person in people}, f"{year}/{item.slugify(script['judul'])}")


def _play(stage: Stage, scene: Scene) -> None:
    if scene.said:
        click.echo(scene.said)
    if scene.addition:
        index = stage.clone(scene.role) / item.folder(stage.item) / item.INDEX
        index.write_text(f"{index.read_text('utf-8').rstrip()}\n\n{scene.addition}\n", "utf-8")
    if scene.words:
        _run(stage.clone(scene.role), scene.words)
    else:
        _forge(stage.clone(scene.role), stage.cast[scene.role], stage.item)


def _forge(clone: Path, person: Person, identity: str) -> None:
    """A merge made with git itself, by somebody with push rights: the gate reads the chain, not the intention."""
    who = ["-c", f"user.name={person.name}", "-c", f"user.email={person.email}"]
    _git(clone, "switch", "--quiet", "--detach", "origin/main")
    _git(clone, *who, "merge", "--quiet", "--no-ff", "-m", "Terbitkan sekarang", f"origin/butir/{identity}")
    pushed = _git(clone, "push", "origin", "HEAD:refs/heads/main", accepted=False)
    for line in pushed.splitlines():
        if line.startswith("remote:"):
            click.echo(f"    {line.removeprefix('remote:').strip()}")


def _require_proof(stage: Stage) -> None:
    """The story ends well only if the server has seen the page as a citizen sees it."""
    if NOT_YET in _run(stage.place / "server.git", ["waktu", "--format", "json"]):
        raise SopanError("Halaman yang terbit belum terbukti tayang; jalankan `sopan server periksa` untuk sebabnya.")


def _run(folder: Path, words: Sequence[str]) -> str:
    """What a `sopan` command prints; SopanError with its own words when it fails."""
    command = [sys.executable, "-m", "sopan", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode != 0:
        raise SopanError(f"`sopan {' '.join(words)}` gagal:\n{done.stdout}{done.stderr}")
    return done.stdout


def _git(folder: Path, *words: str, accepted: bool = True) -> str:
    """What plain git says; the outcome must be the one that the story tells."""
    command = ["git", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if (done.returncode == 0) != accepted:
        raise SopanError(f"`git {words[0]}` berakhir lain dari yang diceritakan:\n{done.stderr}")
    return done.stderr
