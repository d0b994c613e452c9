"""A real nginx over a site, and what `wrk` tells of a load."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desks import await_door, free_port

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
_ERRORS = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
_REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_REQUESTS = re.compile(r"(\d+) requests in")


@contextmanager
def nginx(block: str, place: Path) -> Iterator[str]:
    """Run nginx with a server block at a free port of this machine; gives its address."""
    if NGINX is None:
        pytest.skip("nginx is not installed (Debian: apt install nginx-light)")
    port = free_port()
    block = re.sub(r"listen \d+;", f"listen 127.0.0.1:{port};", block)
    logs = "".join(f"{name}_temp_path {place}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    file = place / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    around = f"{user} daemon off; pid {place}/pid; error_log {place}/error.log; events {{}}"
    file.write_text(f"{around}\nhttp {{ access_log off; {logs}\n{block} }}\n")
    with subprocess.Popen([NGINX, "-c", str(file), "-p", str(place)]) as process:
        try:
            await_door(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def counted(said: str) -> dict[str, int]:
    """The requests of a run of `wrk`, those not answered by a page, and the broken connections."""
    requests, refused, errors = _REQUESTS.search(said), _REFUSED.search(said), _ERRORS.search(said)
    assert requests, said
    return {
        "requests": int(requests[1]),
        "refused": int(refused[1]) if refused else 0,
        "broken": sum(map(int, errors.groups())) if errors else 0,
    }
