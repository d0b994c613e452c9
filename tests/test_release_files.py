"""Files of a release are known again by their marks; where these say anything else, they are read."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import orjson
import pytest

from sopan import kept_lines
from sopan.site import release_files

PAGE, WORDS = "informasi/2026/a/index.html", "halaman"
DIGEST = hashlib.sha256(WORDS.encode()).hexdigest()


@pytest.fixture
def release(tmp_path):
    """A folder with two files, listed and noted."""
    folder = tmp_path / "rilis"
    (folder / PAGE).parent.mkdir(parents=True)
    (folder / PAGE).write_text(WORDS)
    (folder / "informasi-lain.txt").write_text("lain")
    note(folder, release_files.listing(folder))
    return folder


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read from now on."""
    names, digest = [], release_files._digest
    monkeypatch.setattr(release_files, "_digest", lambda file: (names.append(Path(file).name), digest(file))[1])
    return names


def note(folder, files):
    release_files.note(folder.with_name("tanda"), folder, files, "sidik")


def noted(release):
    """The marks that were noted, of all groups."""
    groups = release_files.noted(release.with_name("tanda"), "sidik").values()
    return dict(one for marks in groups for one in orjson.loads(marks).items())


def changed(release):
    lying = release_files.lying(release).values()
    return release_files.changed(dict(one for marks in lying for one in marks.items()), noted(release))


def known(release):
    """What is known of the page, once whatever bears another mark than was noted has been read."""
    if PAGE in changed(release):
        return release_files.known(release, PAGE, DIGEST)
    return release_files.Known(DIGEST, release_files.content_of(noted(release)[PAGE]))


def rewritten(file):
    """Another text of the same length, with the time of the old one."""
    before = file.stat()
    file.write_text(WORDS.upper())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    return file.stat().st_mtime_ns == before.st_mtime_ns


def test_the_manifest_is_in_the_order_of_the_parts_of_paths(release):
    lines = release_files.manifest(release_files.listing(release)).decode().splitlines()
    assert lines == [f"{DIGEST}  {PAGE}", f"{hashlib.sha256(b'lain').hexdigest()}  informasi-lain.txt"]


def test_a_file_that_bears_its_mark_is_not_read(release, read):
    assert known(release).digest == DIGEST
    assert read == []


def test_a_file_that_was_rewritten_under_its_old_time_and_size_is_read_and_found_out(release, read):
    assert rewritten(release / PAGE)
    assert known(release) is None
    assert read == ["index.html"]


def test_another_file_in_its_place_is_read_and_is_as_good_where_its_bytes_are(release, read):
    shutil.copy2(release / PAGE, release / "salinan")
    (release / "salinan").replace(release / PAGE)
    assert known(release).digest == DIGEST
    assert read == ["index.html"]


def test_a_new_link_to_a_file_makes_it_read_once_more(release, read):
    os.link(release / PAGE, release.with_name("lain"))
    assert known(release).digest == DIGEST
    assert read == ["index.html"]


@pytest.mark.parametrize("spoil", ["gone", "folder", "link"])
def test_what_is_no_file_is_not_known(release, spoil):
    page = release / PAGE
    page.unlink()
    if spoil == "folder":
        page.mkdir()
    if spoil == "link":
        page.symlink_to(release / "informasi-lain.txt")
    assert known(release) is None


def test_marks_that_are_damaged_or_of_another_release_say_nothing(release, read):
    file = release.with_name("tanda")
    assert noted(release).keys() == {PAGE, "informasi-lain.txt"}
    assert release_files.noted(file, "lain") == {}
    file.write_bytes(file.read_bytes().replace(b"index", b"indeks", 1))
    assert noted(release) == {}
    file.unlink()
    assert noted(release) == {}
    assert known(release).digest == DIGEST
    assert read == ["index.html"]


def test_what_was_written_after_its_digest_was_known_is_not_noted(release):
    files = release_files.listing(release)
    (release / PAGE).write_text(WORDS.upper())
    note(release, files)
    assert noted(release).keys() == {"informasi-lain.txt"}
    assert known(release) is None


def test_what_lies_there_besides_or_no_longer_has_changed(release):
    assert changed(release) == set()
    (release / "lebih.txt").write_text("lebih")
    (release / PAGE).unlink()
    assert changed(release) == {"lebih.txt", PAGE}
    assert release_files.lying(release / "tiada") == {}


def test_files_belong_to_the_year_of_their_item_or_of_their_page_of_the_list_or_to_a_bundle():
    groups = {
        "informasi/2026/a/index.html": "informasi/2026",
        "informasi/2026/index.html": "informasi/2026",
        "informasi/2026-12/index.html": "informasi/2026",
        "cari/indeks/2026/isi.json": "cari/indeks/2026/",
        "cari/indeks/2026-1/0a/b.pf_meta": "cari/indeks/2026-1/",
        "cari/indeks/situs/isi.json": "",
        "cari/indeks/letak/isi.json": "",
        "informasi/ralat-2026/index.html": "",
        "informasi/20261/index.html": "",
        "informasi/2026-berkas/index.html": "",
        "layanan/2026/index.html": "",
    }
    assert {path: release_files.group(path) for path in groups} == groups


def test_where_links_cannot_be_made_the_bytes_are_copied(release, monkeypatch):
    def refused(*_paths):
        raise OSError

    out = release.with_name("baru")
    release_files.link(release, [PAGE], out)
    assert (out / PAGE).samefile(release / PAGE)
    monkeypatch.setattr(os, "link", refused)
    release_files.link(release, ["informasi-lain.txt"], out)
    assert (out / "informasi-lain.txt").read_text() == "lain"
    assert not (out / "informasi-lain.txt").samefile(release / "informasi-lain.txt")


def test_marks_have_a_form_of_their_own(release):
    kept_lines.save(release.with_name("tanda"), (b'["tanda/0","sidik"]', b"{}"))
    assert noted(release) == {}
