"""The finished site as files: every one is looked at before it may go live, the search's index included."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from pathlib import Path, PurePosixPath

import orjson

from sopan import beside, item
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.site import downloads, release_files, safety, safety_quick, search, search_pieces

ASSETS = frozenset({".js", ".css", ".map", ".png", ".svg", ".ico", ".woff", ".woff2"})
PAGES = frozenset({".html", ".xml", ".gz", ".json"})
OFFERED = frozenset({".csv", ".xlsx", ".json", ".jsonld"})
INDEX = frozenset({".json", ".pagefind", ".pf_meta", search_pieces.PIECE, search_pieces.FRAGMENT})
_ITEMS, _ASSETS = "informasi", "assets"
_MANY = 1000  # files; of fewer a child would save nothing
_Files = Sequence[tuple[str, os.DirEntry[str]]]


def require_harmless(folder: Path, site: str, judged: Container[str] = frozenset()) -> None:
    """SopanError with everything in a finished site at `folder`, for the address `site`, that must not go live.

    Of the files in `judged` nothing is asked.
    """
    files = [one for one in release_files.walk(folder) if one[0] not in judged]
    wrong = _by_two(folder, site, files) if len(files) > _MANY else _sentences(folder, site, files)
    if wrong:
        raise SopanError("; ".join(wrong))


def _by_two(folder: Path, site: str, files: _Files) -> list[str]:
    """The same of every second file from a child, and from here where the child says nothing."""
    with beside.telling(lambda: [orjson.dumps(_sentences(folder, site, files[1::2]))]) as said:
        own, told = _sentences(folder, site, files[::2]), beside.answer(said)
    return own + (_sentences(folder, site, files[1::2]) if told is None else orjson.loads(told))


def _sentences(folder: Path, site: str, files: _Files) -> list[str]:
    return [finding.sentence() for finding in judge(folder, site, files)]


def judge(folder: Path, site: str, files: _Files) -> Iterator[Finding]:
    """Everything in these files of a finished site at `folder`, for the address `site`, that must not go live."""
    for file, entry in files:
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
