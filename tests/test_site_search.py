"""The search's index: what it is made from, that it is the same each time, and that pages hide nothing for it.

What it finds is seen in a browser (`test_browser.py`).
"""

import io
import json
import re

import cbor2
import pytest

import attached
import findable
import site_office as so
from sopan import attachments, summary_report
from sopan.errors import SopanError
from sopan.site import (
    body,
    build,
    pagefind,
    pages,
    search,
    search_bundle,
    search_index,
    search_pieces,
    search_places,
    search_records,
    search_words,
)
from sopan.site.kept_parts import Parts
from sopan.site.search import Part, Record
from sopan.site.search_records import WrittenPage
from test_site_build import parse, text_of, tree_of

ITEM = "2026/rencana-kerja"
PLAIN = "kemiskinan, perencanaan pembangunan dan RPJMD"


def record(address="informasi/2026/a/", **told):
    base = {"title": "Judul", "summary": "", "labels": (), "keys": (), "facets": (), "parts": ()}
    return Record(address=address, **{**base, **told})


def shown(out):
    results = [search.read(file.read_bytes()) for file in sorted(out.glob("*/*.pf_fragment"))]
    return {result["url"]: result["butir"] for result in results}


@pytest.fixture(scope="module")
def rules():
    return so.make_policy()


@pytest.fixture(scope="module")
def site(tmp_path_factory, rules):
    """A site with one item that has a PDF, a text that speaks of plans, and a withdrawn neighbour."""
    tree = so.make_tree(tmp_path_factory.mktemp("pohon"))
    front = {"lampiran": [{"berkas": "laporan.pdf", "judul": "Laporan lengkap"}], "kata_kunci": ["tahunan"]}
    so.write_item(tree, ITEM, so.hostile_item("Rencana kerja", **front), laporan_pdf=attached.pdf())
    gone = {"pencabutan": {"tanggal": "2026-11-25", "alasan": "Tidak berlaku.", "dasar": "Surat 1/2026"}}
    so.write_item(tree, "2025/lama", so.hostile_item("Rencana lama", **gone))
    out = tmp_path_factory.mktemp("situs")
    build.build(tree, out, facts=so.make_facts(tree, rules))
    return out


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("perencanaan", "rencana"),
        ("penelitian", "teliti"),
        ("RPJMD", "rpjmd"),
        ("050", "050"),
        ("Sungailiat", "sungailiat"),
    ],
)
def test_a_word_has_its_root(word, root):
    assert search_words.roots(search_words.words(word)) == [root]


def test_words_that_every_text_has_are_left_out():
    assert search_words.roots(search_words.words("Apa yang dapat diunduh?")) == ["unduh"]


def test_a_name_in_short_brings_its_long_form_and_back():
    assert list(search_words.other_forms(search_words.words("Tentang RPJMD."))) == [
        *("rencana", "pembangunan", "jangka", "menengah", "daerah")
    ]
    assert list(search_words.other_forms(search_words.words("Indeks Pembangunan Manusia"))) == ["ipm"]
    assert list(search_words.other_forms(search_words.words("pembangunan manusia"))) == []


def test_every_long_form_is_written_as_words_are_compared():
    lexicon = search_words.lexicon()
    assert all(search_words.words(full) == full.split() for full in lexicon.short_forms.values())
    assert all(search_words.words(short) == [short] for short in lexicon.short_forms)


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("merencanakan", "rencana"),
        ("peneliti", "teliti"),
        ("kemiskinannya", "miskin"),
        ("lada", "lada"),
        ("memesona", "pesona"),
        ("mengadakan", "ada"),
        ("mengurus", "urus"),
        ("mengelola", "kelola"),
        ("menilai", "nilai"),
        ("sungailiat", "sungailiat"),
    ],
)
def test_a_visitor_s_word_is_peeled_down_to_a_known_root(word, root):
    assert search_words.peel(word) == root


