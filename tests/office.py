"""A real office for the gate's tests: a server made by `sopan server siapkan`, real keys, real pushes, its own clock.

Verbs make one commit each, as the officers' commands would; a verb's further arguments are a `Forgery`. Every push
checks for itself that a refusal left refs, ledger and spool as they were, and that an acceptance was recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import cast
import doors
from cast import Cast
from doors import Answer
from forge import Forge, Forgery
from sopan import commits, evidence, history, policies, signature, trailer
from sopan.evidence import Event
from sopan.history import ITEM_REFS, MAIN, MAINTENANCE_REFS, NO_OBJECT
from sopan.item_path import ITEMS_FOLDER
from sopan.server.home import Home
from sopan.sop import Sop
from sopan.trees import Entry

START = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=7)))  # a Monday
PACE = timedelta(seconds=20)  # a whole chain within the five minutes, so that it may be pushed at once
ITEM = "2026/rencana-kerja"
SUBMODULE = "160000"


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
        self.sop: Sop = policies.policy_at(self.archive, self.genesis).sop

    def close(self) -> None:
        self.archive.close()
        self.forge.history.close()

    # -- where things are --------------------------------------------------------------------------------------------

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

    # -- the verbs: one commit each ----------------------------------------------------------------------------------

    def work(self, by: str | None = None, files: Mapping[str, str | None] | None = None, **about: object) -> str:
        """Work in progress: a text more in the folder, where no files are given."""
        files = {"catatan.csv": f"a,b\n{len(self.forge.labels)},1\n"} if files is None else files
        return self.commit("butir", "kerja", by=by or self.holder(self.sop.first.number), files=files, **about)

    def start(self, n: int, by: str | None = None, **about: object) -> str:
        return self._act(f"mulai {n}", by or self.holder(n), {trailer.START: str(n)}, **about)

    def step(
        self, n: int, by: str | None = None, files: Mapping[str, str | None] | None = None, **about: object
    ) -> str:
        """A step; at content steps with the files that the step needs, where none are given."""
        step = self.sop.step(n)
        if files is None and step.changes_content:
            files = self._files(n)
        return self._act(f"langkah {n}", by or self.holder(n), {trailer.STEP: str(n)}, names=True, files=files, **about)

    def give_back(self, n: int, by: str, reason: str = "Perbaiki ringkasannya.", **about: object) -> str:
        return self._act(f"kembali {n}", by, {trailer.RETURN: str(n)}, names=True, note=reason, **about)

    def recall(self, n: int, by: str | None = None, **about: object) -> str:
        return self.give_back(n, by or self.holder(n), "Saya tarik kembali.", **about)

    def cancel(self, by: str, reason: str = "Tidak jadi diajukan.", **about: object) -> str:
        return self._act("batal", by, {trailer.CANCEL: trailer.YES}, note=reason, **about)

    def renew(self, by: str, **about: object) -> str:
        main = self.server(MAIN)
        about = {"parents": (self.tip("butir"), main), "tree": self.forge.history.tree_of(main)} | about
        return self._act("selaras", by, {trailer.RENEW: trailer.YES}, **about)

    def merge(
        self, by: str | None = None, n: int | None = None, paths: Mapping[str, object] | None = None, **about: object
    ) -> str:
        """The publication: old `main` with the folder replaced by the branch's; `paths` puts more into it."""
        n, main, head = n or self.sop.last.number, self.server(MAIN), self.tip("butir")
        whole = self.forge.history
        folder = whole.find(whole.tree_of(head), self.folder)
        tree = self.forge.tree(whole.tree_of(main), {self.folder: folder, **(paths or {})})
        about = {"parents": (main, head), "tree": tree} | about
        return self._act(f"langkah {n}", by or self.holder(n), {trailer.STEP: str(n)}, ref="main", names=True, **about)

    def maintain(self, by: str, paths: Mapping[str, str | Entry | None], **about: object) -> str:
        return self.commit("rawat", "rawat", by=by, paths=paths, **about)

    def approve(self, by: str, **about: object) -> str:
        return self._upkeep("setuju", by, trailer.APPROVE, **about)

    def join(self, by: str, paths: Mapping[str, object] | None = None, **about: object) -> str:
        """The merge of a maintenance branch: its tree, with `main`'s items."""
        main, head, whole = self.server(MAIN), self.tip("rawat"), self.forge.history
        items = whole.find(whole.tree_of(main), ITEMS_FOLDER)
        tree = self.forge.tree(whole.tree_of(head), {ITEMS_FOLDER: items, **(paths or {})})
        about = {"parents": (main, head), "tree": tree} | about
        return self._upkeep("gabung", by, trailer.JOIN, ref="main", **about)

    def commit(
        self,
        branch: str,
        label: str,
        *,
        by: str,
        files: Mapping[str, str | Entry | None] | None = None,
        paths: Mapping[str, str | Entry | None] | None = None,
        note: str = "",
        event: Mapping[str, str] | None = None,
        **forged: object,
    ) -> str:
        """Any commit on top of a branch: `files` in the item's folder, `paths` anywhere.

        With an `event` it was done on the forge: the recorder makes it, or for a merge seals it and the forge makes it.
        """
        self.at += PACE
        if event is not None:
            forged = self._by_forge(branch, forged) | forged
        forgery = Forgery(**self._resolved(forged))
        below = self.tip(branch)
        placed = {f"{self.folder}/{name}": text for name, text in (files or {}).items()} | dict(paths or {})
        tree = self.forge.tree(forgery.tree or self.forge.history.tree_of(below), placed)
        forgery = replace(forgery, tree=tree)
        block = forgery.trailers or {}
        if trailer.CONTENT in block and not block[trailer.CONTENT]:
            block = block | {trailer.CONTENT: self._named_content(branch, block, tree)}
        if event is not None:
            block = self._evidenced(by, block, forgery, event)
        message = commits.compose(forgery.subject or label.capitalize(), note, block)
        if forgery.message is not None:
            forgery = replace(forgery, message=forgery.message.replace("{isi}", self.forge.content(tree, self.item)))
        oid = self.forge.commit(label, by=by, at=self.at, tree=tree, parents=(below,), message=message, forgery=forgery)
        self.tips[self.ref(branch)] = oid
        return oid

    def edit(self, name: str = "index.md", text: str = cast.AWAL, **about: object) -> str:
        """Work in progress from the forge's own editor, signed by the forge."""
        return self.work(files={name: text}, **({"forge_signed": True, "who": "GitHub"} | about))

    def _by_forge(self, branch: str, forged: Mapping[str, object]) -> dict[str, object]:
        merge = branch == "main" and "key" not in forged
        return {"who": "GitHub", "forge_signed": True} if merge else {"key": self.cast.recorder}

    def _evidenced(
        self, by: str, block: Mapping[str, str], forgery: Forgery, event: Mapping[str, str]
    ) -> dict[str, str]:
        """The block with its evidence, which is honest where `event` says nothing else; sealed for a merge."""
        head = self.rev(event["head"]) if "head" in event else self.tip("butir")
        at = datetime.fromisoformat(event["pada"]) if "pada" in event else self.at
        honest = Event("komentar", "1001", event.get("akun", cast.account(by)), at.astimezone(UTC), head)
        block = {**block, trailer.EVIDENCE: evidence.write(honest)}
        if forgery.forge_signed or "segel" in event:
            signed = signature.sign(evidence.sealed(block), self.top / "kunci" / event.get("segel", self.cast.recorder))
            block[trailer.SEAL] = evidence.seal(signed)
        return block

    # -- legal stretches ---------------------------------------------------------------------------------------------

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

    # -- the gate, both ways -----------------------------------------------------------------------------------------

    def push(self, name: str, *, new: str | None = None, force: bool = False) -> Answer:
        """A real push into the server, whose hook judges at the office's clock."""
        ref, oid = self.ref(name), self._new(name, new)
        answer = doors.push(self, ref, oid, force=force)
        if not answer.accepted:
            self.tips.pop(ref, None)
        return answer

    def gate(self, name: str, *, new: str | None = None) -> Answer:
        """`sopan gerbang` over the same move, in a clone that has fetched the ledger."""
        return doors.gate(self, self.ref(name), self._new(name, new))

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

    # -- within ------------------------------------------------------------------------------------------------------

    def _act(
        self,
        label: str,
        by: str,
        claims: Mapping[str, str],
        *,
        ref: str = "butir",
        names: bool = False,
        **about: object,
    ) -> str:
        block = {trailer.ITEM: self.item, **claims} | ({trailer.CONTENT: ""} if names else {})
        return self.commit(ref, label, by=by, **({"trailers": block} | about))

    def _files(self, n: int) -> Mapping[str, str]:
        """What a content step brings: few fields, where nothing stands yet; everything from the completing step on."""
        if n >= self.sop.completing.number:
            return cast.COMPLETE
        return {} if self.forge.history.read(self.tip("butir"), f"{self.folder}/index.md") else cast.EARLY

    def _upkeep(self, label: str, by: str, what: str, *, ref: str = "rawat", **about: object) -> str:
        block = {trailer.MAINTENANCE: what, trailer.CONTENT: ""}
        return self.commit(ref, label, by=by, **({"trailers": block} | about))

    def _named_content(self, branch: str, block: Mapping[str, str], tree: str) -> str:
        if trailer.MAINTENANCE not in block:
            return self.forge.content(tree, self.item)
        head = self.tip("rawat") if branch == "main" else tree
        return self.forge.changed(self.forge.history.run("merge-base", self.server(MAIN), self.tip("rawat")), head)

    def _resolved(self, forged: dict[str, object]) -> dict[str, object]:
        """A forgery as case files write it: revisions by name, instants as ISO text."""
        parents = forged.get("parents")
        given = {"parents": tuple(self.rev(name) for name in parents)} if parents is not None else {}
        if _names_commit(forged.get("tree")):
            given["tree"] = self.forge.history.tree_of(self.rev(forged["tree"]))
        moments = {name: forged[name] for name in ("at", "author_at") if isinstance(forged.get(name), str)}
        return forged | given | {name: datetime.fromisoformat(text) for name, text in moments.items()}

    def _new(self, name: str, new: str | None) -> str:
        if new == NO_OBJECT:
            return new
        return self.rev(new) if new else self.tip(name)


def _names_commit(tree: object) -> bool:
    """Whether a forged tree is given as a commit's name, and not as a tree's id."""
    return isinstance(tree, str) and re.fullmatch(r"[0-9a-f]{40}", tree) is None
