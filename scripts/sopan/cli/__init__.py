"""The command `sopan`: the commands of the officers, of the office and of the server under one name."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

import click

from sopan.cli import boundary
from sopan.cli.indonesian import Group

_ROOMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "officer": ("serahkan", "terima", "lanjut", "kembalikan", "tarik", "batalkan", "selaraskan", "papan"),
        "checking": ("periksa",),
        "own_key": ("petugas",),
        "upkeep": ("rawat",),
        "office": ("gerbang", "terbit", "codeowners", "templat"),
        "times": ("waktu",),
        "times_told": ("laporan",),
        "calendars": ("kalender",),
        "audit": ("audit",),
        "server": ("server",),
        "github": ("github",),
    }
)


class Commands(Mapping[str, click.Command]):
    """Every command by its name; a room is opened when one of its commands is asked for: all take half a second."""

    def __getitem__(self, name: str) -> click.Command:
        for room, names in _ROOMS.items():
            if name in names:
                known: tuple[click.Command, ...] = import_module(f"sopan.cli.{room}").COMMANDS
                return next(one for one in known if one.name == name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for names in _ROOMS.values() for name in names)

    def __len__(self) -> int:
        return sum(map(len, _ROOMS.values()))


@click.group(
    cls=Group,
    commands=cast(MutableMapping[str, click.Command], Commands()),
    context_settings={"help_option_names": ["-h", "--bantuan", "--help"], "max_content_width": 110},
)
def sopan() -> None:
    """Sopan: tata kelola informasi publik menurut SOP, langkah demi langkah, tercatat dan terbukti."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run one command and give its exit code."""
    return boundary.guarded(lambda: sopan.main(words, prog_name="sopan", standalone_mode=False))
