"""Personal data and secrets in a text, as findings: what is refused, and what an officer has to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sopan import legible, personal_data
from sopan.finding import Finding, found
from sopan.office import Office
from sopan.personal_data import Degree

CONFIRMATION = "data pribadi dikonfirmasi"
SHOWN_FINDINGS = 20  # of one text; a list of a thousand people is refused by twenty sentences as well

# The marks of secrecy on official letters: a label with its class, or the class alone on a line, as a stamp.
_LABELLED_SECRET = re.compile(r"(?:sifat|tingkat keamanan|klasifikasi keamanan) ?: ?(?:sangat )?(?:rahasia|terbatas)\b")
_STAMPED_SECRET = re.compile(r"(?:SANGAT )?RAHASIA|R A H A S I A")


@dataclass(frozen=True)
class _Place:
    """Where a text stands, so that a line in it becomes the place of a finding."""

    commit: str | None
    file: str | None
    first_line: int | None
    where: str

    def found(self, rule: str, line: int, **values: str) -> Finding:
        """A finding at a line of the text, from 1."""
        at = None if self.first_line is None else self.first_line + line - 1
        where = f" pada {self.where}" if self.where else ""
        return found(rule, commit=self.commit, file=self.file, line=at, tempat=where, **values)


def of_text(
    text: str, *, commit: str | None, file: str | None, first_line: int | None, office: Office, where: str = ""
) -> Iterator[Finding]:
    """What must not be published in `text`, which begins at `first_line` of `file`.

    Without `first_line` the findings name no line; `where` is then the place in words, such as "lembar Data sel B7".
    """
    place = _Place(commit, file, first_line, where)
    refused = _personal(text, Degree.REFUSED, office, place)
    yield from islice(chain(refused, _secrets(text, place)), SHOWN_FINDINGS)


def to_confirm(
    text: str, *, commit: str | None, file: str | None, first_line: int | None, office: Office, where: str = ""
) -> Iterator[Finding]:
    """What may be published in `text` when an officer confirms that it belongs to a formal document."""
    place = _Place(commit, file, first_line, where)
    yield from islice(_personal(text, Degree.CONFIRM, office, place), SHOWN_FINDINGS)


def confirmation(unconfirmed: Sequence[Finding], note: str) -> list[Finding]:
    """Those findings of `to_confirm` that stand: all of them, unless the note confirms them in the agreed words."""
    return [] if CONFIRMATION in " ".join(note.casefold().split()) else list(unconfirmed)


def of_name(path: str, *, commit: str | None, office: Office) -> Iterator[Finding]:
    """What must not be published in a file's path; the path is masked where it is shown."""
    shown = personal_data.masked(path)
    for name in path.split("/"):
        yield from of_text(name, commit=commit, file=shown, first_line=None, office=office, where="nama berkas")


def _personal(text: str, degree: Degree, office: Office, place: _Place) -> Iterator[Finding]:
    for hit in personal_data.hits(text, allowed=personal_data.allowed(office)):
        if hit.degree is degree:
            yield place.found(f"pribadi-{hit.kind.value}", hit.line, nilai=hit.masked, kata=CONFIRMATION)


def _secrets(text: str, place: _Place) -> Iterator[Finding]:
    seen = legible.read(text)
    for number, line in zip(seen.numbers, seen.text.split("\n"), strict=False):
        if _STAMPED_SECRET.fullmatch(line) or _LABELLED_SECRET.match(line.casefold()):
            yield place.found("isi-rahasia", number)
