"""What of a release is as it was published, is told by folder; what is not, and what lies there besides, by name."""

from __future__ import annotations

import hashlib

import pytest

from sopan.site import as_published, release_files

PAGE, TABLE, OTHER = "informasi/2026/a/index.html", "informasi/2026/a/tabel.csv", "robots.txt"


@pytest.fixture
def release(tmp_path):
    """A folder with three files, listed and noted."""
    folder = tmp_path / "rilis"
    for path in (PAGE, TABLE, OTHER):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


@pytest.fixture
def look(release):
    """How to look at the folder, by the manifest and the marks of what lies there at first."""
    files = release_files.listing(release)
    manifest, marks = release.with_name("sha256"), release.with_name("tanda")
    manifest.write_bytes(release_files.manifest(files))
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()
    release_files.note(marks, release, files, digest)
    return lambda: as_published.read(as_published.tell(release, manifest, marks), manifest, marks)


def test_what_nobody_touched_is_told_with_digest_and_mark(release, look):
    found, files = look(), release_files.listing(release)
    assert found.folders == {"": {OTHER: files[OTHER]}}
    (block,) = found.blocks.values()
    assert block.folders == {"informasi/2026/a": [PAGE, TABLE]}
    assert block.known == {PAGE: files[PAGE], TABLE: files[TABLE]}
    assert block.lines == release_files.manifest({path: files[path] for path in (PAGE, TABLE)})
    assert (found.lost, found.others) == ([], [])


def test_nothing_of_that_is_read(look, monkeypatch):
    monkeypatch.setattr(release_files, "_digest", pytest.fail)
    found = look()
    assert (set(found.folders), set(found.blocks)) == ({""}, {"informasi/2026"})


def test_the_files_of_a_year_are_a_block_while_each_bears_its_mark_and_is_listed(release, look):
    other = "informasi/2025/b/index.html"
    (release / other).parent.mkdir(parents=True)
    (release / other).write_text(other)
    assert (set(look().blocks), look().others) == ({"informasi/2026"}, [other])
    (release / PAGE).touch()
    found = look()
    assert (found.blocks, set(found.folders), found.lost) == ({}, {"", "informasi/2026/a"}, [])


def test_another_text_in_its_place_is_lost_and_the_same_text_is_not(release, look):
    (release / PAGE).write_text(PAGE.upper())
    (release / OTHER).unlink()
    (release / OTHER).write_text(OTHER)
    found = look()
    assert (found.lost, found.others) == ([PAGE], [])
    assert {path for files in found.folders.values() for path in files} == {TABLE, OTHER}


def test_what_is_gone_is_lost_and_what_came_besides_is_named(release, look):
    (release / TABLE).unlink()
    (release / "lebih.txt").write_text("lebih")
    (release / "tautan.txt").symlink_to("robots.txt")
    found = look()
    assert (found.lost, found.others) == ([TABLE], ["lebih.txt", "tautan.txt"])
    assert set(found.folders["informasi/2026/a"]) == {PAGE}


@pytest.mark.parametrize("suffix", ["sha256", "tanda"])
def test_where_what_it_was_told_by_is_another_now_it_is_of_no_manifest(release, look, suffix):
    manifest, marks = (release.with_name(name) for name in ("sha256", "tanda"))
    told = as_published.tell(release, manifest, marks)
    assert as_published.read(told, manifest, marks).manifest == look().manifest != ""
    release.with_name(suffix).write_bytes(b"lain\n")
    found = as_published.read(told, manifest, marks)
    assert (found.manifest, found.blocks) == ("", {})
