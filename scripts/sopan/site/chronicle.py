"""The record as the site shows it: what lists say of each item's past, and the sums; rounds and figures when asked for.

What is told of an item rests on its closed rounds, on which of its starts overlap with others', and on what its basis
names: where these are as they were, it is told as it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import chain, groupby, islice
from typing import TypeAlias

import orjson

from sopan import record_cache, summary_report, timing, timing_samples, timing_summary, turns
from sopan.chain import Round
from sopan.policy import Policy
from sopan.record_cache import Reading
from sopan.site import digests, year_sums
from sopan.timing_figures import RoundTiming
from sopan.timing_samples import Outcome, Sample
from sopan.timing_summary import Summary
from sopan.turns import Busy, Walk


@dataclass(frozen=True)
class Past:
    """What any page may say of an item's past: when `main` received each version, and what it says has changed.

    `stood_before`: the item was there when the chain began (`sopan server siapkan`), whatever came after. `made_of` is
    one digest of all that the item's own pages read of its past.
    """

    published: tuple[datetime, ...]
    notes: tuple[str, ...]
    stood_before: bool
    made_of: str


@dataclass(frozen=True)
class Figures:
    """What sums of an item are made of, and its line among the tables of sums, empty where no step was made."""

    samples: tuple[Sample, ...]
    outcomes: tuple[Outcome, ...]
    row: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What is told of one item, what its sums are made of, and what that rests on.

    `rounds` is a digest of its closed rounds, `spans` are its starts, of which `concurrent` overlap with others (by
    commit). `figures` are `Figures` as JSON, read for the few items whose sums are made anew.
    """

    rounds: str
    spans: tuple[Busy, ...]
    concurrent: frozenset[str]
    past: Past
    figures: bytes


@dataclass(frozen=True)
class Year:
    """The items of a year by identity, and one digest of all that is told of them."""

    items: tuple[str, ...]
    made_of: str


@dataclass(frozen=True)
class Origins:
    """What only the repository knows: each round's own note of what changed, and what stood before the chain began."""

    notes: Callable[[Sequence[Round]], Sequence[str]]
    had: Callable[[str], bool]


Keep: TypeAlias = Callable[[str, str, Callable[[], bytes]], bytes]
"""Gives what is kept under a name, made of what one digest says, or else makes it and keeps it."""


def unkept(_name: str, _made_of: str, make: Callable[[], bytes]) -> bytes:
    """What nothing is kept of."""
    return make()


@dataclass(frozen=True)
class Chronicle:
    """What is told of every item, by identity; and the rounds that it was told of, at their `places`."""

    policy: Policy
    reading: Reading
    places: Mapping[str, Sequence[int]]
    told: Mapping[str, Told]
    keep: Keep = unkept

    @cached_property
    def years(self) -> Mapping[str, Year]:
        """The items by year, the oldest year first."""
        grouped = groupby(sorted(self.told), key=lambda item: item.partition("/")[0])
        years = ((year, tuple(items)) for year, items in grouped)
        return {year: Year(items, digests.of([self.told[i].past.made_of for i in items])) for year, items in years}

    def summary(self, kind_of: Mapping[str, str]) -> Summary:
        """The sums over all items, by everything but by item; `kind_of` maps items to their kind of document."""
        return year_sums.summary(self.policy.sop, (self._sums(name, kind_of) for name in self.years))

    def rows(self, year: str) -> Iterator[tuple[str, ...]]:
        """The items of a year of which a step was made, as a table tells them."""
        return (figures.row for figures in self._figures(year) if figures.row)

    def of(self, item: str) -> tuple[tuple[Round, RoundTiming], ...]:
        """The closed rounds of an item with their figures, the oldest first."""
        rounds = [self.reading.closed(place) for place in self.places.get(item, ())]
        walks = turns.walks(self.policy.sop, rounds)
        return tuple(zip(rounds, _timed(self.policy, walks, self.told[item].concurrent), strict=True))

    def _sums(self, name: str, kind_of: Mapping[str, str]) -> bytes:
        year = self.years[name]
        made_of = digests.of(year.made_of, [kind_of.get(item) for item in year.items])
        return self.keep(f"jumlah-{name}", made_of, partial(self._summed, name, kind_of))

    def _summed(self, name: str, kind_of: Mapping[str, str]) -> bytes:
        figures = list(self._figures(name))
        samples = [sample for one in figures for sample in one.samples]
        outcomes = [outcome for one in figures for outcome in one.outcomes]
        return year_sums.made(self.policy.sop, samples, outcomes, kind_of)

    def _figures(self, name: str) -> Iterator[Figures]:
        return (figures_of(item, self.told[item]) for item in self.years[name].items)


