"""Which pages the site has besides the written guides, and each of them finished: title, HTML, headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from markupsafe import Markup

from sopan import item_path
from sopan.office import Office
from sopan.site import (
    item_page,
    performance_page,
    public_list,
    render,
    search_records,
    service_pages,
    sop_page,
    structured,
    words,
)
from sopan.site.body import Heading
from sopan.site.facts import Entry, SiteFacts, Standing
from sopan.site.public_list import Line
from sopan.site.search import facet
from sopan.site.service_pages import Topic

HOME = "index.md"
LIST = "informasi/index.md"
SOP = "sop/index.md"
PERFORMANCE = "kinerja/index.md"
SEARCH = "cari/index.md"
NAMED_IN_NAV = frozenset({HOME, LIST, SOP, PERFORMANCE, *(one.source for one in service_pages.TOPICS)})
TITLE_ANCHOR = "halaman"
LATEST = 6
SCOPES = (("indeks/", "Informasi dan halaman situs"), ("panduan/", "Panduan petugas"))


@dataclass(frozen=True, kw_only=True)
class Page:
    """A finished page. `title` and `description` are plain text; whoever puts them into HTML escapes them.

    `data` is the JSON-LD of its head, finished; `indexed` whether search engines may name it.
    """

    title: str
    description: str
    html: Markup
    headings: tuple[Heading, ...]
    hide: tuple[str, ...] = ()
    updated: date | None = None
    data: str = ""
    indexed: bool = True


@dataclass(frozen=True)
class Choice:
    """What the list can be narrowed by: a field of the form, its label, and its values, each with its words."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]


def plan(facts: SiteFacts) -> Mapping[str, Callable[[], Page]]:
    """How to make each generated page, by the path that it pretends to have in `docs/`; made only when asked for."""
    items = {f"informasi/{entry.item.id}/index.md": partial(_item, facts, entry) for entry in facts.entries}
    own = {LIST: _list, SOP: _sop, PERFORMANCE: _performance, SEARCH: _search}
    service = service_pages.plan(facts, partial(published, office=facts.policy.office))
    return {
        **{source: partial(make, facts) for source, make in own.items()},
        **{source: partial(_service, make) for source, make in service.items()},
        **items,
    }


def home(facts: SiteFacts, text: Markup) -> Page:
    """The first page: what holds at once on top, and `text` (rendered from docs/index.md) below what the facts say."""
    office = facts.policy.office
    counts = Counter(entry.item.classification for entry in service_pages.in_force(facts))
    html = render.page(
        "home.html",
        office=office,
        urgent=urgent(facts),
        sop=facts.policy.sop,
        classes=[(service_pages.CLASSES[code], name, counts[code]) for code, name in words.CLASSES.items()],
        topics=service_pages.TOPICS[1:],
        latest=_latest_first(facts)[:LATEST],
        terbit=partial(published, office=office),
        text=text,
    )
    title = f"Informasi publik {office.name}"
    return Page(
        title=title,
        description=f"Informasi publik {office.name}: daftar, dokumen perencanaan, dan tata cara memintanya.",
        html=html,
        headings=_titled(title),
        hide=("navigation", "toc"),
        data=structured.site(facts),
    )


def urgent(facts: SiteFacts) -> list[Entry]:
    """What is announced at once and still holds on the youngest day of the record, the latest first."""
    at_once = [entry for entry in service_pages.in_force(facts) if entry.item.emergency]
    return [entry for entry in at_once if (entry.item.holds_until or date.max) >= facts.updated()]


def published(entry: Entry, *, office: Office) -> str:
    """When an item was published, as lists say it: a day, or why there is none."""
    if entry.published_at is None:
        return entry.standing.value
    return words.day(entry.published_at.astimezone(office.zone).date())


def _latest_first(facts: SiteFacts) -> list[Entry]:
    newest = sorted((e for e in facts.entries if e.published_at), key=_when, reverse=True)
    return newest + [entry for entry in facts.entries if entry.standing is Standing.BEFORE_CHAIN]


def _when(entry: Entry) -> str:
    return entry.published_at.isoformat() if entry.published_at else ""


