"""The search's index, made by Pagefind at the end of a build: no server, no network, the same bytes each time.

Pagefind never sees a page of the site. It is given pages of roots, made here from records, so that nothing hidden has
to stand in what visitors read; and the texts that results show are put into its fragments afterwards. What results can
be narrowed by are words too: Pagefind writes its own filters in an order that differs from run to run.

There is one bundle for each year's items, or several where they are many, one for the pages of the site and one for
the officers' guides. A bundle's inputs are its records and this program, and nothing that another bundle holds: a
year whose records stay as they are has the same bytes. The browser opens the newest bundle that holds what is asked
for, and joins the others (`docs/assets/cari.js`); which bundle that is, `search_places` tells it. What Pagefind says of
a record can be kept, and joined with others later (`search_bundle`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, cast

from sopan.site import pagefind, search_bundle, search_index, search_parts, search_words
from sopan.site.search_bundle import Bundle, Page
from sopan.site.search_words import MOST_BEGINNINGS, SHORTEST_ROOT, other_forms, roots, words

PUBLIC, OFFICERS, ENGINE = "cari/indeks", "cari/panduan", "cari/mesin"
PAGES, GUIDES = f"{PUBLIC}/situs", f"{OFFICERS}/panduan"
CONTENTS, RULES, WASM = "isi.json", "aturan.json", "wasm.unknown.pagefind"

_LONG_ENOUGH = 16  # digits of a digest
_SHOWN_CHARACTERS = 12_000
_SHOWN_OF_A_PART = 3_000
_PAGE = "<html><body data-pagefind-body>{blocks}</body></html>"
_BLOCK = '<p data-pagefind-weight="{weight}">{words}</p>'
_TITLE_WEIGHT, _KEY_WEIGHT, _FORM_WEIGHT, _FACET_WEIGHT = 8, 4, 1, 0.1


@dataclass(frozen=True)
class Part:
    """A stretch of a page's text: its heading, the anchor that leads there, and how much its words weigh (0 to 10)."""

    title: str
    anchor: str
    text: str
    weight: float = 1


@dataclass(frozen=True, kw_only=True)
class Record:
    """What can be found: the page's address below the site (`informasi/2026/x/`), and what is searched and shown.

    `labels` are shown with a result; `keys` are words that are only searched; `facets` narrow results.
    """

    address: str
    title: str
    summary: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    facets: tuple[str, ...]
    parts: tuple[Part, ...]


def facet(name: str, value: str) -> str:
    """The word by which results are narrowed; nobody types it, and none is the beginning of another."""
    return "".join(words(f"{name}{value}")) + "z"


def year(name: str) -> str:
    """Where a bundle of a year's items lies: `2026`, or a part of a year that has many, `2026-1`."""
    return f"{PUBLIC}/{name}"


def build_engine(out: Path) -> None:
    """Write what every search begins with into the folder `out`: Pagefind's program, and how words have their roots."""
    made = pagefind.indexed([_PAGE.format(blocks="sopan")])
    out.mkdir(parents=True, exist_ok=True)
    (out / WASM).write_bytes(made[WASM])
    lexicon, parts = search_words.lexicon(), search_parts.cut(search_words.dictionary())
    rules = {
        "umum": " ".join(sorted(lexicon.common)),
        "partikel": lexicon.particles,
        "akhiran": lexicon.endings,
        "awalan": lexicon.beginnings,
        "lapis": MOST_BEGINNINGS,
        "terpendek": SHORTEST_ROOT,
        "mulai": search_parts.starts(parts),
    }
    (out / RULES).write_bytes(as_json(rules))
    for number, part in enumerate(parts):
        (out / f"{number}.json").write_bytes(as_json(" ".join(part)))


def build(records: Sequence[Record], out: Path) -> None:
    """Write the index of `records` into the folder `out`: one bundle, which a search may join with others."""
    write(indexed(records), out)