def test_the_browser_reduces_every_word_of_the_texts_as_the_index_did(tmp_path):
    texts = [Part("", "", f"{told['judul']} {told['isi']}") for told in findable.items().values()]
    search.build([record(parts=tuple(texts))], tmp_path)
    otherwise = json.loads((tmp_path / search.CONTENTS).read_text())["lain"]
    found = {word for part in texts for word in search_words.words(part.text)} - search_words.lexicon().common

    assert len(found) > 300
    assert {w: otherwise.get(w, search_words.peel(w)) for w in found} == {w: search_words.root(w) for w in found}
    assert len(otherwise) < len(found) / 50  # else the browser's way would be no way


def test_a_year_s_bundle_is_a_function_of_that_year_s_items_alone(tmp_path, rules):
    built = {}
    for name, year in (("satu", "2024"), ("dua", "2023")):
        tree = so.make_tree(tmp_path / name)
        so.write_item(tree, "2026/a", so.hostile_item("Rencana kerja"))
        so.write_item(tree, f"{year}/b", so.hostile_item(f"Laporan {year}"))
        for place, volume in so.make_facts(tree, rules).volumes.items():
            search.build(search_records.of_items(volume.entries), tmp_path / f"{name}-indeks" / place)
        built[name] = {place.name: tree_of(place) for place in (tmp_path / f"{name}-indeks").iterdir()}
    assert built["satu"].keys() == {"2026", "2024"}
    assert built["satu"]["2026"] == built["dua"]["2026"]
    assert built["satu"]["2024"] != built["dua"]["2023"]


def test_the_same_records_give_the_same_bytes(tmp_path):
    records = [
        record(f"informasi/2026/{name}/", title=told["judul"], facets=(search.facet("jenis", told["jenis"]),))
        for name, told in findable.items().items()
    ]
    for name in ("satu", "dua"):
        search.build(records, tmp_path / name)
    assert tree_of(tmp_path / "satu") == tree_of(tmp_path / "dua")
    assert len(shown(tmp_path / "satu")) == len(records)


def test_a_bundle_is_cut_into_small_pieces_that_hold_every_word(tmp_path):
    found = [" ".join(f"{letter}{number}{'x' * 40}" for number in range(300)) for letter in "abcd"]
    search.build([record(f"{at}/", parts=(Part("", "", text),)) for at, text in enumerate(found)], tmp_path)
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    numbered = [folder / f"{number}.pf_index" for number in range(len([*folder.glob("*.pf_index")]))]
    pieces = [search_index.unpacked(file.read_bytes()) for file in numbered]
    assert len(pieces) > 4
    assert all(len(piece) < search_pieces.SMALL + 100 for piece in pieces)
    assert all(any(word.encode() in piece for piece in pieces) for text in found for word in text.split())
    assert shown(tmp_path).keys() == {f"/{at}/" for at in range(len(found))}


@pytest.mark.parametrize("number", [1, 23, 24, 255, 256, 70_000])
def test_words_are_kept_as_pagefind_wrote_them(number):
    told = [[f"kata{at}", [[at, [-25, at * 3], []]], []] for at in range(number)]
    made = {"x.pf_meta": ["1", [], [["a", "z", "y"]], []], "index/y.pf_index": [told]}
    index = search_index.read({path: search_index.packed(cbor2.dumps(value)) for path, value in made.items()})
    files = search_pieces.files(index.words, index.pages)
    written = [search_index.unpacked(file) for name, file in files.items() if name.endswith(search_index.PIECE)]
    pieces = [cbor2.loads(piece)[0] for piece in written]
    assert [word for piece in pieces for word in piece] == told
    assert [cbor2.dumps([piece]) for piece in pieces] == written
    places = cbor2.loads(search_index.unpacked(files[search_pieces.OWN]))[2]
    assert [[first, last] for first, last, _ in places] == [[piece[0][0], piece[-1][0]] for piece in pieces]


