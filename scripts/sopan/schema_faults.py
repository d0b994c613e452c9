"""What is wrong with a data file under its JSON Schema: every fault as one Indonesian sentence, at its file and line.

A schema's `title` is the label that people read and its `description` tells what to write; both are quoted here.
All scalars are strings (see `strict_yaml`), and a `pattern` must fit the whole value. `schema` opens this module where
something may be wrong: `jsonschema` takes as long to load as most commands to run.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from sopan import messages, schema_quick
from sopan.document import Document, Path
from sopan.finding import Finding
from sopan.quoting import Own
from sopan.schema_labels import Labels

_DATE_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or schema_quick.is_instant(value)


def _whole_pattern(
    _validator: Validator, pattern: str, instance: object, _schema: Mapping[str, object]
) -> Iterator[ValidationError]:
    """Refuse a value that `pattern` does not fit whole: a plain search would let a line end through."""
    if isinstance(instance, str) and not re.fullmatch(pattern, instance):
        yield ValidationError("pattern")


_Validator = cast(
    "type[Draft202012Validator]",
    extend(Draft202012Validator, {"pattern": _whole_pattern}),  # type: ignore[no-untyped-call]  # untyped in its stubs
)


@dataclass(frozen=True)
class _Fault:
    """A validation error: at `path` the `keyword` wanted `wanted` and met `value`, under the subschema `schema`."""

    path: Path
    keyword: str
    wanted: Any
    value: Any
    schema: Mapping[str, Any]


def _fault(error: ValidationError) -> _Fault:
    schema = cast("Mapping[str, Any]", error.schema)
    return _Fault(tuple(error.absolute_path), str(error.validator), error.validator_value, error.instance, schema)


def found(document: Document, schema: Mapping[str, object], start: Mapping[str, Any], file: str) -> list[Finding]:
    """Name what in `document` breaks `start`, a part of `schema`: in the order of lines, each fault once."""
    validator = _Validator(dict(schema), format_checker=FORMATS).evolve(schema=start)
    judge = _Judge(document, schema, start, file)
    faults = _without_shadowed([_fault(error) for error in validator.iter_errors(document.data)])
    findings = dict.fromkeys(finding for fault in faults for finding in judge.findings(fault))
    return sorted(findings, key=lambda finding: (finding.line or 0, finding.rule, finding.message))


def is_schema(words: Mapping[str, Any]) -> bool:
    """Whether this is a JSON Schema."""
    try:
        Draft202012Validator.check_schema(words)
    except (SchemaError, RecursionError):
        return False
    return True


def _without_shadowed(faults: Sequence[_Fault]) -> list[_Fault]:
    """Leave out what only repeats another fault of the same value: a pattern beside an enum, a format or a length."""
    spoken = {fault.path for fault in faults if fault.keyword in {"enum", "const", "format", "minLength"}}
    return [fault for fault in faults if fault.keyword != "pattern" or fault.path not in spoken]


class _Judge:
    """One document under one schema: turns the validator's faults into findings."""

    def __init__(
        self, document: Document, schema: Mapping[str, object], start: Mapping[str, object], file: str
    ) -> None:
        self._document, self._file = document, file
        self._labels = Labels(schema, start)

    def findings(self, fault: _Fault) -> Iterator[Finding]:
        """Word `fault`; one fault may name several fields."""
        word = _WORDINGS.get(fault.keyword, _Judge.other)
        yield from word(self, fault)

    def required(self, fault: _Fault) -> Iterator[Finding]:
        for key in (key for key in fault.wanted if key not in fault.value):
            path = (*fault.path, key)
            hint = self._labels.hint(path)
            rule = "skema-wajib-petunjuk" if hint else "skema-wajib"
            yield self._found(rule, fault.path, isian=self._labels.label(path), petunjuk=hint)

    def unknown(self, fault: _Fault) -> Iterator[Finding]:
        known = list(fault.schema["properties"])
        for key in (key for key in fault.value if key not in known):
            near = difflib.get_close_matches(key.casefold(), known, n=1)
            rule = "skema-tak-dikenal-mirip" if near else "skema-tak-dikenal"
            yield self._found(rule, (*fault.path, key), kunci=key, mirip=Own("".join(near)))

    def choice(self, fault: _Fault) -> Iterator[Finding]:
        allowed = [fault.wanted] if fault.keyword == "const" else fault.wanted
        if not isinstance(fault.value, str):
            yield self._about(fault, "skema-bukan-teks")
            return
        words = _nearest_first(fault.value, allowed)
        rule = "skema-pilihan" if len(words) > 1 else "skema-tetap"
        shown = Own(", ".join(word or "(kosong)" for word in words))
        yield self._about(fault, rule if fault.value else "skema-kosong-pilihan", pilihan=shown)

    def pattern(self, fault: _Fault) -> Iterator[Finding]:
        hint = self._labels.hint(fault.path)
        if not fault.value:
            yield self._about(fault, "skema-kosong")
        elif hint:
            yield self._about(fault, "skema-pola-petunjuk", petunjuk=hint)
        else:
            yield self._about(fault, "skema-pola", pola=Own(fault.wanted))

    def format(self, fault: _Fault) -> Iterator[Finding]:
        if not fault.value:
            yield self._about(fault, "skema-kosong")
        elif fault.wanted == "date":
            real = _DATE_SHAPE.fullmatch(fault.value)
            yield self._about(fault, "skema-tanggal-mustahil" if real else "skema-tanggal-bentuk")
        else:
            yield self._about(fault, "skema-waktu-bentuk")

    def length(self, fault: _Fault) -> Iterator[Finding]:
        if not fault.value:
            yield self._about(fault, "skema-kosong")
            return
        rule = "skema-terlalu-pendek" if fault.keyword == "minLength" else "skema-terlalu-panjang"
        yield self._about(fault, rule, panjang=len(fault.value), batas=fault.wanted)

    def type(self, fault: _Fault) -> Iterator[Finding]:
        rules = {"string": "skema-bukan-teks", "array": "skema-bukan-daftar", "object": "skema-bukan-kelompok"}
        yield self._about(fault, rules[fault.wanted])

    def count(self, fault: _Fault) -> Iterator[Finding]:
        rule = "skema-butir-kurang" if fault.keyword == "minItems" else "skema-butir-lebih"
        yield self._about(fault, rule, jumlah=len(fault.value), batas=fault.wanted)

    def unique(self, fault: _Fault) -> Iterator[Finding]:
        for index, value in enumerate(fault.value):
            if value in fault.value[:index]:
                rule = "skema-butir-ganda" if isinstance(value, str) else "skema-butir-kembar"
                label = self._labels.label(fault.path)
                yield self._found(rule, (*fault.path, index), isian=label, nilai=value, ke=index + 1)

    def other(self, fault: _Fault) -> Iterator[Finding]:
        hint = self._labels.hint(fault.path)
        yield self._about(fault, "skema-lain-petunjuk" if hint else "skema-lain", petunjuk=hint)

    def _about(self, fault: _Fault, rule: str, **values: object) -> Finding:
        value = fault.value if isinstance(fault.value, str) else ""
        return self._found(rule, fault.path, isian=self._labels.label(fault.path), nilai=value, **values)

    def _found(self, rule: str, path: Path, **values: object) -> Finding:
        return Finding(rule, messages.say(rule, **values), file=self._file, line=self._document.line(path))


_WORDINGS: dict[str, Callable[[_Judge, _Fault], Iterator[Finding]]] = {
    "required": _Judge.required,
    "additionalProperties": _Judge.unknown,
    "enum": _Judge.choice,
    "const": _Judge.choice,
    "pattern": _Judge.pattern,
    "format": _Judge.format,
    "minLength": _Judge.length,
    "maxLength": _Judge.length,
    "type": _Judge.type,
    "minItems": _Judge.count,
    "maxItems": _Judge.count,
    "uniqueItems": _Judge.unique,
}


def _nearest_first(value: str, words: Sequence[str]) -> list[str]:
    near = difflib.get_close_matches(value.casefold().replace(" ", "_"), words, n=len(words))
    return near + [word for word in words if word not in near]
