"""Attachments: what is in a file that an item publishes, told from its bytes alone.

`examine` is a pure function of a name and bytes that somebody else wrote; a gate calls `screen`, which examines in a
child process with limits (`limited`). Each family of formats is a module, loaded only where such a file is examined.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from sopan.attachments import kinds, limits
from sopan.attachments.examined import Evidence, Examined, Fault, Stopped, Text, beyond, fault, gather

__all__ = ["Examined", "Fault", "Stopped", "Text", "examine"]

_FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "pdf",
        "xlsx": "xlsx",
        "docx": "docx",
        "ods": "opendocument",
        "odt": "opendocument",
        "csv": "tables",
        "png": "png",
        "jpg": "jpeg",
        "jpeg": "jpeg",
    }
)


def examine(name: str, data: bytes) -> Examined:
    """Everything wrong with an attachment, its texts, and whether it is a scan; never an exception but of memory."""
    wrong = tuple(kinds.faults(name, data))
    if wrong:
        return Examined(wrong)
    return _bounded(gather(_evidence(kinds.extension(name), data)))


def _evidence(kind: str, data: bytes) -> Evidence:
    family = import_module(f"sopan.attachments.{_FAMILIES[kind]}")
    try:
        yield from cast(Evidence, family.evidence(kind, data))
    except (MemoryError, Stopped):
        raise
    except Exception:  # noqa: BLE001 - the parsers' authors do not say what hostile bytes make them raise
        yield fault("lampiran-rusak", jenis=kind)


def _bounded(found: Examined) -> Examined:
    """No more faults than people read, and no more text than can be screened."""
    faults = found.faults[: limits.SHOWN_FAULTS]
    if sum(len(text.text) for text in found.texts) <= limits.TEXT_CHARACTERS:
        return Examined(faults, found.texts, found.scanned)
    too_long = beyond("huruf", limits.TEXT_CHARACTERS).fault
    return Examined((too_long, *faults), (), found.scanned)
