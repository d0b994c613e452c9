"""An office on GitHub, for tests: a bare repository, the fake GitHub as a process, and a workflow's checkout."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

import cast
import warm
from desks import Said, environment, git
from office import ITEM
from offices import SITE
from sopan import history, ledger, policies
from sopan.history import ITEM_REFS, LEDGER, MAIN
from sopan.ledger import Record, RecordKind
from sopan.policy_files import OFFICE_FILE
from sopan.trees import FILE_MODE, Entry

REPOSITORY = "kantor-contoh/ppid"
FOLDER = f"docs/informasi/{ITEM}"
BRANCH = "rina-patch-1"
HERE = Path(__file__).parent
MERGER = "sari"


@dataclass
class Github:
    """The repository, the address of its GitHub, the folder of keys, and the checkout that workflows run in."""

    bare: Path
    address: str
    keys: Path
    checkout: Path
    site: str = ""
    number: int = 0
    branch: str = BRANCH

    # -- what people do, over REST ---------------------------------------------------------------------------------

    def ask(self, who: str, method: str, path: str, data: Mapping[str, object] | None = None) -> object:
        """A request in somebody's name, which GitHub must take."""
        answer = requests.request(
            method,
            f"{self.address}/repos/{REPOSITORY}/{path}",
            json=data,
            headers={"Authorization": f"Bearer token-{who}"},
            timeout=20,
        )
        assert answer.ok, (path, answer.status_code, answer.text)
        return answer.json()

    def begin(self, who: str = "rina", files: Mapping[str, str] = cast.EARLY) -> None:
        """A new file in GitHub's editor, on a branch that GitHub named, proposed."""
        self.ask(who, "POST", "git/refs", {"ref": f"refs/heads/{self.branch}", "sha": self.tip(MAIN)})
        self.edit(who, files)
        self.number = self.ask(who, "POST", "pulls", {"title": ITEM, "head": self.branch, "base": "main"})["number"]

    def edit(self, who: str, files: Mapping[str, str], folder: str = FOLDER, **more: object) -> None:
        for name, text in files.items():
            content = base64.b64encode(text.encode()).decode()
            about = {"message": f"Sunting {name}", "content": content, "branch": self.branch, **more}
            self.ask(who, "PUT", f"contents/{folder}/{name}", about)

    def comment(self, who: str, body: str) -> Mapping[str, object]:
        return self.ask(who, "POST", f"issues/{self.number}/comments", {"body": body})

    def review(self, who: str, event: str, body: str = "", **more: object) -> Mapping[str, object]:
        return self.ask(who, "POST", f"pulls/{self.number}/reviews", {"event": event, "body": body, **more})

    # -- what workflows do -----------------------------------------------------------------------------------------

    def run(self, *words: str, who: str = "bot") -> Said:
        around = environment(**self.about(who))
        return Said(*warm.run(("github", *words), at=self.checkout, given="", seconds=120, environment=around))

    def about(self, who: str) -> dict[str, str]:
        """What a workflow's run finds in its environment."""
        given = {"GITHUB_API_URL": self.address, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": f"token-{who}"}
        files = {
            "GITHUB_STEP_SUMMARY": self.checkout.parent / "ringkasan.md",
            "GITHUB_OUTPUT": self.checkout.parent / "keluaran",
        }
        return given | {name: str(file) for name, file in files.items()}

    def record(self, said: Mapping[str, object], *words: str) -> Said:
        """The workflow of a comment: the event as GitHub sends it."""
        return self.run("catat", "--peristiwa", self.event(said), "--kunci", str(self.keys / "pencatat"), *words)

    def event(self, said: Mapping[str, object]) -> str:
        """The file in which a workflow finds a comment's event."""
        payload = json.loads((HERE / "data/github/payloads.json").read_text("utf-8"))["issue_comment"]
        payload["issue"] |= {"number": self.number, "pull_request": {"url": "https://api.github.com/x"}}
        payload["comment"] = said
        file = self.checkout.parent / f"peristiwa-{said['id']}.json"
        file.write_text(json.dumps(payload), "utf-8")
        return str(file)

    def says(self, who: str, body: str) -> str:
        """A comment and its workflow; gives the last answer in the thread."""
        ended = self.record(self.comment(who, body))
        assert ended.code == 0, ended
        return self.thread()[-1]

    def reviews(self, who: str, event: str, body: str = "", **more: object) -> str:
        """A review and its workflow; gives the last answer in the thread."""
        number = str(self.review(who, event, body, **more)["id"])
        key = str(self.keys / "pencatat")
        ended = self.run("catat", "--usulan", str(self.number), "--ulasan", number, "--kunci", key)
        assert ended.code == 0, ended
        return self.thread()[-1]

    # -- how it stands ---------------------------------------------------------------------------------------------

    def tip(self, ref: str) -> str | None:
        ended = subprocess.run(
            ["git", "rev-parse", "--quiet", "--verify", ref], cwd=self.bare, capture_output=True, text=True, check=False
        )
        return ended.stdout.strip() or None

    def refs(self) -> str:
        return git(self.bare, "for-each-ref")

    def acts(self, ref: str = ITEM_REFS + ITEM) -> list[str]:
        """The subjects of a branch's commits, oldest first."""
        return git(
            self.bare, "log", "--reverse", "--first-parent", "--format=%s", f"{ref}", f"^{self.genesis}"
        ).splitlines()

    @property
    def genesis(self) -> str:
        return git(self.bare, "rev-list", "--max-parents=0", MAIN)

    def thread(self) -> list[str]:
        return [one["body"] for one in self.ask("bot", "GET", f"issues/{self.number}/comments?per_page=100")]

    def board(self) -> str:
        """The comment that is kept up to date; there is one."""
        (one,) = [body for body in self.thread() if body.startswith("<!-- sopan")]
        return one

    def violations(self) -> list[str]:
        return requests.get(f"{self.address}/_/pelanggaran", timeout=20).json()

    def rename(self, old: str, new: str) -> None:
        requests.post(f"{self.address}/_/nama", json={"lama": old, "baru": new}, timeout=20)


@contextmanager
def opened(base: Path, top: Path, site: str = "", *, begun: bool = True, **about: object) -> Iterator[Github]:
    """An office of the tests' cast whose `main` lies on GitHub; nothing has happened in it. `site` is its address.

    Its ledger has not `begun` where a test sets it up by itself; `about` is what else its GitHub is like.
    """
    top.mkdir(parents=True, exist_ok=True)
    bare = top / "github"
    history.create(bare, bare=True)
    git(bare, "fetch", "--quiet", str(base / "server"), f"{MAIN}:{MAIN}")
    if site:
        _move_to(bare, site)
    if begun:
        _genesis(bare, base / "kunci" / "pencatat", timedelta(seconds=int(about.get("ago", 0))))
    git(top, "clone", "--quiet", str(bare), "kerja")
    people = {f"token-{who}": [f"{who}-kantor", cast.account(who)] for who in cast.BANGKA.roles}
    users = people | {"token-bot": ["github-actions[bot]", 41898282], "token-orang": ["orang-luar", 99]}
    owners = [f"{who}-kantor" for who in cast.BANGKA.roles]
    setup = top / "github.json"
    given = {"repository": REPOSITORY, "folder": str(bare), "users": users, "owners": owners} | about
    setup.write_text(json.dumps(given), "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(HERE / "github_fake.py"), str(setup)], stdout=subprocess.PIPE, text=True
    )
    try:
        hub = Github(bare, process.stdout.readline().strip(), base / "kunci", top / "kerja", site)
        yield hub
        violations = hub.violations()
        assert violations == [], violations
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def _move_to(bare: Path, site: str) -> None:
    """The office's site is at another address."""
    whole = history.History(bare)
    main = whole.resolve(MAIN)
    text = whole.read(main, OFFICE_FILE).decode()
    blob = whole.write("blob", text.replace(SITE, site).encode())
    tree = whole.replace(whole.tree_of(main), OFFICE_FILE, Entry(FILE_MODE, b"", blob))
    git(bare, "update-ref", MAIN, git(bare, "commit-tree", tree, "-m", "Kantor"))
    whole.close()


def _genesis(bare: Path, key: Path, ago: timedelta) -> None:
    opened_bare = history.History(bare)
    main = opened_bare.resolve(MAIN)
    version = policies.policy_at(opened_bare, main).register.version
    at = datetime.now(tz=UTC).replace(microsecond=0) - timedelta(hours=1) - ago
    ledger.append(opened_bare, key, [Record(kind=RecordKind.GENESIS, at=at, new=main, policy=version)])
    assert opened_bare.resolve(LEDGER)
    opened_bare.close()
