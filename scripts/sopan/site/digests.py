"""What something is made of, as one digest of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import orjson

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def of(*told: object) -> str:
    """Hex SHA-256 of frozen values, in their order."""
    return hashlib.sha256(orjson.dumps(told, default=_plain, option=_OPTIONS)).hexdigest()


def _plain(value: object) -> object:
    match value:
        case Path():
            return None  # where a file lies says nothing of it: its name, size and digest stand beside
        case frozenset():
            return sorted(value)
        case tuple():
            return list(value)  # with names for its places
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return dict(value)
        case _:
            raise TypeError(type(value).__name__)
