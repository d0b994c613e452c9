"""Builds of a site what mkdocs' own `build` would, but the pages that are taken over from the release before.

The steps are those of `mkdocs.commands.build.build`, in its order; the version of mkdocs is pinned, and a test holds
every file against a build from nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, clean_directory


def build(config: MkDocsConfig, is_taken: Callable[[str], bool]) -> None:
    """Build all but the written pages whose place in `docs/` is taken; mkdocs' exceptions where anything is amiss."""
    counter = CountHandler()
    counter.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(counter)
    try:
        _build(config, is_taken)
    except BuildError as error:
        raise Abort(str(error)) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)
    if counter.get_counts():
        raise Abort("Aborted with warnings in strict mode!")


def _build(config: MkDocsConfig, is_taken: Callable[[str], bool]) -> None:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    clean_directory(config.site_dir)
    env = config.theme.get_env()
    files = get_files(config)
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    shown, named = files.documentation_pages(inclusion=InclusionLevel.is_included), {page.file for page in nav.pages}
    made = [file for file in shown if not is_taken(file.src_uri)]
    for file in shown:
        page = _page(file, config)
        if file in named or not is_taken(file.src_uri):  # every page's menu says the titles of those in it
            _populate_page(page, config, files)
        else:
            config.plugins.on_pre_page(page, config=config, files=files).read_source(config)
    env = config.plugins.on_env(env, config=config, files=files) or env
    files.copy_static_files(inclusion=InclusionLevel.is_included)
    for template in config.theme.static_templates:
        _build_theme_template(template, env, files, config, nav)
    for file in made:
        _build_page(_page(file, config), config, shown, nav, env)
    for file in made:
        _page(file, config).validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    config.plugins.on_post_build(config=config)


def _page(file: File, config: MkDocsConfig) -> Page:
    """The page of a file; mkdocs gives those in its menu theirs."""
    return file.page or Page(None, file, config)
