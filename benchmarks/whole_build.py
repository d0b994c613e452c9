"""What a full build of the site costs beside a plain mkdocs-material build of the same items, and how it grows.

PYTHONPATH=scripts:tests python benchmarks/whole_build.py [NUMBER NUMBER]
"""

from __future__ import annotations

import sys
from pathlib import Path

import corpus
import rows
from rows import Row, Run

import site_office as so
from sopan.item_path import ITEMS_FOLDER

NUMBERS = (1000, 10_000)
_PLAIN = """\
site_name: Butir
site_url: https://informasi.example/
theme: {name: material, language: id, font: false}
plugins: [search]
nav: [index.md]
not_in_nav: /informasi/
"""
_BUILD = """\
import sys
from pathlib import Path
import site_office as so
from sopan.site import build, release_copy, release_files, taken
tree, out = map(Path, sys.argv[1:3])
live = taken.load(Path(sys.argv[3])) if sys.argv[3:] else None
with build._uncollected():  # as `onto` gathers facts by itself
    facts = so.make_facts(tree, so.make_policy())
built = build.onto(tree, out, lambda: live, facts=facts)
files = built.files.beside(release_files.listing(out))
if live:
    release_copy.complete(out, live, built.files)
listing = files.manifest()
taken.save(out, listing, built.inputs, built.bundles)
taken.note(out, listing, files)
"""
_SHARE, _MORE = 80, 1.5
_AROUND = {"PYTHONPATH": "scripts:tests"}
_TIMES, _GROWTH, _MEGABYTES = 1.2, 11, 1024


def measure(top: Path, numbers: tuple[int, int] = NUMBERS) -> list[Row]:
    """The rows of the full build, at the greater of two numbers of items and against the smaller."""
    few, many = numbers
    ours = {number: own(top, number) for number in numbers}
    beside = plain(top, many)
    changed = {number: one_changed(top, number) for number in numbers}
    once = beside.seconds / changed[many].seconds
    more = changed[many].seconds / changed[few].seconds
    one = f"build with one changed item at {many:,}"
    each = f"{changed[many].seconds:.1f} s"
    ratio, growth = ours[many].seconds / beside.seconds, ours[many].seconds / ours[few].seconds
    grown = f"{growth:.1f} times; of the processor's time {ours[many].processor / ours[few].processor:.1f}"
    what = f"full build at {many:,} items"
    processor = f"of the processor {ours[many].processor:.0f} s against {beside.processor:.0f} s"
    seconds = f"{ours[many].seconds:.0f} s against {beside.seconds:.0f} s; {processor}"
    return [
        Row(what, "plain mkdocs-material", "≤ 1.2 times", f"{ratio:.2f} times ({seconds})", ratio <= _TIMES),
        Row(what, f"the same at {few:,}", f"≤ {_GROWTH} times", grown, growth <= _GROWTH),
        Row(
            what, "memory, search included", "≤ 1 GB", f"{ours[many].megabytes} MB", ours[many].megabytes <= _MEGABYTES
        ),
        Row(one, "plain mkdocs-material", f"≤ 1/{_SHARE}", f"1/{once:.1f} ({each})", once >= _SHARE),
        Row(one, f"the same at {few:,}", f"≤ {_MORE} times", f"{more:.1f} times", more <= _MORE),
    ]


def own(top: Path, number: int) -> Run:
    """One full build of the site."""
    tree = so.make_tree(top / f"pohon-{number}")
    corpus.write(tree, number)
    return rows.run((sys.executable, "-c", _BUILD, tree, top / f"situs-{number}"), so.ROOT, around=_AROUND)


def one_changed(top: Path, number: int) -> Run:
    """One more build onto the site of `own`, after a line was added to an item, as a whole process."""
    tree = top / f"pohon-{number}"
    changed = next((tree / ITEMS_FOLDER).glob("*/*/index.md"))
    changed.write_text(f"{changed.read_text('utf-8')}\nLagi.\n", "utf-8")
    words = (sys.executable, "-c", _BUILD, tree, top / f"lanjut-{number}", top / f"situs-{number}")
    return rows.run(words, so.ROOT, around=_AROUND)


def plain(top: Path, number: int) -> Run:
    """One build by mkdocs-material alone, of the items of `own`, which are not in the navigation."""
    place = top / f"polos-{number}"
    (place / "docs").mkdir(parents=True)
    (place / "docs/informasi").symlink_to(top / f"pohon-{number}" / ITEMS_FOLDER)
    (place / "docs/index.md").write_text("# Beranda\n", "utf-8")
    (place / "mkdocs.yml").write_text(_PLAIN, "utf-8")
    return rows.run((sys.executable, "-m", "mkdocs", "-q", "build"), place, around={"NO_MKDOCS_2_WARNING": "1"})


if __name__ == "__main__":
    few, many = map(int, sys.argv[1:] or NUMBERS)
    rows.alone(lambda top: measure(top, (few, many)))
