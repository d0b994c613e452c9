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
from typing import NamedTuple

from sopan import commits
from sopan.commits import Commit

_COMMON = re.compile(
    rb"tree [0-9a-f]{40}\n"
    rb"((?:parent [0-9a-f]{40}\n){1,2})"
    rb"author ([ -;=?-~]* <[!-;=?-~]*> ([1-9][0-9]{0,9}) ([+-][0-9]{4}))\n"
    rb"committer \2\n"
    rb"gpgsig (-----BEGIN SSH SIGNATURE-----\n(?: [^\n]*\n)+)"
    rb"\n([!-~][ -~]*)(\n[\n -~]*?)?\n\n"
    rb"SOP-Butir: ([0-9]{4}/[a-z0-9]+(?:-[a-z0-9]+)*)\n"
    rb"(?:(SOP-Langkah|SOP-Kembali): ([1-9][0-9]{0,2})\nSOP-Isi: (sha256:[0-9a-f]{64})|SOP-Terima: ([1-9][0-9]{0,2}))\n"
)
_PARENT = len("parent ") + 40 + 1
_LONGEST = 4096  # well within every limit of `commits`: a longer one is read the long way
_DOUBTFUL = (b"sop-", b"---")  # what may read as a trailer, or end the message, for some tool


class Glimpse(NamedTuple):
    """A canonical commit as far as timings need it; the fields are those of `Commit`, `dated` the committer's claim."""

    oid: str
    parents: tuple[str, ...]
    dated: datetime
    signature: bytes | None
    trailers: Mapping[str, str]
    note: str


def read(oid: str, raw: bytes) -> Glimpse | None:
    """What stands in these bytes; None when they are not canonical."""
    match = _COMMON.fullmatch(raw) if len(raw) <= _LONGEST else None
    if match is None:
        return _long_way(oid, raw)
    parents, _, epoch, offset, signature, subject, note, item, key, number, content, start = match.groups()
    zone = _zone(offset)
    words = (subject + (note or b"")).lower()
    if zone is None or any(doubtful in words for doubtful in _DOUBTFUL):
        return _long_way(oid, raw)
    block = {commits.ITEM: item.decode()}
    if start:
        block[commits.START] = start.decode()
    else:
        block |= {key.decode(): number.decode(), commits.CONTENT: content.decode()}
    return Glimpse(
        oid=oid,
        parents=tuple(parents[at + 7 : at + 47].decode() for at in range(0, len(parents), _PARENT)),
        dated=datetime.fromtimestamp(int(epoch), zone),
        signature=signature.replace(b"\n ", b"\n"),
        trailers=block,
        note=note.strip().decode() if note else "",
    )


def _long_way(oid: str, raw: bytes) -> Glimpse | None:
    commit, _ = commits.parse(oid, raw)
    return None if commit is None else _of(commit)


def _of(commit: Commit) -> Glimpse:
    return Glimpse(commit.oid, commit.parents, commit.dated, commit.signature, commit.trailers, commit.note)


@cache
def _zone(offset: bytes) -> timezone | None:
    length = commits.offset(offset.decode())
    return None if length is None else timezone(length)
