"""The search's bundles: one of the same records as in the release before is taken over, all others are made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from sopan.site import search, taken
from sopan.site.search import Record
from sopan.site.taken import Release


@dataclass(frozen=True)
class Bundles:
    """The release that bundles may be taken from, made by the same program; what came of each of this build's.

    `digests` are those of the records, by the bundle's place; `files` those that were taken over.
    """

    before: Release | None = None
    digests: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def make(self, records: Sequence[Record], place: str, out: Path) -> None:
        """The bundle of these records at `place` of the site in the folder `out`."""
        digest = self.digests[place] = hashlib.sha256(orjson.dumps(records)).hexdigest()
        files = taken.below(self.before, place) if self.before and self.before.bundles.get(place) == digest else ()
        if self.before and files:
            taken.link(self.before.folder, files, out)
            self.files.extend(files)
        else:
            search.build(records, out / place)
