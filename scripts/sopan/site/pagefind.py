"""Pagefind, as a process that is told one page after the other and gives back the files of their index.

It reads no folder: the order of its pages is ours, whatever order a file system has. It has a folder of its own and no
environment, so that no setting reaches it. What is said is JSON in base64 that ends with a comma, and answered in turn.
"""

from __future__ import annotations

import base64
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, cast

import orjson
from pagefind_bin import get_executable

from sopan.errors import SopanError

LANGUAGE = "unknown"  # Pagefind's own stemmer would cut roots a second time

_END = b","
_FAILED = "Indeks pencarian tidak dapat dibuat: {}. Laporkan kepada pengelola."
_GONE = "Pagefind berhenti di tengah jalan"
_MUCH = 1 << 16


def indexed(pages: Iterable[str]) -> Mapping[str, bytes]:
    """The files that Pagefind makes of these pages, by their paths; a page's address is its number, as in `/7.html`."""
    with tempfile.TemporaryDirectory(prefix="sopan-cari-") as place, _begun(Path(place)) as process:
        index = _asked(process, type="NewIndex", config={"force_language": LANGUAGE})["index_id"]
        for number, page in enumerate(pages):
            _asked(process, type="AddFile", index_id=index, file_path=f"{number}.html", file_contents=page)
        files = _asked(process, type="GetFiles", index_id=index)["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


def _begun(place: Path) -> subprocess.Popen[bytes]:
    """Pagefind, which ends when nothing more can be said to it."""
    return subprocess.Popen(  # noqa: S603  our own
        [str(get_executable()), "--service"],
        bufsize=0,
        cwd=place,
        env={},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _asked(process: subprocess.Popen[bytes], **payload: object) -> dict[str, Any]:
    """What Pagefind answers; SopanError where it does not."""
    said = base64.b64encode(orjson.dumps({"message_id": 1, "payload": payload})) + _END
    try:
        _say(cast("IO[bytes]", process.stdin), said)
    except BrokenPipeError as error:
        raise SopanError(_FAILED.format(_GONE)) from error
    told = cast("dict[str, Any]", orjson.loads(base64.b64decode(_answer(cast("IO[bytes]", process.stdout)))))["payload"]
    if told["type"] == "Error":
        raise SopanError(_FAILED.format(told["message"]))
    return cast("dict[str, Any]", told)


def _say(to: IO[bytes], said: bytes) -> None:
    """Say all of it: a pipe without a buffer may take less than it is given."""
    rest = memoryview(said)
    while rest:
        rest = rest[to.write(rest) :]


def _answer(told: IO[bytes]) -> bytes:
    parts = [b""]
    while not parts[-1].endswith(_END):
        parts.append(told.read(_MUCH))
        if not parts[-1]:
            raise SopanError(_FAILED.format(_GONE))
    return b"".join(parts).removesuffix(_END)
