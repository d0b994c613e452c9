"""`sopan waktu` and `sopan laporan` as people call them, over one office in which an item was published."""

import csv
import io
import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from desks import ITEM, git, sopan
from sopan.history import MAIN


@pytest.fixture(scope="module")
def published(states):
    return states(7)


@pytest.fixture(scope="module")
def told(published):
    return json.loads(published.done("dewi", "waktu", "--format", "json").out)


def test_every_form_tells_the_same_steps(published, told):
    steps = told["butir"][0]["putaran"][0]["langkah"]
    commits = [step["komit"] for step in steps]
    rows = list(csv.DictReader(io.StringIO(published.done("dewi", "waktu", "--format", "csv").out)))
    log = ET.fromstring(published.done("dewi", "waktu", "--format", "xes").out.encode())
    objects = json.loads(published.done("dewi", "waktu", "--format", "ocel").out)
    assert len(commits) == 7
    assert [row["komit"] for row in rows if row["penilaian"]] == commits
    assert [e.get("value") for e in log.iter() if e.get("key") == "komit"] == [row["komit"] for row in rows]
    assert [one["type"] for one in objects["events"]] == [row["concept:name"] for row in rows]
    assert [row["time:timestamp"] for row in rows if row["penilaian"]] == [step["diterima"] for step in steps]


def test_a_summary_says_the_same_in_three_forms(published, told):
    steps = told["butir"][0]["putaran"][0]["langkah"]
    summed = json.loads(published.done("dewi", "waktu", "--per", "peran", "--format", "json").out)
    assert sum(group["jumlah"] for group in summed["kelompok"]) == len(steps)
    assert summed["putaran"]["terbit"] == 1
    markdown = published.done("dewi", "waktu", "--per", "peran", "--format", "markdown").out
    table = published.done("dewi", "waktu", "--per", "peran").out
    for group in summed["kelompok"]:
        assert f"| {group['nama']} | {group['jumlah']} |" in markdown
        assert group["nama"] in table


def test_kinds_come_from_the_items_themselves(published):
    summed = json.loads(published.done("dewi", "waktu", "--per", "jenis", "--format", "json").out)
    assert [(group["nama"], group["jumlah"]) for group in summed["kelompok"]] == [("renja_pd", 7)]


def test_an_event_log_is_no_summary(published):
    said = published.do("dewi", "waktu", "--per", "peran", "--format", "xes")
    assert (said.code, said.out) == (2, "")
    assert "Catatan kejadian (xes) tidak dapat diringkas; hapus --per." in said.err


def test_a_months_report(published):
    month = datetime.now(tz=UTC).strftime("%Y-%m")  # the office was founded in this test run
    said = published.done("dewi", "laporan", month, "--format", "html").out
    assert said.startswith("<!doctype html>")
    assert "Tidak ada langkah SOP" in published.done("dewi", "laporan", "2019-05").out
    assert ITEM in published.done("dewi", "laporan", month).out


@pytest.mark.parametrize("month", ["2026", "2026-13", "november", "26-11"])
def test_a_month_that_is_none(published, month):
    said = published.do("dewi", "laporan", month)
    assert (said.code, said.err) == (2, f"Bulan “{month}” tidak terbaca; tulis seperti 2026-11.\n")


@pytest.mark.parametrize("way", ["squash", "rebase"])
def test_a_flattened_history_is_refused_with_its_reason(after, way):
    desks = after(7)
    merge = git(desks.server, "rev-parse", MAIN)
    branch, tree = git(desks.server, "rev-parse", f"{MAIN}^2"), git(desks.server, "rev-parse", f"{MAIN}^{{tree}}")
    told = git(desks.server, "log", "-7", "--format=* %s%n%n%b", branch)
    flat = (
        branch
        if way == "rebase"
        else git(desks.server, "commit-tree", tree, "-p", f"{merge}^1", "-m", f"Butir (#7)\n\n{told}")
    )
    git(desks.top, "clone", "--quiet", "--bare", "--no-hardlinks", str(desks.server), "rata")
    git(desks.top / "rata", "fetch", "--quiet", str(desks.server), flat)
    git(desks.top / "rata", "update-ref", MAIN, flat)
    said = sopan("waktu", at=desks.top / "rata")
    assert said.code == 2
    assert "riwayat diratakan (squash atau rebase)" in said.err
    git(desks.top / "rata", "update-ref", MAIN, merge)
    assert sopan("waktu", at=desks.top / "rata").code == 0
