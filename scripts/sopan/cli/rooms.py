"""Commands by name, each from the module that holds it: all modules together take half a second to load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

import click


class Rooms(Mapping[str, click.Command]):
    """The commands of several modules of `sopan.cli`; a module is loaded when one of its commands is asked for."""

    def __init__(self, rooms: Mapping[str, tuple[str, ...]]) -> None:
        self._rooms = rooms

    def __getitem__(self, name: str) -> click.Command:
        for room, names in self._rooms.items():
            if name in names:
                known: tuple[click.Command, ...] = import_module(f"sopan.cli.{room}").COMMANDS
                return next(one for one in known if one.name == name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for names in self._rooms.values() for name in names)

    def __len__(self) -> int:
        return sum(map(len, self._rooms.values()))
