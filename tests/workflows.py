"""What must hold of the workflows, as generators of what is wrong with one; none of them knows a runner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from sopan.cli.github import github
from sopan.github.checking import CONTEXT

KEY, APP_KEY = "secrets.SOPAN_KUNCI_PENCATAT", "secrets.SOPAN_KUNCI_APLIKASI"
WITH_APP = "${{ vars.SOPAN_APLIKASI && 'pencatat' || '' }}"
ITEMS = ["docs/informasi/**"]
TRIGGERS = {
    "gerbang": {
        "pull_request_target": {
            "branches": ["main"],
            "types": ["opened", "reopened", "synchronize", "edited", "ready_for_review"],
        }
    },
    "telaah": {"pull_request_review": {"types": ["submitted"]}},
    "catat": {
        "issue_comment": {"types": ["created"]},
        "workflow_run": {"workflows": ["Telaah"], "types": ["completed"]},
    },
    "ingatkan": {"schedule": [{"cron": "40 0 * * 1-5"}], "workflow_dispatch": ""},
    "terbit": {"push": {"branches": ["main"]}, "workflow_dispatch": ""},
    "uji": {"pull_request": {"paths-ignore": ITEMS}, "push": {"branches": ["main"], "paths-ignore": ITEMS}},
}
RIGHTS = {
    ("gerbang", "menilai"): {"contents": "read", "pull-requests": "write", "statuses": "write"},
    ("telaah", "memberi-tahu"): {},
    ("catat", "mencatat"): {"contents": "write", "pull-requests": "write", "statuses": "write"},
    ("catat", "menerbitkan"): {"actions": "write"},
    ("ingatkan", "mengingatkan"): {"contents": "read", "pull-requests": "write"},
    ("terbit", "membangun"): {"contents": "write"},
    ("terbit", "menyebarkan"): {"pages": "write", "id-token": "write"},
    ("terbit", "membuktikan"): {"contents": "write"},
    ("uji", "menguji"): {"contents": "read"},
}
"""Every right that a job has. What is not here, a job must not have."""
ACTIONS = frozenset({"actions/checkout", "actions/upload-pages-artifact", "actions/deploy-pages"})
_UNTRUSTED = {"telaah", "uji"}
"""Workflows that the change itself brings: they hold no secret and no right to write."""
_PINNED = re.compile(r"uses: (?P<name>[\w./-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
_CHANGE = re.compile(r"\.head\b|head_ref|head_sha|refs/pull|git (fetch|checkout)")
_COMMAND = re.compile(r"(?:\.venv/bin/sopan github|scripts/with-recorder) (?P<name>\S+)(?P<words>[^\n]*)")


@dataclass(frozen=True)
class Workflow:
    """One workflow: its name, its text, and what the text says."""

    name: str
    text: str
    data: Mapping[str, Any]

    @property
    def jobs(self) -> Mapping[str, Any]:
        return self.data["jobs"]

    def steps(self) -> Iterator[Mapping[str, Any]]:
        for job in self.jobs.values():
            yield from job.get("steps", [])


def read(name: str, text: str) -> Workflow:
    """A workflow whose every scalar is a string, so that `on` is a word and `false` what was written."""
    return Workflow(name, text, yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - makes strings only


def faults(workflow: Workflow) -> list[str]:
    """Everything that is wrong with a workflow."""
    rules = triggers, rights, actions, checkouts, expressions, secrets, bounds, gate_job, commands
    return [fault for rule in rules for fault in rule(workflow)]


def triggers(workflow: Workflow) -> Iterator[str]:
    """A workflow starts on exactly these events."""
    if workflow.data["on"] != TRIGGERS.get(workflow.name):
        yield f"starts on {workflow.data['on']}"


def rights(workflow: Workflow) -> Iterator[str]:
    """No right by default; each job has exactly its own."""
    if workflow.data.get("permissions") != {}:
        yield "rights by default"
    for name, job in workflow.jobs.items():
        if job.get("permissions") != RIGHTS.get((workflow.name, name)):
            yield f"rights of {name}"


def actions(workflow: Workflow) -> Iterator[str]:
    """Few actions of others, each by its commit, with the version beside it."""
    for line in workflow.text.splitlines():
        said = line.strip().removeprefix("- ")
        if said.startswith("uses:"):
            pinned = _PINNED.fullmatch(said)
            if pinned is None or pinned["name"] not in ACTIONS:
                yield f"action: {said}"


def checkouts(workflow: Workflow) -> Iterator[str]:
    """No credentials stay in the tree; where code of the change must not run, `main` is what is checked out."""
    for step in workflow.steps():
        if "actions/checkout@" in step.get("uses", ""):
            said = step.get("with", {})
            if said.get("persist-credentials") != "false" or said.get("fetch-depth") != "0":
                yield "credentials or depth of a checkout"
            if said.get("ref") != (None if workflow.name in _UNTRUSTED else "main"):
                yield "a checkout of the change"
    if workflow.name not in _UNTRUSTED and _CHANGE.search(workflow.text):
        yield "the change's own commit is named"


def expressions(workflow: Workflow) -> Iterator[str]:
    """Nothing is written into a script before the shell reads it."""
    for step in workflow.steps():
        if "${{" in step.get("run", ""):
            yield f"expression in {step.get('name')}"


def secrets(workflow: Workflow) -> Iterator[str]:
    """The recorder's key and the App's are the only secrets, and only steps of jobs in their environment hold them."""
    for found in re.findall(r"secrets\.?\w*", workflow.text):
        if found not in {KEY, APP_KEY}:
            yield f"secret {found}"
    for job in workflow.jobs.values():
        allowed = {"pencatat": {KEY, APP_KEY}, WITH_APP: {APP_KEY}}.get(job.get("environment", ""), set())
        if any(key in str(job) and (key not in allowed or workflow.name in _UNTRUSTED) for key in (KEY, APP_KEY)):
            yield "a key outside its environment"
        if any(key in str([job.get("env"), workflow.data.get("env")]) for key in (KEY, APP_KEY)):
            yield "a key in every step"


def bounds(workflow: Workflow) -> Iterator[str]:
    """Each run has a group, each job an end."""
    if "group" not in workflow.data.get("concurrency", {}):
        yield "no group of runs"
    if workflow.name not in {"gerbang", "uji"} and workflow.data["concurrency"].get("cancel-in-progress") != "false":
        yield "a run that records may be cancelled"
    for name, job in workflow.jobs.items():
        if not 1 <= int(job.get("timeout-minutes", "0")) <= 60:
            yield f"no end of {name}"
        if job.get("runs-on") != "ubuntu-24.04" or "continue-on-error" in str(job):
            yield f"where or how {name} runs"


def gate_job(workflow: Workflow) -> Iterator[str]:
    """Only the command says `gerbang`; the job that judges cannot be skipped."""
    for name, job in workflow.jobs.items():
        if CONTEXT in {name, job.get("name")}:
            yield "a job is called as the required status is"
        if workflow.name == CONTEXT and any("if" in one for one in (job, *job["steps"])):
            yield "the judging job may be skipped"


def commands(workflow: Workflow) -> Iterator[str]:
    """Every command that is called exists, with these options."""
    for step in workflow.steps():
        for call in _COMMAND.finditer(step.get("run", "")):
            known = github.commands.get(call["name"])
            if known is None:
                yield f"no such command: {call['name']}"
                continue
            options = {word for one in known.params for word in one.opts}
            for word in re.findall(r"--[a-z-]+", call["words"]):
                if word not in options:
                    yield f"no such command: {call['name']} {word}"
