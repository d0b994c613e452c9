"""A JSON Schema as one function that says only yes or no, for values of which every scalar is a string.

It knows the part of JSON Schema that our data files use, and says exactly what `jsonschema` says of it, some twenty
times as fast; a schema with any other keyword is not compiled. What is wrong with a value is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Sized
from datetime import date, datetime
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
Accepts: TypeAlias = Callable[[Any], bool]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TYPES = {"string": str, "array": list, "object": dict}
_SILENT = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default"})
_BRANCHES = frozenset({"then", "else"})  # read with their `if`


class UnknownKeywordError(Exception):
    """The schema uses what is not compiled."""


def is_instant(text: str) -> bool:
    """Whether this is a date and time with the offset of its zone; ValueError where it is none at all."""
    return datetime.fromisoformat(text).utcoffset() is not None


def compiled(root: Schema, start: Schema) -> Accepts | None:
    """Whether values fit `start`, a part of `root`; None where the schema uses what is not compiled."""
    try:
        return _Compiler(root).schema(start)
    except UnknownKeywordError:
        return None


class _Compiler:
    def __init__(self, root: Schema) -> None:
        self._root = root
        self._referred: dict[str, list[Accepts]] = {}

    def schema(self, node: object) -> Accepts:
        if not isinstance(node, Mapping) or ("$id" in node and node is not self._root):
            raise UnknownKeywordError(node)
        checks = [self._keyword(key, node) for key in node if key not in _SILENT and key not in _BRANCHES]
        if len(checks) == 1:
            return checks[0]
        return lambda value: all(check(value) for check in checks)

    def _keyword(self, key: str, node: Schema) -> Accepts:
        make = _KEYWORDS.get(key)
        if make is None:
            raise UnknownKeywordError(key)
        return make(self, node[key], node)

    def reference(self, name: str, _node: Schema) -> Accepts:
        """Schemas may refer to themselves, so what a name stands for is asked only when a value is there."""
        if name not in self._referred:
            self._referred[name] = []
            self._referred[name].append(self.schema(self._target(name)))
        found = self._referred[name]
        return lambda value: all(check(value) for check in found)

    def _target(self, name: str) -> object:
        if not re.fullmatch(r"#(/[^%~#]+)?", name):
            raise UnknownKeywordError(name)
        target: Any = self._root
        for part in name.split("/")[1:]:
            if not isinstance(target, Mapping) or part not in target:
                raise UnknownKeywordError(name)
            target = target[part]
        return target

    def type(self, name: object, _node: Schema) -> Accepts:
        kind = _TYPES.get(name) if isinstance(name, str) else None
        if kind is None:
            raise UnknownKeywordError(name)
        return lambda value: isinstance(value, kind)

    def choice(self, words: Sequence[object], _node: Schema) -> Accepts:
        if not all(isinstance(word, str) for word in words):
            raise UnknownKeywordError(words)
        known = frozenset(words)
        return lambda value: isinstance(value, str) and value in known

    def constant(self, word: object, node: Schema) -> Accepts:
        return self.choice([word], node)

    def pattern(self, pattern: str, _node: Schema) -> Accepts:
        fits = re.compile(pattern).fullmatch
        return lambda value: not isinstance(value, str) or fits(value) is not None

    def format(self, name: str, _node: Schema) -> Accepts:
        if name not in _FORMATS:
            raise UnknownKeywordError(name)
        holds = _FORMATS[name]
        return lambda value: not isinstance(value, str) or _holds(holds, value)

    def properties(self, known: Mapping[str, object], _node: Schema) -> Accepts:
        checks = {key: self.schema(node) for key, node in known.items()}

        def accepts(value: Any) -> bool:  # noqa: ANN401 - what a data file holds
            if not isinstance(value, dict):
                return True
            return all(checks[key](inner) for key, inner in value.items() if key in checks)

        return accepts

    def others(self, allowed: object, node: Schema) -> Accepts:
        if "patternProperties" in node:
            raise UnknownKeywordError("patternProperties")
        known = frozenset(node.get("properties", ()))
        if allowed is False:
            return lambda value: not isinstance(value, dict) or value.keys() <= known
        check = self.schema(allowed)
        return lambda value: not isinstance(value, dict) or all(check(value[key]) for key in value.keys() - known)

    def names(self, node: object, _node: Schema) -> Accepts:
        check = self.schema(node)
        return lambda value: not isinstance(value, dict) or all(map(check, value))

    def required(self, keys: Sequence[str], _node: Schema) -> Accepts:
        wanted = frozenset(keys)
        return lambda value: not isinstance(value, dict) or wanted <= value.keys()

    def items(self, node: object, _node: Schema) -> Accepts:
        check = self.schema(node)
        return lambda value: not isinstance(value, list) or all(check(one) for one in value)

    def unique(self, wanted: object, _node: Schema) -> Accepts:
        if wanted is not True:
            raise UnknownKeywordError(wanted)
        return lambda value: (
            not isinstance(value, list) or all(one not in value[:place] for place, one in enumerate(value))
        )

    def every(self, nodes: Sequence[object], _node: Schema) -> Accepts:
        checks = [self.schema(node) for node in nodes]
        return lambda value: all(check(value) for check in checks)

    def some(self, nodes: Sequence[object], _node: Schema) -> Accepts:
        checks = [self.schema(node) for node in nodes]
        return lambda value: any(check(value) for check in checks)

    def one(self, nodes: Sequence[object], _node: Schema) -> Accepts:
        checks = [self.schema(node) for node in nodes]
        return lambda value: sum(check(value) for check in checks) == 1

    def condition(self, node: object, around: Schema) -> Accepts:
        asks = self.schema(node)
        then, otherwise = (self.schema(around.get(key, {})) for key in ("then", "else"))
        return lambda value: then(value) if asks(value) else otherwise(value)


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))


def _holds(form: Callable[[str], bool], text: str) -> bool:
    try:
        return form(text)
    except ValueError:
        return False


_FORMATS: Mapping[str, Callable[[str], bool]] = {"date": _is_date, "date-time": is_instant}


def _at_least(kind: type[Sized]) -> Callable[[_Compiler, int, Schema], Accepts]:
    return lambda _compiler, least, _node: lambda value: not isinstance(value, kind) or len(value) >= least


def _at_most(kind: type[Sized]) -> Callable[[_Compiler, int, Schema], Accepts]:
    return lambda _compiler, most, _node: lambda value: not isinstance(value, kind) or len(value) <= most


_KEYWORDS: Mapping[str, Callable[[_Compiler, Any, Schema], Accepts]] = {
    "$ref": _Compiler.reference,
    "type": _Compiler.type,
    "enum": _Compiler.choice,
    "const": _Compiler.constant,
    "pattern": _Compiler.pattern,
    "format": _Compiler.format,
    "minLength": _at_least(str),
    "maxLength": _at_most(str),
    "properties": _Compiler.properties,
    "additionalProperties": _Compiler.others,
    "propertyNames": _Compiler.names,
    "required": _Compiler.required,
    "minProperties": _at_least(dict),
    "maxProperties": _at_most(dict),
    "items": _Compiler.items,
    "minItems": _at_least(list),
    "maxItems": _at_most(list),
    "uniqueItems": _Compiler.unique,
    "allOf": _Compiler.every,
    "anyOf": _Compiler.some,
    "oneOf": _Compiler.one,
    "if": _Compiler.condition,
}
