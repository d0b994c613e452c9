"""The finished site as files: every one is looked at before it may go live, the search's index included."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath

from sopan import item
from sopan.finding import Finding, found
from sopan.site import downloads, release_files, safety, safety_quick, search, search_pieces

ASSETS = frozenset({".js", ".css", ".map", ".png", ".svg", ".ico", ".woff", ".woff2"})
PAGES = frozenset({".html", ".xml", ".gz", ".json"})
OFFERED = frozenset({".csv", ".xlsx", ".json", ".jsonld"})
INDEX = frozenset({".json", ".pagefind", ".pf_meta", search_pieces.PIECE, search_pieces.FRAGMENT})
_ITEMS, _ASSETS = "informasi", "assets"


def judge(folder: Path, site: str, judged: Container[str] = frozenset()) -> Iterator[Finding]:
    """Everything in a finished site at `folder`, for the address `site`, that must not go live, but in `judged`."""
    for file, entry in release_files.walk(folder):
        if file in judged:
            continue
        path = folder / file
        if entry.is_symlink() or not _expected(PurePosixPath(file)):
            yield found("keluaran-berkas", file=file)
        elif path.suffix == ".html":
            page = path.read_text("utf-8")
            if not safety_quick.is_harmless(page, site):
                yield from safety.judge(page, file, site)
        elif path.suffix == search_pieces.FRAGMENT:
            yield from _result(path, folder, file)


def _expected(file: PurePosixPath) -> bool:
    """Whether a file of this kind belongs at this place."""
    if any(file.is_relative_to(bundle) for bundle in (search.PUBLIC, search.OFFICERS, search.ENGINE)):
        return file.suffix in INDEX
    if file.parts[0] == downloads.FOLDER:
        return file.suffix in OFFERED
    if file.parts[0] == _ITEMS and file.name == downloads.ITEM_FILE:
        return True
    if file.parts[0] == _ITEMS and file.suffix != ".html":
        return file.suffix.removeprefix(".") in item.EXTENSIONS
    return file.suffix in (ASSETS if file.parts[0] == _ASSETS else PAGES)


def _result(path: Path, folder: Path, file: str) -> Iterator[Finding]:
    """What the search shows it shows as plain text; the address that it leads to must be a page of this site."""
    address = search.read(path.read_bytes())["url"]
    if not (folder / address.removeprefix("/") / "index.html").is_file():
        yield found("keluaran-alamat", file=file, alamat=address)
