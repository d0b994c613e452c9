"""Recordings that meet: the ledger takes both, and what was overtaken is judged and signed anew."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import cast
import github_office
from desks import environment, git, sopan
from sopan.history import ITEM_REFS, LEDGER, MAIN

NAMES = ("satu", "dua", "tiga")


@pytest.fixture(scope="module")
def hub(offices, tmp_path_factory):
    with github_office.opened(offices("bangka"), tmp_path_factory.mktemp("github")) as opened:
        yield opened


def proposed(hub, name):
    """An item in a pull request of its own, its first step said; gives what its workflow runs, and its checkout."""
    hub.branch = f"rina-{name}"
    hub.ask("rina", "POST", "git/refs", {"ref": f"refs/heads/{hub.branch}", "sha": hub.tip(MAIN)})
    hub.edit("rina", cast.EARLY, f"docs/informasi/2026/{name}")
    hub.number = hub.ask("rina", "POST", "pulls", {"title": name, "head": hub.branch, "base": "main"})["number"]
    event = hub.event(hub.comment("rina", "/lanjut"))
    git(hub.bare.parent, "clone", "--quiet", str(hub.bare), f"kerja-{name}")
    words = ["github", "catat", "--peristiwa", event, "--kunci", str(hub.keys / "pencatat")]
    return [sys.executable, "-m", "sopan", *words], hub.bare.parent / f"kerja-{name}"


def test_acts_of_several_pull_requests_at_once_are_all_recorded(hub, tmp_path):
    runs = [proposed(hub, name) for name in NAMES]
    around = environment(**hub.about("bot"))

    def run(about):
        return subprocess.run(
            about[0], cwd=about[1], env=around, capture_output=True, text=True, timeout=120, check=False
        )

    with ThreadPoolExecutor(len(runs)) as pool:
        ended = list(pool.map(run, runs))
    assert [(one.returncode, one.stdout) for one in ended] == [
        (0, "Tercatat: langkah 1 (memberikan) oleh Rina Contoh.\n")
    ] * len(NAMES), ended
    for name in NAMES:
        assert hub.tip(ITEM_REFS + f"2026/{name}") == hub.tip(f"refs/heads/rina-{name}")
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"file://{hub.bare}", "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    said = sopan("audit", at=tmp_path / "klon")
    assert said.code == 0, said
    assert f"agenda {1 + len(NAMES)} catatan" in said.out.splitlines()[-1]
