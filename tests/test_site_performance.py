"""The page Kinerja SOP: every figure is the report's, every chart has its words and table, and its downloads open."""

import csv
import io

import html5lib
import openpyxl
import pytest

import site_office as so
from sopan import summary_report
from sopan.site import downloads, pages, performance_page, spreadsheet
from sopan.site.kept_parts import Parts
from sopan.site.spreadsheet import Book
from sopan.summary_report import Sheet

ITEM = "2026/rencana-kerja"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    tree = so.make_tree(tmp_path_factory.mktemp("pohon"))
    so.write_item(tree, ITEM, so.AWAL)
    return so.make_facts(tree, so.make_policy(), [so.make_round(ITEM, live="2026-11-23T13:49:10+07:00")])


@pytest.fixture(scope="module")
def page(facts):
    made = pages.plan(facts)[pages.PERFORMANCE]()
    return html5lib.parse(str(made.html), namespaceHTMLElements=False)


def text(element):
    return " ".join("".join(element.itertext()).split())


def table_rows(page):
    return [[text(cell) for cell in row] for row in page.iter("tr")]


def test_every_figure_of_the_report_stands_on_the_page(facts, page):
    shown = table_rows(page)
    told = facts.summary
    for sheet in (
        summary_report.sheet(told, "langkah"),
        summary_report.sheet(told, "bulan"),
        summary_report.waiting(told),
    ):
        assert sheet.rows
        for row in sheet.rows:
            assert list(row) in shown
    assert summary_report.rounds(told.rounds) in text(page)


def test_every_chart_has_a_title_a_description_and_its_table_behind_it(page):
    charts = list(page.iter(f"{SVG}svg"))
    assert len(charts) == 3
    for chart in charts:
        names = chart.attrib["aria-labelledby"].split()
        told = {child.attrib.get("id"): text(child) for child in chart}
        assert chart.attrib["role"] == "img"
        assert all(told[name] for name in names)
    assert len(list(page.iter("table"))) == 5
    assert not list(page.iter("script"))


def test_the_charts_bars_are_as_long_as_their_figures(page):
    bars = [(bar.attrib["class"], int(bar.attrib["width"])) for bar in next(page.iter(f"{SVG}svg")).iter(f"{SVG}rect")]
    standard = [width for mark, width in bars if mark == "baku"]
    measured = [width for mark, width in bars if mark == "ukur"]
    assert measured[2] == max(width for _, width in bars)  # 40 minutes, the longest
    assert measured[2] == pytest.approx(2 * standard[2], abs=1)  # against 20
    assert measured[3:6] == [0, 0, 0]  # not measured: no bar, and the words say so
    assert text(next(page.iter(f"{SVG}svg"))).count("baku 5 menit tidak terukur") == 3


def test_each_figure_is_explained_one_link_away(page):
    links = [a.attrib["href"] for a in page.iter("a")]
    assert f"#{performance_page.DEFINITIONS}" in links
    assert page.find(f".//*[@id='{performance_page.DEFINITIONS}']") is not None
    assert "Lama pengerjaan melebihi waktu baku." in text(page)


def test_no_person_is_named(page):
    assert not [name for name in so.OFFICERS.values() if name in text(page)]


def test_without_history_the_page_says_so(tmp_path):
    facts = so.make_facts(so.make_tree(tmp_path), so.make_policy())
    html, _ = performance_page.html(facts)
    assert "Belum ada langkah yang diukur" in html
    assert "<svg" not in html
    assert not [row for table in performance_page.book(facts).tables for row in so.rows_of(table)]


def test_the_downloads_hold_the_pages_tables_and_are_the_same_bytes_each_time(facts):
    made = {path: make() for path, make in downloads.plan(facts).items()}
    assert made == {path: make() for path, make in downloads.plan(facts).items()}
    rows = list(csv.reader(io.StringIO(made["unduh/kinerja.csv"].decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(made["unduh/kinerja.xlsx"]))
    tables = performance_page.book(facts).tables
    assert book.sheetnames == [table.name for table in tables]
    for table in tables:
        assert [list(row) for row in book[table.name].iter_rows(values_only=True)] == [
            list(table.heads),
            *map(list, so.rows_of(table)),
        ]
        assert all([spreadsheet.defused(cell) for cell in row] in rows for row in so.rows_of(table))
    assert (book.properties.creator, book.properties.lastModifiedBy) == (None, None)


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_program_would_calculate_is_defused(cell):
    book = Book("a", [spreadsheet.table(Sheet("A", ("a",), ((cell,),)))])
    (_, (written,)) = csv.reader(io.StringIO(spreadsheet.as_csv(book, Parts()).decode("utf-8-sig"), newline=""))
    assert written == f"'{cell}"
    page = openpyxl.load_workbook(io.BytesIO(spreadsheet.as_xlsx(book, Parts())))["A"]
    assert page["A2"].data_type == "s"


@pytest.mark.parametrize("cell", ["a=1", "5 menit", "", "2026-11"])
def test_an_ordinary_cell_stays_as_it_is(cell):
    assert spreadsheet.defused(cell) == cell
