"""A server out of a mirror: whole and at work again, or refused with what is missing."""

import shutil
import subprocess

import pytest

from desks import FOLDER, ITEM, git, served, sopan
from sopan.history import LEDGER, MAIN


@pytest.fixture(scope="module")
def published(states):
    return states(7)


@pytest.fixture(scope="module")
def mirror(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cadangan")
    git(folder, "clone", "--quiet", "--mirror", str(published.server), "kantor.git")
    return folder / "kantor.git"


@pytest.fixture
def spoiled(mirror, tmp_path):
    shutil.copytree(mirror, tmp_path / "cadangan.git")
    return tmp_path / "cadangan.git"


def restore(published, mirror, place, *more, key=None):
    key = key or published.server / "sopan" / "kunci"
    return sopan("server", "pulihkan", "baru.git", "--dari", str(mirror), "--kunci", str(key), *more, at=place)


def test_a_restored_office_publishes_the_same_site_and_takes_the_next_push(published, mirror, tmp_path):
    tip = git(published.server, "rev-parse", LEDGER)
    done = restore(published, mirror, tmp_path, "--ujung", tip)
    assert (done.code, done.out.splitlines()[0].endswith(f"ujungnya {tip}.")) == (0, True)
    server = tmp_path / "baru.git"
    assert git(server, "for-each-ref") == git(published.server, "for-each-ref")
    with served(tmp_path / "baru.git-situs", published.address):
        kept = sopan("server", "jaga", str(server), at=tmp_path)
    assert kept.code == 0, kept
    page = f"informasi/{ITEM}/index.html"
    assert (tmp_path / "baru.git-situs" / page).read_bytes() == (published.site / page).read_bytes()
    assert sopan("server", "periksa", str(server), at=tmp_path).out == "Tidak ada yang perlu diperbaiki.\n"
    assert sopan("audit", at=server).code == 0
    desk = tmp_path / "meja"
    shutil.copytree(published.path("ratna"), desk, symlinks=True)
    git(desk, "remote", "set-url", "origin", str(server))
    git(desk, "fetch", "--quiet")
    git(desk, "checkout", "--quiet", "main")
    git(desk, "reset", "--quiet", "--hard", "origin/main")
    (desk / FOLDER / "tabel.csv").write_text("kegiatan,jumlah\nmusrenbang,3\n", "utf-8")
    assert sopan("serahkan", ITEM, at=desk).code == 0
    assert git(server, "rev-parse", LEDGER) != tip


def test_a_mirror_without_its_ledger_is_refused(published, spoiled, tmp_path):
    git(spoiled, "update-ref", "-d", LEDGER)
    said = restore(published, spoiled, tmp_path)
    assert (said.code, said.out) == (2, "")
    assert said.err == "Cadangan ini tidak memuat agenda penerimaan; buat cadangan dengan `git clone --mirror`.\n"
    assert not (tmp_path / "baru.git").exists()


def test_a_mirror_older_than_the_known_tip_is_refused(published, spoiled, tmp_path):
    tip = git(spoiled, "rev-parse", LEDGER)
    git(spoiled, "update-ref", LEDGER, f"{LEDGER}~1")
    said = restore(published, spoiled, tmp_path, "--ujung", tip)
    assert said.code == 2
    assert said.err == f"Agenda cadangan ini tidak memuat {tip[:10]}; cadangan yang lebih baru diperlukan.\n"


def test_a_main_that_the_ledger_does_not_explain_is_refused(published, spoiled, tmp_path):
    git(spoiled, "update-ref", MAIN, f"{MAIN}^1")
    said = restore(published, spoiled, tmp_path)
    assert said.code == 1
    assert said.err.splitlines()[0] == "Cadangan tidak terbukti utuh:"
    assert "[audit-" in said.err
    assert not (tmp_path / "baru.git").exists()


def test_another_servers_key_is_refused(published, mirror, tmp_path):
    words = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "kunci"))
    subprocess.run(words, check=True)
    said = restore(published, mirror, tmp_path, key=tmp_path / "kunci")
    assert said.code == 1
    assert "[audit-kunci-server]" in said.err
    assert not (tmp_path / "baru.git").exists()


def test_a_place_that_is_taken_is_left_alone(published, mirror, tmp_path):
    (tmp_path / "baru.git").mkdir()
    (tmp_path / "baru.git" / "isi").write_text("x")
    said = restore(published, mirror, tmp_path)
    assert (said.code, [path.name for path in (tmp_path / "baru.git").iterdir()]) == (2, ["isi"])


# -- a branch for static hosts -----------------------------------------------------------------------------------------


def test_a_branch_holds_the_very_site_and_gets_no_second_commit_for_it(published, tmp_path):
    git(tmp_path, "clone", "--quiet", str(published.server), "klon")
    clone = tmp_path / "klon"
    git(clone, "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    first = sopan("terbit", "--cabang", "gh-pages", at=clone)
    assert first.code == 0, first
    tip = git(clone, "rev-parse", "gh-pages")
    assert first.out.startswith(f"Terbit: cabang gh-pages kini {tip[:10]} ")
    sopan("terbit", "--ke", str(tmp_path / "www"), at=clone)
    live = (tmp_path / "www").resolve()
    files = {path.relative_to(live).as_posix() for path in live.rglob("*") if path.is_file()}
    assert set(git(clone, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()) == files
    page = f"informasi/{ITEM}/index.html"
    assert git(clone, "rev-parse", f"gh-pages:{page}") == git(clone, "hash-object", str(live / page))
    assert sopan("terbit", "--cabang", "gh-pages", at=clone).code == 0
    assert git(clone, "rev-parse", "gh-pages") == tip


@pytest.mark.parametrize("name", ["main", "butir/2026/x", "rawat/x"])
def test_a_branch_of_the_offices_own_is_no_place_for_the_site(published, name):
    said = published.do("ratna", "terbit", "--cabang", name)
    assert (said.code, said.out) == (2, "")
    assert "tidak dapat dipakai sebagai cabang situs" in said.err


def test_a_folder_or_a_branch_must_be_named(published):
    assert published.do("ratna", "terbit").code == 2
