"""Builds the site as `mkdocs build --strict` does, for callers inside Sopan; the bytes are the same."""

from __future__ import annotations

import logging
from pathlib import Path

import mkdocs.commands.build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from sopan.errors import SopanError
from sopan.site import output
from sopan.site.facts import SiteFacts
from sopan.site.hooks import FACTS

CONFIG_FILE = "mkdocs.yml"


def build(tree: Path, out: Path, *, facts: SiteFacts | None = None) -> None:
    """Build the site of the work tree `tree` into the folder `out`, which is emptied first.

    `facts` are read from the tree and its repository unless the caller has them. SopanError when anything is amiss.
    """
    warnings = _Warnings()
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        config = load_config(str(tree / CONFIG_FILE), site_dir=str(out), strict=True)
        config.extra[FACTS] = facts
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs.commands.build.build(config)
        finally:
            config.plugins.on_shutdown()
        _require_harmless(out, config.site_url or "")
    except MkDocsException as error:
        reasons = "; ".join(warnings.sentences or [str(error)])
        raise SopanError(f"Situs tidak dapat dibangun: {reasons}. Perbaiki hal itu, lalu bangun lagi.") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)


def _require_harmless(out: Path, site: str) -> None:
    """No file of the finished site may run or load anything but the theme's and the site's own."""
    wrong = [finding.sentence() for finding in output.judge(out, site)]
    if wrong:
        raise SopanError("; ".join(wrong))


class _Warnings(logging.Handler):
    """Keeps what mkdocs warned of, since strict mode itself only tells how often."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(record.getMessage())
