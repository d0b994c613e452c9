"""An item's page: what it says, what it is, how it came to be published, and the fingerprints of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from markupsafe import Markup

from sopan.item import Item
from sopan.policy import ITEM_SCHEMA
from sopan.site import record_view, render, words
from sopan.site.body import Heading
from sopan.site.facts import Entry, SiteFacts

Properties = Mapping[str, Mapping[str, Any]]

_DETAILS = (
    "unit_asal",
    "penguasa_informasi",
    "penanggung_jawab",
    "tanggal_pembuatan",
    "tempat_pembuatan",
    "ditinjau_terakhir",
    "periode",
    "kategori_berkala",
    "frekuensi_pembaruan",
    "bentuk_informasi",
    "jenis_media",
    "retensi",
    "dasar_hukum",
    "cakupan_wilayah",
    "lisensi",
    "kata_kunci",
    "sop",
    "menggantikan",
    "catatan_perubahan",
    "kontak",
)
_DAYS = frozenset({"tanggal_pembuatan", "ditinjau_terakhir", "mulai", "selesai", "berlaku_sampai"})
_CODED = frozenset({"kategori_berkala", "frekuensi_pembaruan", "bentuk_informasi", "jenis_media"})
_ON_ONE_LINE = frozenset({"bentuk_informasi", "jenis_media", "kata_kunci"})
_SECTIONS = {"serta_merta": "serta-merta", "data": "standar-data", "aksesibilitas": "aksesibilitas"}


@dataclass(frozen=True)
class Notice:
    """What a reader must know before reading on; `link` is the identity of another item, or empty."""

    title: str
    sentences: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True)
class Version:
    """A publication of the item: its number, when it was, and what it says has changed."""

    number: int
    published: str
    note: str


@dataclass(frozen=True)
class Section:
    """A group of named values, such as the standard of a data set."""

    anchor: str
    title: str
    pairs: tuple[tuple[str, Sequence[str]], ...]


def make(facts: SiteFacts, entry: Entry) -> tuple[Markup, tuple[Heading, ...]]:
    """The page's body and its headings below the title."""
    item = entry.item
    properties = cast("Properties", facts.policy.schemas[ITEM_SCHEMA]["properties"])
    sections = [_section(properties, item, key) for key in _SECTIONS if item.fields.get(key)]
    record = record_view.view(facts, entry)
    versions = _versions(facts, entry)
    html = render.page(
        "item.html",
        root="../../../",
        item=item,
        terbit=record.published,
        notices=_notices(item, facts.has),
        attachments=[(attachment, entry.file(attachment.name)) for attachment in item.attachments],
        body=entry.text,
        versions=versions,
        kind_of=_kind_of,
        details=_pairs(properties, item.fields, _DETAILS),
        sections=sections,
        record=record,
        files=entry.files,
    )
    return html, (*_before(item), *entry.text.headings, *_after(item, sections, versions, record))


def _before(item: Item) -> Sequence[Heading]:
    return [Heading(2, "lampiran", "Lampiran")] if item.attachments else []


def _after(
    item: Item, sections: Sequence[Section], versions: Sequence[Version], record: record_view.RecordView
) -> Sequence[Heading]:
    return [
        *(Heading(2, section.anchor, section.title) for section in sections),
        *([Heading(2, "sumber-resmi", "Sumber resmi")] if item.links else []),
        Heading(2, "keterangan", "Keterangan"),
        *([Heading(2, "versi", "Versi")] if versions else []),
        Heading(2, "riwayat-sop", "Riwayat SOP"),
        *(Heading(3, f"putaran-{shown.number}", f"Putaran {shown.number}") for shown in record.rounds),
        Heading(2, "sidik-berkas", "Sidik berkas"),
    ]


def _versions(facts: SiteFacts, entry: Entry) -> Sequence[Version]:
    """All versions, the newest first; one that is alone is no history."""
    office = facts.policy.office
    told = [
        Version(number, words.instant(at, office), note)
        for number, (at, note) in enumerate(zip(entry.past.published, entry.past.notes, strict=True), start=1)
    ]
    return told[::-1] if len(told) > 1 else []


def _kind_of(name: str) -> str:
    """What a file is, as people call it."""
    return name.rpartition(".")[2].upper()


def _notices(item: Item, has: Callable[[str], bool]) -> list[Notice]:
    notices = []
    if item.withdrawal:
        sentences = [f"Dicabut pada {words.day(item.withdrawal.on)}. {item.withdrawal.reason}", item.withdrawal.ground]
        notices.append(Notice("Informasi ini sudah dicabut.", tuple(filter(None, sentences))))
    if item.replaced_by:
        link = item.replaced_by if has(item.replaced_by) else ""
        notices.append(Notice("Informasi ini sudah digantikan.", (f"Penggantinya: {item.replaced_by}.",), link))
    for repair in item.corrections:
        change = f"Semula: {repair.was} Menjadi: {repair.now}"
        notices.append(Notice(f"Ralat {words.day(repair.on)}", tuple(filter(None, (change, repair.reason)))))
    return notices


def _section(properties: Properties, item: Item, key: str) -> Section:
    part = properties[key]
    values = cast("Mapping[str, object]", item.fields[key])
    return Section(_SECTIONS[key], part["title"], tuple(_pairs(part["properties"], values, tuple(values))))


def _pairs(
    properties: Properties, values: Mapping[str, object], keys: Sequence[str]
) -> list[tuple[str, Sequence[str]]]:
    """Label and values of the fields that are there; the labels are the schema's own titles."""
    return [(properties[key]["title"], _said(properties[key], key, values[key])) for key in keys if key in values]


def _said(part: Mapping[str, Any], key: str, value: object) -> Sequence[str]:
    if isinstance(value, Mapping):
        inner = _pairs(part["properties"], value, tuple(value))
        return [f"{label}: {', '.join(texts) or words.NOT_FILLED}" for label, texts in inner]
    texts = [_one(key, one) for one in value] if isinstance(value, list | tuple) else [_one(key, value)]
    return [", ".join(texts)] if key in _ON_ONE_LINE else texts


def _one(key: str, value: object) -> str:
    text = str(value)
    if key in _DAYS:
        return words.iso_day(text)
    return words.coded(text) if key in _CODED else text
