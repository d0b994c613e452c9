"""Items as they were read, kept beside the repository, so that a publication reads only those that are new.

Each is kept with the id that git gives its folder: another byte in it, or another name, and the id is another. All are
bound to one digest of what else decides how they are read (`basis`); what is damaged, or of another basis, is not used.
"""

from __future__ import annotations

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
    """One item as a row: its identity, the id of its folder, and the rest as JSON."""

    identity: str
    folder: str
    row: bytes


def parsed(row: bytes) -> Kept:
    """A row as it was kept."""
    identity, folder, _ = row.split(b"\t", 2)
    return Kept(identity.decode(), folder.decode(), row)


def keep(found: Found, folder: str) -> Kept:
    """An item that was found good, in a folder whose id is `folder`."""
    one = found.item
    lines = [attachment.line for attachment in one.attachments]
    stored = [(file.name, file.size, file.sha256, file.text) for file in found.files]
    told = orjson.dumps((one.fields, one.body, one.body_line, one.targets, lines, stored, found.content))
    return Kept(one.id, folder, b"\t".join((one.id.encode(), folder.encode(), told)))


def read(kept: Kept, place: Path) -> Found:
    """The item as it was, and its files as they would lie in the folder `place`."""
    fields, body, body_line, targets, lines, stored, content = orjson.loads(kept.row.split(b"\t", 2)[2])
    document = Document(fields, {(_LISTED, number): line for number, line in enumerate(lines)})
    file = f"{item.folder(kept.identity)}/{item.INDEX}"
    links = tuple((name, line) for name, line in targets)
    one = from_document(document, kept.identity, file, body=body, body_line=body_line, targets=links)
    return Found(one, tuple(StoredFile(name, place / name, *rest) for name, *rest in stored), content)
