"""Rows that are kept by name: one that is as it was stays where it lies, another one is added behind.

Nothing is copied of the rows but their names: whoever reads little of each, or few of them, brings no more to memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sopan import kept_log
from sopan.kept_log import Log, Row

_NAME = re.compile(rb"([^\t]*)\t")
_WASTE = 2  # times what is used: a log that has grown to more is written anew


@dataclass(frozen=True)
class Named:
    """Rows by the name that each begins with, before a tab; and their log, None where nothing could be used."""

    rows: Mapping[str, Row]
    log: Log | None


def load(file: Path, basis: str) -> Named:
    """What was kept; nothing where it is not whole, or rests on another basis."""
    log = kept_log.load(file)
    if log is None or log.head != basis.encode():
        return Named({}, None)
    return Named({match[1].decode(): row for row in log.rows if (match := _NAME.match(row))}, log)


def save(file: Path, basis: str, rows: Mapping[str, Row], before: Named) -> None:
    """Keep these rows, and no others; one that is the very object that was kept stays where it lies."""
    log = before.log if _is_worth_going_on(before, rows) else None
    names = enumerate([*before.rows, *(name for name in rows if name not in before.rows)] if log else rows)
    new = {place: rows[name] for place, name in names if not log or rows[name] is not before.rows.get(name)}
    kept_log.save(file, basis.encode(), new, log)


def _is_worth_going_on(before: Named, rows: Mapping[str, Row]) -> bool:
    """Whether every row that was kept has its place still, and most of the log is used."""
    used = sum(map(len, rows.values()))
    return before.log is not None and before.rows.keys() <= rows.keys() and before.log.length <= _WASTE * used
