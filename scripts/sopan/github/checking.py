"""The required check: a pull request's commits judged as data, told as one status and one comment kept up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopan import branches
from sopan.chain import Standing
from sopan.errors import Refused
from sopan.finding import Finding
from sopan.github import place as places
from sopan.github import pulls, thread
from sopan.github.place import Place
from sopan.github.pulls import Pull
from sopan.history import MAINTENANCE_REFS

CONTEXT = "gerbang"
GREEN, WAITING, RED = "success", "pending", "failure"
_LONGEST = 140  # of a status's description
_UNCOVERED = "bukti-kerja"


@dataclass(frozen=True)
class Verdict:
    """How a pull request stands: the status's state and words, where the item stands, and what is wrong."""

    state: str
    words: str
    standing: Standing | None
    sentences: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def check(place: Place, pull: Pull) -> Verdict:
    """Judge the pull request, set its status, and bring its comment up to date."""
    verdict = judge(place, pull)
    post(place, pull.head, verdict.state, verdict.words)
    told = thread.board(place.policy, verdict.standing, verdict.sentences, place.now)
    if pull.ref.startswith(MAINTENANCE_REFS):
        told = thread.upkeep(verdict.words, verdict.sentences)
    tell(place, pull, told)
    return verdict


def judge(place: Place, pull: Pull) -> Verdict:
    """What may be said of a pull request as it stands. Only the merge gives green, when the last act is given."""
    try:
        if pull.ref.startswith(MAINTENANCE_REFS):
            return _maintenance(place, pull)
        branch = places.branch_of(place, pull)
    except Refused as refusal:
        return Verdict(RED, refusal.sentences[0], None, refusal.sentences)
    read = branches.read_item(places.grounds(place, place.now), branch.item, head=pull.head, main=place.main)
    findings = tuple(finding for finding in read.findings if finding.rule != _UNCOVERED)
    if findings:
        return _red(findings, branch.standing)
    if len(read.findings) > len(findings):
        waits = thread.turn(place.policy, branch.standing, place.now)
        return Verdict(WAITING, f"Suntingan belum diserahkan; ditunggu {waits}", branch.standing, ())
    standing = read.standing or branch.standing
    return Verdict(WAITING, f"Menunggu {thread.turn(place.policy, standing, place.now)}", standing, ())


def post(place: Place, head: str, state: str, words: str) -> None:
    """Set the status of a commit."""
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    place.rest.post(f"statuses/{head}", {"state": state, "context": CONTEXT, "description": short})


def tell(place: Place, pull: Pull, text: str) -> None:
    """Write the one comment, or change it where it differs."""
    for data in place.rest.pages(f"issues/{pull.number}/comments"):
        if str(data.get("body") or "").startswith(thread.MARK) and data["user"] and data["user"]["type"] == pulls.BOT:
            if data["body"] != text:
                place.rest.patch(f"issues/comments/{data['id']}", {"body": text})
            return
    answer(place, pull, text)


def answer(place: Place, pull: Pull, text: str) -> None:
    """Say something in the thread."""
    place.rest.post(f"issues/{pull.number}/comments", {"body": text})


def _maintenance(place: Place, pull: Pull) -> Verdict:
    """A maintenance branch: made with officers' own keys, approved and merged by their words."""
    places.require_fetched(place, pull)
    read = branches.read_maintenance(places.grounds(place, place.now), head=pull.head, main=place.main)
    if read.findings:
        return _red(tuple(read.findings), None)
    return Verdict(WAITING, thread.APPROVED if read.chain[-1].approves else thread.UNAPPROVED, None, ())


def _red(findings: Sequence[Finding], standing: Standing | None) -> Verdict:
    sentences = tuple(finding.sentence() for finding in findings)
    return Verdict(
        RED, f"{len(findings)} hal perlu diperbaiki: {findings[0].message}", standing, sentences, tuple(findings)
    )
