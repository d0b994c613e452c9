"""Items as they were read, kept beside the repository, so that a publication reads only those that are new.

Each is kept with the id that git gives its folder: another byte in it, or another name, and the id is another. All are
bound to one digest of what else decides how they are read (`basis`); what is damaged, or of another basis, is not used.

A row is two lines: the item's card, which is read of every item, and the item, which is read where it is shown.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import orjson

from sopan import item, kept_lines
from sopan.document import Document
from sopan.item_types import from_document
from sopan.site import facts
from sopan.site.card import Card
from sopan.site.facts import Found, StoredFile, Whole

FILE = kept_lines.FOLDER / "butir.jsonl"
_LISTED = "lampiran"


def head(identity: str, folder: str) -> bytes:
    """How the row of an item begins whose folder has that id."""
    return f"{identity}\t{folder}\t".encode()


def row(whole: Whole, folder: str) -> bytes:
    """An item that was found good, as it is kept."""
    one, found = whole.item, facts.found(whole)
    lines = [attachment.line for attachment in one.attachments]
    stored = [(file.name, file.size, file.sha256, file.text) for file in whole.files]
    told = orjson.dumps((one.fields, one.body, one.body_line, one.targets, lines, stored))
    return head(one.id, folder) + orjson.dumps((found.content, *found.card)) + b"\n" + told


def read(row: bytes, top: Path) -> Found:
    """The item as it was, of whose row no more than the card is read now; its folder lies below `top`, or would."""
    content, *told, corrected = orjson.loads(row[: row.index(b"\n")].split(b"\t")[2])
    return Found(card=Card._make((*told, tuple(corrected))), content=content, read=partial(_whole, row, top))


def _whole(row: bytes, top: Path) -> Whole:
    first, told = row.split(b"\n")
    identity = first.split(b"\t")[0].decode()
    fields, body, body_line, targets, lines, stored = orjson.loads(told)
    document = Document(fields, {(_LISTED, number): line for number, line in enumerate(lines)})
    file, place = f"{item.folder(identity)}/{item.INDEX}", top / identity
    links = tuple((name, line) for name, line in targets)
    one = from_document(document, identity, file, body=body, body_line=body_line, targets=links)
    return Whole(one, tuple(StoredFile(name, place / name, *rest) for name, *rest in stored))
