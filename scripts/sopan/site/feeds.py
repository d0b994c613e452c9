"""Atom and RSS feeds: what was published last, all of it and what is serta-merta alone. Dated by the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import partial
from heapq import nlargest
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from sopan.site import year_parts
from sopan.site.facts import Entry, SiteFacts, Volume

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

FOLDER = "umpan"
LATEST = 50
AT_ONCE = "serta_merta"


class Told(NamedTuple):
    """What a feed tells of an item: when it was published last (as texts are sorted) and first, title and summary."""

    latest: str
    identity: str
    first: str
    title: str
    summary: str


def chosen(facts: SiteFacts, classification: str | None) -> Sequence[Told]:
    """The newest items in force that went through the chain, the newest first; of one class where it is named."""
    name, newest = f"umpan-{classification or 'semua'}", partial(_newest, classification)
    told = chain.from_iterable(facts.told(name, year, newest) for year in facts.volumes)
    return nlargest(LATEST, (Told(*one) for one in told))


def _newest(classification: str | None, volume: Volume) -> Sequence[Sequence[str]]:
    """The same of a year's items."""
    fitting = (
        one for one in volume.entries if one.is_in_force and classification in {None, one.card.classification}
    )
    published = ((year_parts.sorted_as(one.published_at), one.card.id) for one in fitting if one.published_at)
    return [_told(volume.entry(identity)) for _, identity in nlargest(LATEST, published)]


def _told(entry: Entry) -> Sequence[str]:
    first, latest = entry.past.published[0], entry.past.published[-1]
    about = entry.item.title, entry.item.summary or entry.item.title
    return (year_parts.sorted_as(latest), entry.card.id, year_parts.sorted_as(first), *about)


def make(facts: SiteFacts, name: str, classification: str | None, *, atom: bool) -> bytes:
    """One feed, which lies at `umpan/<name>` below the site; kantor.yml must name the site's address."""
    from feedgen.feed import FeedGenerator  # noqa: PLC0415 - lxml and more, which only who writes feeds waits for

    office = facts.policy.office
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
    entries = chosen(facts, classification)
    newest = datetime.fromisoformat(entries[0].latest) if entries else None
    built = newest or datetime.combine(facts.updated, time(), UTC)
    feed.updated(built)
    feed.lastBuildDate(built)
    for entry in entries:
        _add(feed, entry, office.site)
    return bytes(feed.atom_str(pretty=True) if atom else feed.rss_str(pretty=True))


def _add(feed: FeedGenerator, told: Told, site: str) -> None:
    address = f"{site}informasi/{told.identity}/"
    one = feed.add_entry(order="append")
    one.id(address)
    one.guid(address, permalink=True)
    one.title(told.title)
    one.link(href=address)
    one.summary(told.summary)
    one.published(datetime.fromisoformat(told.first))
    one.updated(datetime.fromisoformat(told.latest))
