"""Processes of `sopan` that need not import it first: a server that has done so forks one for each command.

Half a second a command, some thousand times. The child is a process of its own, with its own folder, environment and
streams; what it runs is `sopan.cli.main`, as `python -m sopan` does. A command in another environment than a desk's own
(`desks.environment`) is started for real, since its imports might see it.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import click


@cache
def _door(environment: tuple[tuple[str, str], ...]) -> str:
    """The address of this test process's own server, which ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="hangat-")
    address = str(Path(folder.name) / "pintu")
    words = [sys.executable, __file__, address]
    server = subprocess.Popen(words, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"siap\n"

    def end() -> None:
        server.stdin.close()
        server.wait(10)
        folder.cleanup()

    atexit.register(end)
    return address


def run(
    words: tuple[str, ...], *, at: Path, given: str, seconds: int, environment: dict[str, str]
) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of one command."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        line.connect(_door(tuple(sorted(environment.items()))))
        line.sendall(json.dumps([words, str(at), given]).encode())
        line.shutdown(socket.SHUT_WR)
        answer = _received(line)
    assert answer, (words, "ended without an answer")
    code, out, err = json.loads(answer)
    return code, out, err


def _received(line: socket.socket) -> bytes:
    return b"".join(iter(lambda: line.recv(1 << 16), b""))


def _serve(address: str) -> None:
    """Fork a child for each caller, until standard input closes."""
    import select  # noqa: PLC0415 - the server's own

    from sopan.cli import sopan  # noqa: PLC0415 - this is what is kept warm
    from sopan.site import build, with_mkdocs  # noqa: PLC0415, F401 - and what its commands load when they come to it

    _load(sopan)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(64)
        sys.stdout.write("siap\n")
        sys.stdout.flush()
        while True:
            ready, _, _ = select.select([door, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            line, _ = door.accept()
            if os.fork() == 0:
                door.close()
                _answer(line)
            line.close()


def _load(commands: click.Group) -> None:
    """Load every command below, each of which lies in a module that is loaded when it is asked for."""
    for command in commands.commands.values():
        if isinstance(command, click.Group):
            _load(command)


def _answer(line: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    words, at, given = json.loads(_received(line))
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(given.encode())
        stdin.seek(0)
        for number, stream in enumerate((stdin, out, err)):
            os.dup2(stream.fileno(), number)
        os.chdir(at)
        time.tzset()
        code = _main(words)
        line.sendall(json.dumps([code, _text(out), _text(err)]).encode())
    os._exit(0)


def _main(words: list[str]) -> int:
    from sopan.cli import main  # noqa: PLC0415 - known by now

    sys.argv = ["sopan", *words]
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _text(stream: object) -> str:
    stream.seek(0)
    return stream.read().decode()


if __name__ == "__main__":
    _serve(sys.argv[1])
