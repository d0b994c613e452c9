"""What may break below an office, a few times; `benchmarks/fault_counts.py` plays it in full."""

from itertools import pairwise

import pytest

import fault_machine as faults
from desks import ITEM, git, sopan
from office import Office
from sopan import ledger

CLOCK = pytest.mark.skipif(not faults.FAKETIME, reason="libfaketime is not installed (Debian: apt install faketime)")
KIB = 1024


@pytest.mark.optional
def test_a_disk_full_of_other_things_refuses_a_push_and_keeps_nothing_of_it(office: Office, tmp_path):
    with faults.small_disk(tmp_path / "cakram", 64) as disk:
        count = faults.pushes_into_a_full_disk(office, disk, (24 * KIB, 16 * KIB * KIB))
    assert count.ended == {"refused": 1, "landed": 1}


@pytest.mark.optional
def test_a_disk_full_of_other_things_keeps_the_old_site(after, tmp_path):
    with faults.small_disk(tmp_path / "cakram", 64) as disk:
        count = faults.publications_onto_a_full_disk(after(7), disk, (600 * KIB, 32 * KIB * KIB))
    assert count.ended == {"old site": 1, "new site": 1}


@CLOCK
def test_clocks_that_jump_let_nothing_in_that_is_dated_wrong_and_records_go_on(after):
    desks = after(1)
    assert desks.do("budi", "terima", ITEM).code == 0  # a record of now, behind which no later one is dated
    faults.clock_of_server(desks, "-30s")  # as a clock is set right
    assert desks.do("budi", "lanjut", ITEM).code == 0
    faults.clock_of_server(desks, "-10m")
    late = desks.do("dewi", "terima", ITEM)
    assert late.err.splitlines()[-1].startswith("Jam server menunjukkan "), late
    faults.clock_of_server(desks, "+10m")
    early = desks.do("dewi", "terima", ITEM)
    assert (early.code, "[waktu-" in early.err) == (1, True), early
    faults.clock_of_server(desks, "")
    for step in ("+10m", "-10m"):
        said = faults.by_clock(desks, step, "dewi", "terima", ITEM)
        assert (said.code, "[waktu-" in said.err) == (1, True), said
    assert desks.do("dewi", "terima", ITEM).code == 0
    records = ledger.read(desks.archive).records
    assert all(before.at <= after.at for before, after in pairwise(records))
    assert sopan("audit", at=desks.server).code == 0


def test_no_push_is_judged_by_half_of_one_release_and_half_of_another(office: Office):
    assert faults.upgrades(office, 3).ended == {"landed": 3}


@pytest.mark.skipif(not faults.WRK, reason="wrk is not installed (Debian: apt install wrk)")
def test_readers_in_a_crowd_get_their_page_while_the_site_is_published(states, tmp_path):
    counted, published = faults.load(states(7), tmp_path, 2)
    assert counted["requests"] > 100
    assert (counted["refused"], counted["broken"]) == (0, 0)
    assert published > 0


@pytest.mark.parametrize("how", ["truncated", "a bit flipped", "an object missing"])
def test_a_damaged_repository_is_refused_and_never_published(office: Office, how, tmp_path):
    office.publish()
    faults.damaged(office, how)
    told = sopan("audit", at=office.home.folder)
    assert (told.code, told.out) == (2, "")
    published = sopan("terbit", "--ke", str(tmp_path / "www"), at=office.home.folder)
    assert (published.code, published.out) == (2, "")
    assert not (tmp_path / "www").exists()


@pytest.mark.parametrize(
    ("how", "said"), [("--depth=1", "(shallow)"), ("--filter=blob:none", "(partial clone)"), ("--no-tags", "")]
)
def test_part_of_a_history_judges_and_publishes_nothing(office: Office, how, said, tmp_path):
    git(office.home.folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--no-checkout", how, f"file://{office.home.folder}", "klon")
    move = ("gerbang", "--dasar", "origin/main", "--ujung", "origin/main")
    judged = sopan(*move, at=tmp_path / "klon")
    assert (judged.code, said in judged.err) == (2 if said else 1, True), judged
    if said:
        published = sopan("terbit", "--ke", str(tmp_path / "www"), at=tmp_path / "klon")
        assert (published.code, said in published.err) == (2, True), published
        assert not (tmp_path / "www").exists()
