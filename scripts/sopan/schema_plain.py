"""Whether a JSON Schema is one, told at once where it uses nothing but the common keywords in their common forms.

What holds here is a schema to `jsonschema` too, which takes fifty times as long over its own schema of schemas;
whatever does not hold is left to it, and it alone refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_DEEPEST = 16  # of schemas within schemas: what lies deeper is left to `jsonschema`
_TYPES = frozenset({"string", "array", "object", "boolean", "integer", "number", "null"})
_ADDRESS = re.compile(r"(?:https://)?[a-z0-9-]+(?:[./][a-zA-Z0-9-]+)*")
_REFERENCE = re.compile(r"#(?:/[$a-zA-Z0-9_-]+)*")


def holds(schema: object, deepest: int = _DEEPEST) -> bool:
    """Whether these are the words of a schema; False says nothing."""
    if not isinstance(schema, dict) or not deepest:
        return isinstance(schema, bool)
    return all(_fits(key, value, deepest - 1) for key, value in schema.items())


def _fits(key: str, value: object, deepest: int) -> bool:
    if key in _INNER:
        return all(holds(inner, deepest) for inner in _INNER[key](value))
    return key in _WORDS and _WORDS[key](value)


def _one(value: object) -> list[object]:
    return [value]


def _named(value: object) -> list[object]:
    return list(value.values()) if isinstance(value, dict) else [None]


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) and value else [None]


def _text(value: object) -> bool:
    return isinstance(value, str)


def _count(value: object) -> bool:
    return type(value) is int and value >= 0  # and no boolean, which Python takes for a number


def _names(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value)) and len(set(value)) == len(value)


def _pattern(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except re.error:
        return False


def _like(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_INNER: Mapping[str, Callable[[object], list[object]]] = MappingProxyType(
    {
        **dict.fromkeys(("additionalProperties", "items", "propertyNames", "not", "if", "then", "else"), _one),
        **dict.fromkeys(("properties", "$defs"), _named),
        **dict.fromkeys(("allOf", "anyOf", "oneOf"), _several),
    }
)
_WORDS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        **dict.fromkeys(("title", "description", "$comment", "format"), _text),
        **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _count),
        **dict.fromkeys(("$schema", "$id"), _like(_ADDRESS)),
        "$ref": _like(_REFERENCE),
        "type": lambda value: isinstance(value, str) and value in _TYPES,
        "required": _names,
        "enum": lambda value: isinstance(value, list),
        "const": lambda _: True,
        "pattern": _pattern,
        "uniqueItems": lambda value: isinstance(value, bool),
    }
)
