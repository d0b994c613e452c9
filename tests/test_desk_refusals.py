"""What a desk refuses changes nothing: neither the clone (work tree, index, HEAD, refs, their logs) nor the server."""

from __future__ import annotations

import shlex
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from desks import FOLDER, INDEX, ITEM, PATH, git, sopan

CASES = Path(__file__).with_name("data") / "desk_refusals.txt"
NO_SERVER = (
    "repositori kantor tidak ada di alamat server; periksa sambungan, atau minta teknisi memeriksa alamat itu"
)
NOT_LAID_OUT = "Folder kerja tidak dipindahkan ke cabang butir ini: masih ada suntingan yang belum diserahkan.\n"


def cases():
    """Each case of the file: who, the words of the command, the exit code, the sentences."""
    blocks = [block.split("\n") for block in CASES.read_text("utf-8").strip().split("\n\n")]
    for command, code, *sentences in blocks[1:]:
        who, _, words = command.partition("$ ")
        yield pytest.param(who, shlex.split(words), int(code), sentences, id=command)


@contextmanager
def unchanged(desks, who):
    """Whatever happens inside, the clone and the server are afterwards as they were."""
    before = desks.trace(who), desks.record()
    yield
    assert (desks.trace(who), desks.record()) == before


@pytest.fixture(scope="module")
def waiting(states, tmp_path_factory):
    """An office in which an item waits for the Kabid; no test here may change it. Every clone has seen the server."""
    desks = states(1).copy(tmp_path_factory.mktemp("menunggu") / "kantor")
    for who in ("ratna", "budi", "dewi"):
        desks.done(who, "papan")
    return desks


@pytest.mark.parametrize(("who", "words", "code", "sentences"), list(cases()))
def test_what_is_out_of_turn_or_not_understood_explains_and_does_nothing(waiting, who, words, code, sentences):
    with unchanged(waiting, who):
        refused = waiting.do(who, *words)
    assert (refused.code, refused.out, refused.err.splitlines()) == (code, "", sentences)


def test_a_reason_that_is_not_given_is_asked_for(waiting):
    with unchanged(waiting, "budi"):
        refused = waiting.do("budi", "kembalikan", ITEM)
    assert (refused.code, refused.err.splitlines()[-1]) == (2, "Dihentikan; tidak ada yang diubah.")


