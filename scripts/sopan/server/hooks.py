"""The generated hook files: a clean environment, the installed release, and (in test offices) a fixed clock."""

from __future__ import annotations

import shlex
import shutil
import sys
from datetime import datetime
from pathlib import Path

from sopan.server.home import Home

PRE, POST = "pre-receive", "post-receive"
CLOCK = "--pada"
# The release's real folder, not its link: what is imported late must be of the release that began.
RUN = "import os, sys; sys.path.insert(0, os.path.realpath(sys.argv.pop(1))); from sopan.cli import main; main()"
_PLACES = ("/usr/local/bin", "/usr/bin", "/bin")
_KEPT = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")
COMMANDS = {PRE: "terima", POST: "catat"}


def write(home: Home, *, clock: datetime | None = None, final: Path | None = None) -> None:
    """Write both hooks; `clock` fixes the time (test offices only), `final` is where the home will lie."""
    for name, command in COMMANDS.items():
        file = home.hook(name)
        file.parent.mkdir(exist_ok=True)
        file.write_text(script(Home(final or home.folder), command, clock), encoding="utf-8")
        file.chmod(0o755)


def script(home: Home, command: str, clock: datetime | None = None) -> str:
    """The text of a hook: everything of the caller's environment is dropped but git's quarantine and the pusher."""
    kept = " ".join(f'${{{name}+"{name}=${name}"}}' for name in _KEPT)
    called = [*words(home, command), *([CLOCK, clock.isoformat()] if clock else [])]
    return (
        "#!/bin/sh\n"
        "# Ditulis oleh `sopan server siapkan`; jangan disunting.\n"
        f"exec env -i {shlex.join(_environment())} {kept} \\\n"
        f'  {shlex.join(called)} --pengirim "${{SOPAN_PENGIRIM:-jalur:$(id -un)}}"\n'
    )


def words(home: Home, command: str) -> list[str]:
    """The words that run a command of `sopan server` on this home by its installed release."""
    return [sys.executable, "-I", "-B", "-c", RUN, str(home.release), "server", command, str(home.folder)]


def _environment() -> list[str]:
    found = [str(Path(tool).parent) for name in ("git", "ssh-keygen") if (tool := shutil.which(name))]
    path = ":".join(dict.fromkeys([*found, *_PLACES]))
    return [f"PATH={path}", "LC_ALL=C.UTF-8", "TZ=UTC", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null"]
