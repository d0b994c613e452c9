"""What an act's commit says: subject, the person's note, and the trailers, the same from a clone and from a forge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sopan import commits, trailer
from sopan.sop import Step


@dataclass(frozen=True)
class Statement:
    """A message before it is written."""

    subject: str
    note: str
    trailers: Mapping[str, str]

    def message(self, more: Mapping[str, str] | None = None) -> str:
        """The canonical message, with `more` trailers where the act was done on a forge."""
        return commits.compose(self.subject, self.note, {**self.trailers, **(more or {})})


def start(item: str, step: Step) -> Statement:
    """I begin this step."""
    return Statement(f"Mulai langkah {step.number}: {item}", "", {trailer.ITEM: item, trailer.START: str(step.number)})


def step(item: str, due: Step, note: str, content: str) -> Statement:
    """I finish this step, over this content."""
    trailers = {trailer.ITEM: item, trailer.STEP: str(due.number), trailer.CONTENT: content}
    return Statement(f"Langkah {due.number}: {due.action} {item}", note, trailers)


def back(item: str, number: int, reason: str, content: str) -> Statement:
    """Back to this step."""
    trailers = {trailer.ITEM: item, trailer.RETURN: str(number), trailer.CONTENT: content}
    return Statement(f"Kembali ke langkah {number}: {item}", reason, trailers)


def cancel(item: str, reason: str) -> Statement:
    """This submission ends."""
    return Statement(f"Batal: {item}", reason, {trailer.ITEM: item, trailer.CANCEL: trailer.YES})


def renew(item: str, note: str) -> Statement:
    """The branch takes `main` as it is now."""
    return Statement(f"Selaras: {item}", note, {trailer.ITEM: item, trailer.RENEW: trailer.YES})


def approval(name: str, note: str, content: str) -> Statement:
    """A second officer approves a maintenance branch."""
    return Statement(f"Setuju: rawat/{name}", note, _maintenance(trailer.APPROVE, content))


def joining(name: str, content: str) -> Statement:
    """`main` takes a maintenance branch."""
    return Statement(f"Gabung: rawat/{name}", "", _maintenance(trailer.JOIN, content))


def _maintenance(act: str, content: str) -> Mapping[str, str]:
    return {trailer.MAINTENANCE: act, trailer.CONTENT: content}
