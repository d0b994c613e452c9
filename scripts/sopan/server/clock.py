"""The server's clock beside what the ledger holds already: by one that fell behind that nobody is timed.

After a power cut a machine without a living battery begins in the year 2000, and one without a clock where it ended.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sopan.errors import SopanError

_SLACK = timedelta(minutes=1)  # by which a clock is set back in passing: what comes then is dated by the last record


def lags(at: datetime, latest: datetime) -> bool:
    """Whether a clock that says `at` is too far behind the latest record."""
    return latest - at > _SLACK


def settled(at: datetime, latest: datetime) -> datetime:
    """The instant of a new record, never before the latest; SopanError where the clock lags behind that."""
    if lags(at, latest):
        raise SopanError(
            f"Jam server menunjukkan {at}, tetapi agenda sudah mencatat {latest.astimezone(at.tzinfo)}; "
            "tidak ada yang dicatat sampai teknisi membetulkan jam server."
        )
    return max(at, latest)
