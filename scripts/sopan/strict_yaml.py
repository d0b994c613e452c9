"""YAML as our data files use it: a small, unambiguous part of it, in which every scalar is a string.

One pass over the parser's events, without recursion. YAML's own conveniences (anchors, tags, merge keys, a
second document, `no` that means False) are refused because two readers could read them differently.

Most files hold nothing that could be refused: those are read at twice the speed, from nodes that libyaml composes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml

from sopan import messages, plain_text, yaml_quick
from sopan.document import MAXIMUM_DEPTH, Document, Path, Value
from sopan.finding import Finding, found

MAXIMUM_BYTES = 64 * 1024

# What libyaml says of a fault, and the rule that words it; the first that fits.
_SYNTAX_RULES = (
    ("mapping values are not allowed", "yaml-titik-dua"),
    ("quoted scalar", "yaml-kutip-terbuka"),
    ("flow sequence", "yaml-kurung-terbuka"),
    ("flow mapping", "yaml-kurung-terbuka"),
    ("could not find expected ':'", "yaml-tanpa-titik-dua"),
)


def load(content: bytes, file: str, *, first_line: int = 1) -> tuple[Document | None, list[Finding]]:
    """The mapping written in `content`, and every fault of its writing; any finding means that it must not be used.

    The document is None where reading could not go on. `first_line` is where `content` begins in `file`.
    """
    if len(content) > MAXIMUM_BYTES:
        return None, [found("yaml-terlalu-besar", file=file, ukuran=len(content), batas=MAXIMUM_BYTES)]
    text, findings = plain_text.read(content, file, first_line=first_line)
    if text is None:
        return None, findings
    quick = yaml_quick.read(text, first_line) if not findings else None
    return (quick, findings) if quick else closely(text, file, first_line, findings)


def closely(text: str, file: str, first_line: int, findings: list[Finding]) -> tuple[Document | None, list[Finding]]:
    """What `load` gives for this text, whose characters have `findings` already."""
    reader = _Reader(file=file, first_line=first_line, findings=findings)
    try:
        complete = reader.follow(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        return None, [*findings, _syntax_fault(error, text, file, first_line)]
    return (Document(reader.root, reader.lines) if complete else None), findings


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Finding:
    said = f"{error.context} {error.problem}"
    rule = next((rule for words, rule in _SYNTAX_RULES if words in said), "yaml-sintaks")
    at_opening = rule in {"yaml-kutip-terbuka", "yaml-kurung-terbuka"}
    mark = error.context_mark if at_opening else error.problem_mark
    if mark is None:
        return found("yaml-sintaks", file=file, line=first_line, kolom=1)
    if "cannot start any token" in said:
        sign = text.split("\n")[mark.line][mark.column : mark.column + 1]
        rule = "yaml-tab" if sign == "\t" else "yaml-tanda-khusus"
        return found(rule, file=file, line=first_line + mark.line, kolom=mark.column + 1, tanda=sign)
    return found(rule, file=file, line=first_line + mark.line, kolom=mark.column + 1)


@dataclass
class _Level:
    """A mapping or list that is being read; in a mapping `key` waits for its value (None: a refused key)."""

    path: Path
    container: dict[str, Value] | list[Value]
    key: str | None = None
    wants_value: bool = False

    @property
    def wants_key(self) -> bool:
        return isinstance(self.container, dict) and not self.wants_value

    def next_path(self) -> Path:
        if isinstance(self.container, list):
            return (*self.path, len(self.container))
        return self.path if self.key is None else (*self.path, self.key)

    def put(self, value: Value) -> None:
        if isinstance(self.container, list):
            self.container.append(value)
            return
        if self.key is not None:
            self.container[self.key] = value
        self.wants_value = False


@dataclass
class _Reader:
    """What has been read so far; `follow` says whether the whole document could be read."""

    file: str
    first_line: int
    findings: list[Finding]
    root: Value = ""
    lines: dict[Path, int] = field(default_factory=dict)
    levels: list[_Level] = field(default_factory=list)
    documents: int = 0
    placed_at: Path = ()

    def follow(self, events: Iterable[yaml.Event]) -> bool:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
            if self.documents > 1:
                break
            if isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                self._refuse("yaml-satu-dokumen", event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.levels.pop()
            elif isinstance(event, yaml.NodeEvent) and not self._node(event):
                return False
        return self._is_mapping()

    def _is_mapping(self) -> bool:
        if not isinstance(self.root, dict):
            self.findings.append(found("yaml-bukan-pasangan", file=self.file, line=self.first_line))
        return isinstance(self.root, dict)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse("yaml-satu-dokumen", event)
        if event.version or event.tags:
            self._refuse("yaml-arahan", event)

    def _node(self, event: yaml.NodeEvent) -> bool:
        """Take one node in; False where it lies too deep to go on."""
        self._refuse_conveniences(event)
        is_key = bool(self.levels) and self.levels[-1].wants_key
        if isinstance(event, yaml.CollectionStartEvent):
            return self._open(event, as_key=is_key)
        value = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if is_key:
            self._key(value, event)
        else:
            self._value(value, event)
        return True

    def _refuse_conveniences(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse("yaml-rujukan", event, nama=event.anchor)
            return
        if event.anchor is not None:
            self._refuse("yaml-jangkar", event, nama=event.anchor)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            self._refuse("yaml-tag", event, tag=event.tag)
        if isinstance(event, yaml.ScalarEvent) and (fault := plain_text.hidden(event.value)):
            self._refuse(fault[0], event, karakter=fault[1])

    def _open(self, event: yaml.CollectionStartEvent, *, as_key: bool) -> bool:
        if len(self.levels) == MAXIMUM_DEPTH:
            self._refuse("yaml-terlalu-dalam", event, batas=MAXIMUM_DEPTH)
            return False
        container: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if as_key:
            self._refuse("yaml-kunci-bukan-teks", event)
            self.levels[-1].key, self.levels[-1].wants_value = None, True
            self.levels.append(_Level(self.levels[-1].path, container))
        else:
            self._value(container, event)
            self.levels.append(_Level(self.placed_at, container))
        return True

    def _key(self, key: str, event: yaml.NodeEvent) -> None:
        level = self.levels[-1]
        level.key, level.wants_value = key, True
        if key == "<<":
            self._refuse("yaml-kunci-gabung", event)
            level.key = None
        elif key in level.container:
            first = self.lines[*level.path, key]
            self._refuse("yaml-kunci-ganda", event, kunci=key, pertama=first)
            level.key = None
        else:
            self.lines[*level.path, key] = self._line(event)

    def _value(self, value: Value, event: yaml.NodeEvent) -> None:
        if not self.levels:
            self.root, self.placed_at = value, ()
            self.lines[()] = self._line(event)
            return
        self.placed_at = self.levels[-1].next_path()
        self.lines.setdefault(self.placed_at, self._line(event))
        self.levels[-1].put(value)

    def _line(self, event: yaml.Event) -> int:
        return self.first_line + (event.start_mark.line if event.start_mark else 0)

    def _refuse(self, rule: str, event: yaml.Event, **values: object) -> None:
        self.findings.append(Finding(rule, messages.say(rule, **values), file=self.file, line=self._line(event)))
