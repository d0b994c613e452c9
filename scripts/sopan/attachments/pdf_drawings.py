"""What a PDF draws beside its pages' own contents: stamps, notes, patterns, and forms that no page draws.

Text extraction follows a page's contents alone. Here each such drawing becomes a page of its own, to be read alike.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

_PAPER = (600, 800)


def pages(opened: Pdf) -> bytes:
    """A PDF with one page for every drawing of another; empty where there is none."""
    drawings = [one for one in opened.objects if isinstance(one, Stream) and _is_drawing(one)]
    if not drawings:
        return b""
    with pikepdf.new() as made:
        for drawing in drawings:
            _add(made, opened, drawing)
        saved = BytesIO()
        made.save(saved)
    return saved.getvalue()


def _is_drawing(value: Stream) -> bool:
    return value.get(Name.Subtype) == Name.Form or Name.PatternType in value


def _add(made: Pdf, opened: Pdf, drawing: Object) -> None:
    page = made.add_blank_page(page_size=_PAPER)
    resources = drawing.get(Name.Resources)
    if isinstance(resources, Dictionary):
        page.Resources = made.copy_foreign(opened.make_indirect(resources))
    page.Contents = made.make_stream(drawing.read_bytes())