@pytest.mark.parametrize("told", [[["a", [[0, [1], []]], [["á", [[0, [1], []]]]]]], [["a", [], []], "b"], "a"])
def test_an_index_in_a_form_that_is_not_known_is_refused(told):
    made = {"x.pf_meta": ["1", [], [["a", "b", "y"]], []], "index/y.pf_index": [told]}
    with pytest.raises(SopanError) as refused:
        search_index.read({path: search_index.packed(cbor2.dumps(value)) for path, value in made.items()})
    assert str(refused.value) == (
        "Indeks pencarian tidak dapat dibuat: Pagefind menulisnya dalam bentuk yang tidak dikenal. "
        "Laporkan kepada pengelola."
    )


def test_records_that_were_read_one_by_one_give_the_bundle_of_all_read_at_once():
    told = [*findable.items().values(), {"judul": "", "isi": ""}, {"judul": "Straße Łódź 中文", "isi": PLAIN * 300}]
    told.insert(1, {"judul": "", "isi": ""})  # which Pagefind passes over
    records = [
        record(f"informasi/2026/{at}/", title=one["judul"], parts=(Part("", "isi", one["isi"]),))
        for at, one in enumerate(told)
    ]
    at_once = search.indexed(records)
    lines = [line for one in records for line in search_bundle.apart(search.indexed([one]))]
    joined = search_bundle.joined(lines)
    assert joined == at_once
    assert search_bundle.files(joined) == search_bundle.files(at_once)
    assert list(search_bundle.apart(at_once)) == lines
    assert [page.shown for page in at_once.pages if not page.length] == [b"", b""]
    assert len(at_once.words) > 300


def test_a_bundle_s_own_file_says_what_pagefind_says():
    made = pagefind.indexed(["<html><body data-pagefind-body><p>satu dua</p></body></html>"])
    (own,) = (content for path, content in made.items() if path.endswith(".pf_meta"))
    version, ((_, length),), ((first, last, _),), *rest = cbor2.loads(search_index.unpacked(own))
    index = search_index.read(made)
    files = search_pieces.files(index.words, index.pages)
    ours = cbor2.loads(search_index.unpacked(files[search_pieces.OWN]))
    assert ours == [version, [["0", length]], [[first, last, "0"]], *rest]


def test_files_of_two_indexes_never_lie_in_one_folder(tmp_path):
    for title in ("Rencana", "Rencana kerja"):
        search.build([record(title=title)], tmp_path / title)
        tree = {path.parent.name for path in (tmp_path / title).rglob("*.pf_*")}
        assert tree == {json.loads((tmp_path / title / search.CONTENTS).read_text())["berkas"]}
    one, other = (path.name for path in tmp_path.glob("*/*") if path.is_dir())
    assert one != other


def tell(scope, bundles):
    """Write what bundles tell of themselves and the table of them; what the table tells, as browsers read it."""
    for name, (roots, otherwise) in bundles.items():
        (scope / name).mkdir()
        told = {"berkas": f"{name}-berkas", "halaman": 1, "akar": roots, "lain": otherwise}
        (scope / name / search.CONTENTS).write_text(json.dumps(told))
    search_places.write(scope, {name: scope / name for name in bundles})
    contents = json.loads((scope / search_places.TABLE / search.CONTENTS).read_text())
    starts = contents["mulai"].split()
    parts = [scope / search_places.TABLE / contents["berkas"] / f"{at}.json" for at in range(len(starts))]
    return contents, dict(zip(starts, (json.loads(part.read_text()) for part in parts), strict=True))


def test_each_root_is_told_with_the_first_bundle_that_holds_it(tmp_path):
    many = [f"x{number:03}" for number in range(300)]
    contents, parts = tell(tmp_path, {"2026": ("ada rencana", {}), "2025": (f"rencana lada {' '.join(many)}", {})})

    assert contents["bundel"] == [["2026", "2026-berkas", 1], ["2025", "2025-berkas", 1]]
    assert len(parts) == 3
    assert list(parts) == sorted(parts)
    told = [
        (root, number) for part in parts.values() for number, held in enumerate(part["akar"]) for root in held.split()
    ]
    assert sorted(told) == sorted([("ada", 0), ("rencana", 0), ("lada", 1), *((root, 1) for root in many)])
    for start, part in parts.items():
        assert start == min(root for held in part["akar"] for root in held.split())


