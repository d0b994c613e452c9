"""A data file held against its JSON Schema; and whether something is a JSON Schema at all.

What is plainly right is told at once; all else is left to `schema_faults`, which alone refuses and words it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from sopan import schema_plain, schema_quick
from sopan.document import Document
from sopan.finding import Finding

_COMPILED: dict[tuple[int, str], tuple[Mapping[str, object], schema_quick.Accepts | None]] = {}
_KEPT = 64


def check(
    document: Document, schema: Mapping[str, object], file: str, *, definition: str | None = None
) -> list[Finding]:
    """Name what in `document` breaks `schema`, or its `$defs/<definition>`: in the order of lines, each fault once."""
    start: Mapping[str, Any] = {"$ref": f"#/$defs/{definition}"} if definition else schema
    if _accepts(document.data, schema, start):
        return []
    findings: list[Finding] = _the_long_way().found(document, schema, start, file)
    return findings


def is_schema(words: Mapping[str, Any]) -> bool:
    """Whether this is a JSON Schema."""
    return schema_plain.holds(words) or bool(_the_long_way().is_schema(words))


def _accepts(data: object, schema: Mapping[str, object], start: Mapping[str, Any]) -> bool:
    """Whether nothing is wrong, for sure; each schema is compiled once, and kept as long as its function."""
    key = id(schema), str(start.get("$ref", ""))
    if key not in _COMPILED:
        if len(_COMPILED) == _KEPT:
            _COMPILED.clear()
        _COMPILED[key] = schema, schema_quick.compiled(schema, start)
    accepts = _COMPILED[key][1]
    return accepts is not None and accepts(data)


def _the_long_way() -> ModuleType:
    return import_module("sopan.schema_faults")
