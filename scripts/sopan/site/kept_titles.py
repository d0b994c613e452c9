"""Titles of guides that are taken over: all that the menu of other pages says of them, without their Markdown.

mkdocs finds some in the menu's own settings and others by rendering a page. Which it was is no matter here: they are
kept as mkdocs gave them, by one digest of all texts, of the settings and of the program.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from mkdocs.structure.pages import Page

from sopan.site import digests
from sopan.site.kept_parts import Parts

_NAME = "judul"


def give(pages: Sequence[Page], parts: Parts) -> bool:
    """Give these pages the titles that they had; False where none are kept of just these."""
    kept = parts.kept(_NAME, _made_of(pages))
    if kept is None:
        return False
    for page, title in zip(pages, orjson.loads(kept), strict=True):
        page.title = title
    return True


def keep(pages: Sequence[Page], parts: Parts) -> None:
    """Keep the titles that these pages have now."""
    parts.part(_NAME, _made_of(pages), lambda: orjson.dumps([page.title for page in pages]))


def _made_of(pages: Sequence[Page]) -> str:
    return digests.of([page.file.src_uri for page in pages])
