"""The office as data: `kantor.yml` parsed into a frozen type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sopan import office_file, schema, strict_yaml
from sopan.document import Value
from sopan.finding import Finding
from sopan.office_file import EVERY_KIND, FILE, OfficeFile, written


@dataclass(frozen=True)
class Contact:
    """How the public reaches the office; all of it official, none of it private."""

    unit: str
    email: str
    phone: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Service:
    """What only the office can say of its information service; "" until it does.

    `officer` is the PPID's post and `superior` that of whom objections go to; `pledge` is the *maklumat pelayanan*, and
    `pledged` by whom and when it was given; `commission` is the Komisi Informasi in charge.
    """

    officer: str
    superior: str
    desk: str
    hours: str
    cost: str
    pledge: str
    pledged: str
    commission: str
    about: str


@dataclass(frozen=True)
class Limits:
    """The office's limits on an item: bytes per attachment, bytes per item, attachments per item."""

    attachment_bytes: int
    item_bytes: int
    attachments: int


@dataclass(frozen=True)
class Office:
    """Facts of the office. `site` is the public address, ending in `/`; empty until the office fills it in.

    `defaults` maps a kind of document (and `semua` for every kind) to front matter values that complete an item.
    `exempt` maps what may not be published (`<tahun>/<nama>`, or `<nama>` for every year) to the decision that says so
    (UU 14/2008 Ps. 17 and 19). `retreats` maps what was live once (the first 12 digits of a commit that `main` does not
    hold) to why the site went back behind it.
    `text` holds the file as nested mappings, for display only.
    """

    name: str
    short_name: str
    government: str
    region_code: str
    region: str
    units: tuple[str, ...]
    contact: Contact
    service: Service
    licence: str
    zone: ZoneInfo
    zone_label: str
    site: str
    github_organisation: str
    limits: Limits
    defaults: Mapping[str, Mapping[str, object]]
    exempt: Mapping[str, str]
    retreats: Mapping[str, str]
    text: Mapping[str, object]


def load(
    content: bytes, schema_of_office: Mapping[str, object], schema_of_items: Mapping[str, Any]
) -> tuple[Office | None, list[Finding]]:
    """The office written in `content` (kantor.yml), or every finding against it; its defaults are fields of items."""
    document, findings = strict_yaml.load(content, FILE)
    if document is None or findings:
        return None, findings
    findings = schema.check(document, schema_of_office, FILE) or office_file.faults(document, schema_of_items)
    return (None if findings else _office(written(document))), findings


def _office(file: OfficeFile) -> Office:
    return Office(
        name=file["nama"],
        short_name=file["nama_pendek"],
        government=file["pemerintah"],
        region_code=file["wilayah"]["kode"],
        region=file["wilayah"]["nama"],
        units=tuple(file["unit"]),
        contact=_contact(file),
        service=_service(file),
        licence=file["lisensi"],
        zone=ZoneInfo(file["zona_waktu"]),
        zone_label=file["label_zona"],
        site=file["alamat_situs"],
        github_organisation=file["organisasi_github"],
        limits=_limits(file),
        defaults={**file["bawaan"], EVERY_KIND: {**_facts(file), **file["bawaan"][EVERY_KIND]}},
        exempt={entry["butir"]: entry["dasar"] for entry in file.get("dikecualikan", [])},
        retreats={entry["dari"]: entry["alasan"] for entry in file.get("mundur", [])},
        text={**file},
    )


def _contact(file: OfficeFile) -> Contact:
    contact = file["kontak"]
    return Contact(unit=contact["unit"], email=contact["surel"], phone=contact["telepon"], address=contact["alamat"])


def _service(file: OfficeFile) -> Service:
    said = file.get("layanan", {})
    return Service(
        officer=said.get("ppid", ""),
        superior=said.get("atasan_ppid", ""),
        desk=said.get("meja_layanan", ""),
        hours=said.get("jam_layanan", ""),
        cost=said.get("biaya", ""),
        pledge=said.get("maklumat", ""),
        pledged=said.get("maklumat_ditetapkan", ""),
        commission=said.get("komisi_informasi", ""),
        about=said.get("tentang", ""),
    )


def _limits(file: OfficeFile) -> Limits:
    limits = file["batas"]
    return Limits(
        attachment_bytes=int(limits["lampiran_bita"]),
        item_bytes=int(limits["butir_bita"]),
        attachments=int(limits["lampiran"]),
    )


def _facts(file: OfficeFile) -> dict[str, Value]:
    """What every item takes over from the office's own facts, so that they are written once."""
    return {
        "lisensi": file["lisensi"],
        "cakupan_wilayah": {"kode": file["wilayah"]["kode"], "nama": file["wilayah"]["nama"]},
        "kontak": {key: file["kontak"][key] for key in ("unit", "surel", "telepon")},
    }