def figures_of(item: str, told: Told) -> Figures:
    """What sums of an item are made of."""
    samples, outcomes, row = orjson.loads(told.figures)
    return Figures(
        tuple([Sample(item, *sample) for sample in samples]),
        tuple([Outcome(*outcome) for outcome in outcomes]),
        tuple(row),
    )


def tell(
    policy: Policy,
    reading: Reading,
    items: Iterable[str],
    origins: Origins,
    kept: Mapping[str, Told],
    *,
    keep: Keep = unkept,
) -> Chronicle:
    """The chronicle of these items and of all that have rounds; `kept` is what was told before by the same basis."""
    teller = _Teller(policy, reading, origins, _places(reading.lines))
    rests_on = {item: teller.digest(item) for item in sorted({*items, *teller.places})}
    same = {item: kept[item] for item, rounds in rests_on.items() if item in kept and kept[item].rounds == rounds}
    walks = teller.walks([item for item in rests_on if item not in same])
    spans = chain((span for one in same.values() for span in one.spans), _spans(chain.from_iterable(walks.values())))
    overlapping = turns.overlaps(spans)
    settled = {item: one for item, one in same.items() if _among(one.spans, overlapping) == one.concurrent}
    walks |= teller.walks([item for item in same if item not in settled])
    told = {**settled, **dict(teller.tell(walks, rests_on, overlapping))}
    return Chronicle(policy, reading, teller.places, told, keep)


@dataclass(frozen=True)
class _Teller:
    policy: Policy
    reading: Reading
    origins: Origins
    places: Mapping[str, Sequence[int]]

    def digest(self, item: str) -> str:
        """One digest of an item's rounds."""
        lines = [self.reading.lines[place] for place in self.places.get(item, ())]
        return hashlib.sha256(b"\n".join(lines)).hexdigest()

    def walks(self, items: Sequence[str]) -> dict[str, list[Walk]]:
        """The rounds of these items as they went, all followed in one go."""
        rounds = (self.reading.closed(place) for item in items for place in self.places.get(item, ()))
        walked = turns.walks(self.policy.sop, rounds)
        return {item: list(islice(walked, len(self.places.get(item, ())))) for item in items}

    def tell(
        self, walks: Mapping[str, Sequence[Walk]], rests_on: Mapping[str, str], overlapping: frozenset[str]
    ) -> Iterator[tuple[str, Told]]:
        """What is told of these items, all timed in one go."""
        timed = _timed(self.policy, chain.from_iterable(walks.values()), overlapping)
        for item, each in walks.items():
            spans = tuple(_spans(each))
            figures = list(islice(timed, len(each)))
            yield (
                item,
                Told(
                    rounds=rests_on[item],
                    spans=spans,
                    concurrent=_among(spans, overlapping),
                    past=self._past(item, [walk.round for walk in each], figures),
                    figures=self._figures(figures),
                ),
            )

    def _past(self, item: str, rounds: Sequence[Round], figures: Sequence[RoundTiming]) -> Past:
        notes, stood_before = tuple(self.origins.notes(rounds)), self.origins.had(item)
        made_of = digests.of(rounds, notes, stood_before, figures)
        return Past(tuple(one.acts[-1].at for one in rounds), notes, stood_before, made_of)

    def _figures(self, timed: Sequence[RoundTiming]) -> bytes:
        samples = [sample for one in timed for sample in timing_samples.of_round(one, self.policy.calendar)]
        outcomes = [tuple(timing_samples.outcome(one)) for one in timed]
        return orjson.dumps(([sample[1:] for sample in samples], outcomes, self._row(samples)))  # their item is known

    def _row(self, samples: Sequence[Sample]) -> tuple[str, ...]:
        sop = self.policy.sop
        groups = Summary(sop, partial(timing_summary.tallied, sop, samples, {}), Counter()).items
        return summary_report.row(groups[0]) if groups else ()


def _places(lines: Sequence[bytes]) -> Mapping[str, Sequence[int]]:
    """At which places an item's rounds stand."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        found[record_cache.item_of(line)].append(place)
    return found


def _spans(walks: Iterable[Walk]) -> Iterator[Busy]:
    return (span for walk in walks for span in walk.busy)


def _among(spans: Iterable[Busy], overlapping: frozenset[str]) -> frozenset[str]:
    return overlapping.intersection([span.commit for span in spans])


def _timed(policy: Policy, walks: Iterable[Walk], concurrent: frozenset[str]) -> Iterator[RoundTiming]:
    return timing.timed(walks, concurrent, sop=policy.sop, calendar=policy.calendar, register=policy.register)
