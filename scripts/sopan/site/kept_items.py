"""Items as they were read, kept beside the repository, so that a publication reads only those that are new.

Each is kept with the id that git gives its folder: another byte in it, or another name, and the id is another. All are
bound to one digest of what else decides how they are read (`basis`); what is damaged, or of another basis, is not used.

A row is two lines: the item's card, which is read of every item, and the item, which is read where it is shown.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import cast

import orjson

from sopan import item, kept_lines
from sopan.document import Document
from sopan.item_types import from_document
from sopan.kept_log import Row
from sopan.site import facts
from sopan.site.card import Card
from sopan.site.facts import Found, StoredFile, Whole

_FILE = "butir-{}.jsonl"
_LISTED = "lampiran"
_CARD = re.compile(rb"[^\t]*\t[^\t]*\t([^\n]*)\n")


def file(origin: Path, year: str) -> Path:
    """Where the items of a year are kept, below git's folder."""
    return origin / kept_lines.FOLDER / _FILE.format(year)


def is_of(row: Row, identity: str, folder: str) -> bool:
    """Whether the row is of an item whose folder has that id."""
    head = _head(identity, folder)
    return row[: len(head)] == head


def row(whole: Whole, folder: str) -> bytes:
    """An item that was found good, as it is kept."""
    one, found = whole.item, facts.found(whole)
    lines = [attachment.line for attachment in one.attachments]
    stored = [(file.name, file.size, file.sha256, file.text) for file in whole.files]
    told = orjson.dumps((one.fields, one.body, one.body_line, one.targets, lines, stored))
    return _head(one.id, folder) + orjson.dumps((found.content, *found.card)) + b"\n" + told


def read(row: Row, top: Path) -> Found:
    """The item as it was, of whose row no more than the card is read now; its folder lies below `top`, or would."""
    content, *told, corrected = orjson.loads(cast("re.Match[bytes]", _CARD.match(row))[1])
    return Found(card=Card._make((*told, tuple(corrected))), content=content, read=partial(_whole, row, top))


def _head(identity: str, folder: str) -> bytes:
    return f"{identity}\t{folder}\t".encode()


def _whole(row: Row, top: Path) -> Whole:
    first, told = bytes(row).split(b"\n")
    identity = first.split(b"\t")[0].decode()
    fields, body, body_line, targets, lines, stored = orjson.loads(told)
    document = Document(fields, {(_LISTED, number): line for number, line in enumerate(lines)})
    file, place = f"{item.folder(identity)}/{item.INDEX}", top / identity
    links = tuple((name, line) for name, line in targets)
    one = from_document(document, identity, file, body=body, body_line=body_line, targets=links)
    return Whole(one, tuple(StoredFile(name, place / name, *rest) for name, *rest in stored))
