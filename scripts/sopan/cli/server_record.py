"""The recorder's command, which `post-receive` calls; what publishes is loaded only where `main` moved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sopan import moves
from sopan.cli.boundary import guarded
from sopan.cli.indonesian import command
from sopan.cli.server_words import CLOCK, HOME, PUSHER
from sopan.history import MAIN
from sopan.moves import Move
from sopan.server import recording
from sopan.server.home import Home, open_home


@command("catat", hidden=True)
@HOME
@PUSHER
@CLOCK
def keep(folder: Path, pusher: str, clock: str | None) -> int:
    """The recorder and publisher (post-receive): the ledger first, then the site."""
    del pusher  # the spool holds it, from the gate's own call
    moved = moves.read(sys.stdin.read().splitlines())
    return guarded(lambda: _record(folder, moved, clock), log=Home(folder).faults)


def _record(folder: Path, moved: Sequence[Move], clock: str | None) -> None:
    home, history = open_home(folder)
    recording.drain(home, history)
    if any(move.ref == MAIN for move in moved):
        from sopan.cli import server_publishing  # noqa: PLC0415 - every push starts this command, and few publish

        server_publishing.make_live(home, history, clock)


COMMANDS = (keep,)
