"""GitHub's runner for tests: `act` runs our workflows on this machine, against the fake GitHub and its repository.

Stand-ins for what needs a network: `actions/checkout` clones the bare repository, the `scripts/install` that it leaves
there links this environment instead of making one, the two actions of Pages copy into a folder that a test serves, and
`gh` only keeps what it was told. All else is the workflow's own text.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

import github_office
import site_office as so
from desks import PATH, environment

FOLDER = so.ROOT / ".github/workflows"
TOOLS = Path(sys.executable).parent
PAYLOADS = Path(__file__).parent / "data/github/payloads.json"
CHECKOUT = """\
name: checkout
inputs: {ref: {default: main}, fetch-depth: {default: "1"}, persist-credentials: {default: "true"}}
runs:
  using: composite
  steps:
    - shell: bash
      env:
        REF: ${{ inputs.ref }}
        DEPTH: ${{ inputs.fetch-depth }}
      run: |
        git init --quiet --initial-branch=main .
        git remote add origin 'file://@BARE@'
        depth=(); [ "$DEPTH" = 0 ] || depth=(--depth "$DEPTH")
        git fetch --quiet --no-tags "${depth[@]}" origin "$REF"
        git checkout --quiet --force -B main FETCH_HEAD
        mkdir -p scripts .venv
        printf '#!/bin/sh\\nln -s "@TOOLS@" .venv/bin\\n' >scripts/install
        chmod +x scripts/install
        cp '@WITH_RECORDER@' scripts/
"""

UPLOAD = """\
name: upload
inputs: {path: {default: _site/}}
runs:
  using: composite
  steps:
    - shell: bash
      env:
        SITE: ${{ inputs.path }}
      run: cp -RL "$SITE/." '@TOP@/artefak'
"""
DEPLOY = """\
name: deploy
runs:
  using: composite
  steps:
    - shell: bash
      run: cp -R '@TOP@/artefak/.' '@TOP@/pages'
"""
ACTIONS = {"checkout": CHECKOUT, "upload-pages-artifact": UPLOAD, "deploy-pages": DEPLOY}
GH = """\
#!/bin/sh
printf '%s\\n' "$*" >>'@TOP@/gh'
"""


@dataclass(frozen=True)
class Ran:
    """How a workflow ended, and what its jobs printed."""

    code: int
    out: str


@dataclass(frozen=True)
class Runner:
    """A machine that runs workflows for one repository."""

    hub: github_office.Github
    top: Path

    def comment(self, said: Mapping[str, object]) -> Ran:
        """What GitHub starts when somebody has commented."""
        payload = _payload("issue_comment")
        payload["issue"] |= {"number": self.hub.number, "pull_request": {"url": "https://api.github.com/x"}}
        return self.run("catat", "issue_comment", payload | {"comment": said})

    def review(self, said: Mapping[str, object]) -> Ran:
        """What GitHub starts when somebody has reviewed: the signal, and what its end starts."""
        event = {"action": "submitted", "pull_request": {"number": self.hub.number}, "review": said}
        signal = self.run("telaah", "pull_request_review", event)
        assert signal.code == 0, signal.out
        return self.signalled(title(self.hub.number, said["id"]))

    def signalled(self, name: str) -> Ran:
        """What GitHub starts when a run of the signal, called so, has ended."""
        event = {"event": "pull_request_review", "display_title": name, "id": 1}
        return self.run("catat", "workflow_run", {"action": "completed", "workflow_run": event})

    def judge(self) -> Ran:
        """What GitHub starts when a pull request was opened or has moved."""
        event = {"action": "synchronize", "number": self.hub.number, "pull_request": {"number": self.hub.number}}
        return self.run("gerbang", "pull_request_target", event)

    def run(self, workflow: str, event: str, payload: Mapping[str, object]) -> Ran:
        """One workflow on one event."""
        file = self.top / "peristiwa.json"
        file.write_text(json.dumps(payload), "utf-8")
        ended = subprocess.run(
            self._words(workflow, event, file),
            cwd=self._project(),
            env=environment(
                SOPAN_KUNCI_PENCATAT=(self.hub.keys / "pencatat").read_text("utf-8"),
                HOME=str(self.top),
                PATH=f"{self.top / 'bin'}:{PATH}",
            ),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Ran(ended.returncode, ended.stdout + ended.stderr)

    def publish(self) -> Ran:
        """What GitHub starts when it is asked to by name."""
        return self.run("terbit", "workflow_dispatch", {"ref": "refs/heads/main", "inputs": None})

    def daily(self) -> Ran:
        """What GitHub starts on every working day."""
        return self.run("ingatkan", "schedule", {"schedule": "40 0 * * 1-5"})

    def asked(self) -> list[str]:
        """What workflows told `gh` to do."""
        kept = self.top / "gh"
        return kept.read_text("utf-8").splitlines() if kept.exists() else []

    def _words(self, workflow: str, event: str, file: Path) -> list[str]:
        text = (FOLDER / f"{workflow}.yml").read_text("utf-8")
        words = [str(TOOLS / "act"), event, "-P", "ubuntu-24.04=-self-hosted", "-e", str(file)]
        words += ["-W", str(FOLDER / f"{workflow}.yml"), "--action-cache-path", str(self.top / "tindakan")]
        words += ["-s", "GITHUB_TOKEN=token-bot", "-s", "SOPAN_KUNCI_PENCATAT", "--defaultbranch", "main"]
        for said in (f"GITHUB_API_URL={self.hub.address}", f"GITHUB_REPOSITORY={github_office.REPOSITORY}"):
            words += ["--env", said]
        for used in sorted(set(re.findall(r"actions/[a-z-]+@[0-9a-f]{40}", text))):
            words += ["--local-repository", f"{used}={self.top / used.partition('@')[0]}"]
        return words

    def _project(self) -> Path:
        """The folder that `act` starts in, and beside it all that stands in for something."""
        project = self.top / "proyek"
        if project.exists():
            return project
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(project)], check=True)
        for name, text in ACTIONS.items():
            self._write(f"actions/{name}/action.yml", text)
        self._write("bin/gh", GH).chmod(0o755)
        for name in ("artefak", "pages"):
            (self.top / name).mkdir(exist_ok=True)
        return project

    def _write(self, name: str, text: str) -> Path:
        given = {
            "BARE": self.hub.bare,
            "TOOLS": TOOLS,
            "TOP": self.top,
            "WITH_RECORDER": so.ROOT / "scripts/with-recorder",
        }
        for key, value in given.items():
            text = text.replace(f"@{key}@", str(value))
        file = self.top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file


def title(number: int, review: object) -> str:
    """The name that GitHub gives to a run of the signal."""
    name = yaml.safe_load((FOLDER / "telaah.yml").read_text("utf-8"))["run-name"]
    name = name.replace("${{ github.event.pull_request.number }}", str(number))
    return name.replace("${{ github.event.review.id }}", str(review))


def _payload(name: str) -> dict[str, object]:
    return json.loads(PAYLOADS.read_text("utf-8"))[name]
