"""What may break in an office, with real processes, a few times; `benchmarks/fault_counts.py` plays it in full."""

import random

import pytest

import faults
from desks import git, sopan
from office import Office
from sopan import publish
from sopan.history import MAIN


def test_a_killed_push_leaves_all_or_nothing_and_the_server_goes_on(office: Office):
    count = faults.pushes(office, 4, random.Random(7))  # noqa: S311 - moments, no secret
    assert count.tried == 4
    assert any(how.startswith("killed") for how in count.ended)


def test_a_killed_publisher_leaves_a_whole_site_to_its_reader(after):
    count, told = faults.publications(after(7), 2, random.Random(3))  # noqa: S311 - same
    assert count.tried == 2
    assert told["reads"] > 100
    assert (told["missing"], told["mixed"]) == (0, 0)


def test_publishers_at_once_publish_once(after):
    desks = after(7)
    desks.site.unlink()
    assert set(faults.together(desks, 3)) <= {0, 2}
    assert publish.holds(desks.site, desks.archive.resolve(MAIN))
    releases = [path for path in desks.site.with_name("situs.rilis").iterdir() if path.name.startswith(".")]
    assert releases == []


def test_of_several_heads_for_one_branch_one_is_taken(office: Office):
    taken = faults.race(office, 3)
    assert len(taken) == 1
    assert office.server(office.ref("butir")) == taken[0]


def test_items_that_go_their_way_at_once_all_land(desks):
    counts = faults.officers(desks, 2)
    assert [count.ended["made"] for count in counts] == [7, 7]
    git(desks.server, "fsck", "--no-progress")
    assert sopan("audit", at=desks.server).code == 0
    merges = git(desks.server, "rev-list", "--merges", "--count", MAIN)
    assert merges == "2"


@pytest.mark.parametrize("how", ["truncated", "a bit flipped"])
def test_a_damaged_pack_is_refused_and_never_published(office: Office, how, tmp_path):
    office.publish()
    faults.damaged(office, how)
    told = sopan("audit", at=office.home.folder)
    assert (told.code, told.out) == (2, "")
    published = sopan("terbit", "--ke", str(tmp_path / "www"), at=office.home.folder)
    assert (published.code, published.out) == (2, "")
    assert not (tmp_path / "www").exists()
