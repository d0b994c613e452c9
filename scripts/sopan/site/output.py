"""The finished site as files: every one is looked at before it may go live, search index and sitemap included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sopan import item
from sopan.finding import Finding, found
from sopan.site import downloads, safety

ASSETS = frozenset({".js", ".css", ".map", ".png", ".svg", ".ico", ".woff", ".woff2"})
PAGES = frozenset({".html", ".xml", ".gz", ".json"})
OFFERED = frozenset({".csv", ".xlsx", ".json", ".jsonld"})
_ITEMS, _ASSETS, _SEARCH = "informasi", "assets", "search/search_index.json"


def judge(folder: Path, site: str) -> Iterator[Finding]:
    """Everything in a finished site at `folder`, for the address `site`, that must not go live."""
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        file = path.relative_to(folder).as_posix()
        if path.is_symlink() or not _expected(PurePosixPath(file)):
            yield found("keluaran-berkas", file=file)
        elif path.suffix == ".html":
            yield from safety.judge(path.read_text("utf-8"), file, site)
        elif file == _SEARCH:
            yield from _search_index(path, file, site)


def _expected(file: PurePosixPath) -> bool:
    """Whether a file of this kind belongs at this place."""
    if file.parts[0] == downloads.FOLDER:
        return file.suffix in OFFERED
    if file.parts[0] == _ITEMS and file.name == downloads.ITEM_FILE:
        return True
    if file.parts[0] == _ITEMS and file.suffix != ".html":
        return file.suffix.removeprefix(".") in item.EXTENSIONS
    return file.suffix in (ASSETS if file.parts[0] == _ASSETS else PAGES)


def _search_index(path: Path, file: str, site: str) -> Iterator[Finding]:
    """The search page shows the index's texts as markup, so they are judged as pages are."""
    for entry in json.loads(path.read_text("utf-8"))["docs"]:
        for text in (entry["title"], entry["text"]):
            yield from safety.judge(text, file, site)
