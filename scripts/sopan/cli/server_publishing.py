"""`sopan server jaga`, and what follows a move of `main`: the site is made equal to it and read back."""

from __future__ import annotations

from pathlib import Path

from sopan import left_locks
from sopan.cli.indonesian import command
from sopan.cli.server_words import CLOCK, HOME
from sopan.cli.words import instant, notice
from sopan.errors import SopanError
from sopan.history import History
from sopan.server import recording, site
from sopan.server.home import Home, now, open_home


@command("jaga")
@HOME
@CLOCK
def keep_up(folder: Path, clock: str | None) -> None:
    """Menyelesaikan yang tertunda: agenda, penerbitan, dan bukti tayang. Jalankan saat mulai dan berkala."""
    home, history = open_home(folder)
    left_locks.clear(home.folder)
    recording.drain(home, history)
    make_live(home, history, clock)


def make_live(home: Home, history: History, clock: str | None) -> None:
    """Publish `main` and prove what is live; what fails stays pending and says so, for `jaga` to try again."""
    try:
        with site.published(home, history) as published:
            if published.whole:
                notice(f"Seluruh situs dibangun: {published.whole}.")
            notice("Situs sudah sama dengan main.")
            for proof in site.prove(home, history, instant(clock) or now()):
                said = f"belum terbukti: {proof.pending}" if proof.pending else "terbukti tayang"
                notice(f"{proof.address} {said}.")
    except SopanError as error:
        raise SopanError(f"Penerbitan tertunda: {error} Ulangi dengan `sopan server jaga`.") from error


COMMANDS = (keep_up,)
