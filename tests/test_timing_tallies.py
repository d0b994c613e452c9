"""Counts of different samples add up to the counts of all of them, also when they were kept in between."""

import statistics

import orjson
from hypothesis import given
from hypothesis import strategies as st

from sopan import timing_summary, timing_tallies
from sopan.timing_samples import Sample

LENGTHS = st.none() | st.integers(0, 5)
SAMPLES = st.lists(
    st.builds(
        Sample,
        item=st.sampled_from(["2025/a", "2026/b"]),
        step=st.integers(1, 7),
        role=st.sampled_from(["admin", "kabid"]),
        month=st.sampled_from(["2025-12", "2026-01"]),
        again=st.booleans(),
        judgement=st.sampled_from(["sesuai baku", "tidak terukur"]),
        evidence=st.sampled_from(["agenda", "perkiraan"]),
        process=LENGTHS,
        work=LENGTHS,
        waited_for=st.none() | st.sampled_from(["Admin", "kantor"]),
    )
)


def kept(tallies):
    return timing_tallies.read(orjson.loads(orjson.dumps(timing_tallies.plain(tallies))))


@given(st.lists(SAMPLES, max_size=4))
def test_parts_that_were_kept_add_up_to_the_whole(parts):
    whole = [sample for part in parts for sample in part]
    for name in (lambda one: one.month, lambda one: one.waited_for):
        added = timing_tallies.together(kept(timing_tallies.of(part, name)) for part in parts)
        assert added == timing_tallies.of(whole, name)
        assert set(added) == {name(one) for one in whole} - {None}


@given(SAMPLES)
def test_a_group_counts_every_field_of_its_samples(samples):
    for month, tally in timing_tallies.of(samples, lambda one: one.month).items():
        mine = [one for one in samples if one.month == month]
        assert sorted(tally.step.elements()) == sorted(one.step for one in mine)
        assert tally.again[True] == sum(one.again for one in mine)
        took = [one.process for one in mine if one.process is not None]
        assert sorted(tally.process.elements()) == sorted(took)
        middle = timing_summary.spread(tally.process).median
        assert (middle.total_seconds() * 10**6 if took else None) == (round(statistics.median(took)) if took else None)
