"""Items of the work tree that were not found good before: what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from sopan import item, view
from sopan.desk import check, files
from sopan.finding import Finding
from sopan.history import History
from sopan.rules import items
from sopan.view import View


def judged(
    history: History, doubtful: Iterable[str], on_main: AbstractSet[str]
) -> tuple[AbstractSet[str], Mapping[str, list[Finding]]]:
    """The items that are in no open round, and so complete; and what is wrong with each item that is in doubt."""
    seen = view.look(history)
    published = on_main - seen.heads.keys()
    return published, {name: _wrong(history, seen, name, published=name in published) for name in doubtful}


def _wrong(history: History, seen: View, name: str, *, published: bool) -> list[Finding]:
    folder = item.folder(name)
    place = history.folder / folder
    if not place.is_dir():
        return []
    index, sizes = place / item.INDEX, files.sizes(place)
    content = index.read_bytes() if item.INDEX in sizes else None
    complete = published or check.must_be_complete(history, seen, name)
    judged = items.judge(seen.policy, folder, content, sizes, complete=complete)
    return list(dict.fromkeys([*items.exempt(seen.policy, folder), *judged]))
