"""petugas.yml as people write it, once its schema holds: the shape that code reads, in the file's own words."""

from __future__ import annotations

from typing import NotRequired, TypedDict, cast

from sopan import policy_files
from sopan.document import Document

FILE = policy_files.OFFICERS_FILE


class KeyEntry(TypedDict):
    """A pasted public key; its instants have an offset, or are "" for no bound."""

    kunci: str
    mulai: str
    sampai: str


class OfficerEntry(TypedDict):
    """A person."""

    id: str
    nama: str
    surel: str
    akun_github: str
    kunci: list[KeyEntry]


class HolderEntry(TypedDict):
    """A person in a post; both days are inclusive, `sampai` is "" while the end is open."""

    petugas: str
    sebutan: str
    mulai: str
    sampai: str
    dasar: str


class PostEntry(TypedDict):
    """A role of sop.yml and all who hold it, held it or will."""

    peran: str
    pemegang: list[HolderEntry]


class ExemptionEntry(TypedDict):
    """Roles that one person may hold in one round; days as in `HolderEntry`."""

    petugas: str
    peran: list[str]
    mulai: str
    sampai: str
    dasar: str


class RecorderEntry(TypedDict):
    """The recorder of another forge's events: keys, and no role."""

    kunci: list[KeyEntry]


class RevocationEntry(TypedDict):
    """A key that nobody may use any more, from an instant with an offset on."""

    kunci: str
    sejak: str
    alasan: str


class OfficersFile(TypedDict):
    """The whole file; the list of revoked keys may be left out while there are none."""

    versi: str
    jabatan: list[PostEntry]
    petugas: list[OfficerEntry]
    pengecualian: list[ExemptionEntry]
    pencatat: RecorderEntry
    dicabut: NotRequired[list[RevocationEntry]]


def written(document: Document) -> OfficersFile:
    """The content of a document that has passed its schema."""
    return cast("OfficersFile", document.data)


def revoked(file: OfficersFile) -> list[RevocationEntry]:
    """The revoked keys; none where the file does not speak of them."""
    return file.get("dicabut", [])
