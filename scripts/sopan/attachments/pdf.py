"""PDF: its structure by pikepdf (qpdf reads it as strictly as readers should), its text by pypdf (`pdf_text`).

Nothing may run, open, fetch or travel along; what a page shows is what the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from sopan.attachments import limits, pdf_actions, pdf_drawings, pdf_properties, pdf_text
from sopan.attachments.examined import Evidence, Stopped, beyond, fault

_TAIL = re.compile(rb"%%EOF\s*\Z")
_TAIL_BYTES = 1024


def evidence(_: str, data: bytes) -> Evidence:
    """Everything found in a PDF; text is read even where something is wrong, so that all is told at once."""
    if not _TAIL.search(data[-_TAIL_BYTES:]):
        yield fault("lampiran-ekor" if b"%%EOF" in data else "lampiran-rusak", jenis="pdf")
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as opened:
            _require_limits(opened)
            yield from pdf_properties.evidence(opened)
            for top in opened.objects:
                yield from _walk(top, depth=0)
            drawn = pdf_drawings.pages(opened)
    except pikepdf.PasswordError as error:
        raise Stopped("lampiran-tersandi") from error
    yield from pdf_text.evidence(data)
    yield from pdf_text.drawings(drawn)


def _require_limits(opened: pikepdf.Pdf) -> None:
    if opened.is_encrypted:
        raise Stopped("lampiran-tersandi")
    if len(opened.objects) > limits.OBJECTS:
        raise beyond("objek PDF", limits.OBJECTS)
    _count_pages(opened.Root.Pages)


def _count_pages(root: Object) -> None:
    """The page tree's own entries are counted, whatever it claims: a page may be named a million times."""
    waiting, seen, counted = [root], set[tuple[int, int]](), 0
    claimed = int(root.get(Name.Count, 0))
    while waiting and max(counted, claimed) <= limits.PAGES:
        kids = waiting.pop().get(Name.Kids, Array())
        branches = [kid for kid in kids if isinstance(kid, Dictionary) and Name.Kids in kid]
        counted += len(kids) - len(branches)
        waiting += [kid for kid in branches if kid.objgen not in seen]
        seen |= {kid.objgen for kid in branches}
    if max(counted, claimed) > limits.PAGES:
        raise beyond("halaman", limits.PAGES)


def _walk(value: Object, depth: int) -> Evidence:
    """An object and what lies directly in it; what it refers to is an object of its own, and is walked then."""
    if depth > limits.NESTING:
        raise beyond("tingkat objek PDF", limits.NESTING)
    if isinstance(value, Stream):
        yield from _dictionary(value.stream_dict, depth)
    elif isinstance(value, Dictionary):
        yield from _dictionary(value, depth)
    elif isinstance(value, Array):
        yield from _entries(value, depth)
    else:
        yield from pdf_properties.shown(value)


def _dictionary(value: Dictionary, depth: int) -> Evidence:
    yield from pdf_actions.faults(value)
    signed = Name.ByteRange in value  # the bytes of a signature are no text
    yield from _entries((entry for key, entry in value.items() if not (signed and key == "/Contents")), depth)


def _entries(values: Iterable[Object], depth: int) -> Evidence:
    for entry in values:
        if isinstance(entry, Dictionary | Array | String) and not entry.is_indirect:
            yield from _walk(entry, depth + 1)
