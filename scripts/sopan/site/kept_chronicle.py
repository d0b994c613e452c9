"""What was told of the record, kept beside the repository, so that a publication tells only what is new.

All is bound to one digest of what else decides how it is told (`basis`) and to where the office began; what is damaged,
or of another basis, is not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import orjson

from sopan import kept_lines
from sopan.site.chronicle import Past, Told
from sopan.timing_samples import Outcome, Sample
from sopan.turns import Busy

FILE = kept_lines.FOLDER / "situs-kisah.jsonl"


def load(file: Path, basis: str) -> dict[str, Told]:
    """What was told, by item; nothing where it is not whole, or was told by another basis."""
    head, *lines = kept_lines.load(file) or [b""]
    return dict(map(_parsed, lines)) if head == basis.encode() else {}


def save(file: Path, basis: str, told: Mapping[str, Told]) -> None:
    """Keep these, and no others."""
    kept_lines.save(file, (basis.encode(), *(_line(item, one) for item, one in told.items())))


def _line(item: str, told: Told) -> bytes:
    past = told.past
    return orjson.dumps(
        (
            item,
            told.rounds,
            [list(span) for span in told.spans],
            sorted(told.concurrent),
            (past.published, past.notes, past.stood_before, past.made_of),
            [sample[1:] for sample in told.samples],  # their item stands before
            [list(outcome) for outcome in told.outcomes],
            told.row,
        )
    )


def _parsed(line: bytes) -> tuple[str, Told]:
    item, rounds, spans, concurrent, past, samples, outcomes, row = orjson.loads(line)
    published, notes, stood_before, made_of = past
    return item, Told(
        rounds=rounds,
        spans=tuple(map(_span, spans)),
        concurrent=frozenset(concurrent),
        past=Past(tuple(map(datetime.fromisoformat, published)), tuple(notes), stood_before, made_of),
        samples=tuple([Sample(item, *sample) for sample in samples]),
        outcomes=tuple([Outcome(*outcome) for outcome in outcomes]),
        row=tuple(row),
    )


def _span(told: list[str]) -> Busy:
    officer, commit, since, until = told
    return Busy(officer, commit, datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