def test_a_word_that_peeling_does_not_explain_is_told_by_its_root_and_by_what_peeling_finds(tmp_path):
    word = "berwisatalah"
    peeled = search_words.peel(word)
    assert peeled != "pariwisata"
    _, parts = tell(tmp_path, {"2026": ("lada", {}), "2025": ("pariwisata", {word: "pariwisata"})})
    (part,) = parts.values()
    assert part["akar"][1].split() == sorted(["pariwisata", peeled])
    assert part["lain"] == {word: "pariwisata"}


def test_the_table_of_a_site_agrees_with_its_bundles(site):
    for scope in (search.PUBLIC, search.OFFICERS):
        table = site / scope / search_places.TABLE
        contents = json.loads((table / search.CONTENTS).read_text())
        files = [(site / scope / name / search.CONTENTS).read_text() for name, _, _ in contents["bundel"]]
        held = [set(json.loads(text)["akar"].split()) for text in files]
        parts = [json.loads(path.read_text()) for path in (table / contents["berkas"]).iterdir()]
        told = [set(" ".join(part["akar"][number] for part in parts).split()) for number in range(len(held))]
        assert set.union(*held) <= set.union(*told)
        assert all(told[number].isdisjoint(earlier) for number in range(len(held)) for earlier in held[:number])
        assert sum(map(len, told)) == len(set.union(*told))


def test_a_result_shows_the_text_and_none_of_the_roots(tmp_path):
    parts = (Part("Isi", "isi", PLAIN), Part("Lampiran: Tabel", "lampiran", "penduduk " * 9000, 0.5))
    search.build([record(summary="Ringkasan.", labels=("Berkala", "2026"), parts=parts)], tmp_path)
    result = shown(tmp_path)["/informasi/2026/a/"]

    assert (result["judul"], result["ringkasan"], result["label"]) == ("Judul", "Ringkasan.", ["Berkala", "2026"])
    assert [(part["judul"], part["jangkar"], part["mulai"]) for part in result["bagian"]] == [
        ("Isi", "isi", 2),
        ("Lampiran: Tabel", "lampiran", 2 + len(["isi", "miskin", "rencana", "bangun", "rpjmd"])),
    ]
    assert result["bagian"][0]["teks"] == PLAIN
    assert len(result["bagian"][1]["teks"]) < 10_000  # a long attachment makes no heavy result
    (fragment,) = tmp_path.glob("*/*.pf_fragment")
    assert search.read(fragment.read_bytes())["content"] == ""


def test_the_text_of_attachments_is_found_and_the_withdrawn_item_says_that_it_is(site):
    results = shown(site / search.year("2026")) | shown(site / search.year("2025"))
    item, gone = results[f"/informasi/{ITEM}/"], results["/informasi/2025/lama/"]

    assert item["bagian"][-1]["judul"] == "Lampiran: Laporan lengkap"
    assert attached.TEXT in item["bagian"][-1]["teks"]
    assert item["label"] == ["Setiap saat", "2026"]
    assert gone["label"] == ["Setiap saat", "2025", "Dicabut"]


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("halaman 12", True),
        ("halaman 1 pada versi sebelumnya", False),
        ("lembar Data sel B7", True),
        ("", True),
        ("properti Author", False),
        ("tautan di word/document.xml", False),
    ],
)
def test_of_an_attachment_what_its_reader_sees_is_found(place, seen):
    examined = attachments.Examined(texts=(attachments.Text(place, "Kalimat."),))
    assert search_records.seen(examined) == ("Kalimat." if seen else "")


def test_pages_and_guides_are_found_apart(site):
    public, guides = shown(site / search.PAGES), shown(site / search.GUIDES)

    assert public["/sop/"]["label"] == ["Halaman situs"]
    assert guides["/panduan/sekretaris/"]["label"] == ["Panduan petugas"]
    assert [page for page in public if page.startswith("/panduan")] == []
    assert not {"/", "/cari/"} & public.keys()


