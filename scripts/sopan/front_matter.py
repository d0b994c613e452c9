"""The front matter of index.md as bytes: the one grammar that gate, commands and site part and write it by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from sopan import plain_text
from sopan.finding import Finding, found

EVERY_KIND = "semua"

_FENCE = b"---\n"
_GRAMMAR = re.compile(rb"---\r?\n(?P<front>(?:.*\n)*?)---(?:\r?\n|\Z)")


@dataclass(frozen=True)
class Parts:
    """The bytes of index.md: front matter between its fences (from line 2), body after them (from `body_line`)."""

    front: bytes
    body: bytes
    body_line: int


def split(content: bytes, file: str) -> tuple[Parts | None, list[Finding]]:
    """Part `content` at its fences: `---` as the first line, and the next line that is only `---`."""
    findings = [found("teks-bom", file=file, line=1)] if content.startswith(plain_text.BOM) else []
    content = content.removeprefix(plain_text.BOM)
    if not content.startswith((b"---\n", b"---\r\n")):
        return None, [*findings, found("butir-tanpa-kepala", file=file, line=1)]
    match = _GRAMMAR.match(content)
    if match is None:
        return None, [*findings, found("butir-kepala-terbuka", file=file, line=1)]
    return Parts(match["front"], content[match.end() :], 1 + content.count(b"\n", 0, match.end())), findings


def complete_with(fields: Mapping[str, object], defaults: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Fill what `fields` lacks or leaves empty from the office's defaults: its kind's first, then every kind's."""
    filled = {key: value for key, value in fields.items() if value != ""}
    for group in (str(fields.get("jenis_dokumen", "")), EVERY_KIND):
        for key, value in defaults.get(group, {}).items():
            filled.setdefault(key, value)
    return filled


def write(fields: Mapping[str, object], body: str) -> bytes:
    """Write index.md so that `read` gives back `fields` and `body` unchanged."""
    front = yaml.dump(dict(fields), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100)
    return _FENCE + front.encode() + _FENCE + body.encode()


class _Writer(yaml.SafeDumper):
    """YAML without anchors, which the strict reader refuses."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True
