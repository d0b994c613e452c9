"""A real office for the gate's tests: a server made by `sopan server siapkan`, real keys, real pushes, a clock of its own.

Verbs make one commit each, as the officers' commands would; a verb's further arguments are a `Forgery`. Every push
checks for itself that a refusal left refs, ledger and spool as they were, and that an acceptance was recorded.
"""

from __future__ import annotations

import compileall
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import cast
import pytest
from cast import Cast
from desks import environment, git, sopan
from forge import Forge, Forgery

from sopan import branches, commits, history
from sopan.demo.office import commit_all
from sopan.finding import Finding
from sopan.history import ITEM_REFS, LEDGER, MAIN, MAINTENANCE_REFS, NO_OBJECT
from sopan.policy import ITEMS_FOLDER, OFFICERS_FILE
from sopan.server import hooks
from sopan.server.home import SITE_KEY, Home
from sopan.sop import Sop
from sopan.trees import Entry

START = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=7)))  # a Monday
PACE = timedelta(seconds=20)  # a whole chain within the five minutes, so that it may be pushed at once
ITEM = "2026/rencana-kerja"
SITE = "https://informasi.contoh.go.id/"
CASTS = {"bangka": cast.BANGKA, "lain": cast.LAIN}
HEADING = "Kiriman ditolak:"
SUBMODULE = "160000"
RECORD_ONLY = (
    "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
    "from sopan.server import receive; from sopan.server.home import open_home; receive.drain(*open_home(Path(sys.argv[4])))"
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


def build(origin: Path, top: Path, played: Cast = cast.BANGKA) -> Path:
    """An office below `top`: `server`, `kunci` and the clone `tempa`; to be copied, not to be used."""
    source = top / "kantor"
    shutil.copytree(origin, source, ignore=shutil.ignore_patterns(".git", "tests"))
    cast.hire(played, top / "kunci")
    if played.policy:
        for name in ("sop.yml", "CODEOWNERS"):
            shutil.copy(played.policy / name, source / name)
    kantor = source / "kantor.yml"
    kantor.write_text(kantor.read_text("utf-8").replace('alamat_situs: ""', f'alamat_situs: "{SITE}"'), "utf-8")
    (source / OFFICERS_FILE).write_text(cast.register(played, top / "kunci"), "utf-8")
    history.create(source)
    commit_all(source, "Kantor", START - timedelta(days=3))
    clock = START.isoformat()
    said = sopan("server", "siapkan", "server", "--dari", "kantor", "--situs", "situs", "--pada", clock, at=top)
    assert said.code == 0, said
    history.clone(str(top / "server"), top / "tempa", "--no-checkout").close()
    compileall.compile_dir(top / "server" / "sopan" / "rilis", quiet=2)  # the hooks write no bytecode, and run often here
    return top


def copy(base: Path, top: Path, played: Cast = cast.BANGKA, *, publishes: bool = False) -> Office:
    """An office of one's own. Its post-receive hook publishes only where asked to: the gate never sees the difference."""
    shutil.copytree(base, top, symlinks=True, ignore=shutil.ignore_patterns("kantor"))
    office = Office(top, played, publishes=publishes)
    office.archive.set_config(SITE_KEY, str(top / "situs"))
    return office


@dataclass
class Office:
    """`at` is the office's clock, `item` the item that the verbs are about, `topic` the maintenance branch's name.

    `tips` are the branches as the officers have them; what the server refuses is forgotten there.
    """

    top: Path
    cast: Cast
    publishes: bool = False
    at: datetime = START
    item: str = ITEM
    topic: str = "kebijakan"
    tips: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home = Home(self.top / "server")
        self.archive = history.History(self.home.folder)
        self.forge = Forge(self.top / "tempa", self.top / "kunci")
        self.genesis = self.server(MAIN)
        self.forge.labels[self.genesis] = "pangkal"
        self.sop: Sop = branches.policy_at(self.archive, self.genesis).sop

    def close(self) -> None:
        self.archive.close()
        self.forge.history.close()

    # -- where things are ------------------------------------------------------------------------------------------

    @property
    def folder(self) -> str:
        return f"{ITEMS_FOLDER}/{self.item}"

    def ref(self, name: str) -> str:
        """The full name of a ref: `butir` and `rawat` are the branches that the verbs work on."""
        short = {"butir": ITEM_REFS + self.item, "rawat": MAINTENANCE_REFS + self.topic}
        return short.get(name) or (name if name.startswith("refs/") else f"refs/heads/{name}")

    def server(self, ref: str) -> str:
        """Where a ref stands on the server; zeros where it does not exist."""
        return self.archive.resolve(ref) or NO_OBJECT

    def tip(self, name: str) -> str:
        """Where a branch stands for the officers: what they made last, else what the server has, else `main`."""
        ref = self.ref(name)
        known = self.tips.get(ref) or self.server(ref)
        return self.server(MAIN) if known == NO_OBJECT else known

    def rev(self, name: str) -> str:
        """A commit by `main`, `butir`, `rawat`, `pangkal` or a label, with git's `~` and `^` after it."""
        base, *rest = re.split(r"(?=[~^])", name, maxsplit=1)
        known = {"pangkal": self.genesis} | {branch: self.tip(branch) for branch in ("main", "butir", "rawat")}
        return self.forge.rev(known.get(base, base) + "".join(rest))

    def holder(self, n: int) -> str:
        """Who makes a step, where a test does not say who."""
        return self.cast.holder(self.sop.step(n).role.code)

    def begin(self, at: str = "main", branch: str = "butir") -> None:
        """Begin a branch anew from a commit."""
        self.tips[self.ref(branch)] = self.rev(at)

    def turn_to(self, item: str) -> None:
        """Turn to an item."""
        self.item = item

    def about(self, topic: str) -> None:
        """Turn to a maintenance branch."""
        self.topic = topic

    def entry(self, mode: str, text: str) -> Entry:
        """A file, link or submodule for a tree: the text is the content, the target or the commit."""
        return Entry(mode, b"", self.rev(text) if mode == SUBMODULE else self.forge.blob(text))

    def edited(self, path: str, *edits: tuple[str, str]) -> str:
        """A file of `main` after replacements, each of a text that stands in it exactly once."""
        text = self.archive.read(self.server(MAIN), path).decode()
        for old, new in edits:
            assert text.count(old) == 1, (path, old)
            text = text.replace(old, new)
        return text

    def wait(self, **time: int) -> None:
        """Let time pass (`minutes=`, `days=`)."""
        self.at += timedelta(**time)

    # -- the verbs: one commit each -----------------------------------------------------------------------------------

    def work(self, by: str | None = None, files: Mapping[str, str | None] | None = None, **about: object) -> str:
        """Work in progress: a text more in the folder, where no files are given."""
        files = {"catatan.csv": f"a,b\n{len(self.forge.labels)},1\n"} if files is None else files
        return self.commit("butir", "kerja", by=by or self.holder(self.sop.first.number), files=files, **about)

    def start(self, n: int, by: str | None = None, **about: object) -> str:
        return self._act(f"mulai {n}", by or self.holder(n), {commits.START: str(n)}, **about)

    def step(self, n: int, by: str | None = None, files: Mapping[str, str | None] | None = None, **about: object) -> str:
        """A step; at content steps with the files that the step needs, where none are given."""
        step = self.sop.step(n)
        if files is None and step.changes_content:
            files = self._files(n)
        return self._act(f"langkah {n}", by or self.holder(n), {commits.STEP: str(n)}, names=True, files=files, **about)

    def give_back(self, n: int, by: str, reason: str = "Perbaiki ringkasannya.", **about: object) -> str:
        return self._act(f"kembali {n}", by, {commits.RETURN: str(n)}, names=True, note=reason, **about)

    def recall(self, n: int, by: str | None = None, **about: object) -> str:
        return self.give_back(n, by or self.holder(n), "Saya tarik kembali.", **about)

    def cancel(self, by: str, reason: str = "Tidak jadi diajukan.", **about: object) -> str:
        return self._act("batal", by, {commits.CANCEL: commits.YES}, note=reason, **about)

    def renew(self, by: str, **about: object) -> str:
        main = self.server(MAIN)
        about = {"parents": (self.tip("butir"), main), "tree": self.forge.history.tree_of(main)} | about
        return self._act("selaras", by, {commits.RENEW: commits.YES}, **about)

    def merge(self, by: str | None = None, n: int | None = None, paths: Mapping[str, object] | None = None, **about: object) -> str:
        """The publication: old `main` with the folder replaced by the branch's; `paths` puts more into it."""
        n, main, head = n or self.sop.last.number, self.server(MAIN), self.tip("butir")
        whole = self.forge.history
        folder = whole.find(whole.tree_of(head), self.folder)
        tree = self.forge.tree(whole.tree_of(main), {self.folder: folder, **(paths or {})})
        about = {"parents": (main, head), "tree": tree} | about
        return self._act(f"langkah {n}", by or self.holder(n), {commits.STEP: str(n)}, ref="main", names=True, **about)

    def maintain(self, by: str, paths: Mapping[str, str | Entry | None], **about: object) -> str:
        return self.commit("rawat", "rawat", by=by, paths=paths, **about)

    def approve(self, by: str, **about: object) -> str:
        return self._upkeep("setuju", by, commits.APPROVE, **about)

    def join(self, by: str, paths: Mapping[str, object] | None = None, **about: object) -> str:
        """The merge of a maintenance branch: its tree, with `main`'s items."""
        main, head, whole = self.server(MAIN), self.tip("rawat"), self.forge.history
        items = whole.find(whole.tree_of(main), ITEMS_FOLDER)
        tree = self.forge.tree(whole.tree_of(head), {ITEMS_FOLDER: items, **(paths or {})})
        about = {"parents": (main, head), "tree": tree} | about
        return self._upkeep("gabung", by, commits.JOIN, ref="main", **about)

    def commit(
        self,
        branch: str,
        label: str,
        *,
        by: str,
        files: Mapping[str, str | Entry | None] | None = None,
        paths: Mapping[str, str | Entry | None] | None = None,
        note: str = "",
        **forged: object,
    ) -> str:
        """Any commit on top of a branch: `files` in the item's folder, `paths` anywhere."""
        self.at += PACE
        forgery = Forgery(**self._resolved(forged))
        below = self.tip(branch)
        placed = {f"{self.folder}/{name}": text for name, text in (files or {}).items()} | dict(paths or {})
        tree = self.forge.tree(forgery.tree or self.forge.history.tree_of(below), placed)
        forgery = replace(forgery, tree=tree)
        block = forgery.trailers or {}
        if commits.CONTENT in block and not block[commits.CONTENT]:
            block = block | {commits.CONTENT: self._named_content(branch, block, tree)}
        message = commits.compose(forgery.subject or label.capitalize(), note, block)
        if forgery.message is not None:
            forgery = replace(forgery, message=forgery.message.replace("{isi}", self.forge.content(tree, self.item)))
        oid = self.forge.commit(label, by=by, at=self.at, tree=tree, parents=(below,), message=message, forgery=forgery)
        self.tips[self.ref(branch)] = oid
        return oid

    # -- legal stretches ------------------------------------------------------------------------------------------------

    def upto(self, n: int, *, push: bool = True) -> None:
        """The chain from where it begins to step n, pushed once; the last step is the merge, pushed to `main`."""
        for step in self.sop.chain:
            if step.number <= n and step != self.sop.last:
                self.step(step.number)
        if push and n >= self.sop.first.number:
            self.sent("butir")
        if n == self.sop.last.number:
            self.merge()
            if push:
                self.sent("main")

    def publish(self) -> None:
        """A whole round of the item, in one push."""
        self.upto(self.sop.last.number, push=False)
        self.sent("main")

    def maintenance(self, paths: Mapping[str, str | Entry | None], by: str, second: str) -> None:
        """A whole maintenance branch: made, approved and merged, in one push."""
        self.maintain(by, paths)
        self.approve(second)
        self.join(by)
        self.sent("main")

    # -- the gate, both ways ----------------------------------------------------------------------------------------------

    def push(self, name: str, *, new: str | None = None, force: bool = False) -> Answer:
        """A real push into the server, whose hook judges at the office's clock."""
        ref, oid, before = self.ref(name), self._new(name, new), self.state()
        self._write_hooks()
        source = "" if oid == NO_OBJECT else oid
        words = ["git", "push", "--quiet", *(["--force"] if force else []), str(self.home.folder), f"{source}:{ref}"]
        ended = self._run(words, self.forge.folder)
        said = [line.removeprefix("remote:").strip() for line in ended.stderr.splitlines() if line.startswith("remote:")]
        answer = Answer(ended.returncode, [self.forge.named(line) for line in said if line and line != HEADING])
        if answer.accepted:
            self._recorded(ref, oid, before)
        else:
            assert self.state() == before, answer
            self.tips.pop(ref, None)
            assert answer.said, ended.stderr
        return answer

    def gate(self, name: str, *, new: str | None = None) -> Answer:
        """`sopan gerbang` over the same move, in a clone that has fetched the ledger."""
        ref, oid = self.ref(name), self._new(name, new)
        refs = ("+refs/heads/*:refs/remotes/origin/*", "+refs/sopan/*:refs/sopan/*")
        git(self.forge.folder, "fetch", "--quiet", "--prune", str(self.home.folder), *refs)
        base = self.server(MAIN) if self.server(ref) == NO_OBJECT else self.server(ref)
        words = ["gerbang", "--dasar", base, "--ujung", oid, "--ref", ref, "--pada", self.at.isoformat(), "--format", "json"]
        ended = self._run([sys.executable, "-m", "sopan", *words], self.forge.folder, PYTHONPATH=str(self.home.release))
        if ended.returncode not in {0, 1}:
            return Answer(ended.returncode, ended.stderr.splitlines())
        verdict = json.loads(ended.stdout)
        assert verdict["putusan"] == ("tolak" if ended.returncode else "terima")
        rows = [Finding(r["aturan"], r["pesan"], r["commit"], r["berkas"], r["baris"]) for r in verdict["temuan"]]
        return Answer(ended.returncode, [self.forge.named(row.sentence()) for row in rows])

    def both(self, name: str, *, new: str | None = None, force: bool = False) -> Answer:
        """The same move at both doors, which must answer the same."""
        alone = self.gate(name, new=new)
        pushed = self.push(name, new=new, force=force)
        assert (alone.accepted, alone.said) == (pushed.accepted, pushed.said)
        return pushed

    def sent(self, name: str) -> None:
        """A push as preparation, which must succeed."""
        answer = self.push(name)
        assert answer.accepted, answer.said

    def state(self) -> dict[str, object]:
        """All that a push could change on the server."""
        spool = {file.name: file.read_text("utf-8") for file in self.home.spool.iterdir()}
        return {"refs": self.archive.refs("refs/"), "spool": spool}

    # -- within -------------------------------------------------------------------------------------------------------------

    def _act(self, label: str, by: str, claims: Mapping[str, str], *, ref: str = "butir", names: bool = False, **about: object) -> str:
        block = {commits.ITEM: self.item, **claims} | ({commits.CONTENT: ""} if names else {})
        return self.commit(ref, label, by=by, **({"trailers": block} | about))

    def _files(self, n: int) -> Mapping[str, str]:
        """What a content step brings: few fields early, where nothing stands yet; everything from the completing step."""
        if n >= self.sop.completing.number:
            return cast.COMPLETE
        return {} if self.forge.history.read(self.tip("butir"), f"{self.folder}/index.md") else cast.EARLY

    def _upkeep(self, label: str, by: str, what: str, *, ref: str = "rawat", **about: object) -> str:
        block = {commits.MAINTENANCE: what, commits.CONTENT: ""}
        return self.commit(ref, label, by=by, **({"trailers": block} | about))

    def _named_content(self, branch: str, block: Mapping[str, str], tree: str) -> str:
        if commits.MAINTENANCE not in block:
            return self.forge.content(tree, self.item)
        head = self.tip("rawat") if branch == "main" else tree
        return self.forge.changed(self.forge.history.run("merge-base", self.server(MAIN), self.tip("rawat")), head)

    def _resolved(self, forged: dict[str, object]) -> dict[str, object]:
        """A forgery as case files write it: revisions by name, instants as ISO text."""
        parents = forged.get("parents")
        given = {"parents": tuple(self.rev(name) for name in parents)} if parents is not None else {}
        given |= {"tree": self.forge.history.tree_of(self.rev(forged["tree"]))} if _names_commit(forged.get("tree")) else {}
        moments = {name: forged[name] for name in ("at", "author_at") if isinstance(forged.get(name), str)}
        return forged | given | {name: datetime.fromisoformat(text) for name, text in moments.items()}

    def _new(self, name: str, new: str | None) -> str:
        if new == NO_OBJECT:
            return new
        return self.rev(new) if new else self.tip(name)

    def _write_hooks(self) -> None:
        hooks.write(self.home, clock=self.at)
        if not self.publishes:
            post = self.home.hook(hooks.POST)
            post.write_text(post.read_text("utf-8").replace(shlex.quote(hooks.RUN), shlex.quote(RECORD_ONLY)), "utf-8")
            assert RECORD_ONLY in post.read_text("utf-8")

    def _recorded(self, ref: str, oid: str, before: dict[str, object]) -> None:
        """An accepted move is where it should be, in one new record, and nothing waits."""
        now = self.state()
        others = {name: at for name, at in now["refs"].items() if name not in {ref, LEDGER}}
        assert now["refs"][ref] == oid
        assert now["spool"] == {}
        assert others == {name: at for name, at in before["refs"].items() if name not in {ref, LEDGER}}
        record = self.archive.commit(now["refs"][LEDGER]).decode()
        assert f"parent {before['refs'][LEDGER]}\n" in record
        assert f"Agenda-Ref: {ref}\n" in record
        assert f"Agenda-Waktu: {self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n" in record

    def _run(self, words: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
        clean = environment(**{"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C.UTF-8"} | more)
        return subprocess.run(words, cwd=folder, env=clean, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="session")
def offices(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Offices in which nothing has happened, one a cast; made once, to be copied."""

    @cache
    def base(played: str) -> Path:
        return build(origin, tmp_path_factory.mktemp("dasar") / played, CASTS[played])

    return base


@pytest.fixture
def opened(offices: Callable[[str], Path], tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Give offices of one's own, by the name of their cast."""
    made: list[Office] = []

    def open_one(played: str = "bangka", *, publishes: bool = False) -> Office:
        top = tmp_path / f"{played}-{len(made)}"
        made.append(copy(offices(played), top, CASTS[played], publishes=publishes))
        return made[-1]

    yield open_one
    for office in made:
        office.close()


@pytest.fixture
def office(opened: Callable[..., Office]) -> Office:
    """An office of the repository's own SOP."""
    return opened()


def _names_commit(tree: object) -> bool:
    """Whether a forged tree is given as a commit's name, and not as a tree's id."""
    return isinstance(tree, str) and re.fullmatch(r"[0-9a-f]{40}", tree) is None
