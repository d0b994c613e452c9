"""One story, told in every place where times are shown: all of them say the same of every step.

The story crosses a weekend, has a return and starts, and leaves a second item waiting.
"""

import csv
import io
import json
import statistics
from collections import Counter
from datetime import timedelta
from xml.etree import ElementTree as ET

import html5lib
import openpyxl
import pytest

from desks import git, sopan
from office import ITEM, PACE
from offices import copy
from sopan import history, timing_words
from sopan.history import LEDGER, MAIN
from sopan.site import downloads, gather, pages
from sopan.timing_figures import Judgement

WAITING = "2026/laporan-kinerja"


def at(office, make, *, to="butir", **time):
    """Let time pass since the last act, on the whole minute, and hand in what is made then."""
    office.at += timedelta(**time)
    made_at = office.at
    office.at -= PACE
    make()
    assert office.at == made_at
    office.sent(to)


@pytest.fixture(scope="module")
def office(offices, tmp_path_factory):
    made = copy(offices("bangka"), tmp_path_factory.mktemp("kisah") / "kantor")
    made.turn_to(WAITING)
    at(made, lambda: made.step(1), days=46, hours=8, minutes=20)
    at(made, lambda: made.step(2), days=2, hours=15, minutes=20)
    made.turn_to(ITEM)
    at(made, lambda: made.step(1), minutes=5)
    at(made, lambda: made.start(2), minutes=5)
    at(made, lambda: made.give_back(1, "budi"), minutes=4)
    at(made, lambda: made.start(1), minutes=2)
    at(made, lambda: made.step(1), minutes=3)
    for n in (2, 3, 4, 5, 6):
        if n in {2, 3, 6}:
            at(made, lambda n=n: made.start(n), minutes=2)
        at(made, lambda n=n: made.step(n), minutes=25 if n == 3 else 4)
    at(made, made.merge, to="main", minutes=9)
    made.turn_to(WAITING)
    at(made, lambda: made.start(3), minutes=6)
    yield made
    made.close()


@pytest.fixture(scope="module")
def told(office):
    document = json.loads(sopan("waktu", "--format", "json", at=office.home.folder).out)
    return {one["butir"]: one["putaran"] for one in document["butir"]}


@pytest.fixture(scope="module")
def steps(told):
    return told[ITEM][0]["langkah"]


@pytest.fixture(scope="module")
def facts(office, tmp_path_factory):
    """What a build reads, in a clone of `main` with its ledger."""
    tree = tmp_path_factory.mktemp("klon") / "pohon"
    history.clone(str(office.home.folder), tree).close()
    git(tree, "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    assert git(tree, "rev-parse", "HEAD") == office.server(MAIN)
    return gather.gather(tree)


def seconds(step, figure):
    return step[figure]["detik"]


def rows_of(page, width):
    parsed = html5lib.parse(str(page.html), namespaceHTMLElements=False)
    rows = [[text(cell) for cell in row] for row in parsed.iter("tr") if row.find("td") is not None]
    return [row for row in rows if len(row) == width]


def text(element):
    return " ".join("".join(element.itertext()).split())


def test_from_friday_1620_to_monday_0740_are_twenty_minutes(told):
    handed_in, taken_up = told[WAITING][0]["langkah"]
    assert (handed_in["diterima"], taken_up["diterima"]) == ("2026-04-17T16:20:00+07:00", "2026-04-20T07:40:00+07:00")
    assert taken_up["lama_proses"] == {"detik": 1200, "waktu_kerja": True, "teks": "20 menit"}


def test_every_step_is_the_same_in_the_event_logs(office, steps):
    server = office.home.folder
    lines = list(csv.DictReader(io.StringIO(sopan("waktu", "--format", "csv", at=server).out)))
    table = {line["komit"]: line for line in lines if line["penilaian"]}
    log = {}
    for event in ET.fromstring(sopan("waktu", "--format", "xes", at=server).out.encode()).iter():
        if event.tag.endswith("event"):
            values = {child.get("key"): child.get("value") for child in event}
            log[values["komit"]] = values
    objects = json.loads(sopan("waktu", "--format", "ocel", at=server).out)
    linked = {}
    for event in objects["events"]:
        values = {one["name"]: one["value"] for one in event["attributes"]}
        linked[values["komit"]] = values
    for step in steps:
        expected = [seconds(step, "lama_proses"), seconds(step, "lama_pengerjaan"), step["penilaian"], step["bukti"]]
        shown = ["" if value is None else str(value) for value in expected]
        names = ("lama_proses_detik", "lama_pengerjaan_detik", "penilaian", "bukti")
        assert [table[step["komit"]][name] for name in names] == shown
        for one in (log, linked):
            assert [str(one[step["komit"]].get(name, "")) for name in names] == shown
        assert table[step["komit"]]["time:timestamp"] == step["diterima"]


def test_every_step_is_the_same_on_the_items_page(facts, steps):
    shown = rows_of(pages.plan(facts)[f"informasi/{ITEM}/index.md"](), 8)[: len(steps)]
    columns = [
        [str(s["langkah"]), s["waktu_baku"]["teks"], s["lama_proses"]["teks"], s["lama_pengerjaan"]["teks"]]
        for s in steps
    ]
    assert [[row[0], *row[4:7]] for row in shown] == columns
    assert [row[7].startswith(step["penilaian"]) for row, step in zip(shown, steps, strict=True)] == [True] * len(steps)


def test_the_terminals_table_says_the_same(office, steps):
    said = " ".join(sopan("waktu", at=office.home.folder, COLUMNS="240").out.split())
    for step in steps:
        assert f"{step['lama_proses']['teks']} {step['lama_pengerjaan']['teks']} {step['penilaian']}" in said


def spread(steps, figure):
    values = [value for step in steps if (value := seconds(step, figure)) is not None]
    if not values:
        return timing_words.UNMEASURED
    return timing_words.length(timedelta(seconds=statistics.median(values)))


def test_the_page_kinerja_sop_and_its_downloads_sum_up_the_same_steps(facts, steps):
    book = openpyxl.load_workbook(io.BytesIO(downloads.plan(facts)["unduh/kinerja.xlsx"]()), read_only=True)
    page = rows_of(pages.plan(facts)[pages.PERFORMANCE](), 10)[:7]
    assert [list(row) for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == page
    assert [row[0][:1] for row in page] == ["1", "2", "3", "4", "5", "6", "7"]
    for number, row in enumerate(page, start=1):
        mine = [step for step in steps if step["langkah"] == number]
        judged = Counter(step["penilaian"] for step in mine)
        assert row[1:6] == [
            str(len(mine)),
            mine[0]["waktu_baku"]["teks"],
            *(str(judged[one.value]) for one in Judgement),
        ]
        assert row[6].startswith(spread(mine, "lama_pengerjaan"))
        assert row[7].startswith(spread(mine, "lama_proses"))


def test_the_board_awaits_what_the_report_saw_last(office, told):
    (waiting,) = json.loads(sopan("papan", "--format", "json", at=office.home.folder).out)["butir"]
    step = told[WAITING][0]["langkah"][-1]
    assert (waiting["butir"], waiting["langkah"], waiting["pengajuan"]) == (WAITING, 3, 1)
    assert (waiting["sejak"], waiting["dikerjakan"]) == (step["diterima"], True)
