"""What the site offers besides pages: the list as CSV and XLSX, JSON, DCAT and feeds, all from the same items."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyld import jsonld

import site_office as so
from desks import INDEX
from sopan.site import downloads, output, pages, public_list
from sopan.site.kept_parts import Parts
from sopan.site.kept_years import YearParts
from sopan.site.output import OFFERED

SITE = "https://informasi.contoh.go.id/"
ATOM = "{http://www.w3.org/2005/Atom}"
CHAIN, BEFORE, GONE, URGENT = "2026/rencana-kerja", "2025/lama", "2024/dicabut", "2026/peringatan"
WITHDRAWN = so.AWAL.replace("bukan_dik", 'pencabutan:\n  tanggal: "2026-01-02"\n  alasan: Keliru\nbukan_dik')
AT_ONCE = so.AWAL.replace("setiap_saat", "serta_merta").replace("Rencana Kerja Tahun 2026", "=Peringatan <b>Dini</b>")


def made(tree, site):
    rules = so.make_policy()
    rules = replace(rules, office=replace(rules.office, site=site))
    rounds = [so.make_round(item, live="2026-11-23T13:49:10+07:00") for item in (CHAIN, URGENT, GONE)]
    return so.make_facts(tree, rules, rounds)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = so.make_tree(tmp_path_factory.mktemp("pohon"))
    so.write_item(tree, CHAIN, INDEX, tabel_csv=b"kegiatan,jumlah\nmusrenbang,1\n")
    so.write_item(tree, BEFORE, so.AWAL)
    so.write_item(tree, GONE, WITHDRAWN)
    so.write_item(tree, URGENT, AT_ONCE)
    return tree


@pytest.fixture(scope="module")
def facts(tree):
    return made(tree, SITE)


@pytest.fixture(scope="module")
def files(facts):
    return every(facts)


def every(facts):
    planned = {**downloads.plan(facts), **downloads.of_items(facts, facts.entries)}
    return {path: make() for path, make in planned.items()}


def test_the_same_bytes_each_time(facts, files):
    assert files == every(facts)


def test_every_file_has_a_place_that_the_scan_of_the_output_knows(files):
    assert {f".{path.rpartition('.')[2]}" for path in files if path.startswith("unduh/")} == OFFERED
    assert all(output._expected(output.PurePosixPath(path)) for path in files)
    assert not output._expected(output.PurePosixPath("unduh/program.exe"))
    assert not output._expected(output.PurePosixPath(f"informasi/{CHAIN}/lain.json"))


class TestList:
    def test_seven_standard_columns_first_and_only_what_is_in_force(self, files):
        rows = list(csv.reader(io.StringIO(files["unduh/daftar-informasi.csv"].decode("utf-8-sig"))))
        assert tuple(rows[0][:7]) == public_list.STANDARD
        assert [row[7] for row in rows[1:]] == [URGENT, CHAIN, BEFORE]
        assert rows[2][:7] == [
            "2",
            "Rencana kerja yang dibuat hanya untuk pengujian, tanpa angka yang sebenarnya.",
            "Sekretariat",
            "Sekretaris",
            "5 Januari 2026, Sungailiat",
            "Digital",
            "5 tahun",
        ]
        assert rows[2][9:] == ["Berkala", "Renja PD", "Website", f"{SITE}informasi/{CHAIN}/", "2026-11-23"]

    def test_csv_begins_with_the_mark_and_no_cell_is_a_formula(self, files):
        assert files["unduh/daftar-informasi.csv"].startswith(b"\xef\xbb\xbfNo,")
        rows = list(csv.reader(io.StringIO(files["unduh/daftar-informasi.csv"].decode("utf-8-sig"))))
        assert rows[1][8] == "'=Peringatan <b>Dini</b>"
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]

    def test_the_workbook_holds_the_same(self, files, facts):
        page = openpyxl.load_workbook(io.BytesIO(files["unduh/daftar-informasi.xlsx"])).worksheets[0]
        (table,) = public_list.book(YearParts(facts, Parts())).tables
        told = [tuple(cell or "" for cell in row) for row in page.iter_rows(values_only=True)]
        assert told == [table.heads, *so.rows_of(table)]
        assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}

    def test_the_page_links_every_item_in_force_and_every_download(self, facts):
        html = str(pages.plan(facts)[pages.LIST]().html)
        assert all(f'href="../informasi/{item}/"' in html for item in (CHAIN, BEFORE, URGENT))
        assert f"informasi/{GONE}/" not in html
        linked = [path for path in downloads.plan(facts) if path.startswith(("unduh/daftar", "unduh/dcat", "umpan/"))]
        assert len(linked) == 8
        assert all(f'href="../{path}"' in html for path in linked)
        assert "=Peringatan &lt;b&gt;Dini&lt;/b&gt;" in html


class TestJson:
    def test_all_items_and_each_alone_say_the_same(self, files):
        whole = json.loads(files["unduh/daftar-informasi.json"])
        assert (whole["skema"], whole["situs"]) == ("informasi-publik-terbuka/1", SITE)
        assert [one["id"] for one in whole["butir"]] == [GONE, BEFORE, URGENT, CHAIN]
        for one in whole["butir"]:
            alone = json.loads(files[f"informasi/{one['id']}/butir.json"])
            assert alone == {"skema": "informasi-publik-terbuka/1", **one}

    def test_an_item_in_full(self, files):
        one = json.loads(files[f"informasi/{CHAIN}/butir.json"])
        assert (one["alamat"], one["versi"], one["cara_terbit"]) == (f"{SITE}informasi/{CHAIN}/", 1, "rantai")
        assert one["terbit"] == "2026-11-23T13:48:00+07:00"
        assert one["isian"]["judul"] == "Rencana Kerja"
        (table,) = [file for file in one["berkas"] if file["nama"] == "tabel.csv"]
        assert (table["alamat"], table["ukuran_bita"]) == (f"{SITE}informasi/{CHAIN}/tabel.csv", 29)
        assert len(table["sha256"]) == 64

    def test_what_did_not_go_through_the_chain_has_no_publication(self, files):
        one = json.loads(files[f"informasi/{BEFORE}/butir.json"])
        assert (one["terbit"], one["versi"], one["cara_terbit"]) == (None, 0, "sebelum rantai")


class TestCatalogue:
    def test_expands_to_datasets_with_distributions_and_checksums(self, files):
        (catalogue,) = jsonld.expand(json.loads(files["unduh/dcat.jsonld"]))
        dcat = "http://www.w3.org/ns/dcat#"
        assert catalogue["@type"] == [f"{dcat}Catalog"]
        datasets = {one["@id"]: one for one in catalogue[f"{dcat}dataset"]}
        assert set(datasets) == {f"{SITE}informasi/{item}/" for item in (CHAIN, BEFORE, URGENT)}
        (file,) = datasets[f"{SITE}informasi/{CHAIN}/"][f"{dcat}distribution"]
        assert file[f"{dcat}downloadURL"] == [{"@id": f"{SITE}informasi/{CHAIN}/tabel.csv"}]
        assert file[f"{dcat}byteSize"][0]["@value"] == "29"
        assert "http://spdx.org/rdf/terms#checksum" in file


class TestFeeds:
    def test_atom_names_what_went_through_the_chain_and_is_in_force(self, files):
        feed = ET.fromstring(files["umpan/atom.xml"])
        entries = feed.findall(f"{ATOM}entry")
        assert [one.find(f"{ATOM}id").text for one in entries] == [
            f"{SITE}informasi/{CHAIN}/",
            f"{SITE}informasi/{URGENT}/",
        ]
        assert feed.find(f"{ATOM}updated").text == "2026-11-23T06:48:00+00:00"
        assert entries[1].find(f"{ATOM}title").text == "=Peringatan <b>Dini</b>"

    def test_what_is_at_once_has_a_feed_of_its_own(self, files):
        rss = ET.fromstring(files["umpan/serta-merta-rss.xml"])
        assert [one.find("link").text for one in rss.iter("item")] == [f"{SITE}informasi/{URGENT}/"]
        assert rss.find("channel/lastBuildDate").text == "Mon, 23 Nov 2026 06:48:00 +0000"


def test_without_an_address_nothing_that_needs_one_is_offered(tree):
    facts = made(tree, "")
    plan = downloads.plan(facts)
    assert not [path for path in plan if path.startswith("umpan/") or path.endswith(".jsonld")]
    assert json.loads(every(facts)[f"informasi/{CHAIN}/butir.json"])["alamat"] is None
    assert "umpan/" not in str(pages.plan(facts)[pages.LIST]().html)


# -- kept by year ------------------------------------------------------------------------------------------------------

GREAT = ("unduh/daftar-informasi.json", "unduh/dcat.jsonld")


def test_the_great_files_are_json_as_one_call_writes_it(files):
    for name in GREAT:
        assert files[name].decode() == json.dumps(json.loads(files[name]), ensure_ascii=False, indent=2) + "\n"


def test_a_site_without_items_offers_empty_lists(facts):
    empty = so.of_entries(facts, ())
    made = {path: make() for path, make in downloads.plan(empty).items() if path in GREAT}
    assert json.loads(made[GREAT[0]])["butir"] == json.loads(made[GREAT[1]])["dcat:dataset"] == []


def kept(some, place, basis="dasar"):
    return {path: make() for path, make in downloads.plan(some, Parts(place, basis)).items()}


def whole(some):
    return {path: make() for path, make in downloads.plan(some).items()}


def written(place):
    return {file.name: file.stat().st_ino for file in (place / "sopan").glob("situs-*.bagian")}


def test_parts_that_were_kept_give_the_same_files_and_only_a_changed_year_is_written_anew(facts, tmp_path):
    assert kept(facts, tmp_path) == kept(facts, tmp_path) == whole(facts)
    before = written(tmp_path)
    year = facts.entries[-1].item.year
    later = so.of_entries(facts, (*facts.entries[:-1], so.changed(facts.entries[-1], title="Lain")))
    assert kept(later, tmp_path) == whole(later) != whole(facts)
    assert {name for name, inode in written(tmp_path).items() if inode != before[name]} == {
        *(f"situs-{name}-{year}-butir.bagian" for name in ("data", "dcat", "baris")),
        *(f"situs-{name}-daftar-{year}-baris.bagian" for name in ("csv", "xlsx")),
        *(f"situs-{name}-{year}.bagian" for name in ("data", "dcat", "csv-daftar", "xlsx-daftar")),
    }
    before = written(tmp_path)
    kept(later, tmp_path, "lain")
    assert not {name for name, inode in written(tmp_path).items() if inode == before[name]}


def test_of_a_changed_year_only_what_changed_is_opened(facts, tmp_path):
    kept(facts, tmp_path)
    other = so.changed(facts.entries[-1], title="Lain")
    closed = [replace(entry, read=opened) for entry in facts.entries[:-1]]
    assert any(entry.card.year == other.card.year for entry in closed)
    plan = downloads.plan(so.of_entries(facts, (*closed, other)), Parts(tmp_path, "dasar"))
    now = whole(so.of_entries(facts, (*facts.entries[:-1], other)))
    lists = [path for path in plan if "daftar" in path or path in GREAT]
    assert {path: plan[path]() for path in lists} == {path: now[path] for path in lists}


def opened():
    raise AssertionError("butir yang tidak berubah dibuka")


def test_a_new_item_gives_those_of_the_years_before_other_numbers(facts, tmp_path):
    fewer = so.of_entries(facts, facts.entries[:-1])
    assert kept(fewer, tmp_path) == whole(fewer)
    before = written(tmp_path)
    assert kept(facts, tmp_path) == whole(facts)
    older = {name for name, inode in written(tmp_path).items() if "-2025" in name and inode != before[name]}
    assert older == {f"situs-{name}-daftar-2025{rows}.bagian" for name in ("csv", "xlsx") for rows in ("", "-baris")}


def test_a_damaged_part_is_made_anew(facts, tmp_path):
    kept(facts, tmp_path)
    for file in (tmp_path / "sopan").glob("situs-*.bagian"):
        head, rest = file.read_bytes().split(b"\n", 1)
        file.write_bytes(head + b"\nlain" + rest)
    assert kept(facts, tmp_path) == whole(facts)
