"""Where the gate's tests get their offices: made once a session for each cast, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

import cast
from cast import Cast
from desks import copied_office, sopan
from office import START, Office
from sopan import history
from sopan.demo.office import commit_all
from sopan.policy_files import OFFICERS_FILE
from sopan.server.home import SITE_KEY

SITE = "https://informasi.contoh.go.id/"
CASTS = {"bangka": cast.BANGKA, "lain": cast.LAIN}


def build(origin: Path, top: Path, played: Cast = cast.BANGKA) -> Path:
    """An office below `top`: `server`, `kunci` and the clone `tempa`; to be copied, not to be used."""
    source = top / "kantor"
    shutil.copytree(origin, source, ignore=shutil.ignore_patterns(".git", "tests"))
    cast.hire(played, top / "kunci")
    if played.policy:
        for name in ("sop.yml", "CODEOWNERS"):
            shutil.copy(played.policy / name, source / name)
    kantor = source / "kantor.yml"
    kantor.write_text(kantor.read_text("utf-8").replace('alamat_situs: ""', f'alamat_situs: "{SITE}"'), "utf-8")
    (source / OFFICERS_FILE).write_text(cast.register(played, top / "kunci"), "utf-8")
    history.create(source)
    commit_all(source, "Kantor", START - timedelta(days=3))
    clock = START.isoformat()
    said = sopan("server", "siapkan", "server", "--dari", "kantor", "--situs", "situs", "--pada", clock, at=top)
    assert said.code == 0, said
    history.clone(str(top / "server"), top / "tempa", "--no-checkout").close()
    return top


def copy(base: Path, top: Path, played: Cast = cast.BANGKA, *, publishes: bool = False) -> Office:
    """An office of one's own. Its post-receive hook publishes only where asked to; the gate sees no difference."""
    copied_office(base, top, without="kantor")
    office = Office(top, played, publishes=publishes)
    office.archive.set_config(SITE_KEY, str(top / "situs"))
    return office


@pytest.fixture(scope="session")
def offices(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Offices in which nothing has happened, one a cast; made once, to be copied."""

    @cache
    def base(played: str) -> Path:
        return build(origin, tmp_path_factory.mktemp("dasar") / played, CASTS[played])

    return base


@pytest.fixture
def opened(offices: Callable[[str], Path], tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Give offices of one's own, by the name of their cast."""
    made: list[Office] = []

    def open_one(played: str = "bangka", *, publishes: bool = False) -> Office:
        top = tmp_path / f"{played}-{len(made)}"
        made.append(copy(offices(played), top, CASTS[played], publishes=publishes))
        return made[-1]

    yield open_one
    for office in made:
        office.close()
        shutil.rmtree(office.top)  # hundreds of offices would fill a disk


@pytest.fixture
def office(opened: Callable[..., Office]) -> Office:
    """An office of the repository's own SOP."""
    return opened()
