"""sop.yml as people write it, once its schema holds: the shape that code reads, in the file's own words."""

from __future__ import annotations

from typing import TypedDict, cast

from sopan import policy_files
from sopan.document import Document

FILE = policy_files.SOP_FILE
INSIDE = "dalam"
YES = "ya"


class TimeCell(TypedDict):
    """`teks` is the document's own; `nilai` and `satuan` are "" where that text names no time."""

    teks: str
    nilai: str
    satuan: str


class Activity(TypedDict):
    """A row of the document's table."""

    urut: str
    uraian: str
    pelaksana: str
    kelengkapan: str
    waktu: TimeCell
    output: str
    keterangan: str


class Procedure(TypedDict):
    """The document's table: the heads of its columns of performers, and its rows."""

    pelaksana: list[str]
    kegiatan: list[Activity]


class RoleEntry(TypedDict):
    """Ours: a performer with a code; `pelaksana` is the column head that it stands for."""

    kode: str
    nama: str
    pelaksana: str
    jenis: str


class StepEntry(TypedDict):
    """Ours: what a row of the table means to the gate."""

    urut: str
    peran: str
    tindakan: str
    simbol: str
    berikut: list[str]
    mengubah_isi: str
    kembali_ke: str


class Additions(TypedDict):
    """All that is ours and not the document's."""

    peran: list[RoleEntry]
    langkah: list[StepEntry]
    pemisahan: list[list[str]]
    pemeliharaan: list[str]


class Identity(TypedDict):
    """What code reads of the document's head."""

    nomor: str
    nama: str


class SopFile(TypedDict):
    """What code reads of sop.yml; the rest is for display."""

    identitas: Identity
    prosedur: Procedure
    tambahan: Additions


def written(document: Document) -> SopFile:
    """The content of a document that has passed its schema."""
    return cast("SopFile", document.data)
