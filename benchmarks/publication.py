"""What the publication of one changed item costs beside a build from nothing, at several numbers of items.

PYTHONPATH=scripts:tests python benchmarks/publication.py [NUMBER ...]
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import site_office as so
from sopan.site import build, search_words, taken

_NUMBERS = (100, 1000)
_WORDS = 300
_YEARS = 10


def main(numbers: list[int]) -> None:
    """One line for each number of items."""
    print("| items | from nothing | one item changed | ratio | files shared |\n|---|---|---|---|---|")
    for number in numbers:
        with tempfile.TemporaryDirectory() as place:
            print(_line(Path(place), number), flush=True)


def _line(top: Path, number: int) -> str:
    tree, rules = so.make_tree(top / "tree"), so.make_policy()
    _write(tree, number)
    facts = so.make_facts(tree, rules)
    whole, built = _timed(partial(build.onto, tree, top / "first", None, facts=facts))
    taken.save(top / "first", _manifest(top / "first"), built.inputs, built.bundles)
    changed = next((tree / "docs/informasi").glob("*/*/index.md"))
    changed.write_text(f"{changed.read_text('utf-8')}\nLagi.\n", "utf-8")
    facts = so.make_facts(tree, rules)
    one, _ = _timed(partial(build.onto, tree, top / "second", taken.load(top / "first"), facts=facts))
    files = [path for path in (top / "second").rglob("*") if path.is_file()]
    shared = sum(path.stat().st_nlink > 1 for path in files)
    ratio = f"{one / whole:.2f}"
    return f"| {number:,} | {whole:.1f} s | {one:.1f} s | {ratio} | {shared:,} of {len(files):,} |"


def _timed(do: Callable[[], taken.Built]) -> tuple[float, taken.Built]:
    begun = time.perf_counter()
    built = do()
    return time.perf_counter() - begun, built


def _write(tree: Path, number: int) -> None:
    dice = random.Random(number)  # noqa: S311  the same words each time
    known = sorted(search_words.lexicon().common)
    for one in range(number):
        text = " ".join(dice.choices(known, k=_WORDS))
        title = f"judul: Naskah {one} {dice.choice(known)}"
        content = so.AWAL.replace("judul: Rencana Kerja Tahun 2026", title)
        so.write_item(tree, f"{2017 + one % _YEARS}/naskah-{one}", f"{content}\n{text}\n")


def _manifest(folder: Path) -> bytes:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files)
    return "".join(lines).encode()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(_NUMBERS))
