"""A site that takes over from the release before is, byte for byte, the site that is built from nothing."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import datetime

import pytest

import site_office as so
from sopan import kept_lines
from sopan.errors import SopanError
from sopan.site import build, gather, inputs, read_items, release_copy, release_files, taken
from sopan.site.kept_parts import Parts

ITEM = so.AWAL.replace("bukan_dik", "lampiran:\n  - berkas: tabel.csv\n    judul: Tabel\nbukan_dik")


class Work:
    """A work tree that changes, the rounds that its items went through, and what the site was at last."""

    def __init__(self, top):
        self.top = top
        self.tree = so.make_tree(top / "pohon")
        own = self.tree / "scripts"
        own.unlink()
        shutil.copytree(so.ROOT / "scripts/sopan/site/theme", own / "sopan/site/theme")
        shutil.copy(so.ROOT / "scripts/mkdocs_hooks.py", own)
        self.rounds, self.made, self.added, self.release = [], 0, 0, None
        for number in range(3):
            self.add(f"2026/butir-{number}")

    def add(self, identity):
        so.write_item(self.tree, identity, ITEM.replace("Rencana Kerja", f"Naskah {identity[5:]}"), tabel_csv=b"a,b\n")

    def items(self):
        return sorted(folder.relative_to(self.tree / "docs/informasi").as_posix() for folder in self.folders())

    def folders(self):
        return [path for path in (self.tree / "docs/informasi").glob("*/*") if path.is_dir()]

    def own(self, name):
        """A file of the tree as one of its own, in place of the link to the repository's, its folder included."""
        file = self.tree / name
        for above in [file, *file.parents]:
            if above.is_symlink():
                target = above.resolve()
                above.unlink()
                (shutil.copytree if target.is_dir() else shutil.copy)(target, above)
        return file

    def facts(self, parts=so.UNKEPT):
        office = replace(gather.policy_of(self.tree), register=so.make_policy().register)
        return so.make_facts(self.tree, office, self.rounds, parts=parts)

    def publish(self):
        """Build onto the last release; gives what came of it. Every second time there is a copy to build upon."""
        self.made += 1
        out = self.top / f"rilis-{self.made}"
        before = self.release and taken.load(self.release)
        parts = Parts(self.top, inputs.shared(self.tree))
        built = build.onto(self.tree, out, lambda: before, facts=self.facts(parts))
        files = built.files.beside(release_files.listing(out))
        if before:
            release_copy.complete(out, before, built.files).rename(out)
        manifest = files.manifest()
        taken.save(out, manifest, built.inputs, built.bundles)
        if self.made % 2:
            release_copy.make(out, files, self.top / "dibuat", None)
        taken.note(out, manifest, files)
        self.release = out
        return built

    def from_nothing(self):
        out = self.top / "penuh"
        build.build(self.tree, out, facts=self.facts())
        return sums(out)


def sums(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): read_items._stored(path).sha256 for path in files}


def shared(work, identity):
    """Whether the item's page is the same file as in the release before."""
    now, before = (work.top / f"rilis-{n}/informasi/{identity}/index.html" for n in (work.made, work.made - 1))
    return before.is_file() and now.samefile(before)


def shared_bundle(work, place):
    """Whether the search bundle is the one of the release before."""
    (now,) = (work.release / place).glob("*/*.pf_meta")
    before = work.top / f"rilis-{work.made - 1}" / now.relative_to(work.release)
    return before.is_file() and now.samefile(before)


# -- what may change -------------------------------------------------------------------------------------------------


def new_item(work, chance):
    work.added += 1
    work.add(f"{chance.choice((2025, 2026))}/baru-{work.added}")


def new_version(work, chance):
    file = chance.choice(work.folders()) / "index.md"
    file.write_text(f"{file.read_text()}\nTambahan {work.made}.\n")


def attachment(work, chance):
    (chance.choice(work.folders()) / "tabel.csv").write_text(f"a,b\n{work.made},2\n")


def through_the_chain(work, chance):
    identity = chance.choice(work.items())
    if not any(one.item == identity for one in work.rounds):
        work.rounds.append(so.make_round(identity))


