"""What it costs to verify every signature of a history, beside git's own verdict, and whether the verdicts are equal.

PYTHONPATH=scripts:tests python benchmarks/signatures.py [NUMBER]
"""

from __future__ import annotations

import base64
import hashlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import histories
import rows
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from histories import Pack
from rows import Row

from sopan import commits, history, sshsig, verifier
from sopan.history import History
from sopan.officers import Key, Officer, Register, Revocation, Window
from sopan.rules import signing
from sopan.verifier import Verdict

NUMBER = 10_000
_SAMPLE = 100
_SHARE = 40
_AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
_YEAR = timedelta(days=365)
_WINDOWS = {
    "rina": Window(None, None),
    "lewat": Window(None, _AT - _YEAR),
    "nanti": Window(_AT + _YEAR, None),
    "dicabut": Window(None, None),
    "asing": Window(None, None),
}
_OPTIONS = {"lewat": f',valid-before="{_AT - _YEAR:%Y%m%d}"', "nanti": f',valid-after="{_AT + _YEAR:%Y%m%d}"'}
EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # the tree of nothing
_EACH = 20  # commits of every kind in the corpus


class People:
    """Five people with a key each: of `rina` all is well, and nobody knows `asing`."""

    def __init__(self) -> None:
        self.keys = {name: Ed25519PrivateKey.generate() for name in _WINDOWS}

    def wire(self, name: str) -> bytes:
        """A key as the wire has it."""
        return sshsig.string(b"ssh-ed25519") + sshsig.string(self.keys[name].public_key().public_bytes_raw())

    def line(self, name: str) -> str:
        """A key as files write it."""
        return f"ssh-ed25519 {base64.b64encode(self.wire(name)).decode()}"

    def register(self) -> Register:
        """What petugas.yml would say of them."""
        known = {name: window for name, window in _WINDOWS.items() if name != "asing"}
        officers = tuple(
            Officer(name, name, f"{name}@a.example", "", (Key(self.line(name), window),))
            for name, window in known.items()
        )
        revoked = (Revocation(self.line("dicabut"), _AT - _YEAR, "hilang"),)
        return Register(1, officers, (), (), (), revoked)

    def signed(self, name: str, number: int, *, namespace: bytes = b"git", tamper: bool = False) -> bytes:
        """The bytes of a commit that claims to be by this officer."""
        payload = commits.build(
            tree=EMPTY, parents=(), who=(name, f"{name}@a.example"), at=_AT, message=f"Langkah {number}\n"
        )
        unsigned = sshsig.Signature(self.wire(name), namespace, "sha512", b"ssh-ed25519", b"")
        value = self.keys[name].sign(unsigned.signed(hashlib.sha512(payload).digest()))
        said = payload.replace(b"Langkah", b"langkah") if tamper else payload
        return commits.attach(said, histories.armored(self.wire(name), value, namespace))


def measure(top: Path, number: int = NUMBER) -> list[Row]:
    """The rows of signatures."""
    people, folder = People(), top / "tanda-tangan"
    folder.mkdir()
    history.create(folder)
    pack = Pack(random.Random(1))  # noqa: S311  no secret
    many = [pack.take(people.signed("rina", n)) for n in range(number)]
    corpus = [pack.take(raw) for raw in _corpus(people, number)]
    subprocess.run(["git", "index-pack", "--stdin"], cwd=folder, input=pack.bytes(), check=True, capture_output=True)
    settings = _settings(folder, people)
    ours, begun = _ours(folder, people.register(), many), time.perf_counter()
    git = _git(folder, settings, many[: min(_SAMPLE, number)])
    theirs = (time.perf_counter() - begun) / len(git)
    share = theirs / (ours[1] / number)
    equal = _ours(folder, people.register(), corpus)[0] == _git(folder, settings, corpus)
    if not all(ours[0]) or not all(git):
        raise ValueError(ours[0].count(False), git.count(False))
    against = f"`git log --format=%G?` ({len(git)} sampled)"
    each = f"{ours[1] / number * 1000:.2f} ms against {theirs * 1000:.1f} ms"
    what = f"signatures of {number:,} commits"
    kinds = "good, tampered, wrong key, wrong namespace, expired, not yet valid, revoked"
    verdicts = f"{'equal' if equal else 'not equal'} on {len(corpus)} commits ({kinds})"
    return [
        Row(what, against, "≤ 1/40 a commit", f"1/{share:.0f} ({each})", share >= _SHARE),
        Row("verdicts on signatures", "git's", "equal", verdicts, equal),
    ]


def _corpus(people: People, number: int) -> Iterator[bytes]:
    for n in range(number, number + _EACH):
        yield from (people.signed(name, n) for name in _WINDOWS)
        yield people.signed("rina", n, namespace=b"file")
        yield people.signed("rina", n, tamper=True)


def _settings(folder: Path, people: People) -> list[str]:
    signers, revoked = folder / "penanda", folder / "dicabut"
    known = (name for name in _WINDOWS if name != "asing")
    lines = (f'{name}@a.example namespaces="git"{_OPTIONS.get(name, "")} {people.line(name)}\n' for name in known)
    signers.write_text("".join(lines), "ascii")
    revoked.write_text(f"{people.line('dicabut')}\n", "ascii")
    return ["-c", f"gpg.ssh.allowedSignersFile={signers}", "-c", f"gpg.ssh.revocationFile={revoked}"]


def _ours(folder: Path, register: Register, oids: list[str]) -> tuple[list[bool], float]:
    """Whether each commit is by an officer of the register, judged as the gate judges it, and the seconds it took."""
    begun, told = time.perf_counter(), {}
    repository = History(folder)
    for oid, raw in repository.stream(*oids):
        commit, _ = commits.parse(oid, raw)
        told[oid] = commit is not None and not signing.signer(register, commit, commit.dated, _verify)[1]
    repository.close()
    return [told[oid] for oid in oids], time.perf_counter() - begun


def _verify(_: str, line: str, payload: bytes, armored: bytes) -> bool:
    return verifier.verify(line, payload, armored) is Verdict.GOOD


def _git(folder: Path, settings: list[str], oids: list[str]) -> list[bool]:
    words = ["git", *settings, "log", "--no-walk=unsorted", "--stdin", "--format=%G?"]
    told = subprocess.run(words, cwd=folder, input="\n".join(oids), check=True, capture_output=True, text=True).stdout
    return [letter == "G" for letter in told.split()]


if __name__ == "__main__":
    chosen = int(sys.argv[1]) if sys.argv[1:] else NUMBER
    rows.alone(lambda top: measure(top, chosen))
