"""The search's bundles: one that is made of the same as in the release before is taken over, all others are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sopan.site import release_files, search, taken
from sopan.site.release_files import Known
from sopan.site.search import Record
from sopan.site.taken import Release


@dataclass(frozen=True)
class Bundles:
    """The release that bundles may be taken from, made by the same program; what came of each of this build's.

    `digests` say what each bundle is made of, by its place; `files` are those that were taken over.
    """

    before: Release | None = None
    digests: dict[str, str] = field(default_factory=dict)
    files: dict[str, Known] = field(default_factory=dict)

    def make(self, made_of: str, records: Callable[[], Sequence[Record]], place: str, out: Path) -> None:
        """The bundle at `place` of the site in `out`; `made_of` is one digest of all that its records are made of."""
        self.digests[place] = made_of
        files = taken.below(self.before, place) if self.before and self.before.bundles.get(place) == made_of else {}
        if self.before and files:
            release_files.link(self.before.folder, files, out)
            self.files.update(files)
        else:
            search.build(records(), out / place)
