"""A finding: one broken rule, at one place, in one sentence that a civil servant can act on."""

from __future__ import annotations

from dataclasses import dataclass

from sopan import messages, quoting


@dataclass(frozen=True, order=True)
class Finding:
    """What is wrong and what would be right (`message`), under a stable rule id.

    `commit` is a full object id, `file` a path from the top of the repository, `line` counts from 1.
    """

    rule: str
    message: str
    commit: str | None = None
    file: str | None = None
    line: int | None = None

    def place(self) -> str:
        """Where, as people read it: file and line, else the commit, else nothing."""
        if self.file:
            file = quoting.quote(self.file)  # a pushed name may hold line breaks, or a person's number
            return f"{file} baris {self.line}" if self.line else file
        return f"komit {self.commit[:10]}" if self.commit else ""

    def sentence(self) -> str:
        """The finding as one line: place, what is wrong and what would be right, rule id."""
        place = self.place()
        return f"{place}: {self.message} [{self.rule}]" if place else f"{self.message} [{self.rule}]"


def found(
    rule: str,
    *,
    commit: str | None = None,
    file: str | None = None,
    line: int | None = None,
    **values: object,
) -> Finding:
    """A finding of `rule`, its sentence filled with `values` (a person's own words are quoted and masked)."""
    return Finding(rule, messages.say(rule, **values), commit, file, line)