def test_a_page_holds_nothing_for_the_search_that_it_does_not_show(site):
    for name in ("index.html", f"informasi/{ITEM}/index.html", "sop/index.html"):
        page = (site / name).read_text()
        assert "pagefind" not in page
        assert "wasm" not in page
    assert "rencana bangun jangka" not in text_of(parse(site / "informasi" / ITEM / "index.html"))


def test_only_the_search_page_may_compute(site):
    assert "'wasm-unsafe-eval'" in (site / "cari" / "index.html").read_text()
    allowed = [page for page in site.rglob("*.html") if "wasm-unsafe-eval" in page.read_text()]
    assert allowed == [site / "cari" / "index.html"]


def test_every_page_leads_to_the_search(site):
    for name in ("index.html", f"informasi/{ITEM}/index.html", "404.html"):
        forms = [form for form in parse(site / name).iter("form") if form.attrib.get("role") == "search"]
        assert forms
        for form in forms:
            assert form.attrib["action"].endswith("cari/")
            assert [field.attrib["name"] for field in form.iter("input")] == ["q"]


def test_sections_are_parted_by_headings_and_drawings_are_no_text():
    html = (
        '<h1>Judul<a class="headerlink" href="#x">#</a></h1><p>Ke<strong>satu</strong>, isi.</p>'
        '<svg><text>x</text></svg><h2 id="dua">Bagian dua</h2><table><tr><td>a</td><td>b</td></tr></table>'
    )
    assert search_records.sections(html) == (Part("Judul", "", "Kesatu, isi."), Part("Bagian dua", "dua", "a b"))
    (page,) = search_records.of_pages([WrittenPage("x/", html)], "Halaman situs")
    assert (page.title, page.parts[0].text) == ("Judul", "Kesatu, isi.")


@pytest.mark.parametrize(
    ("markdown", "parts"),
    [
        ("", (Part("", "", ""),)),
        ("Ke**satu**, `isi` 3 < 4.\\\nDua.", (Part("", "", "Kesatu, isi 3 < 4. Dua."),)),
        (
            'A [B](https://x.id "a > b").\n\n## Bagian *dua*\n\n| a | b |\n|---|---|\n| c | d |\n\n### E\n\n## Akhir',
            (Part("", "", "A B."), Part("Bagian dua", "isi-bagian-dua", "a b c d E"), Part("Akhir", "isi-akhir", "")),
        ),
    ],
)
def test_an_item_s_own_text_is_parted_as_a_page_is(markdown, parts):
    html = str(body.render(markdown).html)
    assert search_records.of_text(html) == parts
    assert search_records.sections(html.replace("<br>", " ")) == parts


def test_results_are_numbered_in_the_order_of_records_whatever_order_a_file_system_has(tmp_path):
    records = [record(f"informasi/2026/{name}/") for name in "kfzamqbxc"]
    search.build(records, tmp_path)
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    results = [search.read((folder / f"{at}.pf_fragment").read_bytes()) for at in range(len(records))]
    assert [result["url"] for result in results] == [f"/{one.address}" for one in records]


def test_of_a_page_of_figures_the_words_are_found(tmp_path, rules):
    tree = so.make_tree(tmp_path)
    so.write_item(tree, ITEM, so.AWAL)
    facts = so.make_facts(tree, rules, [so.make_round(ITEM, live="2026-11-23T13:49:10+07:00")])
    html = str(pages.plan(facts)[pages.PERFORMANCE]().html)
    figures = {cell.strip() for cell in re.findall("<td>(.*?)</td>", html)} - {""}
    (found,) = search_records.of_pages([WrittenPage("kinerja/", search_records.without_figures(html))], "Halaman")
    text = " ".join(part.text for part in found.parts)
    assert any(figure.startswith("40 menit") for figure in figures)
    assert not [figure for figure in figures if len(figure) > 2 and figure in text]
    assert summary_report.rounds(facts.summary.rounds) not in text
    assert "Median" in text
    assert all(step.name in text for step in facts.summary.steps)


