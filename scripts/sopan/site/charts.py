"""Bar charts as static SVG, drawn by `bars.html` in the page's own colours, for both themes and for print.

A plotting library would bring scripts, styles of its own and the day of the build into every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sopan.site import render

WIDTH = 380  # a phone's, so that text is as large there as it is drawn
ROW = 20
_LABEL = 18
_GAP = 10
_VALUE_ROOM = 150


@dataclass(frozen=True)
class Bar:
    """One bar: how long it is, the words at its end, and the mark (a CSS class) that says of what kind it is."""

    value: float
    text: str
    mark: str


@dataclass(frozen=True)
class Row:
    """Bars that share a label."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Placed:
    """A bar with its place and length in the drawing."""

    y: int
    length: int
    bar: Bar


@dataclass(frozen=True)
class Group:
    """A label with its place, and its bars."""

    y: int
    label: str
    bars: tuple[Placed, ...]


def bars(anchor: str, title: str, description: str, rows: Sequence[Row]) -> Markup:
    """The chart with its title and a description in words; `anchor` makes its ids unique on the page."""
    longest = max((bar.value for row in rows for bar in row.bars), default=0)
    groups, height = [], 0
    for row in rows:
        first = height + _LABEL
        placed = (Placed(first + n * ROW, _length(bar.value, longest), bar) for n, bar in enumerate(row.bars))
        groups.append(Group(height + _LABEL - 5, row.label, tuple(placed)))
        height = first + len(row.bars) * ROW + _GAP
    return render.page(
        "bars.html", anchor=anchor, title=title, description=description, groups=groups, width=WIDTH, height=height
    )


def _length(value: float, longest: float) -> int:
    return round(value / longest * (WIDTH - _VALUE_ROOM)) if longest else 0
