"""The record as the site shows it: what lists say of each item's past, and the sums; rounds and figures when asked for.

What is told of an item rests on its closed rounds, on which of its starts overlap with others', and on what the basis
of all that is kept names: where these are as they were, it is told as it was. The items of a year of which nobody asks
are not looked at.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice

from sopan import record_cache, summary_report, timing, timing_samples, timing_summary, turns
from sopan.chain import Round
from sopan.policy import Policy
from sopan.record_cache import Reading
from sopan.site import digests, past, year_sums
from sopan.site.kept_parts import Parts
from sopan.site.past import Figures, Past, Told
from sopan.timing_figures import RoundTiming
from sopan.timing_samples import Sample
from sopan.timing_summary import Summary
from sopan.turns import Busy, Walk

_TOLD = "kisah"


@dataclass(frozen=True)
class Origins:
    """What only the repository knows: each round's own note of what changed, and what stood before the chain began."""

    notes: Callable[[Sequence[Round]], Sequence[str]]
    had: Callable[[str], bool]


@dataclass(frozen=True)
class Year:
    """The closed rounds of a year's items, at their `places` in the record."""

    reading: Reading
    places: Sequence[int]

    @cached_property
    def made_of(self) -> str:
        """One digest of the rounds."""
        return self._digest(self.places)

    @cached_property
    def items(self) -> Mapping[str, Sequence[int]]:
        """The places of each item's rounds; the items are sorted."""
        found: dict[str, list[int]] = defaultdict(list)
        for place in self.places:
            found[record_cache.item_of(self.reading.lines[place])].append(place)
        return dict(sorted(found.items()))

    def rounds(self, item: str) -> str:
        """One digest of an item's rounds."""
        return self._digest(self.items[item])

    def _digest(self, places: Iterable[int]) -> str:
        return hashlib.sha256(b"\n".join([self.reading.lines[place] for place in places])).hexdigest()


