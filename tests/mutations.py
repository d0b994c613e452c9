"""Items spoilt at random: the words of their source, and the values of their front matter; for tests and benchmarks."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

ODD = ("", " ", "x", "Teks biasa", "x" * 700, "berkala", "ya", "2026-02-30", "2026-01-05", "19.01", "a\nb", "-", "é")
SIGNS = ("&a ", "*a", "!t ", "- ", ": ", "[", "]", "{", "}", "\n", "\n---\n", "%", "'", '"', "# ", "|", "<<: x\n", "\t")


def words(text: str, chance: random.Random) -> str:
    """The text with a few signs put in, or a piece cut out or doubled."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        until = min(len(text), at + chance.randint(0, 8))
        text = text[:at] + chance.choice((*SIGNS, "", text[at:until] * 2)) + text[until:]
    return text


def values(fields: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The fields with a few values taken out, changed, moved, or of another kind."""
    fields = deepcopy(fields)
    for _ in range(chance.randint(1, 3)):
        _spoil(fields, chance)
    return fields


def _spoil(value: Any, chance: random.Random) -> None:
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not places:
        return
    place = chance.choice(places)
    inner = value[place]
    if isinstance(inner, dict | list) and chance.random() < 0.6:
        _spoil(inner, chance)
        return
    match chance.randrange(5):
        case 0:
            del value[place]
        case 1 if isinstance(value, dict):
            value[chance.choice(("tak_dikenal", "judul", "data", "klasifikasi"))] = inner
        case 2:
            value[place] = chance.choice(([], {}, [""], {"unit": "x"}, ["digital", "digital"], [{}, {}]))
        case 3 if isinstance(value, list):
            value.append(deepcopy(inner))
        case _:
            value[place] = chance.choice(ODD)
