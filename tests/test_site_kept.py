"""What is kept of items is what was read, is used for no other folder, and is made anew where it is damaged."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

import site_office as so
from sopan import beside, kept_log, kept_named
from sopan.errors import SopanError
from sopan.history import History, create
from sopan.site import checkout, gather, kept_items

FULL = so.AWAL.replace(
    "bukan_dik",
    "lampiran:\n  - berkas: tabel.csv\n    judul: Tabel\nralat:\n  - tanggal: 2026-11-20\n    semula: seribu\n"
    "    menjadi: sejuta\n"
    "pencabutan:\n  tanggal: 2026-11-20\n  alasan: Keliru.\nbukan_dik",
)


def commit(place):
    history = History(place)
    history.run("add", "--all")
    history.run("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "isi")
    return history, history.resolve("HEAD")


@pytest.fixture
def place(tmp_path):
    """A repository of two items that differ."""
    tree = so.make_tree(tmp_path / "kantor")
    create(tree)
    so.write_item(tree, "2026/satu", FULL, tabel_csv=b"kegiatan,jumlah\nmusrenbang,1\n")
    so.write_item(tree, "2025/dua", so.AWAL)
    return tree


def read(place, *, basis="dasar"):
    """What is read of the repository as it stands, and which items had to be looked at for that."""
    history, head = commit(place)
    with tempfile.TemporaryDirectory() as top:
        checkout.lay(history.git_folder, head, Path(top, "pohon"))
        with checkout.laid(history.git_folder, head, Path(top, "pohon")) as laid:
            facts = gather.gather(laid.tree, laid, basis)
            assert facts.entries
        brought = {f"{one.parent.name}/{one.name}" for one in (laid.tree / "docs/informasi").glob("*/*")}
    return facts, brought


def shown(facts):
    return [(e.item, [(f.name, f.size, f.sha256) for f in e.files], e.content, e.past) for e in facts.entries]


def test_what_is_kept_is_what_is_read_and_only_another_folder_is_read_again(place):
    first, brought = read(place)
    assert brought == {"2025/dua", "2026/satu"}
    assert shown(first) == shown(gather.gather(place))
    (table,) = [file for entry in first.entries for file in entry.files if file.name == "tabel.csv"]
    assert "musrenbang" in table.text
    (place / "docs/informasi/2025/dua/index.md").write_text(so.AWAL.replace("tahun 2026", "tahun 2025"))
    so.write_item(place, "2026/tiga", so.AWAL)
    second, brought = read(place)
    assert brought == {"2025/dua", "2026/tiga"}
    assert shown(second) == shown(gather.gather(place))
    (place / "catatan.txt").write_text("bukan butir")
    third, brought = read(place)
    assert (shown(third), brought) == (shown(second), set())


def test_what_is_damaged_or_was_read_by_other_rules_is_read_again(place):
    whole = shown(read(place)[0])
    file = kept_log.beside(kept_items.file(place / ".git", "2026"))
    as_written = file.read_bytes()
    file.write_bytes(as_written.replace(b"Sekretariat", b"Sekretariut"))
    (place / "catatan.txt").write_text("a")
    facts, brought = read(place)
    assert (shown(facts), brought) == (whole, {"2026/satu"})
    assert file.read_bytes() == as_written
    (place / "catatan.txt").write_text("b")
    facts, brought = read(place, basis="dasar lain")
    assert (shown(facts), brought) == (whole, {"2025/dua", "2026/satu"})
    (place / "catatan.txt").write_text("c")
    assert read(place, basis="dasar lain")[1] == set()


def test_a_year_of_which_nothing_changed_stays_closed(place, monkeypatch):
    read(place)
    loaded, load = [], kept_named.load
    monkeypatch.setattr(kept_named, "load", lambda file, basis: (loaded.append(file.stem), load(file, basis))[1])
    history = History(place)
    head = history.resolve("HEAD")
    with tempfile.TemporaryDirectory() as top:
        checkout.lay(history.git_folder, head, Path(top, "pohon"))
        with checkout.laid(history.git_folder, head, Path(top, "pohon")) as laid:
            facts = gather.gather(laid.tree, laid, "dasar")
            assert [volume.names for volume in facts.oldest_first] == [("2025/dua",), ("2026/satu",)]
            assert (facts.has("2025/dua"), facts.has("2025/satu")) == (True, False)
            assert loaded == []
            assert facts.entry("2025/dua").item.title == "Rencana Kerja Tahun 2026"
            assert loaded == ["butir-2025"]


def test_a_row_of_another_time_is_not_used(place):
    """As where a publisher was killed after it had kept the items, and the office then went back to what was before."""
    folder = place / "docs/informasi/2025/dua/index.md"
    first, _ = read(place)
    kept = {file: file.read_bytes() for file in (place / ".git/sopan").glob("situs-tahun-*")}
    before = folder.read_text()
    folder.write_text(before.replace("Rencana", "Laporan"))
    read(place)
    folder.write_text(before)
    for file, content in kept.items():
        file.write_bytes(content)
    again, brought = read(place)
    assert (shown(again), brought) == (shown(first), {"2025/dua"})


def test_a_child_and_its_parent_may_read_at_once_what_was_lost(place):
    whole = shown(read(place)[0])
    for file in (place / ".git/sopan").glob("butir-*"):
        file.unlink()
    history = History(place)
    with tempfile.TemporaryDirectory() as top:
        checkout.lay(history.git_folder, history.resolve("HEAD"), Path(top, "pohon"))
        with checkout.laid(history.git_folder, history.resolve("HEAD"), Path(top, "pohon")) as laid:
            facts = gather.gather(laid.tree, laid, "dasar")
            with beside.telling(lambda: [b"ya" if shown(facts) == whole else b"tidak"]) as said:
                own = shown(facts)
                assert beside.answer(said) == b"ya"
    assert own == whole


def test_a_fault_is_told_in_the_same_words_and_is_not_kept(place):
    (place / "docs/informasi/2025/dua/lain.exe").write_text("x")
    said = []
    for attempt in (read, read, gather.gather):
        with pytest.raises(SopanError) as refused:
            attempt(place)
        said.append(str(refused.value))
        (place / "catatan.txt").write_text(said[-1] * len(said))
    assert len(set(said)) == 1