def indexed(records: Sequence[Record]) -> Bundle:
    """The records as Pagefind reads them, in the order in which it is told of them."""
    readings = [_Reading(record) for record in records]
    index = search_index.read(pagefind.indexed(reading.page for reading in readings) if records else {})
    shown = dict(_shown(fragment, length, readings) for fragment, length in index.pages)
    pages = [
        Page(*shown.get(number, (b"", 0)), " ".join(dict.fromkeys(reading.roots)), reading.otherwise)
        for number, reading in enumerate(readings)
    ]
    return Bundle(pages, index.words)


def write(bundle: Bundle, out: Path) -> None:
    """Write a bundle into the folder `out`.

    Its files lie in a folder that is named by their digest, so that no browser joins files of two publications.
    """
    folder = write_together(search_bundle.files(bundle), out)
    told = {"berkas": folder, "halaman": len(bundle.pages), **search_bundle.known(bundle)}
    (out / CONTENTS).write_bytes(as_json(told))


def write_together(files: Mapping[str, bytes], out: Path) -> str:
    """Write files, by their names, into a folder of `out` that is named by their digest; its name."""
    digests = (hashlib.sha256(content).digest() for content in files.values())
    name = hashlib.sha256(b"".join(digests)).hexdigest()[:_LONG_ENOUGH]
    folder = out / name
    folder.mkdir(parents=True)
    for file, content in files.items():
        (folder / file).write_bytes(content)
    return name


def read(fragment: bytes) -> dict[str, Any]:
    """A result as Pagefind keeps it: `url`, and what we added."""
    return cast("dict[str, Any]", json.loads(search_index.unpacked(fragment)))


def _shown(fragment: bytes, length: int, readings: Sequence[_Reading]) -> tuple[int, tuple[bytes, int]]:
    """A page's number, and its fragment with its address and what a result shows in place of the indexed roots."""
    inside = read(fragment)
    number = int(PurePosixPath(inside["url"]).stem)
    reading = readings[number]
    inside.update(content="", meta={}, url=f"/{reading.record.address}", butir=reading.shown())
    return number, (search_index.packed(as_json(inside)), length)


class _Reading:
    """A record, read: the page of roots for Pagefind, where each part begins in it, and all its words."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._blocks = [
            (_TITLE_WEIGHT, words(record.title)),
            (_KEY_WEIGHT, words(" ".join([record.summary, *record.keys]))),
            *((part.weight, words(f"{part.title} {part.text}")) for part in record.parts),
        ]

    @cached_property
    def _indexed(self) -> list[tuple[float, list[str]]]:
        forms = [form for _, found in self._blocks for form in other_forms(found)]
        return [
            *((weight, _roots_of(found)) for weight, found in self._blocks),
            (_FORM_WEIGHT, _roots_of(forms)),
            (_FACET_WEIGHT, list(self.record.facets)),
        ]

    @property
    def roots(self) -> Iterator[str]:
        return (root for _, found in self._indexed for root in found)

    @property
    def page(self) -> str:
        blocks = (_BLOCK.format(weight=weight, words=" ".join(found)) for weight, found in self._indexed)
        return _PAGE.format(blocks="".join(blocks))

    @property
    def otherwise(self) -> Mapping[str, str]:
        """The roots that the browser, which peels, would not find: by their words."""
        told = ((word, search_words.unexplained(word)) for _, found in self._blocks for word in found)
        return {word: root for word, root in told if root}

    def shown(self) -> Mapping[str, object]:
        """What a result shows, by the names that `docs/assets/cari.js` reads; `mulai` counts words of the index."""
        starts, at = [], 0
        for _, found in self._indexed:
            starts.append(at)
            at += len(found)
        parts, left = [], _SHOWN_CHARACTERS
        for part, start in zip(self.record.parts, starts[2:], strict=False):
            text = part.text[: min(left, _SHOWN_OF_A_PART)]
            left -= len(text)
            parts.append({"judul": part.title, "jangkar": part.anchor, "mulai": start, "teks": text})
        record = self.record
        return {"judul": record.title, "ringkasan": record.summary, "label": record.labels, "bagian": parts}


def _roots_of(found: Iterable[str]) -> list[str]:
    """Every root once: how often a part repeats it says little, and would be loaded with every search for it."""
    return list(dict.fromkeys(roots(dict.fromkeys(found))))


def as_json(value: object) -> bytes:
    """The bytes of a file that the search page reads."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
