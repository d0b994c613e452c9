"""What changes at instants and holds between them: laid out once, and asked for each act of a history."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

T = TypeVar("T")

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Eras(Generic[T]):
    """The instants of change in UTC, in order; and what held before the first, and from each on."""

    changes: Sequence[datetime]
    held: Sequence[T]

    def at(self, instant: datetime) -> T:
        """What held at an instant."""
        return self.held[bisect_right(self.changes, instant)]

    def during(self, since: datetime, until: datetime) -> Sequence[T]:
        """All that held at some moment of a span, both ends included."""
        return self.held[bisect_right(self.changes, since) : bisect_right(self.changes, until) + 1]


def lay_out(ends: Iterable[datetime | None], holding: Callable[[datetime], T]) -> Eras[T]:
    """The eras between these instants (None is none), by what holds at the first moment of each."""
    changes = sorted({end.astimezone(UTC) for end in ends if end})
    return Eras(changes, [holding(at) for at in (_BEFORE_ALL, *changes)])
