"""The text of a PDF's pages by pypdf: pure Python, maintained, without dependencies, and faster than its like."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from sopan.attachments import limits
from sopan.attachments.examined import Evidence, Scan, Text, beyond

_HEAD_BYTES = 1024
_END = re.compile(rb"%%EOF\r?\n?")
_PAINTS = re.compile(rb"\b(Do|f\*?|F|S|s|B\*?|b\*?|sh|EI)\b")
_WRITES = re.compile(rb"[)>\]]\s*(Tj|TJ|'|\")")


def evidence(data: bytes) -> Evidence:
    """The text of each page; a scan where a page shows something that is no text. Earlier revisions are read too."""
    with _complaints() as complaints:
        yield from _pages(data, "")
        if complaints:
            yield Scan()  # something could not be read as it stands there
    for earlier in _earlier(data):
        yield from (found for found in _pages(earlier, " pada versi sebelumnya") if isinstance(found, Text))


def drawings(data: bytes) -> Iterator[Text]:
    """The text of drawings that were made pages; where none was, nothing."""
    found = _pages(data, "") if data else ()
    yield from (Text("gambar atau cap di luar isi halaman", text.text) for text in found if isinstance(text, Text))


def _pages(data: bytes, version: str) -> Evidence:
    for number, page in enumerate(PdfReader(BytesIO(data)).pages, start=1):
        text = page.extract_text()
        if text.strip():
            yield Text(f"halaman {number}{version}", text)
        if _is_seen_only(page, text):
            yield Scan()


def _is_seen_only(page: PageObject, text: str) -> bool:
    """Whether a page shows more than its text says: drawn, written in signs without letters, or scanned."""
    if len(text.strip()) >= limits.PAGE_CHARACTERS:
        return False
    if text.strip():
        return any(points >= limits.PAGE_POINTS for points in _pictures(page))
    contents = page.get_contents()
    shown = contents.get_data() if contents is not None else b""
    return bool(_PAINTS.search(shown)) or (not text and bool(_WRITES.search(shown)))


def _pictures(page: PageObject) -> Iterator[int]:
    """How many points each picture among a page's resources has, and among those of the forms that it draws."""
    waiting = [page]
    for holder in waiting:
        named = holder.get("/Resources", DictionaryObject()).get_object().get("/XObject", DictionaryObject())
        for entry in named.get_object().values():
            drawn = entry.get_object()
            if drawn.get("/Subtype") == "/Image":
                yield int(drawn.get("/Width", 0)) * int(drawn.get("/Height", 0))
            elif holder is page:
                waiting.append(drawn)


class _Complaints(logging.Handler):
    """What pypdf says to its log while it reads: it goes on after what it does not understand."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what was said."""
        self.told.append(record)


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    heard, logger = _Complaints(), logging.getLogger("pypdf")
    logger.addHandler(heard)
    try:
        yield heard.told
    finally:
        logger.removeHandler(heard)


def _earlier(data: bytes) -> Iterator[bytes]:
    """The file as it stood before each later save: what was taken out since is still in it."""
    ends = [found.end() for found in _END.finditer(data)][:-1]
    if ends and b"/Linearized" in data[:_HEAD_BYTES]:
        ends = ends[1:]  # the first mark of a file for quick display closes no revision
    if len(ends) > limits.REVISIONS:
        raise beyond("simpanan bertahap", limits.REVISIONS)
    return (data[:end] for end in ends)
