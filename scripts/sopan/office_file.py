"""kantor.yml as people write it, once its schema holds: the shape that code reads, and the rules beyond the schema."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NotRequired, TypedDict, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sopan import messages, policy_files, schema
from sopan.document import Document, Path, Value
from sopan.finding import Finding
from sopan.quoting import Own

FILE = policy_files.OFFICE_FILE
EVERY_KIND = "semua"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/|http://\[::1\](:[0-9]{1,5})?/")


class RegionEntry(TypedDict):
    """The region by the ministry's code."""

    kode: str
    nama: str


class ContactEntry(TypedDict):
    """Official contacts; "" until the office fills them in."""

    unit: str
    surel: str
    telepon: str
    alamat: str


class ServiceEntry(TypedDict, total=False):
    """What the office says of its information service; what is left out is yet to be filled in."""

    ppid: str
    atasan_ppid: str
    meja_layanan: str
    jam_layanan: str
    biaya: str
    maklumat: str
    maklumat_ditetapkan: str
    komisi_informasi: str
    tentang: str


class LimitsEntry(TypedDict):
    """Whole numbers."""

    lampiran_bita: str
    butir_bita: str
    lampiran: str


class ExemptEntry(TypedDict):
    """An item that was declared exempt, as `<tahun>/<nama>` or `<nama>` for every year, and the decision on it."""

    butir: str
    dasar: str


class RetreatEntry(TypedDict):
    """A commit that was live, by its beginning, and why the site goes back to what does not hold it."""

    dari: str
    alasan: str


class OfficeFile(TypedDict):
    """The whole file; the service may be left out, and the lists of exempt items and retreats while there are none."""

    nama: str
    nama_pendek: str
    pemerintah: str
    wilayah: RegionEntry
    unit: list[str]
    kontak: ContactEntry
    layanan: NotRequired[ServiceEntry]
    lisensi: str
    zona_waktu: str
    label_zona: str
    alamat_situs: str
    organisasi_github: str
    batas: LimitsEntry
    bawaan: dict[str, dict[str, Value]]
    dikecualikan: NotRequired[list[ExemptEntry]]
    mundur: NotRequired[list[RetreatEntry]]


def written(document: Document) -> OfficeFile:
    """The content of a document that has passed its schema."""
    return cast("OfficeFile", document.data)


def faults(document: Document, schema_of_items: Mapping[str, Any]) -> list[Finding]:
    """Every broken rule; what stands in for a field of an item must suit that field."""
    own = [*_zone(document), *_site(document), *_limits(document)]
    return [*own, *_kinds(document, schema_of_items), *_defaults(document, schema_of_items)]


def zone_of(name: str) -> ZoneInfo | None:
    """The zone of that IANA name; None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's name, such as Asia, is an OSError
        return None


def _zone(document: Document) -> Iterator[Finding]:
    """The zone exists, and its label is the one that goes with it."""
    file = written(document)
    zone = zone_of(file["zona_waktu"])
    if zone is None:
        yield _fault(document, ("zona_waktu",), "kantor-zona", zona=file["zona_waktu"])
    elif (label := datetime(2026, 1, 1, tzinfo=zone).tzname()) != file["label_zona"]:
        values = {"label": file["label_zona"], "zona": file["zona_waktu"], "benar": label}
        yield _fault(document, ("label_zona",), "kantor-label-zona", **values)


def _site(document: Document) -> Iterator[Finding]:
    """The public address is https and ends in a slash; http serves this machine alone."""
    site = written(document)["alamat_situs"]
    if site and not _usable(site):
        yield _fault(document, ("alamat_situs",), "kantor-alamat-situs", alamat=site)


def _usable(site: str) -> bool:
    return bool(_ADDRESS.fullmatch(site)) and (site.startswith("https:") or urlsplit(site).hostname in LOOPBACK)


def _limits(document: Document) -> Iterator[Finding]:
    """One attachment may not be larger than the whole item."""
    limits = written(document)["batas"]
    if int(limits["lampiran_bita"]) > int(limits["butir_bita"]):
        values = {"lampiran": Own(limits["lampiran_bita"]), "butir": Own(limits["butir_bita"])}
        yield _fault(document, ("batas", "lampiran_bita"), "kantor-batas-terbalik", **values)


def _kinds(document: Document, schema_of_items: Mapping[str, Any]) -> Iterator[Finding]:
    """Defaults are for every kind of document, or for one that items know."""
    known = [EVERY_KIND, *schema_of_items["properties"]["jenis_dokumen"]["enum"]]
    for kind in written(document)["bawaan"]:
        if kind not in known:
            near = difflib.get_close_matches(kind, known, n=1) or [EVERY_KIND]
            yield _fault(document, ("bawaan", kind), "kantor-jenis-tak-dikenal", jenis=kind, dekat=near[0])


def _defaults(document: Document, schema_of_items: Mapping[str, Any]) -> Iterator[Finding]:
    """A default is a field of items with a value that they may have."""
    optional = {keyword: value for keyword, value in schema_of_items.items() if keyword != "required"}
    for kind, fields in written(document)["bawaan"].items():
        top = ("bawaan", kind)
        lines = {path[len(top) :]: line for path, line in document.lines.items() if path[: len(top)] == top}
        yield from schema.check(Document(fields, lines), optional, FILE)


def _fault(document: Document, path: Path, rule: str, **values: object) -> Finding:
    return Finding(rule, messages.say(rule, **values), file=FILE, line=document.line(path))
