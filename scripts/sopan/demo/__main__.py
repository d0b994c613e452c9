"""`./scripts/demo`: one item through all steps of the SOP, told in a few lines, over real pushes to a real gate."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sopan.cli.words import notice
from sopan.demo import story
from sopan.errors import SopanError

LOOPBACK = "127.0.0.1"
_MARK = ".demo-sopan"
_START_SECONDS = 10


@click.command()
@click.argument("top", type=click.Path(path_type=Path))
@click.option("--port", default=8000, show_default=True, help="Port situs di komputer ini.")
@click.option("--no-serve", "ends", is_flag=True, help="Berhenti sesudah penerbitan terbukti.")
def demo(top: Path, port: int, *, ends: bool) -> None:
    """Jalankan satu butir informasi melalui semua langkah SOP di kantor contoh."""
    _require_free(port)
    place = _fresh(top / "demo")
    address = f"http://{LOOPBACK}:{port}/"
    with _web_server(place / "situs", port) as server:
        page = story.tell(top, place, address)
        if not ends:
            click.echo(f"\nBuka {page} — hentikan dengan Ctrl+C.")
            server.wait()


def main() -> int:
    """Run the demonstration; 0 when all of it went as told."""
    try:
        demo.main(standalone_mode=False)
    except KeyboardInterrupt:
        return 0
    except (SopanError, click.UsageError) as error:
        notice(str(error))
        return 2
    return 0


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise SopanError(f"Port {port} sedang dipakai; pilih yang lain dengan --port.") from error


def _fresh(place: Path) -> Path:
    """An empty folder for the demonstration; only what an earlier one made is removed."""
    if place.exists() and not (place / _MARK).exists():
        raise SopanError(f"{place} bukan buatan demo; pindahkan dahulu folder itu.")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    (place / _MARK).touch()
    return place


@contextmanager
def _web_server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Python's own web server on loopback, for as long as the demonstration runs."""
    words = [sys.executable, "-m", "http.server", "--bind", LOOPBACK, "--directory", str(folder), str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - fixed words
    try:
        _await(port)
        yield server
    finally:
        server.terminate()
        server.wait()


def _await(port: int) -> None:
    """Wait until the server answers; it takes a moment to start."""
    for _ in range(_START_SECONDS * 10):
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.1)
    raise SopanError(f"Server web di port {port} tidak mulai; ulangi atau pilih port lain dengan --port.")


if __name__ == "__main__":
    sys.exit(main())