def _list(facts: SiteFacts) -> Page:
    office, lines = facts.policy.office, public_list.lines(facts)
    years = [(year, list(group)) for year, group in groupby(lines, key=lambda line: line.entry.item.year)]
    html = render.page(
        "list.html",
        root="../",
        office=office,
        lines=lines,
        years=years,
        heads=public_list.STANDARD,
        choices=_choices(lines),
        terbit=partial(published, office=office),
        commit=facts.commit,
    )
    title = public_list.NAME
    headings = [Heading(2, f"tahun-{year}", f"Tahun {year}") for year, _ in years]
    description = f"Daftar informasi publik {office.name}."
    return Page(
        title=title, description=description, html=html, headings=_titled(title, *headings), hide=("navigation",)
    )


def _choices(lines: Sequence[Line]) -> Sequence[Choice]:
    items = [line.entry.item for line in lines]
    classes = [(code, name) for code, name in words.CLASSES.items() if any(i.classification == code for i in items)]
    kinds = sorted({(item.kind, words.coded(item.kind)) for item in items if item.kind}, key=lambda pair: pair[1])
    units = sorted({(item.origin_unit, item.origin_unit) for item in items})
    years = sorted({(item.year, item.year) for item in items}, reverse=True)
    return [
        Choice("kelas", "Klasifikasi", classes),
        Choice("jenis", "Jenis dokumen", kinds),
        Choice("unit", "Unit asal", units),
        Choice("tahun", "Tahun", years),
    ]


def _search(facts: SiteFacts) -> Page:
    office, title = facts.policy.office, "Cari"
    choices = [
        Choice(choice.name, choice.label, [(facet(choice.name, value), text) for value, text in choice.values])
        for choice in _choices(public_list.lines(facts))
        if choice.name in search_records.NARROWED
    ]
    html = render.page("search.html", root="../", choices=choices, scopes=SCOPES)
    description = f"Cari informasi publik {office.name}."
    return Page(title=title, description=description, html=html, headings=_titled(title), hide=("navigation", "toc"))


def _sop(facts: SiteFacts) -> Page:
    sop = facts.policy.sop
    title = f"Alur SOP: {sop.name}"
    description = f"Langkah, pelaksana, dan waktu baku menurut SOP nomor {sop.number}."
    headings = _titled(title, *sop_page.headings(sop))
    return Page(title=title, description=description, html=sop_page.html(sop), headings=headings, hide=("navigation",))


def _performance(facts: SiteFacts) -> Page:
    html, headings = performance_page.html(facts)
    title = performance_page.TITLE
    description = f"Lama setiap langkah menurut riwayat, di samping waktu baku SOP nomor {facts.policy.sop.number}."
    return Page(
        title=title, description=description, html=html, headings=_titled(title, *headings), hide=("navigation",)
    )


def _service(make: Callable[[], tuple[Topic, Markup]]) -> Page:
    topic, html = make()
    headings = _titled(topic.title, *service_pages.headings(html))
    return Page(title=topic.title, description=topic.description, html=html, headings=headings)


def listed(facts: SiteFacts) -> list[tuple[str, date | None]]:
    """The whole addresses of the items that search engines may name, and when each changed last."""
    site = facts.policy.office.site
    shown = [entry for entry in facts.entries if _is_indexed(entry)] if site else []
    return [(item_path.page_address(site, entry.item.id), _changed(facts, entry)) for entry in shown]


def _is_indexed(entry: Entry) -> bool:
    return entry.item.withdrawal is None


def _changed(facts: SiteFacts, entry: Entry) -> date | None:
    return entry.published_at.astimezone(facts.policy.office.zone).date() if entry.published_at else None


def _item(facts: SiteFacts, entry: Entry) -> Page:
    html, headings = item_page.make(facts, entry)
    return Page(
        title=entry.item.title,
        description=entry.item.summary or entry.item.title,
        html=html,
        headings=_titled(entry.item.title, *headings),
        hide=("navigation",),
        updated=_changed(facts, entry),
        data=structured.item(facts, entry),
        indexed=_is_indexed(entry),
    )


def _titled(title: str, *headings: Heading) -> tuple[Heading, ...]:
    return (Heading(1, TITLE_ANCHOR, title), *headings)
