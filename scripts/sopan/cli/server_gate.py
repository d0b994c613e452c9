"""The gate's command, which `pre-receive` calls. Every push waits for it: nothing is loaded that judges nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sopan import moves
from sopan.cli.boundary import guarded
from sopan.cli.indonesian import command
from sopan.cli.server_words import CLOCK, HOME, PUSHER
from sopan.cli.words import instant
from sopan.errors import Refused, SopanError
from sopan.moves import Move
from sopan.server import bounded, receive
from sopan.server.home import Home, now, open_home
from sopan.server.spool import Sender, is_git


@command("terima", hidden=True)
@HOME
@PUSHER
@CLOCK
def accept(folder: Path, pusher: str, clock: str | None) -> int:
    """The gate (pre-receive): judge, under limits, what git names on standard input."""
    sender = Sender(pusher, os.getppid())
    wanted = moves.read(sys.stdin.read().splitlines())
    if not is_git(sender.process):
        raise SopanError(receive.BROKEN_OFF)
    at = instant(clock) or now()
    return bounded.run(lambda: guarded(lambda: _judge(folder, wanted, sender, at), log=Home(folder).faults))


def _judge(folder: Path, wanted: Sequence[Move], sender: Sender, at: datetime) -> None:
    home, history = open_home(folder)
    findings = receive.judge(home, history, wanted, sender, at)
    if findings:
        raise Refused(["Kiriman ditolak:", *(finding.sentence() for finding in findings)])


COMMANDS = (accept,)
