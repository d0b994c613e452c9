"""The office as data: `kantor.yml` parsed into a frozen type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Contact:
    """How the public reaches the office; all of it official, none of it private."""

    unit: str
    email: str
    phone: str
    address: str


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
    `text` holds the file as nested mappings, for display only.
    """

    name: str
    short_name: str
    government: str
    region_code: str
    region: str
    units: tuple[str, ...]
    contact: Contact
    licence: str
    zone: ZoneInfo
    zone_label: str
    site: str
    limits: Limits
    defaults: Mapping[str, Mapping[str, object]]
    text: Mapping[str, object]
