"""The pages as mkdocs makes them, with its configuration, its theme and its events.

Apart from `build`, which begins what is made beside the pages before it waits for mkdocs to be loaded.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from sopan.errors import SopanError
from sopan.site import render, rest, taken
from sopan.site.bundles import Bundles
from sopan.site.facts import SiteFacts
from sopan.site.hooks import BUNDLES, FACTS, GUIDES_TAKEN, PARTS, TAKEN
from sopan.site.kept_parts import Parts
from sopan.site.kept_templates import KeptTemplates
from sopan.site.taken import Taken

CONFIG_FILE = "mkdocs.yml"


def make(tree: Path, out: Path, facts: SiteFacts, same: Taken, bundles: Bundles, *, parts: Parts) -> None:
    """Make all but what is taken over, and wait for what is made beside; SopanError with what mkdocs says is amiss."""
    render.keep_compiled(KeptTemplates(parts, "halaman"))
    try:
        with rest.strict():
            config = load_config(str(tree / CONFIG_FILE), site_dir=str(out), strict=True)
            config.extra |= {FACTS: facts, BUNDLES: bundles, PARTS: parts}
            config.extra |= {TAKEN: same, GUIDES_TAKEN: bool(same.files)}
            config.plugins.on_startup(command="build", dirty=False)
            try:
                rest.build(config, taken.is_guide if same.files else _nothing, parts)
            finally:
                config.plugins.on_shutdown()
    except MkDocsException as error:
        raise SopanError(str(error)) from error


def _nothing(_: str) -> bool:
    return False
