"""Builds a site as mkdocs' own `build` does, but for pages that are taken over, and those of items, made beside it.

The steps are those of `mkdocs.commands.build.build`, in its order, but that the site's folder is not emptied: others
write there already. The version of mkdocs is pinned, and tests hold every file against a build by mkdocs itself.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import cast

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from sopan import item_path
from sopan.errors import SopanError
from sopan.site import frame, kept_titles, taken
from sopan.site.kept_parts import Parts
from sopan.site.kept_templates import KeptNames, KeptTemplates

APART = "sopan_terpisah"


@dataclass(frozen=True)
class Apart:
    """The pages of items, by the item, which the build itself leaves out; what making them needs."""

    by_item: Mapping[str, Sequence[File]]
    config: MkDocsConfig
    files: Files
    shown: Sequence[File]
    nav: Navigation
    env: Environment

    def make(self, items: Iterable[str]) -> None:
        """Make the pages of these items; SopanError where mkdocs warns of anything."""
        try:
            with strict():
                for file in (file for item in items for file in self.by_item[item]):
                    page = Page(None, file, self.config)
                    self._fill(page)
                    _build_page(page, self.config, self.shown, self.nav, self.env)
        except MkDocsException as error:
            raise SopanError(str(error)) from error

    def _fill(self, page: Page) -> None:
        """As mkdocs' `_populate_page`, but for the Markdown, of which an item's page has none."""
        plugins = self.config.plugins
        page = plugins.on_pre_page(page, config=self.config, files=self.files)
        page.read_source(self.config)
        page.content = plugins.on_page_content("", page=page, config=self.config, files=self.files)


def build(config: MkDocsConfig, is_taken: Callable[[str], bool], parts: Parts) -> None:
    """Build all but the files whose place in `docs/` is taken; mkdocs' exceptions where anything is amiss.

    The pages of items are left to whom `config.extra[APART]` is for; `parts` keep what texts and theme were made into.
    """
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    env = config.theme.get_env()
    env.bytecode_cache = KeptTemplates(parts, "tema")
    files = get_files(config)
    files.add_files_from_theme(cast("Environment", KeptNames(env, parts)), config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    shown = files.documentation_pages(inclusion=InclusionLevel.is_included)
    apart = _by_item(shown)
    config.extra[APART] = Apart(apart, config, files, shown, nav, env)
    kept = (file for file in shown if not is_taken(file.src_uri) and taken.owner(file.src_uri) not in apart)
    made = dict.fromkeys(kept)
    for file in shown:
        page = _page(file, config)
        if file in made:
            _populate_page(page, config, files)
        else:
            config.plugins.on_pre_page(page, config=config, files=files).read_source(config)
    _title(nav.pages, is_taken, parts, partial(_populate_page, config=config, files=files))
    frame.share(env, nav)
    env = config.plugins.on_env(env, config=config, files=files) or env
    not_taken = Files([file for file in files if not is_taken(file.src_uri)])  # a shared file is part of what is live
    not_taken.copy_static_files(inclusion=InclusionLevel.is_included)
    for template in config.theme.static_templates:
        _build_theme_template(template, env, files, config, nav)
    for file in made:
        _build_page(_page(file, config), config, shown, nav, env)
    for file in _led_to(made, config) & {file for each in apart.values() for file in each}:
        _populate_page(_page(file, config), config, files)
    for file in made:
        _page(file, config).validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    config.plugins.on_post_build(config=config)


def _title(
    named: Iterable[Page], is_taken: Callable[[str], bool], parts: Parts, populate: Callable[[Page], None]
) -> None:
    """See that those pages have a title that are not made: every page's menu says it."""
    guides = [page for page in named if taken.is_guide(page.file.src_uri)]
    others = [page for page in guides if is_taken(page.file.src_uri)]
    if others and not kept_titles.give(others, parts):
        for page in others:
            populate(page)
    kept_titles.keep(guides, parts)


@contextmanager
def strict() -> Iterator[None]:
    """Fail with what mkdocs warned of, since its own strict mode only tells how often."""
    logger, warnings = logging.getLogger("mkdocs"), _Warnings()
    logger.addHandler(warnings)
    try:
        yield
    except MkDocsException as error:
        raise Abort("; ".join(warnings.sentences or [str(error)])) from error
    finally:
        logger.removeHandler(warnings)
    if warnings.sentences:
        raise Abort("; ".join(warnings.sentences))


def _by_item(shown: Iterable[File]) -> Mapping[str, Sequence[File]]:
    owned = defaultdict[str, list[File]](list)
    for file in shown:
        owner = taken.owner(file.src_uri)
        if owner and item_path.is_identity(owner):
            owned[owner].append(file)
    return dict(owned)


def _led_to(made: Iterable[File], config: MkDocsConfig) -> set[File]:
    """The pages to whose headings these pages lead."""
    return {file for one in made for file in _page(one, config).links_to_anchors or ()}


def _page(file: File, config: MkDocsConfig) -> Page:
    """The page of a file; mkdocs gives those in its menu theirs."""
    return file.page or Page(None, file, config)


class _Warnings(logging.Handler):
    """Keeps what mkdocs warned of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(record.getMessage())
