"""What a judgement costs depends on the branch that is judged, and on nothing else that the repository holds."""

import subprocess
import sys

import pytest

import crowded
from desks import environment

PAGES = {"babel", "feedgen", "jinja2", "mkdocs", "openpyxl", "rich"}
JUDGING = {"markdown_it", "re2", "sopan.gate", "sopan.policy", "yaml"}
PUBLISHING = {"http.client", "sopan.publish", "sopan.site", "ssl"}
LOADED = "import sys, {}; print(*sorted(sys.modules.keys() & {}))"


@pytest.fixture
def two(origin, tmp_path):
    """An office with few items, and one with many."""
    made = [crowded.crowd(origin, tmp_path / str(items), items) for items in (2, 300)]
    yield made
    for office in made:
        office.close()


def test_many_items_start_no_git_process_more(two, tmp_path):
    for office in two:
        office.upto(6, push=False)
    few, many = (crowded.counted(office, tmp_path) for office in two)
    assert few
    assert few == many


def test_the_counting_counts(two, tmp_path):
    """The twin: a longer branch is seen to cost more objects, and no process more."""
    office = two[0]
    office.upto(1, push=False)
    short = crowded.counted(office, tmp_path)
    office.step(2)
    assert crowded.counted(office, tmp_path) == short
    assert "cat-file" in short


def loaded(module, what):
    """What of some modules is there once a module was imported."""
    words = [sys.executable, "-c", LOADED.format(module, what)]
    return set(subprocess.run(words, env=environment(), check=True, capture_output=True, text=True).stdout.split())


def test_whoever_may_publish_loads_what_lays_out_pages_only_to_do_so():
    """Every push starts the publisher's module, and few publish."""
    assert loaded("sopan.publish", PAGES) == set()
    assert "mkdocs" not in loaded("sopan.site.build", PAGES)
    assert {"babel", "jinja2", "mkdocs"} <= loaded("sopan.site.with_mkdocs", PAGES)


def test_a_push_is_judged_without_what_publishes_and_recorded_without_what_judges():
    assert loaded("sopan.cli.server_gate", JUDGING | PUBLISHING) == JUDGING
    assert loaded("sopan.cli.server_record", JUDGING | PUBLISHING) == set()
    assert loaded("sopan.cli.server_publishing", PUBLISHING) == PUBLISHING
