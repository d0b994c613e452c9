"""The search's bundles: one that is made of the same as in the release before is taken over, all others are made.

Children do that beside the build, which lays its pages out meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from sopan import beside
from sopan.site import search, search_places, taken
from sopan.site.blocks import Block
from sopan.site.release_files import Known
from sopan.site.search_bundle import Bundle
from sopan.site.taken import Release


@dataclass(frozen=True)
class Plan:
    """A bundle as it will be: its place in the site, one digest of all that it is made of, and how to make it.

    `pages` makes the pages that it is of, as far as they are not there; what it found helps the bundle.
    `weight` is how much work all that is, beside other bundles'.
    """

    place: str
    made_of: str
    make: Callable[[], Bundle]
    weight: int
    pages: Callable[[], None] | None = None


@dataclass(frozen=True)
class Bundles:
    """The release that bundles may be taken from, made by the same program; what came of each of this build's.

    `files` are those that are taken over, one by one or in `blocks`. `digests` say what each bundle is made of, by its
    place. `children` are at work beside the build.
    """

    before: Release | None = None
    files: dict[str, Known] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    children: list[beside.Child] = field(default_factory=list)

    def begin_other(self, tasks: Sequence[Callable[[], object]]) -> None:
        """Begin what else can be done beside the build."""
        self.children.extend(beside.begin(tasks))

    def begin(self, plans: Iterable[Plan], out: Path) -> None:
        """Begin the bundles of the site in the folder `out`."""
        planned = [(plan, not self._is_taken_over(plan)) for plan in plans]
        heaviest_first = sorted(planned, key=lambda one: one[0].weight, reverse=True)
        tasks = [partial(_make, plan, out, is_new=is_new) for plan, is_new in heaviest_first if is_new or plan.pages]
        self.children.extend(beside.begin(tasks))

    def end(self, out: Path) -> None:
        """Wait for the bundles, and tell with which a search begins; SopanError when one could not be made."""
        beside.wait(self.children)
        places = [PurePosixPath(place) for place in self.digests]
        for scope in dict.fromkeys(place.parent for place in places):
            mine = [place for place in places if place.parent == scope]
            search_places.write(out / scope, {place.name: self._lies(out, place) for place in mine})

    def abandon(self) -> None:
        """Let go of what is not finished, for the build failed."""
        beside.stop(self.children)

    def _lies(self, out: Path, place: PurePosixPath) -> Path:
        """Where a bundle lies: one that is taken over, in the release before."""
        is_taken = f"{place}/" in self.blocks or f"{place}/{search.CONTENTS}" in self.files
        return self.before.source / place if self.before and is_taken else out / place

    def _is_taken_over(self, plan: Plan) -> bool:
        self.digests[plan.place] = plan.made_of
        if self.before is None or self.before.bundles.get(plan.place) != plan.made_of:
            return False
        block = self.before.found.blocks.get(f"{plan.place}/")
        if block is not None:
            self.blocks[f"{plan.place}/"] = block
            return True
        files = taken.below(self.before, plan.place)
        self.files.update(files)
        return bool(files)


def _make(plan: Plan, out: Path, *, is_new: bool) -> None:
    if plan.pages:
        plan.pages()
    if is_new:
        search.write(plan.make(), out / plan.place)
