"""Parts of what shows all items, each made of one year's or of one item: kept, so that only what changed is made anew.

A part is kept with one digest of all that it is made of, the program included; under another digest, or damaged, it is
made as if nothing had been kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson

from sopan import kept_lines
from sopan.site import digests

One = TypeVar("One")
"""Whatever has a line: an item as an entry, or by name."""


@dataclass(frozen=True)
class Parts:
    """What is kept below git's folder `origin` by the same `basis`; without a folder all is made each time."""

    origin: Path | None = None
    basis: str = ""

    def part(self, name: str, made_of: str, make: Callable[[], bytes]) -> bytes:
        """The part of that name: as it was kept, where it is made of the same."""
        before = self.kept(name, made_of)
        if before is not None:
            return before
        made = make()
        self.keep(name, made_of, made)
        return made

    def kept(self, name: str, made_of: str) -> bytes | None:
        """The part as it was kept; None where it is not, or was made of something else."""
        text = kept_lines.read(self._file(name)) if self.origin else None
        head = self._head(made_of) + b"\n"
        return bytes(text[len(head) :]) if text and text[: len(head)] == head else None

    def keep(self, name: str, made_of: str, made: bytes) -> None:
        """Keep a part, where anything is kept."""
        if self.origin:
            kept_lines.save(self._file(name), (self._head(made_of), made))

    def lines(
        self,
        name: str,
        entries: Sequence[One],
        made_of: Callable[[One], str],
        make: Callable[[Sequence[One]], Iterable[bytes]],
    ) -> list[bytes]:
        """A line for each of some, by one digest of all that it is made of; those are made that were not kept."""
        if self.origin is None:
            return list(make(entries))
        names, kept = [made_of(entry) for entry in entries], self.kept_lines(name)
        new = {digest: entry for digest, entry in zip(names, entries, strict=True) if digest not in kept}
        kept |= dict(zip(new, make([*new.values()]), strict=True))
        if new:
            lines = (f"{digest}\t".encode() + kept[digest] for digest in names)
            kept_lines.save(self._file(name), (self.basis.encode(), *lines))
        return [kept[digest] for digest in names]

    def each(
        self, name: str, ones: Sequence[One], made_of: Callable[[One], str], tell: Callable[[One], object]
    ) -> list[Any]:
        """What is told of each, as JSON has it; the same is kept, and told anew of what is made of something else."""
        lines = self.lines(name, ones, made_of, lambda new: (orjson.dumps(tell(one)) for one in new))
        return [orjson.loads(line) for line in lines]

    def kept_lines(self, name: str) -> dict[str, bytes]:
        """The lines that are kept under a name, by what each is made of."""
        first, *lines = (kept_lines.load(self._file(name)) if self.origin else None) or [b""]
        named = (line.split(b"\t", 1) for line in lines) if first == self.basis.encode() else ()
        return {digest.decode(): line for digest, line in named}

    def _head(self, made_of: str) -> bytes:
        return digests.of(self.basis, made_of).encode()

    def _file(self, name: str) -> Path:
        return Path(self.origin or "", kept_lines.FOLDER, f"situs-{name}.bagian")

