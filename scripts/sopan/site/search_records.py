"""What of the site can be found: every item with the text of its attachments, the pages, and the officers' guides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser
from operator import attrgetter
from zlib import crc32

from sopan import limited
from sopan.attachments import Examined
from sopan.item import Attachment
from sopan.site import search, search_bundle, words
from sopan.site.facts import Entry, StoredFile
from sopan.site.kept_parts import Parts
from sopan.site.search import Part, Record, facet
from sopan.site.search_bundle import Bundle

NARROWED = ("kelas", "jenis", "tahun")
ENOUGH = 256  # items of a bundle: of one that changed so many are joined anew, however many its year has

_ATTACHMENT_WEIGHT = 0.5
_UNREAD = frozenset({"script", "style", "svg", "nav"})
_HEADING_MARK = "headerlink"  # the sign beside a heading that links to it
_WITHIN_WORDS = ("a", "code", "em", "strong")
_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
_ATTRIBUTES = r'[^"<>]*(?:"[^"]*"[^"<>]*)*'
_TAG = re.compile(f"<{_ATTRIBUTES}>")
_TAG_WITHIN_WORDS = re.compile(rf"</?(?:{'|'.join(_WITHIN_WORDS)})(?: {_ATTRIBUTES})?>")
_FIGURES = re.compile(r'<(figure|td)[ >].*?</\1>|<p class="sopan-angka">.*?</p>', re.DOTALL)
# Where an attachment's text stands that its reader sees; earlier versions, properties and link targets are not told.
_SEEN = re.compile(r"|halaman \d+|isi dokumen|catatan (kaki|akhir)|lembar .* sel .*", re.DOTALL)


@dataclass(frozen=True)
class WrittenPage:
    """A page that is no item: its address below the site, and its finished HTML."""

    address: str
    html: str


def read(pages: Iterable[WrittenPage], label: str) -> Bundle:
    """The bundle of pages."""
    return search.indexed(of_pages(pages, label))


def of_pages(pages: Iterable[WrittenPage], label: str) -> list[Record]:
    """Pages as results, which say what they are by `label`."""
    return [_of_page(page, label) for page in pages]


def without_figures(html: str) -> str:
    """A page of figures without them: each publication changes them, and nobody finds a page by typing one."""
    return _FIGURES.sub(" ", html)


def together(year: str, names: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """A year's items by the bundle that they are found in, where on average no more than `ENOUGH` lie; all by name.

    An item's bundle depends on its own name and on the magnitude of their number alone: a new one changes one bundle.
    """
    count = 1
    while count * ENOUGH < len(names):
        count *= 2
    if count == 1:
        return {year: names}
    bundles: dict[str, list[str]] = {f"{year}-{number}": [] for number in range(1, count + 1)}
    for name in names:
        bundles[f"{year}-{crc32(name.encode()) % count + 1}"].append(name)
    return {name: some for name, some in bundles.items() if some}


def kept(parts: Parts, name: str, opened: Callable[[], Iterable[Entry]]) -> Bundle:
    """The items of a bundle; those whose folder is as it was are not read again."""
    entries = list(opened())
    if parts.origin is None:
        return search.indexed(of_items(entries))
    read: list[Bundle] = []

    def lines(new: Sequence[Entry]) -> Iterator[bytes]:
        read.append(search.indexed(of_items(new)))
        return search_bundle.apart(read[-1])

    told = parts.lines(f"indeks-{name}", entries, attrgetter("content"), lines)
    (now,) = read
    return now if len(now.pages) == len(entries) else search_bundle.joined(told)


def of_items(entries: Sequence[Entry]) -> list[Record]:
    """Items as results, found by the text of their attachments too, which is read once for all of them."""
    named = [(entry, attachment) for entry in entries for attachment in entry.item.attachments]
    read = with_texts(entry.file(attachment.name) for entry, attachment in named)
    parts: dict[str, list[Part]] = {}
    for (entry, attachment), file in zip(named, read, strict=True):
        parts.setdefault(entry.item.id, []).append(attached(attachment, file.text or ""))
    return [_of_item(entry, parts.get(entry.item.id, [])) for entry in entries]


def with_texts(files: Iterable[StoredFile]) -> list[StoredFile]:
    """The files with what their readers see; those that were not read yet are, in a child with limits."""
    every = list(files)
    unread = [file for file in every if file.text is None]
    texts = iter(map(seen, limited.screen([(file.name, file.path.read_bytes()) for file in unread])))
    return [replace(file, text=next(texts)) if file.text is None else file for file in every]


def seen(examined: Examined) -> str:
    """The text of an attachment that its reader sees."""
    text = " ".join(found.text for found in examined.texts if _SEEN.fullmatch(found.place))
    return " ".join(text.split())


def attached(attachment: Attachment, text: str) -> Part:
    """The text of an attachment below its title."""
    return Part(f"Lampiran: {attachment.title}", "lampiran", text, _ATTACHMENT_WEIGHT)


def _of_item(entry: Entry, attached: list[Part]) -> Record:
    item = entry.item
    kind = [words.coded(item.kind)] if item.kind else []
    gone = ["Dicabut"] if item.withdrawal else []
    return Record(
        address=f"informasi/{item.id}/",
        title=item.title,
        summary=item.summary,
        labels=(words.CLASSES[item.classification], *kind, item.year, *gone),
        keys=(*item.keywords, *kind, item.origin_unit, item.year),
        facets=tuple(map(facet, NARROWED, (item.classification, item.kind, item.year))),
        parts=(*of_text(entry.text.html), *attached),
    )


def _of_page(page: WrittenPage, label: str) -> Record:
    opening, *rest = sections(page.html)
    return Record(
        address=page.address,
        title=opening.title,
        summary="",
        labels=(label,),
        keys=(),
        facets=(),
        parts=(Part("", "", opening.text), *rest),
    )


def of_text(html: str) -> tuple[Part, ...]:
    """The same of an item's own text, whose HTML is nh3's: every tag is written in one way."""
    opening, *rest = _HEADING.split(html)
    told = [("", "", opening), *zip(rest[1::3], rest[::3], rest[2::3], strict=True)]
    return tuple(Part(_plain(title), anchor, _plain(text)) for title, anchor, text in told)


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _TAG_WITHIN_WORDS.sub("", html))).split())


def sections(html: str) -> tuple[Part, ...]:
    """The text of a page by its headings of the second level; the first part is what stands above them."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(Part(" ".join(one.title.split()), one.anchor, " ".join(one.text.split())) for one in reader.found)


@dataclass
class _Section:
    anchor: str
    title: str = ""
    text: str = ""


class _Reader(HTMLParser):
    """Collects the text of a page; what nobody reads as text is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = [_Section("")]
        self._heading = ""
        self._passed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A heading begins a section; signs beside headings, and drawings, are passed over."""
        own = dict(attrs)
        if tag == "h2":
            self.found.append(_Section(own.get("id") or ""))
        if tag in {"h1", "h2"}:
            self._heading = tag
        if self._passed or tag in _UNREAD or own.get("class") == _HEADING_MARK:
            self._passed += [tag] if not self._passed or tag == self._passed[0] else []

    def handle_endtag(self, tag: str) -> None:
        """The end of a heading, or of what is passed over; elements part words."""
        if tag == self._heading:
            self._heading = ""
        if self._passed and tag == self._passed[0]:
            self._passed.pop()
        if tag not in _WITHIN_WORDS:
            self.found[-1].text += " "

    def handle_data(self, data: str) -> None:
        """Text of the heading or of the section below it."""
        if self._passed:
            return
        if self._heading:
            self.found[-1].title += data
        else:
            self.found[-1].text += data
