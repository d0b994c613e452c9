"""The embedded home over ssh: Debian's own sshd on a loopback port, and the keys that `server kunci` prints."""

from __future__ import annotations

import getpass
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from desks import ITEM, Desks, await_door, environment, free_port, git
from sopan import ledger, signature
from sopan.demo import office
from sopan.history import History

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
SENTENCE = "Akun ini hanya melayani git; gunakan perintah sopan dari klon Anda."


@dataclass(frozen=True)
class Door:
    """A running sshd that serves an office: how git reaches it, and by which words ssh does."""

    desks: Desks
    port: int
    hosts: Path

    @property
    def address(self) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{self.desks.server}"

    def words(self, who: str) -> list[str]:
        """`ssh` with somebody's key, this office's list of hosts, and nothing of this machine's configuration."""
        key = self.desks.top / "kunci" / who
        known = f"UserKnownHostsFile={self.hosts}"
        options = ("IdentitiesOnly=yes", known, "StrictHostKeyChecking=yes", "BatchMode=yes")
        return ["ssh", "-F", "none", "-i", str(key), *(word for option in options for word in ("-o", option))]

    def ask(self, who: str, *command: str) -> subprocess.CompletedProcess[str]:
        words = [*self.words(who), "-T", "-p", str(self.port), f"{getpass.getuser()}@127.0.0.1", *command]
        about = {"env": environment(), "capture_output": True, "text": True, "timeout": 60}
        return subprocess.run(words, **about, input="", check=False)

    def clone(self, person: office.Person, folder: Path) -> None:
        """A clone over ssh that keeps how to get there, as an officer's own configuration would."""
        ssh = shlex.join(self.words(person.id))
        words = ["git", "-c", f"core.sshCommand={ssh}", "clone", "--quiet", self.address, str(folder)]
        subprocess.run(words, env=environment(), check=True, capture_output=True)
        clone = History(folder)
        clone.set_config("core.sshCommand", ssh)
        clone.set_config("user.signingkey", str(person.key))


@pytest.fixture(scope="module")
def door(states, tmp_path_factory):
    if SSHD is None:
        pytest.skip("sshd (openssh-server) is not installed")
    desks = states(0).copy(tmp_path_factory.mktemp("ssh") / "kantor")
    folder, port = tmp_path_factory.mktemp("sshd"), free_port()
    signature.generate(folder / "host", "host")
    (folder / "authorized_keys").write_text(desks.serve("kunci").out)
    kind, key, *_ = (folder / "host.pub").read_text().split()
    (folder / "hosts").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    if getpass.getuser() == "root":
        Path("/run/sshd").mkdir(exist_ok=True)  # where Debian's sshd gives up its rights; its service makes it
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized_keys\n"
        f"PidFile {folder}/pid\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n"
    )
    with subprocess.Popen([SSHD, "-D", "-f", str(folder / "sshd_config"), "-E", str(folder / "log")]) as server:
        try:
            await_door(port)
            yield Door(desks, port, folder / "hosts")
        finally:
            server.terminate()


def test_officers_clone_and_act_over_ssh_and_the_ledger_knows_who_pushed(door):
    desks = door.desks
    for person in desks.people:
        shutil.rmtree(desks.path(person.id))
        door.clone(person, desks.path(person.id))
    desks.walk(2)
    pushed = [(record.ref, record.pusher) for record in ledger.read(desks.archive).records[1:]]
    assert pushed == [(f"refs/heads/butir/{ITEM}", "ratna"), (f"refs/heads/butir/{ITEM}", "budi")]
    refused = desks.do("ratna", "lanjut", ITEM)
    assert (refused.code, refused.err.splitlines()[-1]) == (
        1,
        f"Sekarang giliran Admin (Dewi Lestari) pada {ITEM}: langkah 3, memproses. Tidak ada yang diubah.",
    )


def test_the_gate_answers_over_ssh_too(door, tmp_path):
    """A direct push to main, by somebody with a key: git shows the gate's sentence."""
    door.clone(door.desks.people[0], tmp_path / "klon")
    git(tmp_path / "klon", "commit", "--quiet", "--allow-empty", "-m", "Langsung")
    before = door.desks.record()
    about = {"cwd": tmp_path / "klon", "env": environment(), "capture_output": True, "text": True}
    pushed = subprocess.run(["git", "push", "origin", "HEAD:main"], **about, check=False)
    assert pushed.returncode == 1
    assert "remote: Kiriman ditolak:" in pushed.stderr
    assert "[main-bukan-gabungan]" in pushed.stderr
    assert door.desks.record() == before


@pytest.mark.parametrize("command", [(), ("sh",), ("id",), ("git", "status"), ("git-upload-archive '/x'",)], ids=str)
def test_the_account_gives_no_shell_and_no_other_command(door, command):
    refused = door.ask("budi", *command)
    assert (refused.returncode, refused.stdout, refused.stderr.strip()) == (2, "", SENTENCE)


def test_a_key_that_is_not_in_the_list_does_not_get_in(door):
    signature.generate(door.desks.top / "kunci" / "asing", "asing")
    refused = door.ask("asing", "git-upload-pack 'x'")
    assert refused.returncode == 255
    assert "Permission denied (publickey)" in refused.stderr
