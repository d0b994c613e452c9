"""Parts of what shows all items that are each made of one year's, or of one item: what grows with them is kept so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sopan.site import digests
from sopan.site.facts import Entry, SiteFacts
from sopan.site.kept_parts import Parts


@dataclass(frozen=True)
class YearParts:
    """Parts that are each made of all that pages of many items say of one year's."""

    facts: SiteFacts
    parts: Parts

    def part(self, name: str, year: str, make: Callable[[], bytes]) -> bytes:
        """The part of that name of a year."""
        return self.parts.part(f"{name}-{year}", self.facts.volumes[year].shown, make)

    def each(self, name: str, entries: Sequence[Entry], tell: Callable[[Entry], object]) -> list[Any]:
        """What is told of items, of some year, as JSON has it; each is kept apart, for a year of which one changed."""
        return self.parts.each(f"{name}-butir", entries, _shown, tell)


def _shown(entry: Entry) -> str:
    return digests.of(entry.shown)
