"""What is told of one item: its past, its starts, and what its sums are made of; as it is, and as it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from sopan.timing_samples import Outcome, Sample
from sopan.turns import Busy


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
    """What is told of one item; `figures` are `Figures` as JSON, read for the few items whose sums are made anew."""

    past: Past
    figures: bytes


def line(told: Told) -> bytes:
    """What is told of an item, as it is kept."""
    past = told.past
    row = orjson.dumps((past.published, past.notes, past.stood_before, past.made_of))
    return b"\t".join((row, told.figures))


def read(line: bytes) -> Told:
    """The same as it was."""
    row, figures = line.split(b"\t", 1)
    published, notes, stood_before, made_of = orjson.loads(row)
    return Told(Past(tuple(map(datetime.fromisoformat, published)), tuple(notes), stood_before, made_of), figures)


def of_figures(samples: Sequence[Sample], outcomes: Sequence[Outcome], row: Sequence[str]) -> bytes:
    """Figures as they are kept: of samples all but the item, which is known."""
    return orjson.dumps(([sample[1:] for sample in samples], list(map(tuple, outcomes)), row))


def figures(item: str, told: Told) -> Figures:
    """What sums of an item are made of."""
    samples, outcomes, row = orjson.loads(told.figures)
    return Figures(
        tuple([Sample(item, *sample) for sample in samples]),
        tuple([Outcome(*outcome) for outcome in outcomes]),
        tuple(row),
    )


def of_spans(item: str, spans: Iterable[Busy]) -> bytes:
    """The starts of an item as they are kept."""
    return orjson.dumps((item, list(map(list, spans))))


def together(kept: Iterable[bytes]) -> bytes:
    """The starts of items as they are kept together."""
    return b"[%b]" % b",".join(kept)


def spans(kept: bytes) -> Mapping[str, Sequence[Busy]]:
    """The same as they were, by item."""
    return {item: list(map(Busy._make, each)) for item, each in orjson.loads(kept)}