def proven_live(work, chance):
    unproven = [n for n, one in enumerate(work.rounds) if one.live_at is None]
    if unproven:
        place = chance.choice(unproven)
        work.rounds[place] = replace(work.rounds[place], live_at=datetime.fromisoformat("2026-11-23T13:49:10+07:00"))


def withdrawn(work, chance):
    file = chance.choice(work.folders()) / "index.md"
    reason = "pencabutan:\n  tanggal: 2026-11-20\n  alasan: Keliru.\n"
    if "pencabutan" not in file.read_text():
        file.write_text(file.read_text().replace("bukan_dik", f"{reason}bukan_dik"))


def replaced(work, chance):
    """An item names its successor, which may have no page yet, or may come later or go."""
    file = chance.choice(work.folders()) / "index.md"
    if "digantikan_oleh" not in file.read_text():
        successor = f"2026/baru-{work.added + chance.choice((0, 1))}"
        file.write_text(file.read_text().replace("bukan_dik", f"digantikan_oleh: {successor}\nbukan_dik"))


def gone(work, chance):
    if len(work.folders()) > 2:
        folder = chance.choice(work.folders())
        identity = folder.relative_to(work.tree / "docs/informasi").as_posix()
        work.rounds = [one for one in work.rounds if one.item != identity]
        shutil.rmtree(folder)


def nothing(_work, _chance):
    """The same again."""


ITEMS = (new_item, new_version, attachment, through_the_chain, proven_live, withdrawn, replaced, gone, nothing)


def settings(work, _chance):
    file = work.own("kantor.yml")
    file.write_text(file.read_text().replace("Badan Perencanaan", "Badan  Perencanaan", 1) + f"# {work.made}\n")


def calendar(work, _chance):
    file = work.own("kalender/2026.yml")
    file.write_text(f"{file.read_text()}# {work.made}\n")


def schema(work, _chance):
    file = work.own("schemas/informasi.schema.json")
    file.write_text(file.read_text().replace('"Unit', f'"Unit {work.made}', 1))


def theme(work, _chance):
    file = work.tree / "scripts/sopan/site/theme/main.html"
    file.write_text(f"{file.read_text()}{{# {work.made} #}}<!-- -->\n")


def guide(work, _chance):
    file = work.own("docs/panduan/admin.md")
    file.write_text(f"{file.read_text()}\nCatatan {work.made}.\n")


BESIDES = (settings, calendar, schema, theme, guide)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    work = Work(tmp_path_factory.mktemp("terbit"))
    assert work.publish().whole == ""
    return work


def test_after_any_row_of_changes_the_site_is_what_a_build_from_nothing_gives(work):
    """Fifty changes; some are published together, as they may be, and every site is compared."""
    chance = random.Random(7)  # noqa: S311  a row that can be told again
    row = [*chance.choices(ITEMS, k=41), *ITEMS, *BESIDES]
    assert len(row) >= 50
    chance.shuffle(row)
    taken_over = 0
    while row:
        step = [row.pop() for _ in range(min(len(row), chance.randint(3, 6)))]
        for change in step:
            change(work, chance)
        built = work.publish()
        named = [change.__name__ for change in step]
        assert bool(built.whole) == any(change in BESIDES for change in step), named
        assert sums(work.release) == work.from_nothing(), named
        taken_over += sum(shared(work, identity) for identity in work.items())
    assert taken_over > 10


def test_only_the_item_that_changed_is_made_anew(work):
    work.publish()
    first, *others = work.items()
    (work.tree / "docs/informasi" / first / "tabel.csv").write_text("lain,lagi\n")
    assert work.publish().whole == ""
    assert not shared(work, first)
    assert all(shared(work, identity) for identity in others)
    assert shared_bundle(work, "cari/indeks/situs")
    assert not shared_bundle(work, f"cari/indeks/{first[:4]}")
    assert others
    work.add("2025/tahun-lain")
    work.publish()
    years = {path.parent.name for path in work.release.glob("informasi/*/index.html") if path.parent.name.isdigit()}
    work.add("2025/untuk-daftar")
    work.publish()
    assert {year: shared(work, year) for year in years} == {year: year != "2025" for year in years}
    assert len(years) > 1


