"""How the catalogue's attacks are made: one move each, in an office of the gate's tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cast
from cast import AWAL
from office import Office
from sopan.trees import FILE_MODE, TREE_MODE, Entry

BUTIR, MAIN = "butir", "main"
Play = Callable[[Office], None]


@dataclass(frozen=True)
class Attack:
    """One attack: its id in the catalogue, what is done, and the rules (all of them) that refuse it."""

    id: str
    name: str
    play: Play
    rules: tuple[str, ...]
    ref: str = BUTIR


# -- ways to make them -------------------------------------------------------------------------------------------------


def step(n: int = 1, **about: object) -> Play:
    return lambda office: office.step(n, **about)


def raw(old: str, new: str) -> Play:
    """Step 1 with other bytes, signed as they are."""
    return step(raw=(old, new))


def files(**about: object) -> Play:
    """Work that brings these files, by name."""
    return lambda office: office.work(files=about["files"])


def work(name: str, content: object = "a,b\n1,2\n") -> Play:
    return lambda office: office.work(files={name: content})


def front(text: str) -> Play:
    """Step 1 whose front matter has these lines more."""
    return step(files={"index.md": AWAL.replace("---\n\n", f"{text}\n---\n\n", 1)})


def instead(old: str, new: str) -> Play:
    assert old in AWAL, old
    return step(files={"index.md": AWAL.replace(old, new, 1)})


def written(text: str) -> Play:
    """Step 1 with this text in the body."""
    return step(files={"index.md": f"{AWAL}\n{text}\n"})


def crowd(number: int) -> Play:
    """So many small files in one tree."""

    def play(office: Office) -> None:
        whole = office.forge.history
        blob = office.forge.blob("a,b\n1,2\n")
        names = [f"g{n}.csv".encode() for n in range(number)]
        folder = whole.write_tree({name: Entry(FILE_MODE, name, blob) for name in names})
        main = whole.tree_of(office.server("refs/heads/main"))
        office.work(files={}, tree=whole.replace(main, office.folder, Entry(TREE_MODE, b"", folder)))

    return play


def bearing(name: str, data: bytes, *, listed: str = "") -> Play:
    """Step 1 with one attachment."""
    index = AWAL.replace("\n---\n", f"\nlampiran:\n- berkas: {listed or name}\n  judul: Naskah\n---\n", 1)
    return step(files={"index.md": index, name: data})


def hidden(book: object) -> None:
    sheet = book.create_sheet("Rahasia")
    sheet["C5"] = "tersimpan"
    sheet.sheet_state = "veryHidden"


def author(book: object) -> None:
    book.properties.creator = "Rina Contoh"


def fresh_signature_kept(office: Office) -> None:
    """Steps 1 and 2, then another step 1, and step 2 moved onto it as it was signed."""
    first = office.step(1)
    office.begin("main", BUTIR)
    other = office.step(1, note="Lain.")
    office.step(2, parents=(first,), spoil=(first, other))


def own_key(office: Office) -> None:
    office.step(1, key=cast.NEW_KEY, paths={"petugas.yml": "versi: '2'\n"})


def merged(**about: object) -> Play:
    def play(office: Office) -> None:
        office.upto(6, push=False)
        office.merge(**about)

    return play


def outside_files(*paths: str) -> Play:
    return lambda office: office.work(paths=dict.fromkeys(paths, "x\n"))
