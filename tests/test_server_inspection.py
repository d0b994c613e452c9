"""`server periksa`: every kind of trouble has its sentence, and a silent server is a sound one."""

from __future__ import annotations

import shutil

import pytest

from desks import FOLDER, ITEM, PATH, git
from sopan.history import LEDGER, MAIN
from sopan.server import hooks

SOUND = "Tidak ada yang perlu diperbaiki.\n"
MEND = "siapkan ulang dengan `sopan server perbaiki`."
UNPROVEN = (
    f"halaman {ITEM} belum terbukti tayang; periksa server web, lalu jalankan `sopan server jaga`. "
    "[server-tayang-tertunda]\n"
)


@pytest.fixture(scope="module")
def published(states, tmp_path_factory):
    """A server on which nothing is wrong: what stands on main is published."""
    desks = states(0).copy(tmp_path_factory.mktemp("terbit") / "kantor")
    said = desks.serve("jaga")
    assert (said.code, said.err) == (0, "Situs sudah sama dengan main.\n")
    return desks


@pytest.fixture
def sound(published, tmp_path):
    """The same server, for one test to spoil."""
    return published.copy(tmp_path / "kantor")


def test_a_sound_server_is_silent(sound):
    said = sound.serve("periksa")
    assert (said.code, said.out, said.err) == (0, SOUND, "")


@pytest.mark.parametrize("name", [hooks.PRE, hooks.POST])
@pytest.mark.parametrize("trouble", ["absent", "not executable", "fixed clock", "altered"])
def test_trouble_with_a_hook_is_named_and_mended(sound, name, trouble):
    hook = sound.home.hook(name)
    sentences = {
        "absent": f"kait {name} tidak ada atau tidak dapat dijalankan, sehingga git menerima apa saja; {MEND} "
        "[server-kait-tiada]\n",
        "fixed clock": f"kait {name} memakai jam tetap, yang hanya untuk pengujian; {MEND} [server-kait-jam]\n",
        "altered": f"kait {name} berbeda dari yang ditulis Sopan; {MEND} [server-kait-lain]\n",
    }
    match trouble:
        case "absent":
            hook.unlink()
        case "not executable":
            hook.chmod(0o644)
        case "fixed clock":
            hook.write_text(hook.read_text().replace(" --pengirim", " --pada 2026-11-23T08:00:00+07:00 --pengirim"))
        case "altered":
            hook.write_text("#!/bin/sh\nexit 0\n")
    said = sound.serve("periksa")
    assert (said.code, said.out) == (1, sentences.get(trouble, sentences["absent"]))
    assert sound.serve("perbaiki").out == "Kait dan setelan ditulis ulang.\n"
    assert sound.serve("periksa").out == SOUND


def test_a_gate_that_git_does_not_run_is_found_by_a_push_that_must_fail(sound, tmp_path):
    """Another folder of hooks, of which git says nothing."""
    before = sound.record()
    (tmp_path / "kait").mkdir()
    git(sound.server, "config", "core.hooksPath", str(tmp_path / "kait"))
    said = sound.serve("periksa")
    assert (said.code, said.out.splitlines()[0].endswith("[server-kenari]")) == (1, True)
    assert sound.record() == before
    git(sound.server, "config", "--unset", "core.hooksPath")
    assert sound.serve("periksa").out == SOUND
    assert sound.record() == before


def test_settings_that_changed_are_all_named_and_mended(sound):
    git(sound.server, "config", "receive.denyDeletes", "false")
    git(sound.server, "config", "--unset", "receive.fsckObjects")
    said = sound.serve("periksa")
    assert said.code == 1
    assert said.out == (
        f"setelan git receive.fsckObjects bernilai kosong, seharusnya true; {MEND} [server-setelan]\n"
        f"setelan git receive.denyDeletes bernilai false, seharusnya true; {MEND} [server-setelan]\n"
    )
    sound.serve("perbaiki")
    assert sound.serve("periksa").out == SOUND


def test_a_git_that_cannot_write_through_to_the_disk_is_named(sound, tmp_path):
    (tmp_path / "alat").mkdir()
    old, real = tmp_path / "alat" / "git", shutil.which("git", path=PATH)
    old.write_text(f'#!/bin/sh\n[ "$1" = version ] && echo git version 2.35.8 && exit\nexec {real} "$@"\n')
    old.chmod(0o755)
    said = sound.serve("periksa", PATH=f"{old.parent}:{PATH}")
    assert said.code == 1
    named = [line for line in said.out.splitlines() if line.endswith("[server-git]")]
    assert len(named) == 1
    assert named[0].endswith("pasang git 2.36 atau lebih baru. [server-git]")


def test_a_key_that_others_can_read_is_named(sound):
    sound.home.key.chmod(0o640)
    said = sound.serve("periksa")
    assert (said.code, said.out) == (
        1,
        "kunci agenda terbaca oleh akun lain; jalankan chmod 600 pada berkas itu. [server-kunci-terbuka]\n",
    )


