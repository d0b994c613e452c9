"""What people call the fields of a data file: the titles and hints that its JSON Schema gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sopan import quoting
from sopan.document import Path
from sopan.quoting import Own


@dataclass(frozen=True)
class Labels:
    """The titles and hints of `schema`, read from `start` downwards."""

    schema: Mapping[str, object]
    start: Mapping[str, object]

    def label(self, path: Path) -> Own:
        """Name the field at `path`: its title with its key, and which entry of a list it is."""
        if not path:
            return Own("berkas ini")
        if isinstance(path[-1], int):
            return Own(f"{self.label(path[:-1])} butir ke-{path[-1] + 1}")
        title = self._text(path, "title")
        key = quoting.quote(path[-1])
        return Own(f"'{title}' ({key})" if title else f"'{key}'")

    def hint(self, path: Path) -> Own | None:
        """What to write in the field at `path`, as the end of a sentence; None where its schema does not tell."""
        text = self._text(path, "description")
        if not text:
            return None
        starts_word = text[1:2].islower()
        return Own((text[0].lower() if starts_word else text[0]) + text[1:].rstrip("."))

    def _text(self, path: Path, keyword: str) -> str | None:
        """Read `title` or `description` of the field at `path`, beside a `$ref` or behind it."""
        nodes = [self.start]
        for part in path:
            nodes = [child for node in nodes for child in self._children(node, part)]
        texts = (node[keyword] for found_node in nodes for node in self._spread(found_node) if keyword in node)
        return cast("str | None", next(texts, None))

    def _children(self, node: Mapping[str, object], part: str | int) -> Iterator[Mapping[str, object]]:
        for one in self._spread(node):
            if isinstance(part, int):
                child = one.get("items")
            else:
                properties = cast("Mapping[str, object]", one.get("properties", {}))
                child = properties.get(part, one.get("additionalProperties"))
            if isinstance(child, Mapping):
                yield child

    def _spread(self, node: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        """Yield `node` and every schema that it refers to or is composed of."""
        yield node
        if "$ref" in node:
            yield from self._spread(self._resolve(str(node["$ref"])))
        for keyword in ("allOf", "anyOf", "oneOf"):
            for part in cast("Sequence[Mapping[str, object]]", node.get(keyword, ())):
                yield from self._spread(part)
        for keyword in ("then", "else"):
            if keyword in node:
                yield from self._spread(cast("Mapping[str, object]", node[keyword]))

    def _resolve(self, reference: str) -> Mapping[str, object]:
        target: Any = self.schema
        for part in reference.removeprefix("#").strip("/").split("/"):
            target = target[part] if part else target
        return cast("Mapping[str, object]", target)