@pytest.mark.parametrize(
    ("who", "words", "out"),
    [
        ("budi", ("terima", ITEM), f"Simulasi: {ITEM} mulai Anda kerjakan.\n"),
        ("budi", ("lanjut", ITEM), "Simulasi: langkah 2 (menginstruksikan) selesai.\n"),
        ("budi", ("kembalikan", ITEM, "--alasan", "Kurang."), f"Simulasi: {ITEM} dikembalikan.\n"),
        ("ratna", ("tarik", ITEM, "--alasan", "Salah."), f"Simulasi: langkah Anda pada {ITEM} ditarik.\n"),
        ("ratna", ("batalkan", ITEM, "--alasan", "Salah."), f"Simulasi: pengajuan {ITEM} dibatalkan.\n"),
        ("budi", ("selaraskan", ITEM), f"Simulasi: {ITEM} diselaraskan.\n"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_a_simulation_changes_nothing(waiting, who, words, out):
    with unchanged(waiting, who):
        shown = waiting.do(who, *words, "--simulasi")
    assert (shown.code, shown.out) == (0, out)


def test_a_simulated_publication_changes_nothing(after):
    desks = after(6)
    desks.done("dewi", "papan")
    with unchanged(desks, "dewi"):
        shown = desks.do("dewi", "lanjut", ITEM, "--simulasi")
    assert (shown.code, shown.out) == (0, "Simulasi: langkah 7 (mengupdate) selesai.\n")


# -- a push that fails ---------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_leaves_no_half_made_step(after):
    desks = after(1)
    desks.done("budi", "papan")
    before = desks.trace("budi")
    desks.server.rename(desks.top / "padam")
    down = desks.do("budi", "lanjut", ITEM)
    assert (down.code, down.out) == (2, "")
    assert down.err == f"Data dari server tidak terambil: {NO_SERVER}.\n"
    assert desks.trace("budi") == before
    (desks.top / "padam").rename(desks.server)
    assert desks.do("budi", "lanjut", ITEM).code == 0


def test_a_hook_that_refuses_leaves_no_half_made_step(after):
    desks = after(1)
    desks.done("budi", "papan")
    desks.home.hook("pre-receive").write_text("#!/bin/sh\necho 'Server sedang dirawat; ulangi nanti.' >&2\nexit 1\n")
    with unchanged(desks, "budi"):
        refused = desks.do("budi", "lanjut", ITEM)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[1:] == ["Server sedang dirawat; ulangi nanti."]


def test_a_push_that_never_arrives_leaves_no_half_made_step(after):
    desks = after(1)
    desks.done("budi", "papan")
    git(desks.path("budi"), "config", "remote.origin.pushurl", str(desks.top / "tiada"))
    with unchanged(desks, "budi"):
        lost = desks.do("budi", "lanjut", ITEM)
    assert (lost.code, lost.out) == (1, "")
    assert lost.err.splitlines()[-1] == f"Kiriman tidak sampai ke server: {NO_SERVER}."


def break_the_line(desks, hook, moment):
    """A server whose hook, before or after what it does, ends the process of git that answers the officer."""
    file = desks.home.hook(hook)
    (does := file.with_suffix(".asli")).write_text(file.read_text())
    does.chmod(0o755)
    steps = [f"{does}", "kill -9 $PPID"]
    file.write_text("\n".join(["#!/bin/sh", *(steps if moment == "after" else steps[::-1]), ""]))


def test_a_step_whose_answer_is_lost_on_the_way_is_made(after):
    desks = after(1)
    break_the_line(desks, "post-receive", "after")
    done = desks.do("budi", "lanjut", ITEM)
    assert (done.code, done.out.splitlines()[0]) == (0, "langkah 2 (menginstruksikan) selesai.")
    made = git(desks.path("budi"), "rev-parse", f"refs/remotes/origin/butir/{ITEM}")
    assert desks.record()["refs"][f"refs/heads/butir/{ITEM}"] == made
    assert desks.record()["waiting"] == []


def test_a_line_that_breaks_before_anything_was_taken_leaves_no_half_made_step(after):
    desks = after(1)
    desks.done("budi", "papan")
    break_the_line(desks, "pre-receive", "before")
    with unchanged(desks, "budi"):
        lost = desks.do("budi", "lanjut", ITEM)
    assert (lost.code, lost.out) == (1, "")
    assert lost.err.splitlines()[-1] == "Kiriman tidak sampai ke server: sambungan ke server terputus; ulangi."


def test_a_branch_that_moved_meanwhile_leaves_no_half_made_step(after, tmp_path):
    """Between this officer's look and push, another device of the same officer makes the step."""
    desks = after(1)
    desks.done("budi", "papan")
    shutil.copytree(desks.path("budi"), tmp_path / "gawai-lain")
    meanwhile = tmp_path / "sela"
    meanwhile.mkdir()
    real, marker = shutil.which("git"), meanwhile / "sudah"
    another = f"cd {tmp_path / 'gawai-lain'} && PATH={PATH} {sys.executable} -m sopan terima {ITEM}"
    first = f'if [ "$1" = push ] && [ ! -e {marker} ]; then touch {marker}; ({another}) >/dev/null; fi'
    (meanwhile / "git").write_text(f'#!/bin/sh\n{first}\nexec {real} "$@"\n')
    (meanwhile / "git").chmod(0o755)
    before = desks.trace("budi")
    late = desks.do("budi", "lanjut", ITEM, PATH=f"{meanwhile}:{PATH}")
    assert (late.code, late.out) == (1, "")
    assert marker.exists()
    assert desks.trace("budi") == before
    assert desks.do("budi", "lanjut", ITEM).code == 0


# -- what lies in the work tree ----------------------------------------------------------------------------------------


def test_edits_that_began_from_former_content_are_refused(after):
    desks = after(2)
    desks.done("dewi", "terima", ITEM)
    desks.write("dewi", "tabel.csv", "kegiatan,jumlah\nmusrenbang,3\n")
    desks.done("budi", "tarik", ITEM, "--alasan", "Ada yang kurang.")
    desks.done("budi", "kembalikan", ITEM, "--alasan", "Ada yang kurang.")
    desks.write("ratna", "tabel.csv", "kegiatan,jumlah\nmusrenbang,4\n")
    desks.done("ratna", "serahkan", ITEM)
    desks.done("budi", "lanjut", ITEM)
    desks.done("dewi", "papan")
    with unchanged(desks, "dewi"):
        stale = desks.do("dewi", "lanjut", ITEM)
    assert stale.code == 2
    assert stale.err.splitlines()[1] == (
        f"Suntingan Anda pada {ITEM} berawal dari isi yang sudah lama; "
        "pindahkan folder itu ke tempat lain, jalankan `sopan terima`, lalu sunting lagi."
    )
    desks.path("dewi", FOLDER).rename(desks.top / "suntingan-lama")
    assert desks.do("dewi", "terima", ITEM).err == ""
    assert desks.path("dewi", FOLDER, "tabel.csv").read_text() == "kegiatan,jumlah\nmusrenbang,4\n"


def test_taking_up_a_step_keeps_edits_of_the_item(after):
    desks = after(2)
    git(desks.path("dewi"), "fetch", "--quiet")
    git(desks.path("dewi"), "checkout", "--quiet", f"butir/{ITEM}")
    file = desks.write("dewi", "tabel.csv", "kegiatan,jumlah\nmusrenbang,3\n")
    begun = desks.do("dewi", "terima", ITEM)
    assert begun.code == 0
    assert begun.err == NOT_LAID_OUT
    assert file.read_text() == "kegiatan,jumlah\nmusrenbang,3\n"
    desks.done("dewi", "lanjut", ITEM)
    assert desks.held(f"refs/heads/butir/{ITEM}", f"{FOLDER}/tabel.csv") == file.read_bytes()


def test_edits_elsewhere_are_kept_and_said(after):
    desks = after(2)
    notes = desks.path("dewi", "catatan.txt")
    notes.write_text("jangan hilang")
    begun = desks.do("dewi", "terima", ITEM)
    assert begun.code == 0
    assert begun.err == NOT_LAID_OUT
    assert notes.read_text() == "jangan hilang"
    assert git(desks.path("dewi"), "symbolic-ref", "HEAD") == "refs/heads/main"
    done = desks.do("dewi", "lanjut", ITEM)  # with no edits of its own, the step confirms the branch's content
    assert done.code == 0
    assert notes.read_text() == "jangan hilang"


def test_lock_files_of_office_programs_are_not_handed_in(desks):
    desks.compose()
    for name in ("~$rencana.docx", ".~lock.tabel.csv#", "Thumbs.db", ".DS_Store", "desktop.ini"):
        desks.write("ratna", name, "x")
    assert desks.do("ratna", "serahkan", ITEM).code == 0
    entry = desks.held_names(f"refs/heads/butir/{ITEM}", FOLDER)
    assert entry == ["index.md", "tabel.csv"]
    assert desks.path("ratna", FOLDER, "~$rencana.docx").is_file()


@pytest.mark.parametrize("kind", ["link", "folder", "link of folder"])
def test_what_is_no_plain_file_in_the_folder_is_refused(desks, kind):
    folder = desks.path("ratna", FOLDER)
    if kind == "link of folder":
        desks.write("ratna", "index.md", INDEX, item="2026/lain")
        folder.symlink_to(desks.path("ratna", "docs/informasi/2026/lain"))
        said = f"{folder} adalah tautan; folder butir harus folder biasa di dalam folder kerja.\n"
    else:
        desks.compose()
        stray = folder / "rahasia.csv"
        stray.symlink_to("/etc/passwd") if kind == "link" else stray.mkdir()
        said = f"{stray} bukan berkas biasa; folder butir hanya memuat berkas, tanpa tautan dan subfolder.\n"
    desks.done("ratna", "papan")
    with unchanged(desks, "ratna"):
        refused = desks.do("ratna", "serahkan", ITEM)
    assert (refused.code, refused.out, refused.err) == (2, "", said)


# -- who sits there ------------------------------------------------------------------------------------------------


def test_a_clone_without_a_key_says_how_to_make_one(waiting, tmp_path):
    git(tmp_path, "clone", "--quiet", str(waiting.server), "klon")
    said = sopan("lanjut", ITEM, at=tmp_path / "klon")
    assert (said.code, said.err.splitlines()[-1]) == (
        2,
        "Kunci Anda belum diatur di klon ini; jalankan `sopan petugas kunci` dahulu.",
    )


def test_a_key_that_nobody_registered_is_refused(waiting, tmp_path):
    git(tmp_path, "clone", "--quiet", str(waiting.server), "klon")
    key = tmp_path / "baru" / "kunci"
    made = sopan("petugas", "kunci", "--berkas", str(key), at=tmp_path / "klon")
    assert made.code == 0
    kind, data, *_ = key.with_suffix(".pub").read_text().split()
    assert made.out.startswith(f'      - {{kunci: "{kind} {data}", mulai: "2')
    assert made.out.endswith('", sampai: ""}\n')
    assert made.err.splitlines() == [
        f"Kunci dibuat di {key}. Jaga berkas itu; jangan pernah mengirimkannya.",
        f"Kunci itu dipakai di klon {tmp_path / 'klon'}.",
        "Tambahkan baris berikut pada bagian `kunci` Anda di petugas.yml, melalui cabang rawat:",
    ]
    assert key.stat().st_mode & 0o077 == 0
    said = sopan("lanjut", ITEM, at=tmp_path / "klon")
    assert (said.code, said.err.splitlines()[-1]) == (
        2,
        f"Kunci {key} tidak terdaftar atau tidak berlaku di petugas.yml; minta pengelola mendaftarkannya.",
    )