def test_a_key_that_is_gone_is_named(sound):
    sound.home.key.unlink()
    said = sound.serve("periksa")
    assert said.code == 1
    assert said.out == (
        "kunci agenda tidak ada; pulihkan dari cadangan, karena tanpa kunci itu tidak ada yang dapat dicatat. "
        "[server-kunci-tiada]\n"
    )


def test_a_foreign_ref_is_named(sound):
    git(sound.server, "update-ref", "refs/tags/v1", "main")
    said = sound.serve("periksa")
    assert (said.code, said.out) == (
        1,
        "rujukan refs/tags/v1 tidak dikenal; periksa siapa yang membuatnya, lalu hapus. [server-ref-asing]\n",
    )


def test_an_installed_release_that_is_gone_is_named_and_installed_again(sound):
    sound.home.release.unlink()
    said = sound.serve("periksa")
    assert (said.code, said.out) == (
        1,
        "rilis Sopan yang terpasang tidak lengkap; pasang dengan `sopan server rilis`. [server-rilis-tiada]\n",
    )
    assert sound.serve("rilis").code == 0
    assert sound.serve("periksa").out == SOUND


def test_a_main_that_moved_without_a_record_is_an_alarm_and_is_not_published(sound):
    before = sound.record()
    tree, main = git(sound.server, "rev-parse", "main^{tree}"), git(sound.server, "rev-parse", "main")
    stray = git(sound.server, "commit-tree", tree, "-p", main, "-m", "diam-diam")
    git(sound.server, "update-ref", MAIN, stray)
    alarm = "ALARM: main bergerak tanpa catatan agenda; tidak ada yang diterbitkan sebelum hal ini diperiksa."
    said = sound.serve("periksa")
    assert (said.code, said.out) == (1, f"{alarm} [server-alarm]\n")
    kept = sound.serve("jaga")
    assert (kept.code, kept.out) == (2, "")
    assert kept.err == f"Penerbitan tertunda: {alarm} Ulangi dengan `sopan server jaga`.\n"
    git(sound.server, "update-ref", MAIN, main)
    assert sound.record() == before
    assert sound.serve("periksa").out == SOUND


def test_another_beginning_is_an_alarm(sound):
    git(sound.server, "config", "sopan.pangkal", "0" * 40)
    said = sound.serve("periksa")
    assert said.code == 1
    assert said.out == (
        "ALARM: pangkal agenda tidak sama dengan pangkal server; periksa cadangan dan `sopan server periksa`. "
        "[server-alarm]\n"
    )


def test_a_spool_that_waits_is_named(sound):
    entry = sound.home.spool / "001700000000-1.json"
    entry.write_text(
        '{"waktu": "2026-11-23T01:00:00+00:00", "pengirim": "x", "kebijakan": 1, "proses": 4194999, "gerak": []}'
    )
    said = sound.serve("periksa")
    assert (said.code, said.out) == (
        1,
        f"antrean {entry.name} belum tercatat di agenda; jalankan `sopan server jaga`. [server-antrean]\n",
    )
    sound.serve("jaga")
    assert sound.serve("periksa").out == SOUND


def test_a_live_site_that_is_not_main_is_named(sound):
    sound.site.unlink()
    said = sound.serve("periksa")
    assert (said.code, said.out) == (
        1,
        f"situs {sound.site} belum sama dengan main; jalankan `sopan server jaga`. [server-situs-usang]\n",
    )
    sound.serve("jaga")
    assert sound.serve("periksa").out == SOUND


def test_a_page_that_was_not_read_back_is_named(after):
    desks = after(7)
    said = desks.serve("periksa")
    assert (said.code, said.out) == (1, UNPROVEN)


def test_all_trouble_is_named_at_once(sound):
    sound.home.hook(hooks.PRE).unlink()
    sound.home.key.chmod(0o644)
    git(sound.server, "config", "receive.denyDeletes", "false")
    git(sound.server, "update-ref", "refs/tags/v1", "main")
    rules = [line.rpartition("[")[2].rstrip("]") for line in sound.serve("periksa").out.splitlines()]
    assert rules == ["server-kait-tiada", "server-setelan", "server-kunci-terbuka", "server-ref-asing"]


@pytest.mark.parametrize("command", ["periksa", "jaga", "kunci", "perbaiki", "rilis"])
def test_a_repository_that_is_no_server_is_refused(desks, command):
    plain = desks.path("kantor")
    said = desks.serve(command, folder=plain)
    assert (said.code, said.err) == (
        2,
        f"Folder {plain} belum disiapkan sebagai server; jalankan `sopan server siapkan` dahulu.\n",
    )
    assert not (plain / FOLDER).exists()
    assert LEDGER not in git(plain, "for-each-ref")
