"""Guides that are taken over stand in the menu under the titles that they have, without being rendered again."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from mkdocs.structure.pages import Page  # noqa: TID251  what it renders is counted

import site_office as so
from sopan.history import create
from sopan.site import build, checkout, read_items, release_copy, release_files, taken
from test_site_kept import commit

ITEM = "2026/satu"


@pytest.fixture
def place(tmp_path):
    tree = so.make_tree(tmp_path / "kantor")
    create(tree)
    so.write_item(tree, ITEM, so.AWAL)
    (tree / "docs/pengembang").mkdir()
    (tree / "docs/pengembang/index.md").write_text("# For [engineers](index.md) & others\n")
    return tree


@pytest.fixture
def rendered(monkeypatch):
    """The texts of `docs/` that mkdocs rendered."""
    sources, render = [], Page.render

    def counted(self, config, files):
        if self.markdown.strip():
            sources.append(self.file.src_uri)
        render(self, config, files)

    monkeypatch.setattr(Page, "render", counted)
    return sources


def publish(place, out, before, rendered):
    """A release as the publisher makes it, and the guides that were rendered for it."""
    history, head = commit(place)
    release = before and taken.load(before)
    rendered.clear()
    with tempfile.TemporaryDirectory() as top:
        checkout.lay(history.git_folder, head, Path(top, "pohon"))
        with checkout.laid(history.git_folder, head, Path(top, "pohon")) as laid:
            built = build.onto(laid.tree, out, lambda: release, checkout=laid)
    files = built.files.beside(release_files.listing(out))
    if release:
        release_copy.complete(out, release, built.files).rename(out)
    taken.save(out, files.manifest(), built.inputs, built.bundles)
    return built.whole, {source for source in rendered if taken.is_guide(source)}


def sums(folder):
    return {path.relative_to(folder): read_items._stored(path).sha256 for path in folder.rglob("*") if path.is_file()}


def test_titles_are_kept_and_the_site_is_the_same(place, tmp_path, rendered):
    first, second, third, whole = (tmp_path / name for name in ("satu", "dua", "tiga", "penuh"))
    _, guides = publish(place, first, None, rendered)
    assert {"panduan/admin.md", "panduan/index.md", "pengembang/index.md"} <= guides
    so.write_item(place, "2026/dua", so.AWAL)
    assert publish(place, second, first, rendered) == ("", set())
    build.build(place, whole)
    assert sums(second) == sums(whole)
    (kept,) = (place / ".git" / "sopan").glob("situs-judul.bagian")
    kept.write_bytes(kept.read_bytes().replace(b"Panduan", b"Pandaan", 1))
    so.write_item(place, "2026/tiga", so.AWAL)
    whole_again, named = publish(place, third, second, rendered)
    assert whole_again == ""
    assert "panduan/index.md" in named
    assert b"Pandaan" not in kept.read_bytes()


def test_a_guide_with_another_title_has_it_in_the_menu(place, tmp_path, rendered):
    first, second = tmp_path / "satu", tmp_path / "dua"
    publish(place, first, None, rendered)
    guide = place / "docs/panduan/index.md"
    text = guide.read_text()
    guide.unlink()
    guide.write_text(text.replace("# ", "# Lain: ", 1))
    assert publish(place, second, first, rendered)[0] == taken.CHANGED_BESIDES
    assert "Lain: " in (second / "404.html").read_text()
    assert "Lain: " not in (first / "404.html").read_text()
