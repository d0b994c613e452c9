"""The sums over all items from those of each year's, which are kept as JSON and made anew where the year is another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import orjson

from sopan import timing_summary, timing_tallies
from sopan.sop import Sop
from sopan.timing_samples import Outcome, Sample
from sopan.timing_summary import KINDS, MONTHS, ROLES, STEPS, WAITS, Summary

_GROUPINGS = (STEPS, ROLES, KINDS, MONTHS, WAITS)  # items have lines of their own, which no other year adds to


def made(sop: Sop, samples: Sequence[Sample], outcomes: Iterable[Outcome], kind_of: Mapping[str, str]) -> bytes:
    """What a year's steps and rounds come to; `kind_of` maps items to their kind of document."""
    tallies = {by: timing_tallies.plain(timing_summary.tallied(sop, samples, kind_of, by)) for by in _GROUPINGS}
    return orjson.dumps((tallies, [(*outcome, times) for outcome, times in Counter(outcomes).items()]))


def summary(sop: Sop, years: Iterable[bytes]) -> Summary:
    """The sums over all years; they are by everything but by item."""
    read = [orjson.loads(year) for year in years]
    outcomes = Counter[Outcome]()
    for *outcome, times in chain.from_iterable(told for _, told in read):
        outcomes[Outcome(*outcome)] += times
    return Summary(sop, lambda by: timing_tallies.together(timing_tallies.read(told[by]) for told, _ in read), outcomes)
