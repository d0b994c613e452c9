"""The one boundary that catches: whatever goes wrong in a command, nothing passes as approved.

Exit codes: 0 clean, 1 refused or findings, 2 cannot judge (which refuses too).
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import click

from sopan.cli.indonesian import explain
from sopan.cli.words import notice
from sopan.errors import Refused, SopanError, cause

CLEAN, REFUSED, CANNOT_JUDGE = 0, 1, 2


def guarded(command: Callable[[], object], *, log: Path | None = None) -> int:
    """The exit code of a command, its trouble told in sentences.

    The trace of a fault of ours goes to `log` where there is one: it may hold what a pusher must not be shown.
    """
    try:
        answer = command()
    except Refused as refusal:
        for sentence in refusal.sentences:
            notice(sentence)
        return REFUSED
    except (SopanError, OSError, click.UsageError, click.exceptions.Abort) as error:
        notice(_why(error))
        return CANNOT_JUDGE
    except Exception:  # noqa: BLE001 - an unforeseen fault must refuse, not pass
        _keep(log)
        notice("Sopan berhenti karena kesalahan yang tidak terduga; tidak ada yang disetujui. Beri tahu pengelola.")
        return CANNOT_JUDGE
    return answer if isinstance(answer, int) else CLEAN


def _keep(log: Path | None) -> None:
    if log is None:
        traceback.print_exc()
        return
    with log.open("a", encoding="utf-8") as file:
        traceback.print_exc(file=file)


def _why(error: Exception) -> str:
    """What kept a command from going on, in one sentence."""
    if isinstance(error, OSError):
        place = error.filename or "Tempat kerja"
        return f"{place} tidak dapat dibaca atau ditulis: {cause(error)}; perbaiki, lalu ulangi."
    if isinstance(error, click.UsageError):
        return explain(error)
    return "Dihentikan; tidak ada yang diubah." if isinstance(error, click.exceptions.Abort) else str(error)
