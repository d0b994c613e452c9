"""A ledger written anew by a forger: with the signatures that were there, a key of his own, or the server's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sopan import commits, ledger, signature
from sopan.history import LEDGER, History
from sopan.ledger import Record


@dataclass(frozen=True)
class Forger:
    """Whoever writes below a bare repository; `key` signs what he writes, None keeps the signatures that stood."""

    history: History
    key: Path | None = None

    def records(self) -> list[Record]:
        """The records as they stand."""
        return list(ledger.read(self.history).records)

    def write(self, records: Sequence[Record], *, since: int = 0) -> list[str]:
        """Write these records; those before `since` keep their own signatures. Gives their ids."""
        oids: list[str] = []
        for number, record in enumerate(records):
            payload = ledger.serialise(record, oids[-1] if oids else None)
            oids.append(self._store(payload, record.oid, kept=self.key is None or number < since))
        self.point(oids[-1] if oids else None)
        return oids

    def change(self, change: Callable[[list[Record]], Sequence[Record]], *, since: int = 0) -> list[str]:
        """Write what `change` makes of the records."""
        return self.write(change(self.records()), since=since)

    def edit(self, number: int, old: bytes, new: bytes) -> str:
        """Other bytes in one record, under the signature that it had, as the last one; gives its id."""
        raw = self.history.commit(self.records()[number].oid)
        assert raw.count(old) == 1, (old, raw)
        oid = self._written(raw.replace(old, new))
        self.point(oid)
        return oid

    def point(self, oid: str | None) -> None:
        """Let the ledger's ref name this record, or nothing."""
        self.history.run("update-ref", *(["-d", LEDGER] if oid is None else [LEDGER, oid]))

    def _store(self, payload: bytes, like: str, *, kept: bool) -> str:
        if kept:
            return self._written(commits.attach(payload, commits.detach(self.history.commit(like))[1] or b""))
        return self._written(commits.attach(payload, signature.sign(payload, self.key or Path())))

    def _written(self, raw: bytes) -> str:
        return self.history.run("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=raw)
