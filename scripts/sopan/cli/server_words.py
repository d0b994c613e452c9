"""Arguments and options that the commands of a server share."""

from __future__ import annotations

from pathlib import Path

import click

from sopan.server import hooks

HOME = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
CLOCK = click.option(hooks.CLOCK, "clock", metavar="WAKTU", help="Jam tetap; hanya untuk pengujian.")
PUSHER = click.option("--pengirim", "pusher", default="", help="Siapa yang mengirim; hanya dicatat.")
