"""A data file as it was read: values of strings, lists and mappings, and the line of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

MAXIMUM_DEPTH = 12

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value]"


@dataclass(frozen=True)
class Document:
    """A data file: `data` is nested dict, list and str, and every path in it has its line (from 1) in `lines`.

    `data` is Any because its shape is the schema's to say; loaders turn it into types right after that check.
    """

    data: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines[path]
