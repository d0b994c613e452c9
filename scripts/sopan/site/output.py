"""The finished site as files: every one is looked at before it may go live, the search's index included."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import orjson

from sopan import beside, item
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.site import downloads, release_files, safety, safety_quick, search, search_index

ASSETS = frozenset({".js", ".css", ".map", ".png", ".svg", ".ico", ".woff", ".woff2"})
PAGES = frozenset({".html", ".xml", ".gz", ".json"})
OFFERED = frozenset({".csv", ".xlsx", ".json", ".jsonld"})
INDEX = frozenset({".json", ".pagefind", ".pf_meta", search_index.PIECE, search_index.FRAGMENT})
_ITEMS, _ASSETS = "informasi", "assets"
_MANY = 1000  # files; of fewer a child would save nothing
_Files = Sequence[tuple[str, os.DirEntry[str]]]


@dataclass(frozen=True)
class Output:
    """A finished site: its folder, its public address, and what of it was judged before, wherever that lies."""

    folder: Path
    address: str
    judged: Container[str] = frozenset()

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self.judged or (self.folder / path).is_file()


def require_harmless(site: Output) -> None:
    """SopanError with everything in the folder of a finished site that must not go live."""
    files = list(release_files.walk(site.folder))
    wrong = _by_two(site, files) if len(files) > _MANY else _sentences(site, files)
    if wrong:
        raise SopanError("; ".join(wrong))


def _by_two(site: Output, files: _Files) -> list[str]:
    """The same of every second file from a child, and from here where the child says nothing."""
    with beside.telling(lambda: [orjson.dumps(_sentences(site, files[1::2]))]) as said:
        own, told = _sentences(site, files[::2]), beside.answer(said)
    return own + (_sentences(site, files[1::2]) if told is None else orjson.loads(told))


def _sentences(site: Output, files: _Files) -> list[str]:
    return [finding.sentence() for finding in judge(site, files)]


def judge(site: Output, files: _Files) -> Iterator[Finding]:
    """Everything in these files of a finished site that must not go live."""
    for file, entry in files:
        path = site.folder / file
        if entry.is_symlink() or not _expected(PurePosixPath(file)):
            yield found("keluaran-berkas", file=file)
        elif path.suffix == ".html":
            page = path.read_text("utf-8")
            if not safety_quick.is_harmless(page, site.address):
                yield from safety.judge(page, file, site.address)
        elif path.suffix == search_index.FRAGMENT:
            yield from _result(path, site, file)


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


def _result(path: Path, site: Output, file: str) -> Iterator[Finding]:
    """What the search shows it shows as plain text; the address that it leads to must be a page of this site."""
    address = search.read(path.read_bytes())["url"]
    if not site.has(f"{address.removeprefix('/')}index.html"):
        yield found("keluaran-alamat", file=file, alamat=address)
