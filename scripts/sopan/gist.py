"""What timings need of the ledger: when each commit was first received, and each merge first seen live.

The pattern knows only the form that `ledger.serialise` writes, and makes no record of it; whatever is written otherwise
goes the long way through `ledger.parse`, with the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, partial
from itertools import chain
from typing import BinaryIO

import orjson

from sopan import beside, ledger
from sopan.history import History
from sopan.ledger import Gist, Ledger, RecordKind

_MESSAGE = re.compile(
    rb"[ -~]+\n\n"
    rb"(?:((?:[0-9a-f]{40}\n)+)\n)?"
    rb"Agenda-Jenis: (pangkal|terima|tayang|buang)\n"
    rb"Agenda-Waktu: (20[0-9]{2}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)\n"
    rb"Agenda-Ref: [ -~]+\n"
    rb"Agenda-Lama: [0-9a-f]{40}\n"
    rb"Agenda-Baru: ([0-9a-f]{40})\n"
    rb"Agenda-Kebijakan: [0-9]{1,9}\n"
    rb"(?:Agenda-(?:Putusan|Pengirim|Butir|Alamat|Alasan): [ -~]*\n)*"
)
_KINDS = {kind.value.encode(): kind for kind in RecordKind}


def read(history: History, tip: str, known: str | None = None) -> Ledger:
    """What `ledger.read` gives, without the records; of those after `known` alone where that is given."""
    book = ledger.gathered(of(oid, raw) for oid, raw in ledger.raw(history, tip, known))
    return book if known else ledger.begun(book)


class Awaited:
    """A whole ledger that another process reads meanwhile: its genesis at once, the rest when it is asked for."""

    def __init__(self, history: History, tip: str, said: BinaryIO) -> None:
        self._history, self._tip, self._said = history, tip, said
        first = said.readline()
        self.genesis = first[:-1].decode() if first.endswith(b"\n") else self._whole.genesis

    @property
    def receipts(self) -> Mapping[str, datetime]:
        """When each commit was first received."""
        return self._whole.receipts

    @property
    def live(self) -> Mapping[str, datetime]:
        """When each merge was first seen live."""
        return self._whole.live

    @cached_property
    def _whole(self) -> Ledger:
        told = beside.answer(self._said)
        if told is None:
            return read(self._history, self._tip)
        receipts, live = ({oid: datetime.fromisoformat(at) for oid, at in one.items()} for one in orjson.loads(told))
        return Ledger((), receipts, live, self.genesis)


@contextmanager
def begun(history: History, tip: str) -> Iterator[Awaited]:
    """Begin to read a whole ledger in a process of its own."""
    with beside.telling(partial(_said, history, tip)) as said:
        yield Awaited(history, tip, said)


def _said(history: History, tip: str) -> Iterator[bytes]:
    """What `Awaited` is told: the genesis, then all receipts and proofs."""
    gists = (of(oid, raw) for oid, raw in ledger.raw(history, tip, None))
    first = next(gists)
    yield f"{ledger.begun(ledger.gathered([first])).genesis}\n".encode()
    whole = ledger.gathered(chain([first], gists))
    yield orjson.dumps([whole.receipts, whole.live])


def of(oid: str, raw: bytes) -> Gist:
    """The gist of one record; SopanError where there is none in these bytes."""
    match = _MESSAGE.fullmatch(raw, raw.find(b"\n\n") + 2) if raw.isascii() else None
    if match is None:
        return ledger.gist(ledger.parse(oid, raw))
    received, kind, at, new = match.groups()
    try:
        instant = datetime.fromisoformat(at.decode())
    except ValueError:  # a day that no calendar has
        return ledger.gist(ledger.parse(oid, raw))
    return Gist(_KINDS[kind], instant, new.decode(), tuple(received.decode().split()) if received else ())
