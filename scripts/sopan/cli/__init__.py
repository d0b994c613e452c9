"""The command `sopan`: the commands of the officers, of the office and of the server under one name."""

from __future__ import annotations

import sys

import click

from sopan.cli import audit, boundary, calendars, github, office, officer, server, times, upkeep
from sopan.cli.indonesian import Group


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--bantuan", "--help"], "max_content_width": 110})
def sopan() -> None:
    """Sopan: tata kelola informasi publik menurut SOP, langkah demi langkah, tercatat dan terbukti."""


for _commands in (officer, upkeep, office, times, calendars, audit, server, github):
    for _command in _commands.COMMANDS:
        sopan.add_command(_command)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run one command and give its exit code."""
    return boundary.guarded(lambda: sopan.main(words, prog_name="sopan", standalone_mode=False))
