"""What search engines read in a page's head: schema.org as JSON-LD. It repeats the page and says no more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sopan.site import open_data, words
from sopan.site.facts import Entry, SiteFacts

Data = dict[str, Any]

_TYPES: Mapping[str, str] = {
    "data_statistik": "Dataset",
    "data_geospasial": "Dataset",
    "peraturan": "Legislation",
    "keputusan": "Legislation",
    "lkjip": "Report",
    "lkpj": "Report",
    "lppd": "Report",
    "laporan_keuangan": "Report",
    "laporan_layanan_informasi": "Report",
    "evaluasi_perencanaan": "Report",
    "hasil_penelitian": "Report",
}
_AT_ONCE = "SpecialAnnouncement"
_OTHERWISE = "DigitalDocument"


def item(facts: SiteFacts, entry: Entry) -> Markup:
    """The item as the thing that it is: a data set, a report, a law, an announcement, or else a document."""
    about, office, address = entry.item, facts.policy.office, open_data.address(facts, entry)
    published = entry.published_at
    first = entry.past.published[0] if entry.past.published else None
    return _script(
        {
            "@type": _AT_ONCE if about.emergency else _TYPES.get(about.kind, _OTHERWISE),
            "@id": address,
            "url": address,
            "identifier": about.id,
            "name": about.title,
            "description": about.summary or about.title,
            "inLanguage": "id",
            "isAccessibleForFree": True,
            "license": open_data.LICENCES.get(about.licence),
            "keywords": ", ".join(about.keywords),
            "dateCreated": about.created.isoformat() if about.created else None,
            "datePublished": first.astimezone(office.zone).isoformat() if first else None,
            "dateModified": published.astimezone(office.zone).isoformat() if published else None,
            "temporalCoverage": f"{about.period.start}/{about.period.end}" if about.period else None,
            "spatialCoverage": _region(about.region, about.region_code),
            "publisher": _organisation(facts),
            "encoding": [_file(entry, address, one.name, one.title) for one in about.attachments],
        }
    )


def site(facts: SiteFacts) -> Markup:
    """The first page: the site and whose it is."""
    office = facts.policy.office
    return _script(
        {
            "@type": "WebSite",
            "name": f"Informasi Publik {office.short_name}",
            "url": office.site,
            "inLanguage": "id",
            "publisher": _organisation(facts),
        }
    )


def _organisation(facts: SiteFacts) -> Data:
    office = facts.policy.office
    return _kept(
        {
            "@type": "GovernmentOrganization",
            "name": office.name,
            "parentOrganization": {"@type": "GovernmentOrganization", "name": office.government},
            "areaServed": _region(office.region, office.region_code),
            "email": office.contact.email,
            "telephone": office.contact.phone,
        }
    )


def _region(name: str, code: str) -> Data | None:
    return {"@type": "AdministrativeArea", "name": name, "identifier": code} if name else None


def _file(entry: Entry, address: str, name: str, title: str) -> Data:
    stored = entry.file(name)
    return _kept(
        {
            "@type": "MediaObject",
            "name": title,
            "contentUrl": f"{address}{name}" if address else None,
            "encodingFormat": open_data.MEDIA_TYPES[name.rpartition(".")[2]],
            "contentSize": words.size(stored.size),
            "sha256": stored.sha256,
        }
    )


def _kept(data: Mapping[str, Any]) -> Data:
    """Without what is not known."""
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def _script(data: Mapping[str, Any]) -> Markup:
    """As the text of a script element: no value can end it, since none holds a `<`."""
    text = json.dumps({"@context": "https://schema.org", **_kept(data)}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - made harmless on this very line
