"""Items as data for programs: our own JSON, whose fields docs/pengembang/data-terbuka.md explains, and DCAT 3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import orjson

from sopan.item import Attachment
from sopan.site.facts import Entry, SiteFacts, Volume
from sopan.site.kept_years import YearParts

FORMAT = "informasi-publik-terbuka/1"

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
_FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
_FREQUENCIES = {
    "harian": "DAILY",
    "mingguan": "WEEKLY",
    "bulanan": "MONTHLY",
    "triwulanan": "QUARTERLY",
    "semesteran": "ANNUAL_2",
    "tahunan": "ANNUAL",
    "lima_tahunan": "OTHER",
    "dua_puluh_tahunan": "OTHER",
    "sewaktu_waktu": "IRREG",
}
_PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_CONTEXT: Mapping[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_BEGIN, _END = b'{\n  "": [\n', b"\n  ]\n}\n"  # of a list that is the last value of a file's own keys

Data = dict[str, Any]


def item(facts: SiteFacts, entry: Entry) -> bytes:
    """One item."""
    return _bytes({"skema": FORMAT, **_item(facts, entry)})


def everything(years: YearParts) -> bytes:
    """All items, withdrawn ones too: their fields say so."""
    facts, office = years.facts, years.facts.policy.office
    about = {"skema": FORMAT, "badan_publik": office.name, "situs": office.site or None, "komit": facts.commit}
    return _listing({**about, "butir": []}, "data", years, partial(_item, facts))


def catalogue(years: YearParts) -> bytes:
    """The items in force as a DCAT catalogue in JSON-LD; kantor.yml must name the site's address."""
    facts, office = years.facts, years.facts.policy.office
    about = {
        "@context": _CONTEXT,
        "@id": f"{office.site}unduh/dcat.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _indonesian(f"Informasi publik {office.name}"),
        "dct:publisher": _agent(office.name),
        "foaf:homepage": {"@id": office.site},
        "dct:language": "id",
        "dcat:dataset": [],
    }
    return _listing(about, "dcat", years, lambda entry: _dataset(facts, entry) if entry.is_in_force else None)


def _listing(about: Data, name: str, years: YearParts, tell: Callable[[Entry], Data | None]) -> bytes:
    """The bytes of `about` whose last list holds what is told of each item, the oldest year first."""
    volumes = years.facts.oldest_first
    parts = [years.part(name, one.year, partial(_members, name, years, one, tell)) for one in volumes]
    members = [part for year in filter(None, parts) for part in (b",\n", year)]
    empty = b"[]\n}\n"
    begun = _bytes(about).removesuffix(empty)
    return b"".join([begun, b"[\n", *members[1:], _END] if members else [begun, empty])


def _members(name: str, years: YearParts, volume: Volume, tell: Callable[[Entry], Data | None]) -> bytes:
    """What is told of a year's items as members of a list that is the value of a file's own key."""
    each = years.each(f"{name}-{volume.year}", volume.entries, tell)
    told = [about for about in each if about is not None]
    return _bytes({"": told}).removeprefix(_BEGIN).removesuffix(_END) if told else b""


def _item(facts: SiteFacts, entry: Entry) -> Data:
    place = address(facts, entry)
    published = entry.published_at
    return {
        "id": entry.item.id,
        "alamat": place or None,
        "cara_terbit": entry.standing.value,
        "terbit": published.astimezone(facts.policy.office.zone).isoformat() if published else None,
        "versi": len(entry.past.published),
        "isian": dict(entry.item.fields),
        "berkas": [
            {
                "nama": stored.name,
                "alamat": f"{place}{stored.name}" if place and stored.name != "index.md" else None,
                "ukuran_bita": stored.size,
                "sha256": stored.sha256,
            }
            for stored in entry.files
        ],
    }


def _dataset(facts: SiteFacts, entry: Entry) -> Data:
    about, place = entry.item, address(facts, entry)
    optional = {
        "dct:created": _day(about.created.isoformat()) if about.created else None,
        "dct:issued": _instant(entry.past.published[0].isoformat()) if entry.past.published else None,
        "dct:modified": _instant(entry.published_at.isoformat()) if entry.published_at else None,
        "dct:license": {"@id": LICENCES[about.licence]} if about.licence in LICENCES else None,
        "dct:accrualPeriodicity": _frequency(about.frequency),
        "dct:spatial": _indonesian(about.region) if about.region else None,
        "dcat:keyword": [_indonesian(word) for word in about.keywords] or None,
        "dcat:distribution": [_distribution(entry, place, one) for one in about.attachments] or None,
    }
    return {
        "@id": place,
        "@type": "dcat:Dataset",
        "dct:identifier": about.id,
        "dct:title": _indonesian(about.title),
        "dct:description": _indonesian(about.summary or about.title),
        "dct:publisher": _agent(about.custodian_unit or about.origin_unit),
        "dct:accessRights": {"@id": _PUBLIC},
        "dct:language": "id",
        "dcat:landingPage": {"@id": place},
        **{key: value for key, value in optional.items() if value is not None},
    }


def _distribution(entry: Entry, place: str, attachment: Attachment) -> Data:
    stored = entry.file(attachment.name)
    kind = MEDIA_TYPES[stored.name.rpartition(".")[2]]
    return {
        "@type": "dcat:Distribution",
        "dct:title": _indonesian(attachment.title),
        "dcat:downloadURL": {"@id": f"{place}{stored.name}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(stored.size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": stored.sha256},
        },
    }


def _frequency(name: str) -> Data | None:
    return {"@id": _FREQUENCY + _FREQUENCIES[name]} if name in _FREQUENCIES else None


def _agent(name: str) -> Data:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _indonesian(text: str) -> Data:
    return {"@language": "id", "@value": text}


def _day(text: str) -> Data:
    return {"@type": "xsd:date", "@value": text}


def _instant(text: str) -> Data:
    return {"@type": "xsd:dateTime", "@value": text}


def address(facts: SiteFacts, entry: Entry) -> str:
    """An item's public address; "" until kantor.yml names the site's."""
    site = facts.policy.office.site
    return f"{site}informasi/{entry.card.id}/" if site else ""


def _bytes(data: Mapping[str, Any]) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
