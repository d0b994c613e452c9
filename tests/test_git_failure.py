"""What keeps git from working is said in Indonesian: the real git, and the real ssh, are made to fail."""

import socket

import pytest

from desks import free_port
from sopan import git_failure, history, remotes
from sopan.desk import place
from sopan.errors import GitFailed, GitUnavailable, Refused

CORRUPT = "repositori ini rusak; minta teknisi memulihkannya atau membuat klon baru"
NO_ANSWER = "server tidak menjawab; periksa sambungan, lalu ulangi"
NO_PLACE = "repositori kantor tidak ada di alamat server; periksa sambungan, atau minta teknisi memeriksa alamat itu"
BUSY = "git lain sedang bekerja di folder ini; tunggu sampai selesai, lalu ulangi"
MOVED = "cabang itu baru saja bergerak; ulangi"
WHO = {f"GIT_{role}_{what}": "uji@kantor.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@pytest.fixture
def clone(tmp_path):
    """A repository with a commit on `main` that was fetched from its origin, and the path of this origin."""
    history.create(tmp_path / "asal", bare=True)
    origin = history.History(tmp_path / "asal")
    commit = origin.run("commit-tree", origin.write("tree", b""), "-m", "x", environment=WHO)
    origin.move("refs/heads/main", commit, history.NO_OBJECT)
    origin.close()
    made = history.clone(str(tmp_path / "asal"), tmp_path / "klon", "--no-checkout")
    yield made
    made.close()


def why(repository, *words):
    with pytest.raises(GitFailed) as caught:
        repository.run(*words)
    assert str(caught.value) == f"git {words[0]} gagal: {caught.value.reason}."
    return caught.value.reason


def test_a_server_that_does_not_answer(clone):
    assert why(clone, "fetch", f"ssh://kantor@127.0.0.1:{free_port()}/srv/kantor.git") == NO_ANSWER
    assert why(clone, "fetch", f"git://127.0.0.1:{free_port()}/kantor.git") == NO_ANSWER


@pytest.fixture
def silent(clone, monkeypatch):
    """The clone, whose server takes calls and says nothing; it is waited for one second."""
    monkeypatch.setattr(remotes, "_SSH", remotes._SSH.replace("ConnectTimeout=15", "ConnectTimeout=1"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        clone.run("remote", "set-url", "origin", f"ssh://kantor@127.0.0.1:{server.getsockname()[1]}/srv/kantor.git")
        yield clone


def test_a_server_that_takes_calls_and_says_nothing_is_given_up(silent):
    with pytest.raises(GitUnavailable) as caught:
        place.fetched(silent.folder)
    assert str(caught.value) == f"Data dari server tidak terambil: {NO_ANSWER}."
    with pytest.raises(Refused) as caught:
        remotes.push(silent, "origin", "HEAD", "refs/heads/baru")
    assert caught.value.sentences == (f"Belum pasti apakah kiriman sampai ke server: {NO_ANSWER}.",)


@pytest.mark.parametrize("how", ["core.sshCommand", "GIT_SSH_COMMAND", "GIT_SSH"])
def test_how_somebody_chose_to_call_a_server_stays(silent, tmp_path, monkeypatch, how):
    chosen = tmp_path / "ssh"
    chosen.write_text("#!/bin/sh\necho 'Connection refused' >&2\nexit 255\n")
    chosen.chmod(0o755)
    assert "GIT_SSH_COMMAND" in remotes.calling(silent)
    if how.startswith("GIT"):
        monkeypatch.setenv(how, str(chosen))
    else:
        silent.set_config(how, str(chosen))
    assert remotes.calling(silent) == {}
    assert why(silent, "fetch", "origin") == NO_ANSWER


def test_an_address_at_which_no_repository_lies(clone, tmp_path):
    assert why(clone, "fetch", str(tmp_path / "tiada")) == NO_PLACE
    clone.run("fetch", str(tmp_path / "asal"))


def test_a_lock_that_somebody_holds(clone):
    lock = clone.git_folder / "refs" / "heads" / "baru.lock"
    lock.touch()
    words = ("update-ref", "refs/heads/baru", "HEAD")
    assert why(clone, *words) == BUSY
    lock.unlink()
    assert clone.run(*words) == ""


def test_a_ref_that_moved_meanwhile(clone):
    assert why(clone, "update-ref", "refs/heads/main", "HEAD", "1" * 40) == MOVED


def test_an_object_that_the_power_cut_short(clone):
    oid = clone.write("blob", b"utuh")
    file = clone.git_folder / "objects" / oid[:2] / oid[2:]
    file.chmod(0o644)
    whole = file.read_bytes()
    file.write_bytes(b"")
    assert why(clone, "cat-file", "blob", oid) == CORRUPT
    file.write_bytes(whole)
    assert clone.run("cat-file", "blob", oid) == "utuh"


def test_the_telling_line_of_what_is_no_usual_case(clone):
    assert why(clone, "rev-parse", "--verify", "tiada") == (
        "Needed a single revision; ulangi, dan bila berulang beri tahu teknisi"
    )
    assert git_failure.reason("") == "git tidak menyebut sebabnya; ulangi, dan bila berulang beri tahu teknisi"
    assert git_failure.reason("hint: a\nerror: b.\nhint: c").startswith("b; ")
    assert git_failure.reason("satu\ndua.\n").startswith("dua; ")


@pytest.mark.parametrize(
    ("printed", "clause"),
    [
        ("ssh: Could not resolve hostname kantor.go.id: Name or service not known", "alamat server tidak ditemukan"),
        ("error: unable to write file x: No space left on device\nfatal: cannot", "ruang penyimpanan habis"),
        ("kantor@server: Permission denied (publickey).\nfatal: Could not read from remote", "tidak mengenal kunci"),
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "jangan diteruskan"),
        ("error: insufficient permission for adding an object to repository", "tidak ada hak akses pada repositori"),
        (" ! [rejected]  a -> b (fetch first)\nerror: failed to push some refs", "baru saja bergerak"),
    ],
)
def test_what_needs_another_machine_is_known_by_what_it_prints(printed, clause):
    assert clause in git_failure.reason(printed)
