"""Builds the site as `mkdocs build --strict` does, for callers inside Sopan; the bytes are the same."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from sopan.errors import SopanError
from sopan.site import downloads, gather, inputs, taken
from sopan.site.bundles import Bundles
from sopan.site.checkout import Checkout
from sopan.site.facts import SiteFacts
from sopan.site.kept_parts import Parts
from sopan.site.taken import Built, Release, Taken

_FAILED = "Situs tidak dapat dibangun: {}. Perbaiki hal itu, lalu bangun lagi."


def build(tree: Path, out: Path, *, facts: SiteFacts | None = None) -> None:
    """Build the site of the work tree `tree` into the folder `out`, in place of what lies there.

    `facts` are read from the tree and its repository unless the caller has them. SopanError when anything is amiss.
    """
    if out.exists():
        shutil.rmtree(out)
    facts = facts or _gathered(tree)
    with _offering(facts, Parts(), out) as bundles:
        _make(tree, out, facts, Taken(), bundles, parts=Parts())


def onto(
    tree: Path,
    out: Path,
    live: Callable[[], Release | None],
    *,
    facts: SiteFacts | None = None,
    checkout: Checkout | None = None,
) -> Built:
    """Build as `build` does, but only what the `live` release did not make of the same inputs: that is told, not made.

    What is in `out` afterwards and what is taken over are, byte for byte, what `build` makes
    (`release_copy.complete`). Where `tree` is that of a `checkout`, the items that are taken over need not lie in it.
    """
    common = inputs.shared(tree)
    parts = Parts(checkout.origin, common) if checkout else Parts()
    with _uncollected():
        facts = facts or _gathered(tree, checkout, common)
    with _offering(facts, parts, out) as offered:
        with _uncollected():
            made_of, before = inputs.of(tree, facts, common), live()
            same = taken.choose(before, made_of)
        if checkout is not None:
            checkout.bring(same.others(facts.oldest_first))
        bundles = replace(offered, before=None if same.whole else before)
        with _uncollected() if same.files else nullcontext():  # few pages are made
            _make(tree, out, facts, same, bundles, parts=parts)
    return Built(made_of, bundles.digests, same.files.beside(bundles.files, bundles.blocks), same.whole)


@contextmanager
def _offering(facts: SiteFacts, parts: Parts, out: Path) -> Iterator[Bundles]:
    """What the site offers beside its pages is made by a child while these are; it is let go where they fail."""
    bundles = Bundles()
    bundles.begin_other([partial(downloads.write, downloads.plan(facts, parts), out)])
    try:
        yield bundles
    finally:
        bundles.abandon()


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is read here of all items is needed to the end: no collection looks at it, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _gathered(tree: Path, checkout: Checkout | None = None, basis: str = "") -> SiteFacts:
    try:
        return gather.gather(tree, checkout, basis)
    except SopanError as error:
        raise SopanError(_FAILED.format(error)) from error


def _make(tree: Path, out: Path, facts: SiteFacts, same: Taken, bundles: Bundles, *, parts: Parts) -> None:
    """Make all but what is taken over, wait for what is made beside, and look at every file before anybody sees it."""
    from sopan.site import output, with_mkdocs  # noqa: PLC0415 - half a second, in which others are at work already

    try:
        with_mkdocs.make(tree, out, facts, same, bundles, parts=parts)
    except SopanError as error:
        raise SopanError(_FAILED.format(error)) from error
    judged = same.files.beside(bundles.files, bundles.blocks)
    output.require_harmless(output.Output(out, facts.policy.office.site, judged))
