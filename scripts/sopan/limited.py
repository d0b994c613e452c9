"""Examining what others wrote in a child process: bounds on processor, memory and wall time, and no environment.

The child reads one JSON line for each file and answers with one; a file that it does not answer for, whatever the
reason, is not accepted. After such a file a new child goes on with the rest.
"""

from __future__ import annotations

import base64
import json
import math
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sopan import attachments
from sopan.attachments import limits
from sopan.attachments.examined import Examined, Fault, Text

NOT_JUDGED = Examined((Fault("lampiran-tak-ternilai"),))

_TOP = Path(__file__).resolve().parents[1]
_RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from sopan import limited; limited.child()"
_START_SECONDS = 30


def screen(files: Sequence[tuple[str, bytes]]) -> list[Examined]:
    """Each named file examined, in their order; one that could not be is `lampiran-tak-ternilai`, never clean."""
    answers: list[Examined] = []
    while waiting := files[len(answers) :]:
        told = _answers(_run(waiting), len(waiting))
        answers += [*told, NOT_JUDGED][: len(waiting)]
    return answers


def child() -> None:
    """The child's work: a line in, a line out, under limits that begin anew with each file."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        _bound()
        request = json.loads(line)
        found = attachments.examine(request["name"], base64.b64decode(request["data"]))
        sys.stdout.buffer.write(json.dumps(_as_json(found)).encode() + b"\n")
        sys.stdout.buffer.flush()


def _bound() -> None:
    """Processor and wall time for the next file; the kernel ends the process when either is spent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(used.ru_utime + used.ru_stime)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    soft = spent + limits.CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft if most == resource.RLIM_INFINITY else min(soft, most), most))
    signal.alarm(limits.WALL_SECONDS)


def _run(files: Sequence[tuple[str, bytes]]) -> bytes:
    """What a child says of these files before it ends."""
    lines = (json.dumps({"name": name, "data": base64.b64encode(data).decode()}) for name, data in files)
    command = [sys.executable, "-I", "-B", "-c", _RUN, str(_TOP)]
    given = "\n".join(lines).encode() + b"\n"
    longest = _START_SECONDS + limits.WALL_SECONDS * len(files)
    try:
        return subprocess.run(command, input=given, capture_output=True, timeout=longest, check=False, env={}).stdout  # noqa: S603 - our own interpreter
    except subprocess.TimeoutExpired as expired:
        return expired.stdout or b""


def _answers(said: bytes, most: int) -> Iterator[Examined]:
    """The answers up to the first that is none; a line without an end was cut off."""
    for line in said.split(b"\n")[:-1][:most]:
        try:
            yield _from_json(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            return


def _as_json(found: Examined) -> dict[str, object]:
    return {
        "faults": [[fault.rule, dict(fault.values)] for fault in found.faults],
        "texts": [[text.place, text.text] for text in found.texts],
        "scanned": found.scanned,
    }


def _from_json(said: dict[str, object]) -> Examined:
    faults, texts, scanned = said["faults"], said["texts"], said["scanned"]
    if not (isinstance(faults, list) and isinstance(texts, list) and isinstance(scanned, bool)):
        raise TypeError
    return Examined(
        tuple(Fault(str(rule), {str(key): str(value) for key, value in values.items()}) for rule, values in faults),
        tuple(Text(str(place), str(text)) for place, text in texts),
        scanned,
    )
