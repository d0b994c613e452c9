import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

import html5lib
import pytest

import site_office as so
from sopan import timing, timing_report
from sopan.errors import SopanError
from sopan.site import body, build, read_items, safety_quick, search

ITEM = "2026/rencana-kerja"
EVIL = [
    "Naskah <script>alert(1)</script>",
    "Naskah </title><script>alert(1)</script> akhir",
    'Naskah " onmouseover="alert(1)" x=\'',
    "Naskah {{ config }} {% raw %} ${7*7}",
    "Naskah <img src=x onerror=alert(1)> & <b>tebal</b>",
    "Naskah &lt;script&gt;alert(1)&lt;/script&gt;",
]
EVIL_BODY = """
## Judul <img src=x onerror=alert(1)>

<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://jahat.example/x.png) [c](//jahat.example) {{ config }}

<iframe src="https://jahat.example"></iframe>
"""


@pytest.fixture(scope="module")
def rules():
    return so.make_policy()


@pytest.fixture(scope="module")
def story(tmp_path_factory, rules):
    """A site with one item that went through the chain, one from before it, and the folder it was built into."""
    tree = so.make_tree(tmp_path_factory.mktemp("pohon"))
    head = so.AWAL.replace("bukan_dik", "lampiran:\n  - berkas: rencana.csv\n    judul: Tabel rencana\nbukan_dik")
    so.write_item(tree, ITEM, head, rencana_csv=b"a,b\r\n1,2\r\n")
    so.write_item(tree, "2025/lama", so.AWAL)
    facts = so.make_facts(tree, rules, [so.make_round(ITEM, live="2026-11-23T13:49:10+07:00")])
    out = tmp_path_factory.mktemp("situs")
    build.build(tree, out, facts=facts)
    return tree, facts, out


def test_every_page_is_told_harmless_at_a_glance(story):
    _, facts, out = story
    pages = {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*.html")}
    assert len(pages) > 30
    assert [name for name, page in pages.items() if not safety_quick.is_harmless(page, facts.policy.office.site)] == []


def commit_all(tree):
    git = ["git", "-C", str(tree), "-c", "user.name=uji", "-c", "user.email=uji@kantor.go.id"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "pangkal"], check=True)


