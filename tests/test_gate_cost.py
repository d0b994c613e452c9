"""What a judgement costs depends on the branch that is judged, and on nothing else that the repository holds."""

import pytest

import crowded


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
