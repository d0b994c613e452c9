"""Bad input: each kind has its sentence and exit code, and leaves repository, ledger and site as they were."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from desks import FOLDER, INDEX, ITEM, PATH, TABLE, environment, git, kantor, sopan

DATA = Path(__file__).with_name("data")
NO_GIT = "Perintah git tidak ditemukan; pasang git versi 2.34 atau lebih baru.\n"
OLD_GIT = "Versi git terlalu lama; pasang git versi 2.34 atau lebih baru.\n"
NO_KEYGEN = "Perintah ssh-keygen tidak ditemukan; pasang OpenSSH versi 8.9 atau lebih baru.\n"
OLD_KEYGEN = "Versi ssh-keygen terlalu lama; pasang OpenSSH versi 8.9 atau lebih baru.\n"
SHALLOW = "Riwayat repositori ini terpotong (shallow); jalankan `git fetch --unshallow` dahulu.\n"
READING = [
    ("papan",),
    ("waktu",),
    ("terbit", "--ke", "situs-baru"),
    ("gerbang", "--dasar", "HEAD", "--ujung", "HEAD"),
    ("lanjut", ITEM),
]


def blocks(name):
    """The cases of a table: blocks of lines, without the note at its head; `\\n` in a line is a line break."""
    cases = (DATA / name).read_text("utf-8").strip().split("\n\n")[1:]
    return [[line.replace("\\n", "\n") for line in case.split("\n")] for case in cases]


def policy_cases():
    return [pytest.param(*case[:3], case[3:], id=f"{case[0]} {case[2]!r}") for case in blocks("bad_policy.txt")]


def item_cases():
    return [pytest.param(*case[:2], case[2:], id=repr(case[1])) for case in blocks("bad_items.txt")]


def put(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def all_files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts}


@pytest.fixture(scope="module")
def waiting(states, tmp_path_factory):
    """An office in which an item waits for the Kabid; no test here may change it."""
    desks = states(1).copy(tmp_path_factory.mktemp("menunggu") / "kantor")
    desks.done("budi", "papan")
    desks.done("ratna", "papan")
    return desks


# -- policy ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office(origin, tmp_path_factory):
    top = tmp_path_factory.mktemp("kebijakan")
    kantor(origin, top)
    return top / "kantor"


@pytest.fixture
def folder(office, tmp_path):
    """The files of an office, for one test to spoil."""
    shutil.copytree(office, tmp_path / "kantor")
    return tmp_path / "kantor"


def refused_as_policy(folder, sentences):
    """A command that reads policy and would write a file says what is wrong, and writes nothing."""
    (folder / "CODEOWNERS").write_text("lama\n")
    before = all_files(folder)
    said = sopan("codeowners", "--tulis", at=folder)
    assert (said.code, said.out, said.err.splitlines()) == (1, "", sentences)
    assert all_files(folder) == before


def test_a_sound_policy_passes(folder):
    said = sopan("codeowners", "--tulis", at=folder)
    assert (said.code, said.out) == (0, "Tidak ada yang perlu diperbaiki.\n")


@pytest.mark.parametrize(("file", "old", "new", "sentences"), policy_cases())
def test_a_policy_file_with_a_fault_is_named_with_its_line(folder, file, old, new, sentences):
    put(folder / file, old, new)
    refused_as_policy(folder, sentences)


ABSENT = "{}: Berkas kebijakan ini tidak ada; kembalikan dari versi sebelumnya. [kebijakan-berkas-hilang]"
NO_TEXT = (
    "petugas.yml baris 2: Teks tidak tersimpan sebagai UTF-8; simpan ulang berkas sebagai UTF-8. [teks-bukan-utf8]"
)
TWICE = (
    "petugas.yml baris {}: Kunci milik 'budi' sudah tercatat atas nama 'ratna'; "
    "satu kunci hanya boleh tercatat satu kali. [kunci-ganda]"
)


@pytest.mark.parametrize("file", ["sop.yml", "petugas.yml", "kantor.yml", "schemas/informasi.schema.json"])
def test_a_policy_file_that_is_absent_is_named(folder, file):
    (folder / file).unlink()
    refused_as_policy(folder, [ABSENT.format(file)])


def test_an_office_without_a_calendar_is_told(folder):
    shutil.rmtree(folder / "kalender")
    refused_as_policy(folder, [ABSENT.format("kalender/")])


def test_a_policy_file_that_is_no_text_is_named(folder):
    (folder / "petugas.yml").write_bytes(b"skema: petugas/1\nversi: \xff\xfe\n")
    refused_as_policy(folder, [NO_TEXT])


def test_a_key_that_is_listed_twice_is_named_with_both_owners(folder):
    text = (folder / "petugas.yml").read_text("utf-8")
    keys = [line.partition("kunci: ")[2] for line in text.split("\n") if "- kunci: ssh-" in line]
    put(folder / "petugas.yml", keys[1], keys[0])
    line = next(number for number, one in enumerate(text.split("\n"), 1) if keys[1] in one)
    refused_as_policy(folder, [TWICE.format(line)])


# -- items -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new", "sentences"), item_cases())
def test_an_item_with_a_fault_is_not_handed_in(desks, old, new, sentences):
    desks.compose()
    desks.write("ratna", text=INDEX.replace(old, new))
    desks.done("ratna", "papan")
    before = desks.trace("ratna"), desks.record()
    refused = desks.do("ratna", "serahkan", ITEM)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[: len(sentences)] == sentences
    assert (desks.trace("ratna"), desks.record()) == before


def test_an_attachment_that_is_absent_or_unnamed_is_not_handed_in(desks):
    desks.write("ratna")
    desks.write("ratna", "lain.csv", TABLE)
    desks.done("ratna", "papan")
    before = desks.trace("ratna"), desks.record()
    refused = desks.do("ratna", "serahkan", ITEM)
    assert (refused.code, refused.out) == (1, "")
    said = refused.err.splitlines()
    assert said[0] == (
        f"{FOLDER}/index.md baris 30: Lampiran 'tabel.csv' disebut tetapi berkasnya tidak ada; "
        "tambahkan berkas itu atau hapus sebutannya. [lampiran-tidak-ada]"
    )
    assert said[1] == (
        f"{FOLDER}/lain.csv: Berkas 'lain.csv' ada tetapi tidak disebut; "
        "tambahkan ke daftar lampiran, atau hapus berkasnya. [lampiran-tak-disebut]"
    )
    assert (desks.trace("ratna"), desks.record()) == before


# -- the repository --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [*READING, ("periksa",), ("codeowners",)], ids=lambda words: words[0])
def test_a_folder_that_is_no_repository_is_refused(tmp_path, words):
    said = sopan(*words, at=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"Folder {tmp_path} bukan repositori git; jalankan perintah ini di dalam repositori kantor.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_shallow_clone_is_refused(waiting, tmp_path, words):
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{waiting.server}", "dangkal")
    said = sopan(*words, at=tmp_path / "dangkal")
    assert (said.code, said.out, said.err) == (2, "", SHALLOW)
    assert not (tmp_path / "dangkal" / "situs-baru").exists()


def test_a_partial_clone_is_refused(waiting, tmp_path):
    git(waiting.server, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", f"file://{waiting.server}", "sebagian")
    said = sopan("papan", at=tmp_path / "sebagian")
    git(waiting.server, "config", "--unset", "uploadpack.allowFilter")
    assert (said.code, said.out) == (2, "")
    assert said.err == "Repositori ini hanya salinan sebagian (partial clone); buat klon yang lengkap dahulu.\n"


def test_a_revision_that_is_not_there_is_named(waiting):
    said = waiting.do("ratna", "gerbang", "--dasar", "HEAD", "--ujung", "tiada")
    assert (said.code, said.err) == (
        2,
        "Revisi tiada tidak ditemukan di repositori ini; ambil dahulu dengan `git fetch`.\n",
    )


def test_commands_work_from_an_items_folder_too(waiting):
    said = sopan("papan", at=waiting.path("ratna", "docs/informasi"))
    assert said.code == 0
    assert ITEM in said.out


# -- tools -----------------------------------------------------------------------------------------------------------


def tools(folder, *names, **fakes):
    """A PATH of only these programs; a fake is a line of shell that goes before the real one."""
    folder.mkdir()
    for name in names:
        real = shutil.which(name, path=PATH)
        file = folder / name
        if name.replace("-", "_") in fakes:
            file.write_text(f'#!/bin/sh\n{fakes[name.replace("-", "_")]}\nexec {real} "$@"\n')
            file.chmod(0o755)
        else:
            file.symlink_to(real)
    return str(folder)


def unmoved(desks, path):
    before = desks.trace("budi"), desks.record()
    said = desks.do("budi", "lanjut", ITEM, PATH=path)
    assert (desks.trace("budi"), desks.record()) == before
    return said.code, said.out, said.err.splitlines(keepends=True)[-1]


@pytest.mark.parametrize("words", [*READING, ("periksa",), ("codeowners",)], ids=lambda words: words[0])
def test_without_git_every_command_says_so(waiting, tmp_path, words):
    said = waiting.do("budi", *words, PATH=tools(tmp_path / "alat", "ssh-keygen"))
    assert (said.code, said.out, said.err) == (2, "", NO_GIT)


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_git_that_is_too_old_is_refused(waiting, tmp_path, words):
    old = 'if [ "$1" = version ]; then echo git version 2.30.2; exit 0; fi'
    path = tools(tmp_path / "alat", "git", "ssh-keygen", git=old)
    said = waiting.do("budi", *words, PATH=path)
    assert (said.code, said.out, said.err) == (2, "", OLD_GIT)


def test_without_ssh_keygen_nothing_is_signed(waiting, tmp_path):
    assert unmoved(waiting, tools(tmp_path / "alat", "git")) == (2, "", NO_KEYGEN)


def test_an_ssh_keygen_that_is_too_old_signs_nothing(waiting, tmp_path):
    old = "for word; do [ x$word = x-Y ] && { echo 'unknown option -- Y' >&2; exit 1; }; done"
    path = tools(tmp_path / "alat", "git", "ssh-keygen", ssh_keygen=old)
    assert unmoved(waiting, path) == (2, "", OLD_KEYGEN)


def test_the_gate_without_ssh_keygen_refuses(after, tmp_path):
    """The server lost a tool: what it cannot judge it does not take."""
    desks = after(1)
    desks.done("budi", "papan")
    hook = desks.home.hook("pre-receive")
    path = tools(tmp_path / "alat", "git")
    words = [f"PATH={path}" if word.startswith("PATH=") else word for word in hook.read_text().split(" ")]
    hook.write_text(" ".join(words))
    before = desks.trace("budi"), desks.record()
    refused = desks.do("budi", "lanjut", ITEM)
    assert refused.code == 1
    assert NO_KEYGEN.strip() in refused.err.splitlines()
    assert (desks.trace("budi"), desks.record()) == before


# -- room and ports --------------------------------------------------------------------------------------------------


@pytest.mark.optional
def test_a_server_without_room_refuses_and_goes_on_when_there_is_room(after, tmp_path):
    desks, disk = after(1), tmp_path / "cakram"
    desks.done("budi", "papan")
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)]
    if subprocess.run(words, check=False, capture_output=True).returncode != 0:
        pytest.skip("a small file system cannot be mounted here")
    try:
        shutil.move(desks.server, disk / "server")
        desks.server.symlink_to(disk / "server")
        before = desks.trace("budi"), desks.record()
        with (disk / "isi").open("wb") as filler:
            filler.write(bytes(shutil.disk_usage(disk).free))
        refused = desks.do("budi", "lanjut", ITEM)
        assert refused.code in (1, 2)
        assert refused.out == ""
        assert "No space left on device" in refused.err or "ruang penyimpanan habis" in refused.err
        assert (desks.trace("budi"), desks.record()) == before
        (disk / "isi").unlink()
        assert git(desks.server, "fsck", "--no-dangling") == ""
        assert desks.do("budi", "lanjut", ITEM).code == 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_place_that_cannot_be_written_has_its_sentence(desks):
    """The folder of the item is in the way of `--lengkapi`: the system's refusal is told in one sentence."""
    desks.write("ratna")
    (desks.path("ratna") / "petugas-baru").write_text("berkas")
    file = desks.path("ratna") / "petugas-baru" / "kunci"
    said = desks.do("ratna", "petugas", "kunci", "--berkas", str(file))
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{file.parent} tidak dapat dibaca atau ditulis: sudah ada; perbaiki, lalu ulangi.\n"


def test_a_port_in_use_is_named_and_nothing_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = [sys.executable, "-m", "sopan.demo", str(tmp_path), "--no-serve", "--port", str(port)]
        about = {"cwd": tmp_path, "env": environment(), "capture_output": True, "text": True}
        said = subprocess.run(words, **about, check=False)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == f"Port {port} sedang dipakai; pilih yang lain dengan --port.\n"
    assert list(tmp_path.iterdir()) == []