@dataclass(frozen=True)
class Chronicle:
    """What is told of every item, once somebody asks for it; what can be told again is kept in `parts`."""

    policy: Policy
    reading: Reading
    origins: Origins
    parts: Parts

    @cached_property
    def years(self) -> Mapping[str, Year]:
        """The years of which an item has closed rounds, the oldest first."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(self.reading.lines):
            places[record_cache.item_of(line).partition("/")[0]].append(place)
        return {year: Year(self.reading, some) for year, some in sorted(places.items())}

    def made_of(self, year: str) -> str:
        """One digest of all that what is told of a year's items rests on."""
        if year not in self.years:
            return ""
        return digests.of(self.years[year].made_of, self._among(chain.from_iterable(self._spans[year].values())))

    def told(self, item: str) -> Told:
        """What is told of an item; those beside it are not looked at, where it was kept and its year is closed."""
        name = item.partition("/")[0]
        if name not in self.years or item not in self.years[name].items:
            return Told(self._past(item, (), ()), self._figures(()))
        line = None if name in self._opened else self._kept_of(name).get(self._rests_on(name, item))
        return past.read(line or self._lines(name)[item])

    def open(self, year: str) -> None:
        """Have at hand what is told of all items of a year."""
        if year in self.years:
            self._lines(year)

    def summary(self, kinds: Mapping[str, Mapping[str, str]]) -> Summary:
        """The sums over all items, by everything but by item; `kinds` maps a year's items to their kind of document."""
        return year_sums.summary(self.policy.sop, (self._sums(year, kinds.get(year, {})) for year in self.years))

    def rows(self, year: str) -> Iterator[tuple[str, ...]]:
        """The items of a year of which a step was made, as a table tells them."""
        return (figures.row for figures in self._figures_of(year) if figures.row)

    def of(self, item: str) -> tuple[tuple[Round, RoundTiming], ...]:
        """The closed rounds of an item with their figures, the oldest first."""
        year = self.years.get(item.partition("/")[0])
        rounds = [self.reading.closed(place) for place in year.items.get(item, ())] if year else []
        return tuple(zip(rounds, self._timed(turns.walks(self.policy.sop, rounds)), strict=True))

    @cached_property
    def _spans(self) -> Mapping[str, Mapping[str, Sequence[Busy]]]:
        """The starts of each item, by year."""
        return {
            name: past.spans(self.parts.part(f"mulai-{name}", year.made_of, partial(self._begun, name, year)))
            for name, year in self.years.items()
        }

    def _begun(self, name: str, year: Year) -> bytes:
        begun = partial(self._begun_of, year)
        return past.together(self.parts.lines(f"mulai-{name}-butir", list(year.items), year.rounds, begun))

    def _begun_of(self, year: Year, items: Sequence[str]) -> Iterator[bytes]:
        return (past.of_spans(item, _spans(each)) for item, each in self._walks(year, items).items())

    @cached_property
    def _overlapping(self) -> frozenset[str]:
        """The starts, by commit, during which their officer had also begun something else."""
        return turns.overlaps(span for year in self._spans.values() for each in year.values() for span in each)

    def _among(self, spans: Iterable[Busy]) -> frozenset[str]:
        return self._overlapping.intersection([span.commit for span in spans])

    def _lines(self, name: str) -> Mapping[str, bytes]:
        """What is told of the items of a year that have rounds, as it is kept; told anew where it rests on another."""
        if name not in self._opened:
            year = self.years[name]
            rests_on, tell = partial(self._rests_on, name), partial(self._tell, year)
            lines = self.parts.lines(f"{_TOLD}-{name}", list(year.items), rests_on, tell)
            self._opened[name] = dict(zip(year.items, lines, strict=True))
        return self._opened[name]

    @cached_property
    def _opened(self) -> dict[str, Mapping[str, bytes]]:
        return {}

    def _kept_of(self, name: str) -> Mapping[str, bytes]:
        """What was told of the items of a year before, by what it rested on."""
        if name not in self._before:
            self._before[name] = self.parts.kept_lines(f"{_TOLD}-{name}")
        return self._before[name]

    @cached_property
    def _before(self) -> dict[str, Mapping[str, bytes]]:
        return {}

    def _rests_on(self, name: str, item: str) -> str:
        return digests.of(self.years[name].rounds(item), self._among(self._spans[name][item]))

    def _tell(self, year: Year, items: Sequence[str]) -> Iterator[bytes]:
        """What is told of these items, all timed in one go."""
        walks = self._walks(year, items)
        timed = self._timed(chain.from_iterable(walks.values()))
        for item, each in walks.items():
            figures = list(islice(timed, len(each)))
            own = self._past(item, [walk.round for walk in each], figures)
            yield past.line(Told(own, self._figures(figures)))

    def _walks(self, year: Year, items: Iterable[str]) -> Mapping[str, Sequence[Walk]]:
        """The rounds of these items as they went, all followed in one go."""
        places = {item: year.items[item] for item in items}
        rounds = map(self.reading.closed, chain.from_iterable(places.values()))
        walked = turns.walks(self.policy.sop, rounds)
        return {item: list(islice(walked, len(each))) for item, each in places.items()}

    def _timed(self, walks: Iterable[Walk]) -> Iterator[RoundTiming]:
        rules = self.policy
        return timing.timed(
            walks, self._overlapping, sop=rules.sop, calendar=rules.calendar, register=rules.register
        )

    def _past(self, item: str, rounds: Sequence[Round], figures: Sequence[RoundTiming]) -> Past:
        notes, stood_before = tuple(self.origins.notes(rounds)), self.origins.had(item)
        made_of = digests.of(rounds, notes, stood_before, figures)
        return Past(tuple(one.acts[-1].at for one in rounds), notes, stood_before, made_of)

    def _figures(self, timed: Sequence[RoundTiming]) -> bytes:
        samples = [sample for one in timed for sample in timing_samples.of_round(one, self.policy.calendar)]
        return past.of_figures(samples, [timing_samples.outcome(one) for one in timed], self._row(samples))

    def _row(self, samples: Sequence[Sample]) -> tuple[str, ...]:
        sop = self.policy.sop
        groups = Summary(sop, partial(timing_summary.tallied, sop, samples, {}), Counter()).items
        return summary_report.row(groups[0]) if groups else ()

    def _sums(self, year: str, kinds: Mapping[str, str]) -> bytes:
        return self.parts.part(
            f"jumlah-{year}", digests.of(self.made_of(year), kinds), partial(self._summed, year, kinds)
        )

    def _summed(self, year: str, kinds: Mapping[str, str]) -> bytes:
        figures = self._figures_of(year)
        samples = [sample for one in figures for sample in one.samples]
        outcomes = [outcome for one in figures for outcome in one.outcomes]
        return year_sums.made(self.policy.sop, samples, outcomes, kinds)

    def _figures_of(self, year: str) -> Sequence[Figures]:
        if year not in self._figured:
            lines = self._lines(year).items()
            self._figured[year] = [past.figures(item, past.read(line)) for item, line in lines]
        return self._figured[year]

    @cached_property
    def _figured(self) -> dict[str, Sequence[Figures]]:
        return {}


def _spans(walks: Iterable[Walk]) -> Iterator[Busy]:
    return (span for walk in walks for span in walk.busy)