def test_another_version_of_a_library_makes_all_anew(work, tmp_path, monkeypatch):
    library = tmp_path / "pustaka" / "contoh-1.0.dist-info"
    library.mkdir(parents=True)
    monkeypatch.syspath_prepend(str(library.parent))
    work.publish()
    assert work.publish().whole == ""
    library.rename(library.with_name("contoh-1.1.dist-info"))
    assert work.publish().whole == taken.CHANGED_BESIDES
    monkeypatch.undo()
    work.publish()  # as the tests that follow expect it


def test_the_pages_search_is_taken_over_where_only_figures_changed(work):
    figures = []
    for identity in work.items()[:2]:
        work.rounds.append(so.make_round(identity, live="2026-11-23T13:49:10+07:00"))
        assert work.publish().whole == ""
        figures.append((work.release / "kinerja/index.html").read_text())
    assert figures[0] != figures[1]
    assert shared_bundle(work, "cari/indeks/situs")


def test_a_release_that_is_no_longer_as_it_was_published_gives_nothing(work):
    work.publish()
    name = f"informasi/{work.items()[-1]}/index.html"
    page, before = work.release / name, work.release.name
    page.write_text(page.read_text().replace("Naskah", "Naskha"))
    built = work.publish()
    assert built.whole == f"{name} pada rilis {before} tidak lagi seperti waktu terbit"
    assert sums(work.release) == work.from_nothing()
    assert work.publish().whole == ""


def test_inputs_of_another_manifest_or_damaged_ones_are_not_believed(work):
    new_version(work, random.Random(1))  # noqa: S311  no secret
    work.publish()
    beside = work.release.with_name(f"{work.release.name}.masukan")
    assert taken.load(work.release) is not None
    as_written = beside.read_bytes()
    beside.write_bytes(as_written.replace(b"2026", b"2027", 1))
    assert taken.load(work.release) is None
    head, *lines = kept_lines.load(work.top / "rilis-1.masukan")
    kept_lines.save(beside, (head, *lines))
    assert taken.load(work.release) is None
    beside.write_bytes(as_written)
    assert taken.load(work.release) is not None


def test_where_a_guide_links_to_an_item_all_is_built_each_time_and_the_publisher_says_so(work):
    file = work.own("docs/panduan/admin.md")
    text, item = file.read_text(), work.folders()[0]
    file.write_text(f"{text}\nLihat [contoh](../informasi/{item.parent.name}/{item.name}/index.md).\n")
    assert work.publish().whole == taken.CHANGED_BESIDES
    assert work.publish().whole == "sebuah panduan menautkan butir informasi"
    (work.folders()[1] / "tabel.csv").write_text("tertaut,1\n")
    assert work.publish().whole == "sebuah panduan menautkan butir informasi"
    assert sums(work.release) == work.from_nothing()
    file.write_text(text)
    work.publish()
    (work.folders()[1] / "tabel.csv").write_text("tidak lagi,1\n")
    assert work.publish().whole == ""


def test_a_tree_whose_hooks_are_of_an_earlier_release_has_its_search_too(work):
    hooks = work.tree / "scripts/mkdocs_hooks.py"
    hooks.write_text(hooks.read_text().replace("    on_env,\n", ""))
    work.publish()
    site = sums(work.release)
    hooks.write_bytes((so.ROOT / "scripts/mkdocs_hooks.py").read_bytes())
    assert any(name.startswith("cari/indeks/2026/") for name in site)
    assert site == work.from_nothing()


def test_facts_that_cannot_be_read_stop_it_in_the_same_words_as_a_build(tmp_path):
    tree = so.make_tree(tmp_path / "pohon")
    said = []
    for attempt in (build.build, lambda tree, out: build.onto(tree, out, lambda: None)):
        with pytest.raises(SopanError) as refused:
            attempt(tree, tmp_path / "situs")
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert "Situs tidak dapat dibangun: " in said[0]


def test_a_file_among_the_guides_that_is_taken_over_is_never_written_into(work):
    (work.tree / "docs/panduan/contoh.json").write_bytes(b"{}")
    work.publish()
    before = work.release / "panduan/contoh.json"
    written = before.stat().st_mtime_ns
    new_item(work, random.Random(1))  # noqa: S311  no secret
    assert not work.publish().whole
    now = work.release / "panduan/contoh.json"
    assert now.samefile(before)
    assert (now.read_bytes(), now.stat().st_mtime_ns) == (b"{}", written)
