"""The door over ssh: one account, one forced command a key, and nothing but git's two commands behind it."""

from __future__ import annotations

import os
import re
import shlex
from datetime import datetime

from sopan.errors import SopanError
from sopan.officers import Register
from sopan.server import hooks
from sopan.server.home import Home

_ALLOWED = re.compile(r"git[- ](?P<name>receive-pack|upload-pack) '[^']*'")


def authorized_keys(home: Home, register: Register, at: datetime) -> str:
    """The account's `authorized_keys`: every officer's valid keys, each with its forced command and nothing else."""
    lines = []
    for officer in register.officers:
        words = [*hooks.words(home, "pintu"), "--pengirim", officer.id]
        command = shlex.join(words).replace('"', '\\"')
        lines += [
            f'restrict,command="{command}" {key.line} {officer.id}' for key in officer.keys if key.window.holds(at)
        ]
    return "".join(f"{line}\n" for line in lines)


def command(home: Home, original: str | None) -> list[str]:
    """The git command that a caller asked for, on this home whatever path he named; SopanError for anything else."""
    match = _ALLOWED.fullmatch(original or "")
    if match is None:
        raise SopanError("Akun ini hanya melayani git; gunakan perintah sopan dari klon Anda.")
    return ["git", match["name"], str(home.folder)]


def serve(home: Home, original: str | None, pusher: str) -> None:
    """Become that git command, with the pusher's id for the ledger and a clean environment."""
    words = command(home, original)
    caller = os.environ  # noqa: TID251 - two harmless words of it are passed on, nothing is decided by them
    kept = {name: caller[name] for name in ("PATH", "GIT_PROTOCOL") if name in caller}
    environment = kept | {"SOPAN_PENGIRIM": pusher, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    os.execvpe(words[0], words, environment)  # noqa: S606 - no shell stands between


def original_command() -> str | None:
    """What the caller asked ssh for."""
    return os.environ.get("SSH_ORIGINAL_COMMAND")  # noqa: TID251 - this is how sshd tells it
