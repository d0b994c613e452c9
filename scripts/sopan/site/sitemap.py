"""What the sitemap says of items and of the list: those too whose pages are taken over from the release before.

A template would lay out ten thousand rows each time; here those of a year are kept while what is shown of it stays.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from markupsafe import escape

from sopan import item_path
from sopan.site import list_pages
from sopan.site.facts import SiteFacts, Volume
from sopan.site.kept_parts import Parts
from sopan.site.kept_years import YearParts

FILE = "sitemap.xml"
_END = "</urlset>"


def complete(sitemap: str, facts: SiteFacts, parts: Parts) -> str:
    """The sitemap of the other pages with all that search engines may name; nothing where there are no addresses."""
    if not facts.policy.office.site:
        return sitemap
    others, end, rest = sitemap.rpartition(_END)
    return f"{others.rstrip()}{_rows(facts, YearParts(facts, parts))}\n{end}{rest}"


def _rows(facts: SiteFacts, years: YearParts) -> str:
    pages = [_row(f"{facts.policy.office.site}{address}", None) for address in list_pages.addresses(facts)]
    items = [
        years.part("peta", one.year, partial(_of_items, facts, one)).decode()
        for one in facts.oldest_first
    ]
    return "".join(pages + items)


def _of_items(facts: SiteFacts, volume: Volume) -> bytes:
    office = facts.policy.office
    return "".join(
        _row(item_path.page_address(office.site, entry.card.id), entry.published_on(office.zone))
        for entry in volume.entries
        if entry.is_in_force
    ).encode()


def _row(address: str, changed: date | None) -> str:
    lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"\n  <url><loc>{escape(address)}</loc>{lastmod}</url>"
