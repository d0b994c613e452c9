"""The two doors of the gate, for the tests' office: a real push, and `sopan gerbang` in a clone with the ledger."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from desks import environment, git, sopan
from sopan.finding import Finding
from sopan.history import LEDGER, MAIN, NO_OBJECT
from sopan.server import hooks

HEADING = "Kiriman ditolak:"
RECORD_ONLY = (
    "import sys; from pathlib import Path; sys.path.insert(0, str(Path(sys.argv[1]).resolve()));"
    "from sopan.server import recording; from sopan.server.home import open_home;"
    "recording.drain(*open_home(Path(sys.argv[4])))"
)


@dataclass(frozen=True)
class Answer:
    """What became of a move: the exit code, and the sentences in order, commits by their labels."""

    code: int
    said: list[str]

    @property
    def accepted(self) -> bool:
        return self.code == 0

    @property
    def rules(self) -> list[str]:
        """The rule ids at the ends of the sentences."""
        return [match[1] for line in self.said if (match := re.search(r"\[([a-z0-9-]+)\]$", line))]


def push(office, ref, oid, *, force):
    """Push an object to a ref of the server; checks what the server holds afterwards."""
    before = state(office)
    write_hooks(office)
    source = "" if oid == NO_OBJECT else oid
    words = ["git", "push", "--quiet", *(["--force"] if force else []), str(office.home.folder), f"{source}:{ref}"]
    ended = _run(words, office.forge.folder)
    lines = [line.removeprefix("remote:").strip() for line in ended.stderr.splitlines() if line.startswith("remote:")]
    answer = Answer(ended.returncode, [office.forge.named(line) for line in lines if line and line != HEADING])
    if answer.accepted:
        _assert_recorded(office, ref, oid, before)
    else:
        assert state(office) == before, answer
        assert answer.said, ended.stderr
    return answer


def gate(office, ref, oid):
    """Ask `sopan gerbang` about the same move, at the office's clock."""
    refs = ("+refs/heads/*:refs/remotes/origin/*", "+refs/sopan/*:refs/sopan/*")
    git(office.forge.folder, "fetch", "--quiet", "--prune", str(office.home.folder), *refs)
    base = office.server(MAIN) if office.server(ref) == NO_OBJECT else office.server(ref)
    move = ("--dasar", base, "--ujung", oid, "--ref", ref, "--pada", office.at.isoformat())
    ended = sopan("gerbang", *move, "--format", "json", at=office.forge.folder)
    if ended.code not in {0, 1}:
        return Answer(ended.code, ended.err.splitlines())
    verdict = json.loads(ended.out)
    assert verdict["putusan"] == ("tolak" if ended.code else "terima")
    rows = [Finding(r["aturan"], r["pesan"], r["commit"], r["berkas"], r["baris"]) for r in verdict["temuan"]]
    return Answer(ended.code, [office.forge.named(row.sentence()) for row in rows])


def state(office):
    """All that a push could change on the server."""
    spool = {file.name: file.read_text("utf-8") for file in office.home.spool.iterdir()}
    return {"refs": office.archive.refs("refs/"), "spool": spool}


def _assert_recorded(office, ref, oid, before):
    """An accepted move is where it should be, in one new record, and nothing waits."""
    now = state(office)
    others = [{name: at for name, at in then["refs"].items() if name not in {ref, LEDGER}} for then in (before, now)]
    assert now["refs"][ref] == oid
    assert now["spool"] == {}
    assert others[0] == others[1]
    record = office.archive.commit(now["refs"][LEDGER]).decode()
    assert f"parent {before['refs'][LEDGER]}\n" in record
    assert f"Agenda-Ref: {ref}\n" in record
    assert f"Agenda-Waktu: {office.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n" in record


def write_hooks(office):
    """The hooks as `siapkan` writes them, with the office's clock; post-receive publishes only where asked to."""
    hooks.write(office.home, clock=office.at)
    if not office.publishes:
        post = office.home.hook(hooks.POST)
        text = post.read_text("utf-8").replace(shlex.quote(hooks.RUN), shlex.quote(RECORD_ONLY))
        assert RECORD_ONLY in text
        post.write_text(text, "utf-8")


def _run(words: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    clean = environment(**{"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C.UTF-8"} | more)
    return subprocess.run(words, cwd=folder, env=clean, capture_output=True, text=True, timeout=120, check=False)
