"""The search's index, made by Pagefind at the end of a build: no server, no network, the same bytes each time.

Pagefind never sees a page of the site. It is given pages of roots, made here from records, so that nothing hidden has
to stand in what visitors read; and the texts that results show are put into its fragments afterwards. What results can
be narrowed by are words too: Pagefind writes its own filters in an order that differs from run to run.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pagefind_bin import get_executable

from sopan.errors import SopanError
from sopan.site import search_words
from sopan.site.search_words import MOST_AFFIXES, SHORTEST_ROOT, other_forms, roots, words

PUBLIC, GUIDES = "cari/indeks", "cari/panduan"
WORDS = "kata.json"
FRAGMENT = ".pf_fragment"
KEPT = ("pagefind.js", "pagefind-entry.json", "*.pf_meta", "wasm.unknown.pagefind", "index/*", "fragment/*")
LANGUAGE = "unknown"  # Pagefind's own stemmer would cut roots a second time

_SHOWN_CHARACTERS = 12_000
_SHOWN_OF_A_PART = 3_000
_MARK = b"pagefind_dcd"
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


def build(records: Sequence[Record], out: Path) -> None:
    """Write the index of `records` into the folder `out`: one bundle, which a page may join with others."""
    readings = [_Reading(record) for record in records]
    with tempfile.TemporaryDirectory(prefix="sopan-cari-") as place:
        top = Path(place)
        for reading in readings:
            page = top / "halaman" / reading.record.address / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(reading.page, encoding="utf-8")
        _index(top)
        _keep(top / "hasil", out)
    shown = {f"/{reading.record.address}": reading.shown() for reading in readings}
    for fragment in sorted((out / "fragment").iterdir()):
        _show(fragment, shown)
    (out / WORDS).write_bytes(_as_json(_vocabulary(word for reading in readings for word in reading.words)))


def read(fragment: Path) -> dict[str, Any]:
    """A result as Pagefind keeps it: `url`, and what we added."""
    return cast("dict[str, Any]", json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(_MARK)))


def _index(top: Path) -> None:
    """Let Pagefind read the pages of roots; a folder of its own and no environment, so that no setting reaches it."""
    command = [str(get_executable()), "--site", "halaman", "--output-path", "hasil", "--force-language", LANGUAGE, "-q"]
    (top / "halaman").mkdir(exist_ok=True)
    ended = subprocess.run(command, cwd=top, env={}, capture_output=True, text=True, check=False)  # noqa: S603  our own
    if ended.returncode:
        raise SopanError(f"Indeks pencarian tidak dapat dibuat: {ended.stderr.strip()}. Laporkan kepada pengelola.")


def _keep(made: Path, out: Path) -> None:
    """Of what Pagefind made, what the search page asks for; its own widgets stay behind."""
    for pattern in KEPT:
        for file in sorted(made.glob(pattern)):
            target = out / file.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _show(fragment: Path, shown: Mapping[str, Mapping[str, object]]) -> None:
    """Put what a result shows in place of the roots that were indexed."""
    inside = read(fragment)
    inside.update(content="", meta={}, butir=shown[inside["url"]])
    fragment.write_bytes(gzip.compress(_MARK + _as_json(inside), mtime=0))


class _Reading:
    """A record, read: the page of roots for Pagefind, where each part begins in it, and all its words."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._blocks = [
            (_TITLE_WEIGHT, words(record.title)),
            (_KEY_WEIGHT, words(" ".join([record.summary, *record.keys]))),
            *((part.weight, words(f"{part.title} {part.text}")) for part in record.parts),
        ]

    @property
    def words(self) -> Iterator[str]:
        return (word for _, found in self._blocks for word in found)

    @cached_property
    def _indexed(self) -> list[tuple[float, list[str]]]:
        forms = [form for _, found in self._blocks for form in other_forms(found)]
        return [
            *((weight, _once_each(roots(found))) for weight, found in self._blocks),
            (_FORM_WEIGHT, _once_each(roots(forms))),
            (_FACET_WEIGHT, list(self.record.facets)),
        ]

    @property
    def page(self) -> str:
        blocks = (_BLOCK.format(weight=weight, words=" ".join(found)) for weight, found in self._indexed)
        return _PAGE.format(blocks="".join(blocks))

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


def _once_each(found: Iterable[str]) -> list[str]:
    """Every root once: how often a part repeats it says little, and would be loaded with every search for it."""
    return list(dict.fromkeys(found))


def _vocabulary(found: Iterable[str]) -> Mapping[str, object]:
    """What the browser needs to reduce a query's words as the index was reduced."""
    lexicon = search_words.lexicon()
    all_words = sorted(set(found) - lexicon.common)
    known = search_words.dictionary_roots(map(search_words.root, all_words))
    among = frozenset(known)
    otherwise = {
        word: search_words.root(word) for word in all_words if search_words.peel(word, among) != search_words.root(word)
    }
    return {
        "akar": " ".join(known),
        "lain": otherwise,
        "umum": sorted(lexicon.common),
        "akhiran": lexicon.endings,
        "awalan": lexicon.beginnings,
        "imbuhan": MOST_AFFIXES,
        "terpendek": SHORTEST_ROOT,
    }


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
