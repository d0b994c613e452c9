"""What a site was made of, as its release keeps it: by year, and by page where somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import orjson


@dataclass(frozen=True)
class OfYear:
    """What the pages of a year's items and of its list are made of: one digest of all that, and `told` of each.

    That is JSON: a digest by item, and by the last part of the address of each page of the list.
    """

    made_of: str
    told: Callable[[], bytes]

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The digests, for a year of which something is made of something else."""
        read: Mapping[str, str] = orjson.loads(self.told())
        return read

    def shared_with(self, before: OfYear) -> Iterator[str]:
        """The items and pages that were made of the same before."""
        return (name for name, digest in self.pages.items() if before.pages.get(name) == digest)


@dataclass(frozen=True)
class Inputs:
    """Hex SHA-256 of what all pages are made of besides the items (`shared`), and what those of each year's are.

    `linked` says whether a link leads from a written page to an item, which mkdocs then looks for.
    """

    shared: str
    linked: bool
    years: Mapping[str, OfYear]
