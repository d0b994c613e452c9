"""Atom and RSS feeds: what was published last, all of it and what is serta-merta alone. Dated by the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import partial
from heapq import nlargest
from itertools import chain
from typing import TYPE_CHECKING

from sopan.site import year_parts
from sopan.site.facts import Entry, Volume
from sopan.site.kept_years import YearParts

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

FOLDER = "umpan"
LATEST = 50
AT_ONCE = "serta_merta"


def chosen(years: YearParts, classification: str | None) -> Sequence[Entry]:
    """The newest items in force that went through the chain, the newest first; of one class where it is named."""
    name, facts = f"umpan-{classification or 'semua'}", years.facts
    newest = partial(_newest, classification)
    told = chain.from_iterable(facts.told(name, year, newest) for year in facts.volumes)
    return [facts.entry(identity) for _, identity in nlargest(LATEST, map(tuple, told))]


def _newest(classification: str | None, volume: Volume) -> Sequence[tuple[str, str]]:
    """When the newest of a year were published, and their names."""
    fitting = (
        (year_parts.sorted_as(one.published_at), one.card.id)
        for one in volume.entries
        if one.published_at and one.is_in_force and classification in {None, one.card.classification}
    )
    return nlargest(LATEST, fitting)


def make(years: YearParts, name: str, classification: str | None, *, atom: bool) -> bytes:
    """One feed, which lies at `umpan/<name>` below the site; kantor.yml must name the site's address."""
    from feedgen.feed import FeedGenerator  # noqa: PLC0415 - lxml and more, which only who writes feeds waits for

    office = years.facts.policy.office
    feed = FeedGenerator()
    feed.id(f"{office.site}{FOLDER}/{name}")
    about = "Informasi serta-merta" if classification == AT_ONCE else "Informasi publik"
    feed.title(f"{about} {office.name}")
    feed.subtitle(f"{about} terbaru {office.name}")
    feed.link(href=f"{office.site}{FOLDER}/{name}", rel="self")
    feed.link(href=office.site, rel="alternate")
    feed.author({"name": office.name})
    feed.language("id")
    feed.generator("Sopan")
    entries = chosen(years, classification)
    newest = entries[0].published_at if entries else None
    built = newest or datetime.combine(years.facts.updated, time(), UTC)
    feed.updated(built)
    feed.lastBuildDate(built)
    for entry in entries:
        _add(feed, entry, office.site)
    return bytes(feed.atom_str(pretty=True) if atom else feed.rss_str(pretty=True))


def _add(feed: FeedGenerator, entry: Entry, site: str) -> None:
    address = f"{site}informasi/{entry.card.id}/"
    one = feed.add_entry(order="append")
    one.id(address)
    one.guid(address, permalink=True)
    one.title(entry.item.title)
    one.link(href=address)
    one.summary(entry.item.summary or entry.item.title)
    one.published(entry.past.published[0])
    one.updated(entry.published_at)
