"""Where a search begins: of each root the first bundle that holds it.

The table is written anew for each release, from what each bundle tells of itself. It is cut into parts by the order of
the roots, of which a browser loads those that its words lie in (`docs/assets/letak.js`). So a search for a word that
only an old year has costs no more than one for a word of the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

import orjson

from sopan.site import search, search_parts, search_words

TABLE = "letak"


@dataclass
class _Roots:
    """The first bundle that holds each root, by its number; and the words that have roots which peeling does not find.

    Such a word is told both with its root and with what peeling finds instead, since a browser asks by either.
    """

    first: dict[str, int] = field(default_factory=dict)
    otherwise: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def learn(self, number: int, roots: Iterable[str], otherwise: Mapping[str, str]) -> None:
        """What a bundle holds, after all that are searched later were learned."""
        self.first.update(zip(roots, repeat(number)))
        for word, root in otherwise.items():
            for asked in (root, search_words.peel(word)):
                self.first[asked] = number
                self.otherwise[asked][word] = root


def write(scope: Path, lies: Mapping[str, Path]) -> None:
    """Write the table of the bundles of the folder `scope`, by name in the order in which they are searched.

    `lies` tells where each lies.
    """
    bundles = [orjson.loads((place / search.CONTENTS).read_bytes()) for place in lies.values()]
    known = _Roots()
    for number, bundle in reversed([*enumerate(bundles)]):
        known.learn(number, bundle["akar"].split(), bundle["lain"])
    parts = search_parts.cut(known.first)
    files = {f"{at}.json": search.as_json(_told(part, known, len(bundles))) for at, part in enumerate(parts)}
    contents = {
        "bundel": [(name, bundle["berkas"], bundle["halaman"]) for name, bundle in zip(lies, bundles, strict=True)],
        "berkas": search.write_together(files, scope / TABLE),
        "mulai": search_parts.starts(parts),
    }
    (scope / TABLE / search.CONTENTS).write_bytes(search.as_json(contents))


def _told(part: Sequence[str], known: _Roots, bundles: int) -> Mapping[str, object]:
    """A part of the table, as browsers read it: its roots by bundle, and the words that peeling does not explain."""
    held: list[list[str]] = [[] for _ in range(bundles)]
    for root in part:
        held[known.first[root]].append(root)
    otherwise = {word: end for root in part for word, end in known.otherwise.get(root, {}).items()}
    return {"akar": [" ".join(roots) for roots in held], "lain": otherwise}