def parse(path):
    return html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def tree_of(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def scripts_and_dangers(path):
    page = parse(path)
    scripts = [(e.attrib.get("src", ""), _run(e)) for e in page.iter("script")]
    handlers = [(e.tag, name) for e in page.iter() for name in e.attrib if name.startswith("on")]
    addresses = [e.attrib[name] for e in page.iter() for name in ("href", "src", "action") if name in e.attrib]
    return scripts, handlers, {urlsplit(address).scheme for address in addresses}


def _run(script):
    """The text of a script that a browser would run; data, which must be whole, is none."""
    if script.attrib.get("type") == "application/ld+json":
        return str(type(json.loads(script.text)))
    return script.text or ""


def record_rows(path):
    rows = [row for row in parse(path).iter("tr") if row.find("td") is not None]
    return [[text_of(cell) for cell in row] for row in rows if len(list(row)) == 8]


def test_the_record_on_the_page_is_what_the_timing_report_says(story):
    _, facts, out = story
    shown = record_rows(out / "informasi" / ITEM / "index.html")
    rules, rounds = facts.policy, [one for one, _ in facts.chronicle.of(ITEM)]
    report = timing.measure(rounds, sop=rules.sop, calendar=rules.calendar, register=rules.register)
    told = json.loads(b"".join(timing_report.as_json(report)))["butir"][0]["putaran"][0]["langkah"]

    assert [
        (row[0], row[4], row[5], row[6], row[7].removesuffix(one["keterangan"]).strip())
        for row, one in zip(shown, told, strict=False)
    ] == [
        (
            str(one["langkah"]),
            one["waktu_baku"]["teks"],
            one["lama_proses"]["teks"],
            one["lama_pengerjaan"]["teks"],
            one["penilaian"],
        )
        for one in told
    ]
    assert len(shown) == len(told) + 1


def test_the_record_names_sentence_role_person_and_receipt(story):
    _, facts, out = story
    rows = record_rows(out / "informasi" / ITEM / "index.html")

    assert rows[3][:4] == [
        "3",
        facts.policy.sop.step(3).sentence,
        "AdminSari Contoh",
        "23 November 2026 pukul 09.20 WIB",
    ]
    assert rows[3][7] == "melampaui baku"


def test_step_eight_is_evidence(story, tmp_path, rules):
    tree, _, out = story
    proven = record_rows(out / "informasi" / ITEM / "index.html")[-1]
    pending = so.make_facts(tree, rules, [so.make_round(ITEM)])
    build.build(tree, tmp_path / "situs", facts=pending)
    waiting = record_rows(tmp_path / "situs" / "informasi" / ITEM / "index.html")[-1]

    assert proven[3] == "23 November 2026 pukul 13.49 WIB"
    assert proven[7] == "tayangServer membaca kembali halaman ini 1 menit 10 detik setelah penggabungan."
    assert (waiting[0], waiting[3]) == ("8", "belum terbukti")
    assert waiting[7] == (
        "belum terbuktiServer membuktikannya setelah halaman ini tayang; buktinya tampil pada penerbitan berikutnya."
    )


def test_the_page_says_what_is_measured_and_what_the_signature_is(story):
    _, _, out = story
    page = text_of(parse(out / "informasi" / ITEM / "index.html"))

    assert "Lama pengerjaan terukur pada langkah 1, 2, 3, dan 7." in page
    assert (
        "Lama pengerjaan tidak terukur pada langkah 4, 5, dan 6, "
        "karena tanda mulainya tidak ada atau diterima bersamaan dengan langkahnya." in page
    )
    assert "bukti di dalam kantor, bukan tanda tangan elektronik tersertifikasi" in page
    assert "Waktu pada tabel adalah waktu penerimaan yang dicatat server kantor." in page
    assert "Dikembalikan ke langkah 1 oleh Kabid pada 23 November 2026 pukul 08.12 WIB" in page


def test_an_item_from_before_the_chain_pretends_nothing(story):
    _, _, out = story
    page = text_of(parse(out / "informasi" / "2025" / "lama" / "index.html"))

    assert "sudah ada sebelum pencatatan langkah dimulai dan tidak melalui satu pun langkah yang tercatat" in page
    assert record_rows(out / "informasi" / "2025" / "lama" / "index.html") == []


def test_a_later_version_of_an_item_from_before_the_chain_says_so(story, tmp_path, rules):
    tree, _, out = story
    facts = so.make_facts(tree, rules, [so.make_round(ITEM)], stood_before=False)
    build.build(tree, tmp_path / "situs", facts=facts)
    sentence = "Versi pertama informasi ini sudah ada sebelum pencatatan langkah dimulai."

    assert sentence in text_of(parse(out / "informasi" / ITEM / "index.html"))
    assert sentence not in text_of(parse(tmp_path / "situs" / "informasi" / ITEM / "index.html"))


def test_corrections_withdrawal_and_successor_stand_before_the_text(tmp_path, rules):
    fields = {
        "ralat": [{"tanggal": "2026-11-24", "semula": "Jumlah 10.", "menjadi": "Jumlah 12.", "alasan": "Salah ketik."}],
        "pencabutan": {"tanggal": "2026-11-25", "alasan": "Tidak berlaku lagi.", "dasar": "Surat 1/2026"},
        "digantikan_oleh": "2026/baru",
        "tautan": [{"judul": "Laman resmi", "alamat": "https://www.kantor.go.id/"}],
    }
    tree = so.make_tree(tmp_path / "pohon")
    so.write_item(tree, ITEM, so.hostile_item("Naskah lama", **fields))
    so.write_item(tree, "2026/baru", so.AWAL)
    build.build(tree, tmp_path / "situs", facts=so.make_facts(tree, rules))
    page = parse(tmp_path / "situs" / "informasi" / ITEM / "index.html")
    shown = text_of(page)

    for sentence in (
        "Informasi ini sudah dicabut.Dicabut pada 25 November 2026. Tidak berlaku lagi.Surat 1/2026",
        "Informasi ini sudah digantikan.Penggantinya: 2026/baru.Buka penggantinya",
        "Ralat 24 November 2026Semula: Jumlah 10. Menjadi: Jumlah 12.Salah ketik.",
    ):
        assert sentence in shown
    assert "../../../informasi/2026/baru/" in {a.attrib.get("href") for a in page.iter("a")}
    assert shown.index("sudah dicabut") < shown.index("Isi.")
    assert "https://www.kantor.go.id/" in {a.attrib.get("href") for a in page.iter("a")}


def test_attachments_are_published_byte_for_byte_and_their_fingerprints_shown(story):
    tree, _, out = story
    source = tree / "docs" / "informasi" / ITEM
    page = text_of(parse(out / "informasi" / ITEM / "index.html"))

    assert (out / "informasi" / ITEM / "rencana.csv").read_bytes() == b"a,b\r\n1,2\r\n"
    for name in ("index.md", "rencana.csv"):
        assert hashlib.sha256((source / name).read_bytes()).hexdigest() in page
    assert not list(out.rglob("*.md"))


def test_no_item_is_in_the_navigation(story):
    _, _, out = story
    for path in out.rglob("*.html"):
        menus = [e for e in parse(path).iter("nav") if "md-nav--primary" in e.attrib.get("class", "")]
        addresses = {a.attrib["href"] for menu in menus for a in menu.iter("a")}
        assert not {address for address in addresses if "rencana-kerja" in address or "lama" in address}


@cache
def anchors_of(path):
    return {element.attrib["id"] for element in parse(path).iter() if "id" in element.attrib}


def test_every_link_inside_the_site_leads_somewhere(story):
    _, _, out = story
    broken = []
    for path in out.rglob("*.html"):
        if path.name == "404.html":
            continue
        for element in parse(path).iter("a"):
            parts = urlsplit(element.attrib.get("href", ""))
            if parts.scheme:
                continue
            target = (path.parent / parts.path).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (parts.fragment and parts.fragment not in anchors_of(target)):
                broken.append((path.relative_to(out).as_posix(), element.attrib["href"]))
    assert broken == []


def test_a_page_asks_nothing_of_another_server(story):
    _, _, out = story
    loads = ("src", "srcset", "data", "poster")
    for path in out.rglob("*.html"):
        for element in parse(path).iter():
            wanted = [element.attrib[name] for name in loads if name in element.attrib]
            wanted += [element.attrib["href"]] if element.tag == "link" else []
            assert not [address for address in wanted if urlsplit(address).netloc]
    for path in out.rglob("*.css"):
        assert "url(http" not in path.read_text(encoding="utf-8")
        assert "@import" not in path.read_text(encoding="utf-8")


def test_table_heads_have_a_scope_and_no_page_repeats_an_id(story):
    _, _, out = story
    generated = [out / "index.html", out / "sop" / "index.html", *sorted((out / "informasi").rglob("*.html"))]
    for path in generated:
        page = parse(path)
        assert {e.attrib.get("scope") for e in page.iter("th")} <= {"col", "row"}
        ids = [e.attrib["id"] for e in page.iter() if "id" in e.attrib]
        assert len(ids) == len(set(ids))
        assert page.attrib["lang"] == "id"
        assert len(list(page.iter("h1"))) == 1


def test_two_builds_give_the_same_bytes(story, tmp_path):
    tree, facts, out = story
    build.build(tree, tmp_path / "lagi", facts=facts)
    assert tree_of(tmp_path / "lagi") == tree_of(out)


@pytest.mark.parametrize("title", EVIL)
def test_hostile_front_matter_is_shown_and_does_nothing(title, tmp_path, rules):
    tree = so.make_tree(tmp_path / "pohon")
    fields = {"ringkasan": (title + " ") * 3 + "ringkasan.", "unit_asal": title, "sop": title}
    so.write_item(tree, ITEM, so.hostile_item(title, **{k: v.strip() for k, v in fields.items()}))
    build.build(tree, tmp_path / "situs", facts=so.make_facts(tree, rules))
    honest = so.make_tree(tmp_path / "pohon-baik")
    so.write_item(honest, ITEM, so.hostile_item("Naskah baik"))
    build.build(honest, tmp_path / "situs-baik", facts=so.make_facts(honest, rules))

    for name in ("index.html", "informasi/index.html", f"informasi/{ITEM}/index.html"):
        wanted = scripts_and_dangers(tmp_path / "situs-baik" / name)
        assert scripts_and_dangers(tmp_path / "situs" / name) == wanted
    page = parse(tmp_path / "situs" / "informasi" / ITEM / "index.html")
    assert text_of(next(page.iter("h1"))) == title
    assert text_of(next(page.iter("title"))) == f"{title} - Informasi Publik {rules.office.short_name}"
    fragments = (tmp_path / "situs" / search.PUBLIC).glob("*/*/*.pf_fragment")
    results = [search.read(file.read_bytes()) for file in fragments]
    assert [one["butir"]["judul"] for one in results if one["url"] == f"/informasi/{ITEM}/"] == [title]


def test_a_hostile_body_that_slipped_past_the_gate_does_nothing(story, tmp_path, monkeypatch):
    tree, facts, out = story
    as_it_is = body.render
    monkeypatch.setattr(body, "render", lambda _: as_it_is(EVIL_BODY))
    build.build(tree, tmp_path / "situs", facts=facts)

    name = f"informasi/{ITEM}/index.html"
    assert scripts_and_dangers(tmp_path / "situs" / name) == scripts_and_dangers(out / name)
    assert "jahat.example" not in "".join(
        value for e in parse(tmp_path / "situs" / name).iter() for value in e.attrib.values()
    )


def test_what_is_wrong_with_an_item_stops_the_build_with_its_sentence(tmp_path, rules):
    tree = so.make_tree(tmp_path)
    folder = so.write_item(tree, ITEM, so.AWAL)
    (folder / "tak-disebut.csv").write_bytes(b"a\n")

    _, findings = read_items.read_one(folder, rules)

    assert [one.rule for one in findings] == ["lampiran-tak-disebut"]


def test_an_item_without_its_text_is_refused(tmp_path, rules):
    folder = so.make_tree(tmp_path) / "docs" / "informasi" / ITEM
    folder.mkdir(parents=True)

    with pytest.raises(SopanError, match=r"^Berkas docs/informasi/2026/rencana-kerja/index\.md tidak ada; tambahkan,"):
        read_items.read_one(folder, rules)


def test_a_folder_without_git_is_refused_with_the_cure(tmp_path):
    with pytest.raises(SopanError, match=r"bukan repositori git"):
        build.build(so.make_tree(tmp_path / "pohon"), tmp_path / "situs")


def test_all_faults_of_all_items_are_named_at_once(tmp_path):
    tree = so.make_tree(tmp_path / "pohon")
    so.write_item(tree, ITEM, so.AWAL.replace("setiap_saat", "rahasia"))
    so.write_item(tree, "2026/lain", so.AWAL.replace("judul: ", "jdul: "))
    commit_all(tree)

    with pytest.raises(SopanError) as refused:
        build.build(tree, tmp_path / "situs")

    assert "docs/informasi/2026/rencana-kerja/index.md baris 3: Nilai 'rahasia'" in str(refused.value)
    assert "docs/informasi/2026/lain/index.md baris" in str(refused.value)
    assert not (tmp_path / "situs").exists()


def test_engineers_pages_enter_the_navigation_once_they_exist(story, tmp_path):
    tree, facts, out = story
    pages = tree / "docs" / "pengembang"
    pages.mkdir()
    (pages / "situs.md").write_text("# Situs\n", encoding="utf-8")
    (pages / "index.md").write_text("# Pengembang\n", encoding="utf-8")
    build.build(tree, tmp_path / "situs", facts=facts)
    shutil.rmtree(pages)

    assert "pengembang/situs/" in (tmp_path / "situs" / "index.html").read_text()
    assert "pengembang" not in (out / "index.html").read_text()


def test_a_page_that_does_not_exist_answers_in_indonesian(story):
    _, _, out = story
    assert "Halaman tidak ditemukan" in text_of(parse(out / "404.html"))


def test_a_symbolic_link_in_an_item_is_refused(tmp_path, rules):
    folder = so.write_item(so.make_tree(tmp_path), ITEM, so.AWAL)
    (folder / "rahasia.csv").symlink_to("/etc/hostname")

    with pytest.raises(SopanError, match=r"^Berkas rahasia\.csv di rencana-kerja adalah tautan simbolik; ganti"):
        read_items.read_one(folder, rules)


def test_a_broken_link_in_a_guide_stops_the_build(tmp_path, rules):
    tree = so.make_tree(tmp_path / "pohon")
    (tree / "docs" / "panduan" / "admin.md").unlink()
    (tree / "docs" / "panduan" / "admin.md").write_text("# Admin\n\n[x](tidak-ada.md)\n", encoding="utf-8")

    with pytest.raises(SopanError, match=r"^Situs tidak dapat dibangun: .*tidak-ada\.md.* Perbaiki hal itu"):
        build.build(tree, tmp_path / "situs", facts=so.make_facts(tree, rules))


def test_mkdocs_itself_gives_the_same_bytes_from_the_same_tree(tmp_path):
    tree = so.make_tree(tmp_path / "pohon")
    for identity in (ITEM, "2026/rencana-lain", "2025/rencana-kerja"):  # pages of one folder share their menu
        so.write_item(tree, identity, so.AWAL)
    commit_all(tree)
    command = [sys.executable, "-m", "mkdocs", "-q", "build", "--strict", "-f", str(tree / "mkdocs.yml")]
    subprocess.run([*command, "-d", str(tmp_path / "mkdocs")], check=True, capture_output=True)

    build.build(tree, tmp_path / "sopan")

    assert tree_of(tmp_path / "sopan") == tree_of(tmp_path / "mkdocs")
    assert "Sebelum rantai." in (tmp_path / "sopan" / "informasi" / ITEM / "index.html").read_text()


def test_a_draft_in_the_work_tree_says_that_it_is_one(tmp_path, rules):
    tree = so.make_tree(tmp_path / "pohon")
    so.write_item(tree, ITEM, so.AWAL)
    build.build(tree, tmp_path / "situs", facts=so.make_facts(tree, rules, stood_before=False))

    page = text_of(parse(tmp_path / "situs" / "informasi" / ITEM / "index.html"))
    assert "Konsep. Informasi ini belum terbit" in page


def test_the_office_s_address_makes_canonical_links_and_a_sitemap_without_the_day_of_the_build(tmp_path, rules):
    office = replace(rules.office, site="https://informasi.kantor.go.id/")
    tree = so.make_tree(tmp_path / "pohon")
    so.write_item(tree, ITEM, so.AWAL)
    facts = so.make_facts(tree, replace(rules, office=office), [so.make_round(ITEM)])
    build.build(tree, tmp_path / "situs", facts=facts)

    sitemap = (tmp_path / "situs" / "sitemap.xml").read_text()
    address = f"https://informasi.kantor.go.id/informasi/{ITEM}/"
    assert f"<url><loc>{address}</loc><lastmod>2026-11-23</lastmod></url>" in sitemap
    assert sitemap.count("<lastmod>") == 1
    links = parse(tmp_path / "situs" / "informasi" / ITEM / "index.html").iter("link")
    assert [e.attrib["href"] for e in links if e.attrib.get("rel") == "canonical"] == [address]


def test_every_field_of_a_complete_item_is_shown_under_its_title_in_the_schema(tmp_path, rules):
    tree = so.make_tree(tmp_path / "pohon")
    folder = tree / "docs" / "informasi" / "2026"
    folder.mkdir(parents=True)
    for source in sorted((so.ROOT / "docs" / "informasi" / "2026").iterdir()):
        shutil.copytree(source, folder / source.name)
    facts = so.make_facts(tree, rules)
    build.build(tree, tmp_path / "situs", facts=facts)

    titles = rules.schemas["informasi.schema.json"]["properties"]
    elsewhere = {"judul", "klasifikasi", "jenis_dokumen", "ringkasan", "lampiran", "tautan", "data", "aksesibilitas"}
    elsewhere |= {"bukan_dikecualikan", "bahasa", "pemeriksaan_data_pribadi"}
    assert len(facts.entries) == 8
    for entry in facts.entries:
        page = parse(tmp_path / "situs" / "informasi" / entry.item.id / "index.html")
        labels = {text_of(term) for term in page.iter("dt")}
        assert {titles[key]["title"] for key in set(entry.item.fields) - elsewhere} <= labels
        assert entry.item.summary in text_of(page)
