"""Daftar Informasi Publik: the seven standard columns, then what helps to find and to open an item; one derivation.

The headings are those that the PPID applications of public bodies use. Withdrawn items are no longer in force and are
left out; their pages stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopan.item import Item
from sopan.site import words
from sopan.site.facts import Entry, SiteFacts
from sopan.summary_report import Sheet

NAME = "Daftar Informasi Publik"
STANDARD = (
    "No",
    "Ringkasan Isi Informasi",
    "Pejabat/Unit/Satuan Kerja yang Menguasai Informasi",
    "Penanggung Jawab Pembuatan atau Penerbitan Informasi",
    "Waktu dan Tempat Pembuatan Informasi",
    "Bentuk Informasi yang Tersedia",
    "Jangka Waktu Penyimpanan atau Retensi Arsip",
)
MORE = ("ID", "Judul", "Klasifikasi", "Jenis", "Jenis Media", "Tautan", "Terakhir Diperbarui")


@dataclass(frozen=True)
class Line:
    """An item as the list has it: its entry, and its cells in the order of the standard columns without the number."""

    entry: Entry
    cells: tuple[str, ...]


def lines(facts: SiteFacts) -> Sequence[Line]:
    """Every item in force, the newest year first, by title within it."""
    return [line(entry) for entries in facts.years.values() for entry in entries]


def line(entry: Entry) -> Line:
    """An item as the list has it."""
    return Line(entry, _standard(entry.item))


def sheet(facts: SiteFacts) -> Sheet:
    """The list as a table for downloads; addresses are whole where kantor.yml names the site's."""
    site = facts.policy.office.site
    rows = (
        (str(number), *line.cells, *_more(line.entry, facts, site)) for number, line in enumerate(lines(facts), start=1)
    )
    return Sheet(NAME, (*STANDARD, *MORE), tuple(rows))


def _standard(item: Item) -> tuple[str, ...]:
    made = ", ".join(filter(None, (words.day(item.created) if item.created else "", item.created_place)))
    custodian = ", ".join(filter(None, (item.custodian_position, item.custodian_unit or item.origin_unit)))
    kept = "; ".join(item.retention.values())
    forms = words.enumerated([words.coded(form) for form in item.forms]) if item.forms else ""
    return (item.summary or item.title, custodian, item.responsible, made, forms, kept)


def _more(entry: Entry, facts: SiteFacts, site: str) -> tuple[str, ...]:
    item = entry.item
    changed = entry.published_at.astimezone(facts.policy.office.zone).date().isoformat() if entry.published_at else ""
    media = words.enumerated([words.coded(one) for one in item.media]) if item.media else ""
    kind = words.coded(item.kind) if item.kind else ""
    address = f"{site}informasi/{item.id}/" if site else ""
    return (item.id, item.title, words.CLASSES[item.classification], kind, media, address, changed)
