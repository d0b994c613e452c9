"""The SOP's flow as geometry: one row per step, one column per role, orthogonal arrows. Drawn by `flow.html`."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from sopan.sop import Sop, Step

HEAD = 64
ROW = 104
COLUMN = 190
WIDTH = 148
HEIGHT = 60
LANE = 22
CHARACTERS = 22
MARGIN = 8
_GAP = (ROW - HEIGHT) // 2


@dataclass(frozen=True)
class Column:
    """A role's column: its left edge and width, and the role's name broken into lines."""

    left: int
    width: int
    lines: tuple[str, ...]

    @property
    def centre(self) -> int:
        """Where the column's text and symbols are centred."""
        return self.left + self.width // 2


@dataclass(frozen=True)
class Node:
    """A step's symbol, by its centre."""

    step: Step
    x: int
    y: int

    @property
    def left(self) -> int:
        """The symbol's left edge."""
        return self.x - WIDTH // 2

    @property
    def right(self) -> int:
        """The symbol's right edge."""
        return self.x + WIDTH // 2

    @property
    def top(self) -> int:
        """The symbol's upper edge."""
        return self.y - HEIGHT // 2

    @property
    def bottom(self) -> int:
        """The symbol's lower edge."""
        return self.y + HEIGHT // 2


@dataclass(frozen=True)
class Arrow:
    """A line from one step to the next, as the points of an SVG polyline."""

    source: int
    target: int
    points: str


@dataclass(frozen=True)
class Flow:
    """The whole drawing: its size, role columns, symbols and arrows, and itself in words."""

    width: int
    height: int
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    words: str


def draw(sop: Sop) -> Flow:
    """The drawing of `sop`, in the order of its table."""
    columns = {
        role.code: Column(MARGIN + COLUMN * n, COLUMN, tuple(wrap(role.name, CHARACTERS)))
        for n, role in enumerate(sop.roles.values())
    }
    nodes = {
        step.number: Node(step, columns[step.role.code].centre, HEAD + ROW * n + ROW // 2)
        for n, step in enumerate(sop.steps)
    }
    pairs = [(nodes[step.number], nodes[number]) for step in sop.steps for number in step.next]
    jumps = [pair for pair in pairs if not _adjacent(*pair)]
    right = MARGIN + COLUMN * len(columns)
    arrows = [_arrow(pair, lane=right + LANE * (jumps.index(pair) + 1) if pair in jumps else 0) for pair in pairs]
    return Flow(
        width=right + LANE * len(jumps) + MARGIN,
        height=HEAD + ROW * len(sop.steps) + MARGIN,
        columns=tuple(columns.values()),
        nodes=tuple(nodes.values()),
        arrows=tuple(arrows),
        words=_in_words(sop),
    )


def _adjacent(source: Node, target: Node) -> bool:
    return target.y - source.y == ROW


def _arrow(pair: tuple[Node, Node], *, lane: int) -> Arrow:
    source, target = pair
    path = _through_lane(source, target, lane) if lane else _down(source, target)
    points = " ".join(f"{x},{y}" for x, y in path)
    return Arrow(source.step.number, target.step.number, points)


def _down(source: Node, target: Node) -> list[tuple[int, int]]:
    start, end = source.bottom, target.top
    if source.x == target.x:
        return [(source.x, start), (target.x, end)]
    between = start + _GAP
    return [(source.x, start), (source.x, between), (target.x, between), (target.x, end)]


def _through_lane(source: Node, target: Node, lane: int) -> list[tuple[int, int]]:
    """Around the outside, for arrows that skip rows or go back: out to the right, along the lane, in from above."""
    above = target.top - _GAP // 2
    return [(source.right, source.y), (lane, source.y), (lane, above), (target.x, above), (target.x, target.top)]


def _in_words(sop: Sop) -> str:
    sentences = []
    for step in sop.steps:
        onward = " dan ".join(str(number) for number in step.next)
        ending = f", lalu ke langkah {onward}" if onward else ", selesai"
        sentences.append(f"Langkah {step.number}: {step.role.name} {step.action}{ending}.")
    return " ".join(sentences)