@pytest.mark.parametrize("program", ["/bin/false", "/bin/cat"])
def test_an_index_that_cannot_be_made_stops_the_build(tmp_path, monkeypatch, program):
    monkeypatch.setattr(pagefind, "get_executable", lambda: program)
    with pytest.raises(SopanError) as refused:
        search.build([record()], tmp_path)
    assert str(refused.value) == (
        "Indeks pencarian tidak dapat dibuat: Pagefind berhenti di tengah jalan. Laporkan kepada pengelola."
    )


def test_all_is_said_to_a_pipe_that_takes_little_at_once():
    class Narrow(io.RawIOBase):
        taken = b""

        def write(self, some):
            self.taken += bytes(some[:3])
            return min(3, len(some))

    pipe = Narrow()
    pagefind._say(pipe, b"sepuluh kata,")
    assert pipe.taken == b"sepuluh kata,"


def test_what_pagefind_does_not_understand_it_says(tmp_path):
    with pagefind._begun(tmp_path) as process, pytest.raises(SopanError) as refused:
        pagefind._asked(process, type="TidakAda")
    assert str(refused.value).startswith("Indeks pencarian tidak dapat dibuat: ")


def test_what_was_prepared_of_an_item_is_kept_until_its_folder_changes(tmp_path, rules, monkeypatch):
    tree = so.make_tree(tmp_path / "pohon")
    for name in ("a", "b"):
        so.write_item(tree, f"2026/{name}", so.hostile_item(f"Rencana {name}", kata_kunci=["rencana", "kerja"]))
    prepared, of_items = [], search_records.of_items
    monkeypatch.setattr(
        search_records, "of_items", lambda some: (prepared.extend(one.item.slug for one in some), of_items(some))[1]
    )

    def read(basis="dasar"):
        entries = so.make_facts(tree, rules).volumes["2026"].entries
        prepared.clear()
        assert search_records.kept(Parts(tmp_path, basis), "2026", lambda: entries) == search.indexed(of_items(entries))
        return list(prepared)

    assert read() == ["a", "b"]
    assert read() == []
    (tree / "docs/informasi/2026/b/index.md").write_text(so.hostile_item("Rencana lain"))
    assert read() == ["b"]
    assert read("lain") == ["a", "b"]
    (file,) = (tmp_path / "sopan").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-200] + b"?" + whole[-199:])
    assert read("lain") == ["a", "b"]


def test_a_bundle_that_lost_an_item_is_joined_of_what_was_kept(tmp_path, rules, monkeypatch):
    tree = so.make_tree(tmp_path / "pohon")
    for name in "abc":
        so.write_item(tree, f"2026/{name}", so.hostile_item(f"Rencana {name}"))
    entries = so.make_facts(tree, rules).volumes["2026"].entries
    search_records.kept(Parts(tmp_path, "dasar"), "2026", lambda: entries)
    left = search.indexed(search_records.of_items(entries[1:]))
    monkeypatch.setattr(pagefind, "get_executable", lambda: "/bin/false")
    assert search_records.kept(Parts(tmp_path, "dasar"), "2026", lambda: entries[1:]) == left


def test_a_year_of_many_items_has_bundles_of_which_a_new_item_changes_one():
    many = [f"2026/butir-{n}" for n in range(search_records.ENOUGH + 1)]
    assert search_records.together("2026", many[:-1]) == {"2026": many[:-1]}
    before = search_records.together("2026", many)
    assert sorted(before) == ["2026-1", "2026-2"]
    assert sorted(name for some in before.values() for name in some) == sorted(many)
    after = search_records.together("2026", ["2026/baru", *many])
    assert [len(after[name]) - len(some) for name, some in before.items()] in ([0, 1], [1, 0])
    assert all(set(some) <= set(after[name]) for name, some in before.items())
    assert [len(search_records.together("2026", many * n)) for n in (2, 4)] == [4, 8]
