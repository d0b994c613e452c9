"""Which pages the site has besides the written guides, and each of them finished: title, HTML, headings."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, islice
from operator import itemgetter

from markupsafe import Markup

from sopan.office import Office
from sopan.site import (
    item_page,
    list_pages,
    mended,
    outline,
    performance_page,
    public_list,
    render,
    search_records,
    service_pages,
    sop_page,
    structured,
    words,
    year_parts,
)
from sopan.site.body import Heading
from sopan.site.facts import Entry, SiteFacts, Standing, Volume
from sopan.site.search import facet
from sopan.site.service_pages import Topic

HOME = "index.md"
LIST = "informasi/index.md"
SOP = "sop/index.md"
PERFORMANCE = "kinerja/index.md"
SEARCH = "cari/index.md"
NAMED_IN_NAV = frozenset({HOME, LIST, SOP, PERFORMANCE, *(one.source for one in service_pages.TOPICS)})
TITLE_ANCHOR = "halaman"
LATEST, MOST_URGENT = 6, 5
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


def plan(facts: SiteFacts, entries: Iterable[Entry] | None = None) -> Mapping[str, Callable[[], Page]]:
    """How to make each generated page, by the path that it pretends to have in `docs/`; made only when asked for.

    Of the items' pages those of `entries`, where they are named.
    """
    shown = facts.entries if entries is None else entries
    items = {f"informasi/{entry.card.id}/index.md": partial(_item, facts, entry) for entry in shown}
    own = {LIST: _list, SOP: _sop, PERFORMANCE: _performance, SEARCH: _search}
    terbit = partial(published, office=facts.policy.office)
    service = service_pages.plan(facts, terbit)
    by_year = {**list_pages.plan(facts, terbit), **mended.plan(facts)}
    return {
        **{source: partial(make, facts) for source, make in own.items()},
        **{source: partial(_service, make) for source, make in service.items()},
        **{source: partial(_by_year, facts, *named) for source, named in by_year.items()},
        **items,
    }


def home(facts: SiteFacts, text: Markup) -> Page:
    """The first page: what holds at once on top, and `text` (rendered from docs/index.md) below what the facts say."""
    office = facts.policy.office
    holding = urgent(facts)
    html = render.page(
        "home.html",
        office=office,
        urgent=holding[:MOST_URGENT],
        more_urgent=len(holding[MOST_URGENT:]),
        sop=facts.policy.sop,
        classes=[(service_pages.CLASSES[code], name, _number(facts, code)) for code, name in words.CLASSES.items()],
        topics=service_pages.TOPICS[1:],
        latest=_latest(facts),
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


def _number(facts: SiteFacts, code: str) -> int:
    return sum(one.counts.get(f"kelas={code}", 0) for one in outline.of_all(facts).values())


def urgent(facts: SiteFacts) -> list[Entry]:
    """What is announced at once and still holds on the youngest day of the record, the latest first."""
    at_once = [facts.entry(one) for year in facts.volumes for one in facts.told("segera", year, _at_once)]
    today = facts.updated.isoformat()
    latest_first = sorted(at_once, key=year_parts.when, reverse=True)
    return [entry for entry in latest_first if (entry.card.holds_until or today) >= today]


def published(entry: Entry, *, office: Office) -> str:
    """When an item was published, as lists say it: a day, or why there is none."""
    day = entry.published_on(office.zone)
    return words.day(day) if day else entry.standing.value


def _at_once(volume: Volume) -> Sequence[str]:
    return [entry.card.id for entry in volume.in_force if entry.card.emergency]


def _latest(facts: SiteFacts) -> list[Entry]:
    """Those that the chain published last; where these are few, with some that stood before it."""
    told = [facts.told("terkini", one.year, _latest_names) for one in facts.oldest_first]
    newest = heapq.nlargest(LATEST, (one for published, _ in told for one in published), key=itemgetter(0))
    before = (name for _, names in told for name in names)
    return [facts.entry(name) for name in islice(chain((name for _, name in newest), before), LATEST)]


def _latest_names(volume: Volume) -> tuple[Sequence[tuple[str, str]], Sequence[str]]:
    """Of a year's items those that may be among them, by identity: when they were published, and those from before."""
    published = ((year_parts.sorted_as(one.published_at), one.card.id) for one in volume.entries if one.published_at)
    newest = heapq.nlargest(LATEST, published, key=itemgetter(0))
    before = (one.card.id for one in volume.entries if one.standing is Standing.BEFORE_CHAIN)
    return sorted(newest, key=itemgetter(1)), list(islice(before, LATEST))


def _list(facts: SiteFacts) -> Page:
    office, title = facts.policy.office, public_list.NAME
    html = list_pages.leading(facts, partial(published, office=office))
    headings = _titled(title, Heading(2, "menurut-tahun", "Menurut tahun"), Heading(2, "terbaru", "Terbaru"))
    description = f"Daftar informasi publik {office.name}."
    return Page(title=title, description=description, html=html, headings=headings, hide=("navigation",))


def _by_year(facts: SiteFacts, title: str, make: Callable[[], Markup]) -> Page:
    html = make()
    headings = _titled(title, *service_pages.headings(html))
    description = f"{title}, {facts.policy.office.name}."
    return Page(title=title, description=description, html=html, headings=headings, hide=("navigation",))


def _search(facts: SiteFacts) -> Page:
    office, title = facts.policy.office, "Cari"
    choices = [
        replace(choice, values=[(facet(choice.name, value), text) for value, text in choice.values])
        for choice in list_pages.leading_choices(facts)
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


def _item(facts: SiteFacts, entry: Entry) -> Page:
    html, headings = item_page.make(facts, entry)
    return Page(
        title=entry.item.title,
        description=entry.item.summary or entry.item.title,
        html=html,
        headings=_titled(entry.item.title, *headings),
        hide=("navigation",),
        updated=entry.published_on(facts.policy.office.zone),
        data=structured.item(facts, entry),
        indexed=entry.is_in_force,
    )


def _titled(title: str, *headings: Heading) -> tuple[Heading, ...]:
    return (Heading(1, TITLE_ANCHOR, title), *headings)
