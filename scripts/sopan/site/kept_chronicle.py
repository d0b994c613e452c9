"""What was told of the record, as it is kept beside the repository, so that a publication tells only what is new."""

from __future__ import annotations

from datetime import datetime

import orjson

from sopan import kept_lines
from sopan.kept_log import Row
from sopan.site.chronicle import Past, Told
from sopan.turns import Busy

FILE = kept_lines.FOLDER / "situs-kisah.jsonl"


def row(item: str, told: Told) -> bytes:
    """What is told of an item, as it is kept."""
    past = told.past
    line = orjson.dumps(
        (
            told.rounds,
            [list(span) for span in told.spans],
            sorted(told.concurrent),
            (past.published, past.notes, past.stood_before, past.made_of),
        )
    )
    return b"\t".join((item.encode(), line, told.figures))


def read(row: Row) -> Told:
    """The same as it was."""
    _, line, figures = bytes(row).split(b"\t", 2)
    rounds, spans, concurrent, past = orjson.loads(line)
    published, notes, stood_before, made_of = past
    return Told(
        rounds=rounds,
        spans=tuple(map(_span, spans)),
        concurrent=frozenset(concurrent),
        past=Past(tuple(map(datetime.fromisoformat, published)), tuple(notes), stood_before, made_of),
        figures=figures,
    )


def _span(told: list[str]) -> Busy:
    officer, commit, since, until = told
    return Busy(officer, commit, datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
