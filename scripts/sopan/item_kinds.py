"""The kind of document of items, for which every one of them has to be opened."""

from __future__ import annotations

from collections.abc import Collection

from sopan import item
from sopan.history import History
from sopan.policy import ITEM_SCHEMA
from sopan.view import View


def read(history: History, seen: View, items: Collection[str]) -> dict[str, str]:
    """The kind of document of each item, as its file on `main` says it; items that are not there yet are left out."""
    schema = seen.policy.schemas[ITEM_SCHEMA]
    found = {}
    for identity in items:
        file = f"{item.folder(identity)}/{item.INDEX}"
        content = history.read(seen.main, file)
        parsed = item.read(content, file, schema, complete=False)[0] if content is not None else None
        if parsed is not None and parsed.kind:
            found[identity] = parsed.kind
    return found
