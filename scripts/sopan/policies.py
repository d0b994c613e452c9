"""The policy that stands in a commit, and those of many, each read once: most moves change items alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sopan import policy, policy_files
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.history import History
from sopan.policy import Policy
from sopan.trees import TREE_MODE, Entry


def policy_findings(history: History, commit: str) -> tuple[Policy | None, list[Finding]]:
    """The policy that stands in a commit, and what keeps it from being used."""
    return policy.load(lambda path: history.read(commit, path), lambda folder: history.list_files(commit, folder))


@lru_cache(maxsize=16)  # a commit never changes, and one command asks for its policy several times
def policy_at(history: History, main: str) -> Policy:
    """The policy that stands in a commit of `main`; SopanError with every reason when it cannot be used."""
    loaded, findings = policy_findings(history, main)
    if loaded is None or findings:
        reasons = "; ".join(finding.sentence() for finding in findings)
        raise SopanError(f"Kebijakan pada main tidak dapat dipakai, perbaiki dahulu: {reasons}")
    return loaded


@dataclass(frozen=True)
class Policies:
    """A repository's policies by commit; SopanError from `policy_at` where one cannot be used."""

    history: History
    known: dict[tuple[Entry, ...], Policy] = field(default_factory=dict)

    def of(self, commit: str) -> Policy:
        """The policy that stands in a commit."""
        key = tuple(entry for entry in self.history.tree(self.history.tree_of(commit)) if _is_policy(entry))
        if key not in self.known:
            self.known[key] = policy_at(self.history, commit)
        return self.known[key]

    def version(self, commit: str) -> int:
        """The version of that policy."""
        return self.of(commit).register.version

    def latest(self, commits: Sequence[str], version: int) -> str | None:
        """The last of these commits at which the policy had this version; None where it never had."""
        return next((commit for commit in reversed(commits) if self.version(commit) == version), None)


def _is_policy(entry: Entry) -> bool:
    name = entry.name.decode(errors="replace")
    return policy_files.is_policy(f"{name}/" if entry.mode == TREE_MODE else name)
