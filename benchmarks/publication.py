"""What the publication of one changed item costs, from the merge to its page read back, beside a build of all.

PYTHONPATH=scripts:tests python benchmarks/publication.py [NUMBER NUMBER]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import corpus
import histories
import rows
from histories import Archive
from rows import Row, Run

from desks import environment, free_port, served, source
from sopan import item
from sopan.history import LEDGER, History
from sopan.item_path import ITEMS_FOLDER
from sopan.site import release_files, taken

NUMBERS = (1000, 10_000)
_SHARE, _MORE, _SOME = 80, 1.5, 3
_PUBLISH = """\
import os, sys, time
from pathlib import Path
from sopan import publish
from sopan.history import MAIN, History
server, live, address, item = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
history = History(server)
with publish.published(history, lambda: history.resolve(MAIN) or "", live) as made:
    wrong = made.whole or publish.read_back(address, live, item)
    print(time.time(), sum(os.times()[:4]))
sys.exit(wrong)
"""


@dataclass(frozen=True)
class Publication:
    """Seconds of wall and processor until the page was read back, and of wall until the publisher had tidied up."""

    seconds: float
    processor: float
    tidied: float


@dataclass(frozen=True)
class Measured:
    """`mkdocs build` of an archive's tree, the publication of all of it, and of one item: the median of some."""

    built: Run
    whole: Publication
    one: Publication


def measure(top: Path, numbers: tuple[int, int] = NUMBERS) -> list[Row]:
    """The rows of the greater archive: one item against all, and against one item of the smaller."""
    origin = source(top / "sopan")
    few, many = (_measured(origin, top / f"arsip-{number}", number) for number in numbers)
    what = f"publish one changed item at {numbers[1]:,} items, merge to read-back"
    once, more = many.built.seconds / many.one.seconds, many.one.seconds / few.one.seconds
    whole = f"`mkdocs build` of the same tree, {many.built.seconds:.1f} s"
    return [
        Row(what, whole, f"≤ 1/{_SHARE}", f"1/{once:.1f} ({_told(many)})", once >= _SHARE),
        Row(what, f"the same at {numbers[0]:,}", f"≤ {_MORE} times", f"{more:.2f} times ({_told(few)})", more <= _MORE),
    ]


def _told(measured: Measured) -> str:
    one, whole = measured.one, measured.whole
    return (
        f"{one.seconds:.2f} s; 1/{whole.seconds / one.seconds:.1f} of publishing all: {whole.seconds:.1f} s; of the "
        f"processor's time 1/{whole.processor / one.processor:.1f}: {one.processor:.1f} s; "
        f"tidied up after {one.tidied:.1f} s"
    )


def _measured(origin: Path, top: Path, number: int) -> Measured:
    archive = histories.made(origin, top, partial(_written, number))
    changed, address = archive.items[number // 2], f"http://127.0.0.1:{free_port()}/"
    (top / "situs").mkdir()
    with served(top / "situs", address):
        whole = _published(archive, top / "situs", address, changed)
        some = [_once_more(archive, top / "situs", address, number // 2 + place) for place in range(_SOME)]
    one = sorted(some, key=lambda publication: publication.seconds)[_SOME // 2]
    return Measured(_built(archive, top), whole, one)


def _once_more(archive: Archive, live: Path, address: str, place: int) -> Publication:
    """The publication of one more round of an item, once nothing from before is left to be written to the disk."""
    changed = archive.items[place]
    histories.again(archive, changed, _with_a_line(archive, changed))
    os.sync()
    return _published(archive, live, address, changed)


def _written(number: int, tree: Path) -> list[str]:
    """So many items in the place of those that the origin has."""
    for own in (tree / ITEMS_FOLDER).glob("*/*/"):
        shutil.rmtree(own)
    return ["/".join(file.parent.parts[-2:]) for file in corpus.write(tree, number)]


def _built(archive: Archive, top: Path) -> Run:
    """A build of the archive's site as anybody makes it from a clone, which gives the files that are published."""
    clone, out = top / "klon", top / "bangun"
    subprocess.run(["git", "clone", "-q", str(archive.server), str(clone)], check=True)
    subprocess.run(["git", "-C", str(clone), "fetch", "-q", "origin", f"{LEDGER}:{LEDGER}"], check=True)
    around = {"PYTHONPATH": "scripts", "NO_MKDOCS_2_WARNING": "1"}
    build = rows.run((sys.executable, "-m", "mkdocs", "-q", "build", "--strict", "-d", out), clone, around=around)
    if release_files.manifest(release_files.listing(out)) != _manifest(top / "situs"):
        raise SystemExit("What mkdocs built is not what was published.")
    shutil.rmtree(clone)
    shutil.rmtree(out)
    return build


def _manifest(live: Path) -> bytes:
    release = live.resolve()
    return release.with_name(f"{release.name}.{taken.MANIFEST}").read_bytes()


def _published(archive: Archive, live: Path, address: str, changed: str) -> Publication:
    """One publication as a whole process, which reads the item's page back, as a server does, before it tidies up."""
    words = (sys.executable, "-c", _PUBLISH, archive.server, live, address, changed)
    begun = time.time()
    ended = subprocess.run(
        list(map(str, words)), cwd=live.parent, env=environment(), check=True, capture_output=True, text=True
    )
    read, processor = map(float, ended.stdout.split())
    return Publication(read - begun, processor, time.time() - begun)


def _with_a_line(archive: Archive, changed: str) -> str:
    """The tree of `main` with one line more in an item."""
    history, file = History(archive.server), f"{item.folder(changed)}/{item.INDEX}"
    text = history.read("main", file) or b""
    own = {"GIT_INDEX_FILE": str(archive.server / "index-satu")}
    history.run("read-tree", "main", environment=own)
    blob = history.run("hash-object", "-w", "--stdin", stdin=text + b"\nLagi.\n").strip()
    history.run("update-index", "--cacheinfo", f"100644,{blob},{file}", environment=own)
    tree = history.run("write-tree", environment=own).strip()
    history.close()
    return tree


if __name__ == "__main__":
    few, many = map(int, sys.argv[1:] or NUMBERS)
    rows.alone(lambda top: measure(top, (few, many)))
