"""YAML in which nothing could be refused, read at twice the speed of `strict_yaml` from nodes that libyaml composes.

It never refuses: whatever might be wrong is left to the close reading, which words it.
"""

from __future__ import annotations

import re
from typing import cast

import yaml

from sopan import plain_text
from sopan.document import MAXIMUM_DEPTH, Document, Path, Value

# What may be an anchor, an alias, a tag, a directive, another document, or nesting that libyaml would follow too deep.
_UNUSUAL = re.compile(r"(?<![\w.)])(?:[&*](?=\S)|!)|^(?:%|---|\.\.\.)|^[ \t?:-]{24}", re.MULTILINE)
_BRACKETS = 64


def read(text: str, first_line: int) -> Document | None:
    """What `strict_yaml.closely` would read where nothing could be refused; None where something might be."""
    if _UNUSUAL.search(text) or text.count("[") + text.count("{") > _BRACKETS:
        return None
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return None
    lines: dict[Path, int] = {}
    data = _of_node(root, (), lines, first_line) if isinstance(root, yaml.MappingNode) else None
    return None if data is None else Document(data, lines)


def _of_node(node: yaml.Node, path: Path, lines: dict[Path, int], first_line: int) -> Value | None:
    """The value of a node, its lines and those within it put into `lines`; None for what might be refused."""
    lines.setdefault(path, first_line + node.start_mark.line)
    if isinstance(node, yaml.ScalarNode):
        return None if plain_text.hidden(node.value) else str(node.value)
    if len(path) >= MAXIMUM_DEPTH:
        return None
    if isinstance(node, yaml.SequenceNode):
        entries = [_of_node(one, (*path, number), lines, first_line) for number, one in enumerate(node.value)]
        return None if None in entries else cast("list[Value]", entries)
    pairs: dict[str, Value] = {}
    for key, inner in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in pairs or key.value == "<<":
            return None
        below = (*path, key.value)
        lines[below] = first_line + key.start_mark.line
        value = None if plain_text.hidden(key.value) else _of_node(inner, below, lines, first_line)
        if value is None:
            return None
        pairs[key.value] = value
    return pairs
