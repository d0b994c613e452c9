"""What an item is made of, as frozen types, and how checked front matter becomes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sopan.document import Document
from sopan.office import Contact


@dataclass(frozen=True)
class Attachment:
    """A file beside index.md, as the front matter names it at `line`."""

    name: str
    title: str
    line: int


@dataclass(frozen=True)
class Link:
    """An official source elsewhere; `address` begins with https://."""

    title: str
    address: str


@dataclass(frozen=True)
class Period:
    """The days that a document or data set covers, both inclusive."""

    start: date
    end: date


@dataclass(frozen=True)
class Correction:
    """A published error and its repair (*ralat*): what stood there and what is right."""

    on: date
    was: str
    now: str
    reason: str


@dataclass(frozen=True)
class Withdrawal:
    """Why and on what ground an item is no longer valid (*pencabutan*)."""

    on: date
    reason: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item. What the front matter leaves out is "" or () or None; `fields` is the front matter as written.

    `body` begins at `body_line` of `file`; `targets` are the files of the folder that the body links to, with lines.
    """

    id: str
    year: str
    slug: str
    file: str
    title: str
    classification: str
    origin_unit: str
    summary: str
    kind: str
    periodic_category: str
    custodian_unit: str
    custodian_position: str
    responsible: str
    created: date | None
    created_place: str
    forms: tuple[str, ...]
    media: tuple[str, ...]
    retention: Mapping[str, str]
    legal_basis: tuple[str, ...]
    frequency: str
    reviewed: date | None
    period: Period | None
    language: str
    region_code: str
    region: str
    licence: str
    keywords: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    links: tuple[Link, ...]
    data: Mapping[str, str]
    emergency: Mapping[str, str]
    holds_until: date | None
    accessibility: Mapping[str, str]
    privacy_exceptions: tuple[str, ...]
    contact: Contact | None
    sop_number: str
    corrections: tuple[Correction, ...]
    withdrawal: Withdrawal | None
    replaces: str
    replaced_by: str
    change_note: str
    body: str
    body_line: int
    targets: tuple[tuple[str, int], ...]
    fields: Mapping[str, object]


def from_document(
    document: Document, name: str, file: str, *, body: str, body_line: int, targets: tuple[tuple[str, int], ...]
) -> Item:
    """Turn checked front matter into types; a key that is absent was optional, which the schema has said."""
    fields: dict[str, Any] = document.data
    year, slug = name.split("/")
    text = partial(_text, fields)
    return Item(
        id=name, year=year, slug=slug, file=file,
        title=text("judul"), classification=text("klasifikasi"), origin_unit=text("unit_asal"),
        summary=text("ringkasan"), kind=text("jenis_dokumen"), periodic_category=text("kategori_berkala"),
        custodian_unit=text("penguasa_informasi", "unit"), custodian_position=text("penguasa_informasi", "jabatan"),
        responsible=text("penanggung_jawab"), created=_day(text("tanggal_pembuatan")),
        created_place=text("tempat_pembuatan"), forms=tuple(fields.get("bentuk_informasi", ())),
        media=tuple(fields.get("jenis_media", ())), retention=fields.get("retensi", {}),
        legal_basis=tuple(fields.get("dasar_hukum", ())), frequency=text("frekuensi_pembaruan"),
        reviewed=_day(text("ditinjau_terakhir")), period=_period(fields), language=text("bahasa"),
        region_code=text("cakupan_wilayah", "kode"), region=text("cakupan_wilayah", "nama"), licence=text("lisensi"),
        keywords=tuple(fields.get("kata_kunci", ())), attachments=_attachments(document),
        links=tuple(Link(link["judul"], link["alamat"]) for link in fields.get("tautan", ())),
        data=fields.get("data", {}), emergency=fields.get("serta_merta", {}),
        holds_until=_day(text("serta_merta", "berlaku_sampai")),
        accessibility=fields.get("aksesibilitas", {}),
        privacy_exceptions=tuple(fields.get("pemeriksaan_data_pribadi", {}).get("pengecualian", ())),
        contact=_contact(fields), sop_number=text("sop"), corrections=_corrections(fields),
        withdrawal=_withdrawal(fields), replaces=text("menggantikan"), replaced_by=text("digantikan_oleh"),
        change_note=text("catatan_perubahan"), body=body, body_line=body_line, targets=targets, fields=fields,
    )  # fmt: skip


def _text(fields: Mapping[str, Any], *keys: str) -> str:
    """Read the text at `keys`; "" where an optional field is absent."""
    value: Any = fields
    for key in keys:
        value = value.get(key, {})
    return value or ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _period(fields: Mapping[str, Any]) -> Period | None:
    if "periode" not in fields:
        return None
    return Period(*(date.fromisoformat(fields["periode"][key]) for key in ("mulai", "selesai")))


def _attachments(document: Document) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(entry["berkas"], entry["judul"], document.line(("lampiran", number)))
        for number, entry in enumerate(document.data.get("lampiran", ()))
    )


def _contact(fields: Mapping[str, Any]) -> Contact | None:
    if "kontak" not in fields:
        return None
    return Contact(*(_text(fields, "kontak", key) for key in ("unit", "surel", "telepon", "alamat")))


def _corrections(fields: Mapping[str, Any]) -> tuple[Correction, ...]:
    return tuple(
        Correction(date.fromisoformat(entry["tanggal"]), entry["semula"], entry["menjadi"], _text(entry, "alasan"))
        for entry in fields.get("ralat", ())
    )


def _withdrawal(fields: Mapping[str, Any]) -> Withdrawal | None:
    entry = fields.get("pencabutan")
    if entry is None:
        return None
    return Withdrawal(date.fromisoformat(entry["tanggal"]), entry["alasan"], _text(entry, "dasar"))
