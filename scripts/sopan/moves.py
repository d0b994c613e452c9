"""Moves of refs: what a push asks for, as git names it to its hooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """A ref that somebody wants to move; zeros where it does not exist before or after."""

    ref: str
    old: str
    new: str


def read(lines: Iterable[str]) -> list[Move]:
    """The moves that git names on a hook's standard input."""
    words = (line.split(" ", 2) for line in lines)
    return [Move(ref=ref, old=old, new=new) for old, new, ref in words]
