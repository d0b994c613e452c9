"""The attachments of a repository, examined for the gate: faults as findings, and scans that must have been read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sopan import item, limited, messages
from sopan.attachments import Examined
from sopan.finding import Finding, found
from sopan.history import History

READ_BY_EYE = "halaman dibaca"


@dataclass(frozen=True, order=True)
class Stored:
    """A file of an item as git keeps it: its path from the top of the repository, and its object."""

    file: str
    oid: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.file.rpartition("/")[2]


@dataclass(frozen=True)
class Attached:
    """Examinations, each file's made once, and all that are asked for together made in one child process."""

    history: History
    known: dict[Stored, Examined] = field(default_factory=dict)

    def examine(self, files: Iterable[Stored]) -> None:
        """See to it that these are known; index.md is no attachment."""
        new = sorted({file for file in files if file.name != item.INDEX} - self.known.keys())
        answers = limited.screen([(file.name, self.history.blob(file.oid)) for file in new])
        self.known.update(zip(new, answers, strict=True))

    def of(self, file: Stored) -> Examined | None:
        """A file's examination; None for index.md."""
        self.examine([file])
        return self.known.get(file)


def faults(examined: Examined, file: str, *, commit: str | None = None) -> Iterator[Finding]:
    """What is wrong inside an attachment."""
    for fault in examined.faults:
        yield Finding(fault.rule, messages.say(fault.rule, **fault.values), commit, file)


def unread(scans: Iterable[str], note: str, *, commit: str | None = None) -> Iterator[Finding]:
    """Scanned files of which the note of the completing step does not say that their pages were read by eye."""
    if READ_BY_EYE not in " ".join(note.casefold().split()):
        yield from (found("lampiran-pindaian", commit=commit, file=file, kata=READ_BY_EYE) for file in scans)
