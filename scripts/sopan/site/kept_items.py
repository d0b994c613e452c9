"""Items as they were read, kept beside the repository, so that a publication reads only those that are new.

Each is kept with the id that git gives its folder: another byte in it, or another name, and the id is another. All are
bound to one digest of what else decides how they are read (`basis`); what is damaged, or of another basis, is not used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from sopan import item, kept_lines
from sopan.document import Document
from sopan.item_types import from_document
from sopan.site.facts import Found, StoredFile

FILE = kept_lines.FOLDER / "butir.jsonl"
_LISTED = "lampiran"


@dataclass(frozen=True)
class Kept:
    """One item: its identity, the id of its folder, and the rest as a line of JSON."""

    identity: str
    folder: str
    line: bytes


def load(file: Path, basis: str) -> dict[str, Kept]:
    """What was kept, by identity; nothing where it is not whole, or was read by another basis."""
    head, *lines = kept_lines.load(file) or [b""]
    if head != basis.encode():
        return {}
    return {one.identity: one for one in map(_parsed, lines)}


def save(file: Path, basis: str, items: Iterable[Kept]) -> None:
    """Keep these, and no others."""
    rows = (b"\t".join((one.identity.encode(), one.folder.encode(), one.line)) for one in items)
    kept_lines.save(file, (basis.encode(), *rows))


def keep(found: Found, folder: str) -> Kept:
    """An item that was found good, in a folder whose id is `folder`."""
    one = found.item
    lines = [attachment.line for attachment in one.attachments]
    stored = [(file.name, file.size, file.sha256, file.text) for file in found.files]
    told = (one.fields, one.body, one.body_line, one.targets, lines, stored, found.content)
    return Kept(one.id, folder, orjson.dumps(told))


def read(kept: Kept, place: Path) -> Found:
    """The item as it was, and its files as they would lie in the folder `place`."""
    fields, body, body_line, targets, lines, stored, content = orjson.loads(kept.line)
    document = Document(fields, {(_LISTED, number): line for number, line in enumerate(lines)})
    file = f"{item.folder(kept.identity)}/{item.INDEX}"
    links = tuple((name, line) for name, line in targets)
    one = from_document(document, kept.identity, file, body=body, body_line=body_line, targets=links)
    return Found(one, tuple(StoredFile(name, place / name, *rest) for name, *rest in stored), content)


def _parsed(line: bytes) -> Kept:
    identity, folder, rest = line.split(b"\t", 2)
    return Kept(identity.decode(), folder.decode(), rest)
