"""`sopan server kunci` and the forced command of ssh behind each key."""

from __future__ import annotations

from pathlib import Path

from sopan import policies
from sopan.cli.indonesian import command
from sopan.cli.server_words import HOME, PUSHER
from sopan.cli.words import result
from sopan.server import door, recording
from sopan.server.home import now, open_home


@command("kunci")
@HOME
def keys(folder: Path) -> None:
    """Menuliskan isi authorized_keys bagi akun server."""
    home, history = open_home(folder)
    main = recording.require_recorded(history)
    result(door.authorized_keys(home, policies.policy_at(history, main).register, now()).rstrip("\n"))


@command("pintu", hidden=True)
@HOME
@PUSHER
def serve(folder: Path, pusher: str) -> None:
    """The forced command of ssh: git, and nothing else."""
    home, history = open_home(folder)
    history.close()
    door.serve(home, door.original_command(), pusher)


COMMANDS = (keys, serve)
