"""Atom and RSS feeds: what was published last, all of it and what is serta-merta alone. Dated by the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from feedgen.feed import FeedGenerator

from sopan.site.facts import Entry, SiteFacts

FOLDER = "umpan"
LATEST = 50
AT_ONCE = "serta_merta"


def chosen(facts: SiteFacts, classification: str | None) -> Sequence[Entry]:
    """The newest items in force that went through the chain, the newest first; of one class where it is named."""
    known = [
        (entry.published_at, entry)
        for entry in facts.entries
        if entry.published_at and not entry.item.withdrawal and classification in {None, entry.item.classification}
    ]
    ordered = sorted(known, key=lambda pair: (pair[0], pair[1].item.id), reverse=True)
    return [entry for _, entry in ordered[:LATEST]]


def make(facts: SiteFacts, name: str, classification: str | None, *, atom: bool) -> bytes:
    """One feed, which lies at `umpan/<name>` below the site; kantor.yml must name the site's address."""
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
    newest = entries[0].published_at if entries else None
    built = newest or datetime.combine(facts.updated(), time(), UTC)
    feed.updated(built)
    feed.lastBuildDate(built)
    for entry in entries:
        _add(feed, entry, office.site)
    return bytes(feed.atom_str(pretty=True) if atom else feed.rss_str(pretty=True))


def _add(feed: FeedGenerator, entry: Entry, site: str) -> None:
    address = f"{site}informasi/{entry.item.id}/"
    one = feed.add_entry(order="append")
    one.id(address)
    one.guid(address, permalink=True)
    one.title(entry.item.title)
    one.link(href=address)
    one.summary(entry.item.summary or entry.item.title)
    one.published(entry.past.published[0])
    one.updated(entry.published_at)
