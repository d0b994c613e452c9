"""The nightly round: the overdue are reminded in their threads, once a day, and the ledger is audited."""

import subprocess
from datetime import timedelta

import cast
import github_office
from office import ITEM
from sopan.history import ITEM_REFS, MAIN

LONG_AGO = int(timedelta(days=10).total_seconds())


def test_who_lets_wait_too_long_is_reminded_once_a_day(offices, tmp_path):
    with github_office.opened(offices("bangka"), tmp_path / "github", ago=LONG_AGO) as hub:
        hub.begin()
        hub.says("rina", "/lanjut")
        before = hub.refs()
        shown = hub.run("ingatkan", "--simulasi")
        assert shown.code == 0
        assert shown.out.startswith(
            f"{ITEM}: Pengingat: langkah 2 (menginstruksikan) oleh Kabid (Budi Contoh, Tono Contoh, Wati Contoh) "
            "ditunggu sejak "
        )
        assert "Pengingat" not in "".join(hub.thread())
        told = hub.run("ingatkan")
        assert (told.code, told.out.rstrip().endswith("Ditulis pada usulannya.")) == (0, True)
        assert hub.thread()[-1].partition("\n")[2].startswith("Pengingat: langkah 2 (menginstruksikan) oleh Kabid")
        assert hub.run("ingatkan").out.rstrip().endswith("menit.")
        assert sum("Pengingat" in body for body in hub.thread()) == 1
        assert hub.refs() == before
        subprocess.run(["git", "update-ref", ITEM_REFS + ITEM, MAIN], cwd=hub.bare, check=True)
        found = hub.run("ingatkan")
        assert found.code == 1
        assert found.out.rstrip().endswith("[audit-ref]")


def test_who_is_in_time_and_a_draft_that_is_proposed_are_left_alone(offices, tmp_path):
    with github_office.opened(offices("bangka"), tmp_path / "github") as hub:
        hub.begin()
        hub.says("rina", "/lanjut")
        hub.branch = "butir/2026/lain"
        hub.ask("rina", "POST", "git/refs", {"ref": f"refs/heads/{hub.branch}", "sha": hub.tip(MAIN)})
        hub.edit("rina", cast.EARLY, "docs/informasi/2026/lain")
        alone = hub.run("ingatkan")
        assert alone.code == 1
        assert alone.out == (
            "butir/2026/lain tidak pernah dicatat agenda; cabang itu dibuat tanpa gerbang, "
            "jadi periksa siapa yang membuatnya. [audit-ref-asing]\n"
        )
        hub.ask("rina", "POST", "pulls", {"title": "Lain", "head": hub.branch, "base": "main"})
        ended = hub.run("ingatkan")
        assert (ended.code, ended.out) == (0, "")
