"""Daftar Informasi Publik: the seven standard columns, then what helps to find and to open an item; one derivation.

The headings are those that the PPID applications of public bodies use. Withdrawn items are no longer in force and are
left out; their pages stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sopan.item import Item
from sopan.site import digests, outline, words
from sopan.site.facts import Entry, SiteFacts
from sopan.site.kept_years import YearParts
from sopan.site.spreadsheet import Book, Stretch, Table

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


def line(entry: Entry) -> Line:
    """An item as the list has it."""
    return Line(entry, _standard(entry.item))


def book(years: YearParts) -> Book:
    """The list as a table for downloads, the newest year first, by title within it; of each year's rows those are kept.

    Addresses are whole where kantor.yml names the site's.
    """
    return Book("daftar", [Table(NAME, (*STANDARD, *MORE), list(_stretches(years)))])


def _stretches(years: YearParts) -> Iterator[Stretch]:
    first = 1
    for year, volume in years.facts.volumes.items():
        yield Stretch(year, digests.of(first, volume.shown), partial(_numbered, years, year, first))
        first += outline.of(years.facts, year).total


def _numbered(years: YearParts, year: str, first: int) -> Iterator[tuple[str, ...]]:
    """Rows are kept without their numbers too: an item that is new leaves all others as they were but for these."""
    rows = years.each(f"baris-{year}", years.facts.volumes[year].in_force, partial(_row, years.facts))
    return ((str(number), *row) for number, row in enumerate(rows, first))


def _row(facts: SiteFacts, entry: Entry) -> Sequence[str]:
    return (*_standard(entry.item), *_more(entry, facts))


def _standard(item: Item) -> tuple[str, ...]:
    made = ", ".join(filter(None, (words.day(item.created) if item.created else "", item.created_place)))
    custodian = ", ".join(filter(None, (item.custodian_position, item.custodian_unit or item.origin_unit)))
    kept = "; ".join(item.retention.values())
    forms = words.enumerated([words.coded(form) for form in item.forms]) if item.forms else ""
    return (item.summary or item.title, custodian, item.responsible, made, forms, kept)


def _more(entry: Entry, facts: SiteFacts) -> tuple[str, ...]:
    item, site = entry.item, facts.policy.office.site
    published = entry.published_on(facts.policy.office.zone)
    changed = published.isoformat() if published else ""
    media = words.enumerated([words.coded(one) for one in item.media]) if item.media else ""
    kind = words.coded(item.kind) if item.kind else ""
    address = f"{site}informasi/{item.id}/" if site else ""
    return (item.id, item.title, words.CLASSES[item.classification], kind, media, address, changed)
