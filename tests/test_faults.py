"""What may break in an office, with real processes, a few times; `benchmarks/fault_counts.py` plays it in full."""

import random

import fault_crowd
import faults
from faults import Blows
from office import Office
from sopan import publish
from sopan.history import MAIN


def test_a_killed_push_leaves_all_or_nothing_and_the_server_goes_on(office: Office):
    """The whole of it is killed, then receive-pack alone, then a hook alone."""
    count = faults.pushes(office, 3, Blows(random.Random(7)))  # noqa: S311 - moments, no secret
    assert count.tried == 3
    assert any("killed" in how for how in count.ended)


def test_a_killed_publisher_leaves_a_whole_site_to_its_reader(after):
    count, told = faults.publications(after(7), 2, Blows(random.Random(3)))  # noqa: S311 - same
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


def test_of_several_merges_of_one_item_one_is_taken(office: Office):
    office.upto(6)
    taken = faults.race(office, 2, "main")
    assert len(taken) == 1
    assert office.server(MAIN) == taken[0]


def test_items_that_go_their_way_at_once_all_land(desks):
    counts = fault_crowd.officers(desks, 2)
    assert [count.ended["made"] for count in counts] == [7, 7]
    fault_crowd.require_timed(desks, 2)
