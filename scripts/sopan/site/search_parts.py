"""Words in their order, cut into parts of which a browser loads those that its own words lie in.

`docs/assets/akar.js` finds the part by the first word of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SIZE = 128  # words


def cut(words: Iterable[str]) -> list[Sequence[str]]:
    """The parts of these words, in the order in which browsers compare texts."""
    every = list(words)
    ordered = sorted(every) if "".join(every).isascii() else sorted(every, key=_as_browsers_compare)
    return [ordered[at : at + SIZE] for at in range(0, len(ordered), SIZE)]


def starts(parts: Iterable[Sequence[str]]) -> str:
    """The first word of each part."""
    return " ".join(part[0] for part in parts)


def _as_browsers_compare(word: str) -> bytes:
    return word.encode("utf-16-be")
