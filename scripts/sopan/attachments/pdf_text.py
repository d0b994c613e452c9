"""The text of a PDF's pages by pypdf: pure Python, maintained, without dependencies, and faster than its like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PageObject, PdfReader

from sopan.attachments import limits
from sopan.attachments.examined import Evidence, Scan, Text, beyond

_HEAD_BYTES = 1024
_END = re.compile(rb"%%EOF\r?\n?")
_PAINTS = re.compile(rb"\b(Do|f\*?|F|S|s|B\*?|b\*?|sh|EI)\b")


def evidence(data: bytes) -> Evidence:
    """The text of each page; a scan where a page shows something that is no text. Earlier revisions are read too."""
    yield from _pages(data, "")
    for earlier in _earlier(data):
        yield from (found for found in _pages(earlier, " pada versi sebelumnya") if isinstance(found, Text))


def _pages(data: bytes, version: str) -> Evidence:
    for number, page in enumerate(PdfReader(BytesIO(data)).pages, start=1):
        text = page.extract_text()
        if text.strip():
            yield Text(f"halaman {number}{version}", text)
        elif _paints(page):
            yield Scan()


def _paints(page: PageObject) -> bool:
    contents = page.get_contents()
    return contents is not None and bool(_PAINTS.search(contents.get_data()))


def _earlier(data: bytes) -> Iterator[bytes]:
    """The file as it stood before each later save: what was taken out since is still in it."""
    ends = [found.end() for found in _END.finditer(data)][:-1]
    if ends and b"/Linearized" in data[:_HEAD_BYTES]:
        ends = ends[1:]  # the first mark of a file for quick display closes no revision
    if len(ends) > limits.REVISIONS:
        raise beyond("simpanan bertahap", limits.REVISIONS)
    return (data[:end] for end in ends)
