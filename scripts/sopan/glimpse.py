"""What timings need of a commit, read from its bytes in one pattern: for whole histories, tens of thousands at once.

The pattern knows only the form in which Sopan's own commands write steps, starts and returns; whatever is written
otherwise goes the long way through `commits.parse`, with the same answer. Nothing here decides whether a commit may
stand: the gate did, and an audit does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from sopan import acts, commits, evidence, trailer
from sopan.chain import Kind
from sopan.commits import Commit
from sopan.evidence import Event

_COMMON = re.compile(
    rb"tree [0-9a-f]{40}\n"
    rb"parent ([0-9a-f]{40})\n(?:parent ([0-9a-f]{40})\n)?"
    rb"author ([ -;=?-~]* <[!-;=?-~]*> ([1-9][0-9]{0,9}) ([+-][0-9]{4}))\n"
    rb"committer \3\n"
    rb"gpgsig (-----BEGIN SSH SIGNATURE-----\n(?: [^\n]*\n)+)"
    rb"\n([!-~][ -~]*)(\n[\n -~]*?)??\n\n"  # asks for the trailers first, then for a note: most have none
    rb"SOP-Butir: ([0-9]{4}/[a-z0-9]+(?:-[a-z0-9]+)*)\n"
    rb"(?:SOP-(Langkah|Kembali): ([1-9][0-9]{0,2})\nSOP-Isi: (sha256:[0-9a-f]{64})|SOP-Terima: ([1-9][0-9]{0,2}))\n"
)
_KINDS: Mapping[tuple[bytes | None, bool], Kind] = MappingProxyType(  # by the key, and whether there are two parents
    {
        (b"Langkah", False): Kind.STEP,
        (b"Langkah", True): Kind.PUBLISH,
        (b"Kembali", False): Kind.RETURN,
        (b"Kembali", True): Kind.RETURN,
        (None, False): Kind.START,
        (None, True): Kind.START,
    }
)
_LONGEST = 4096  # well within every limit of `commits`: a longer one is read the long way


class Glimpse(NamedTuple):
    """A canonical commit as far as timings need it; `event` is the forge's, `dated` the committer's claim."""

    oid: str
    parents: tuple[str, ...]
    kind: Kind
    step: int | None
    item: str | None
    named_content: str | None
    event: Event | None
    dated: datetime
    signature: bytes | None
    note: str


def read(oid: str, raw: bytes) -> Glimpse | None:
    """What stands in these bytes; None when they are not canonical."""
    match = _COMMON.fullmatch(raw) if len(raw) <= _LONGEST else None
    if match is None:
        return _long_way(oid, raw)
    first, second, _, epoch, offset, signature, subject, note, item, key, number, content, start = match.groups()
    zone = _zone(offset)
    if zone is None or _doubtful(subject) or (note and _doubtful(note)):
        return _long_way(oid, raw)
    return Glimpse(
        oid,
        (first.decode(), second.decode()) if second else (first.decode(),),
        _KINDS[key, second is not None],
        int(number or start),
        item.decode(),
        content.decode() if content else None,
        None,
        datetime.fromtimestamp(int(epoch), zone),
        signature.replace(b"\n ", b"\n"),
        note.strip().decode() if note else "",
    )


def _doubtful(text: bytes) -> bool:
    """Whether something in it may read as a trailer, or end the message, for some tool."""
    return b"---" in text or b"sop-" in text.lower()


def _long_way(oid: str, raw: bytes) -> Glimpse | None:
    commit, _ = commits.parse(oid, raw)
    return None if commit is None else of(commit)


def of(commit: Commit) -> Glimpse:
    """The same of a commit that was parsed."""
    trailers = commit.trailers
    return Glimpse(
        commit.oid,
        commit.parents,
        acts.kind(commit),
        acts.step(commit),
        trailers.get(trailer.ITEM),
        trailers.get(trailer.CONTENT),
        evidence.read(trailers),
        commit.dated,
        commit.signature,
        commit.note,
    )


@cache
def _zone(offset: bytes) -> timezone | None:
    length = commits.offset(offset.decode())
    return None if length is None else timezone(length)
