"""Files of a release that are known together are the files that they were one by one, in the order of its list."""

from __future__ import annotations

import random

import orjson
import pytest

from sopan.site import release_files
from sopan.site.blocks import Block, Files
from sopan.site.release_files import Known

PATHS = (
    "404.html",
    "cari/indeks/2025-1/0/a.pf_meta",
    "cari/indeks/2025-1/isi.json",
    "cari/indeks/2025-10/isi.json",
    "cari/indeks/situs/isi.json",
    "informasi/2024/a-b/index.html",
    "informasi/2024/a/index.html",
    "informasi/2024/index.html",
    "informasi/2024-2/index.html",
    "informasi/2025/a/index.html",
    "informasi/2025/a/tabel.csv",
    "informasi/berkala/index.html",
    "informasi/index.html",
    "informasi/ralat-2025/index.html",
    "unduh/dcat.jsonld",
)
OLD, NEW, BUNDLE = "informasi/2024", "informasi/2025", "cari/indeks/2025-1/"


@pytest.fixture
def files(tmp_path):
    """The files of a folder, as they are listed."""
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    return release_files.listing(tmp_path)


def together(files, *names, marks=None):
    """The same with these groups as blocks; `marks` stand in the place of theirs."""
    groups = {name: {path: one for path, one in files.items() if release_files.group(path) == name} for name in names}

    def block(group):
        own = orjson.dumps({path: (*one.mark, 0) for path, one in group.items()})
        return Block(release_files.manifest(group), own if marks is None else marks)

    single = {path: one for path, one in files.items() if release_files.group(path) not in names}
    return Files(single, {name: block(group) for name, group in groups.items()})


def test_they_are_the_files_that_they_were(files):
    some = together(files, OLD, NEW)
    assert (dict(some), len(some), set(some)) == (files, len(files), set(PATHS))
    assert some["informasi/2024/a/index.html"] == files["informasi/2024/a/index.html"]
    for absent in ("informasi/2024/b/index.html", "informasi/2024/a/index.htm", "a/index.html", "informasi/2023/a"):
        assert absent not in some
        with pytest.raises(KeyError):
            some[absent]


@pytest.mark.parametrize("names", [(), (OLD,), (NEW,), (OLD, NEW, BUNDLE)])
def test_the_manifest_is_the_same_however_they_are_known(files, names):
    some = together(files, *names)
    mixed = list(some.single.items())
    random.Random(0).shuffle(mixed)  # noqa: S311 - an order, no secret
    assert Files(dict(mixed), some.blocks).manifest() == release_files.manifest(files)


def test_a_file_of_a_block_may_be_told_alone(files):
    whole = together(files, NEW).blocks[NEW]
    page, table = "informasi/2025/a/index.html", "informasi/2025/a/tabel.csv"
    single = {path: one for path, one in files.items() if path != table}
    some = Files({**single, page: whole}, {})
    assert dict(some) == single
    assert some.manifest() == release_files.manifest(single)
    assert table not in some


def test_no_block_is_opened_for_the_manifest_or_to_know_what_there_is(files):
    some = together(files, OLD, NEW, marks=b"tak terbaca")
    with pytest.raises(orjson.JSONDecodeError):
        dict(some)
    assert all(path in some for path in PATHS)
    assert (len(some), some.manifest()) == (len(files), release_files.manifest(files))
    assert "baru.html" in some.beside({"baru.html": Known("0" * 64, (1, 1, 1))})
