"""Digits in a text as people group them: every stretch of whole groups that could be one long number.

Linear: from each group on, one look at each length that is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

JOIN_LENGTH = 4  # " - ", and a bracket more
KEYWORD_DISTANCE = 40  # characters from the end of a keyword to its number

_GROUP = re.compile(r"[0-9]+")
_LISTING = frozenset(",:'+|")  # mostly part one number from the next
_JOINS = frozenset(" \n.-/_()") | _LISTING
_BLANK = " "
_APART = "x"  # stands for a text between two groups that does not join them
_IN_A_NUMBER = re.compile(r"[0-9][.,]")


@dataclass(frozen=True)
class Window:
    """Groups `first` to `last` of a text, read as one number; `joins` are the marks between them, a blank as " "."""

    first: int
    last: int
    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    joins: tuple[str, ...]

    @property
    def uniform(self) -> bool:
        """Whether one and the same mark stands between all groups."""
        return len(set(self.joins)) <= 1

    @property
    def listed(self) -> bool:
        """Whether marks stand between the groups that mostly part one number from the next."""
        return any(_LISTING.intersection(join) for join in self.joins)

    @property
    def single(self) -> bool:
        """Whether every digit stands alone."""
        return max(self.sizes) == 1

    @property
    def in_thousands(self) -> bool:
        """Whether the groups are set as in 1.234.567."""
        return set(self.joins) == {"."} and set(self.sizes[1:]) == {3} and self.sizes[0] <= 3  # noqa: PLR2004


class Digits:
    """The groups of digits of one text, with what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_GROUP.finditer(text))
        self._starts = [match.start() for match in found]
        self._ends = [match.end() for match in found]
        self._all = "".join(match.group() for match in found)
        self._offsets = [0, *accumulate(end - start for start, end in zip(self._starts, self._ends, strict=True))]
        self._at_offset = {offset: group for group, offset in enumerate(self._offsets)}
        self._joins = [self._join(end, start) for end, start in zip(self._ends, self._starts[1:], strict=False)]

    def windows(self, totals: Sequence[int], form: Callable[[str], bool]) -> Iterator[Window]:
        """Every window of so many digits that have this form, from left to right, in the order of `totals`."""
        stops = self._stops()
        for first, offset in enumerate(self._offsets[:-1]):
            for total in totals:
                stop = self._at_offset.get(offset + total)
                if stop is not None and stop <= stops[first] and form(self._all[offset : offset + total]):
                    yield self._window(first, stop - 1)

    def _stops(self) -> list[int]:
        """For each group, the first behind it that nothing joins to it."""
        stops = list(range(1, len(self._starts) + 1))
        for group in range(len(self._joins) - 1, -1, -1):
            if self._joins[group] != _APART:
                stops[group] = stops[group + 1]
        return stops

    def before(self, window: Window, length: int) -> str:
        """The text in front of a window."""
        return self.text[max(0, window.start - length) : window.start]

    def is_fraction(self, window: Window) -> bool:
        """Whether the window begins behind the decimal point or comma of a number."""
        return _IN_A_NUMBER.fullmatch(self.before(window, 2)) is not None

    def stands_alone(self, window: Window) -> bool:
        """Whether the groups beside a window are set differently from its own, so that it is no part of a row."""
        beside = ((window.first - 1, window.first - 1), (window.last, window.last + 1))
        return not any(self._alike(window, join, group) for join, group in beside)

    def follows(self, words: Sequence[int], window: Window) -> bool:
        """Whether one of the words that end at these places stands in front of a window, with no digit between."""
        index = bisect_right(words, window.start) - 1
        earlier = self._ends[window.first - 1] if window.first else 0
        return index >= 0 and words[index] >= earlier and window.start - words[index] <= KEYWORD_DISTANCE

    def _alike(self, window: Window, join: int, group: int) -> bool:
        if not 0 <= join < len(self._joins):
            return False
        return self._joins[join] in window.joins and self._ends[group] - self._starts[group] in window.sizes

    def _window(self, first: int, last: int) -> Window:
        sizes = zip(self._starts[first : last + 1], self._ends[first : last + 1], strict=True)
        return Window(
            first=first,
            last=last,
            start=self._starts[first],
            end=self._ends[last],
            digits=self._all[self._offsets[first] : self._offsets[last + 1]],
            sizes=tuple(end - start for start, end in sizes),
            joins=tuple(self._joins[first:last]),
        )

    def _join(self, start: int, end: int) -> str:
        """What joins two groups, without the blanks around it."""
        if end - start > JOIN_LENGTH or not _JOINS.issuperset(join := self.text[start:end]):
            return _APART
        return "".join(join.split()) or _BLANK
