"""How often each value of samples was met, which is all that sums need: counts of different samples can be added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import is_not
from typing import Any, NamedTuple, TypeAlias

from sopan.timing_samples import Sample

Tallies: TypeAlias = Mapping[str, "Tally"]
"""What the samples of groups come to, by the name of the group."""

_is_measured = partial(is_not, None)


class Tally(NamedTuple):
    """What some samples say, field by field: how often each value; what was not measured is in no count of lengths."""

    step: Counter[int]
    again: Counter[bool]
    judgement: Counter[str]
    evidence: Counter[str]
    process: Counter[int]
    work: Counter[int]


def of(samples: Iterable[Sample], name: Callable[[Sample], str | None]) -> Tallies:
    """The samples in groups; those that have no name are in none."""
    by_name: dict[str | None, list[Sample]] = defaultdict(list)
    for sample in samples:
        by_name[name(sample)].append(sample)
    return {key: _of_one(group) for key, group in by_name.items() if key is not None}


def together(some: Iterable[Tallies]) -> Tallies:
    """The groups of different samples as those of all."""
    by_name: dict[str, list[Tally]] = defaultdict(list)
    for name, tally in chain.from_iterable(tallies.items() for tallies in some):
        by_name[name].append(tally)
    return {name: Tally(*map(_added, zip(*group, strict=True))) for name, group in by_name.items()}


def plain(tallies: Tallies) -> Mapping[str, object]:
    """The same in values that JSON knows: of each field the values, and how often each."""
    return {name: [(list(counts), list(counts.values())) for counts in tally] for name, tally in tallies.items()}


def read(told: Mapping[str, Any]) -> Tallies:
    """The same as it was."""
    return {name: Tally(*map(_counted, tally)) for name, tally in told.items()}


def _counted(told: Sequence[Any]) -> Counter[Any]:
    values, times = told
    return Counter(dict(zip(values, times, strict=True)))


def _of_one(samples: Iterable[Sample]) -> Tally:
    _, step, _, _, again, judgement, evidence, process, work, _ = zip(*samples, strict=True)
    lengths = (Counter(filter(_is_measured, took)) for took in (process, work))
    return Tally(Counter(step), Counter(again), Counter(judgement), Counter(evidence), *lengths)


def _added(some: Iterable[Counter[Any]]) -> Counter[Any]:
    total = Counter[Any]()
    for counts in some:
        total.update(counts)
    return total
