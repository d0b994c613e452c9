"""Work that children do beside the process: forked, so that they know all that it knows and hold what it has locked.

The failure of a child is the failure of whoever waits for it; or, where it was to say something, it says nothing, and
its work is done by whoever listened.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from sopan.errors import SopanError

_CUT_OFF = "Pekerjaan di samping terhenti di tengah jalan; jalankan lagi, dan bila berulang, laporkan kepada pengelola."
_END = b"\nselesai\n"


@dataclass(frozen=True)
class Child:
    """A process, and the file descriptor on which it says why it failed."""

    process: int
    said: int


def begin(tasks: Sequence[Callable[[], object]]) -> list[Child]:
    """Children that do the tasks, each every so manieth of them; no more children than processors."""
    lanes = len(os.sched_getaffinity(0))
    shares = [tasks[lane::lanes] for lane in range(min(lanes, len(tasks)))]
    return [_begun(partial(_do, share)) for share in shares]


def wait(children: list[Child]) -> None:
    """Wait until all have ended, and take them off the list; SopanError with what the first said that failed."""
    ended = [_ended(children.pop(0)) for _ in range(len(children))]
    for reason in filter(None, ended):
        raise SopanError(reason)


def stop(children: list[Child]) -> None:
    """End those that are still on the list."""
    for child in children:
        os.kill(child.process, signal.SIGKILL)
        _ended(child)
    children.clear()


@contextmanager
def meanwhile(tasks: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Children that do the tasks while this process goes on, which waits for them at the end."""
    children = begin(tasks)
    try:
        yield
        wait(children)
    finally:
        stop(children)


@contextmanager
def telling(work: Callable[[], Iterable[bytes]]) -> Iterator[BinaryIO]:
    """What a child says of its work, to be read while it goes on; the child is gone afterwards."""
    child = _begun(partial(_tell, work))
    try:
        with os.fdopen(child.said, "rb") as said:
            yield said
    finally:
        os.waitpid(child.process, 0)  # who is no longer listened to ends by itself


def answer(said: BinaryIO) -> bytes | None:
    """The rest of what a child says; None where it did not come to its end."""
    told = said.read()
    return told.removesuffix(_END) if told.endswith(_END) else None


def code(task: Callable[[], int]) -> int:
    """The code that a forked child ends with; whatever escapes its task must not run on in a copy of the parent."""
    try:
        return task()
    except BaseException:  # noqa: BLE001 - a forked child ends here in every case, and its parent fails
        return os.EX_SOFTWARE


def _do(tasks: Iterable[Callable[[], object]], _writing: int) -> None:
    for task in tasks:
        task()
        gc.collect()
        gc.freeze()  # what is left of it is not looked at again


def _tell(work: Callable[[], Iterable[bytes]], writing: int) -> None:
    with os.fdopen(writing, "wb", closefd=False) as told:
        for part in work():
            told.write(part)
            told.flush()
        told.write(_END)


def _begun(work: Callable[[int], None]) -> Child:
    """A child that does the work, which may write to the descriptor that it is given."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)  # so that it ends when nobody listens any more
        os._exit(code(partial(_worked, work, writing)))
    os.close(writing)
    return Child(process, reading)


def _worked(work: Callable[[int], None], writing: int) -> int:
    gc.freeze()  # a collection would look at all that the parent holds, and so copy it
    gc.disable()  # and again and again at what one task needs to its end
    try:
        work(writing)
    except SopanError as error:
        os.write(writing, str(error).encode())
        return os.EX_DATAERR
    return os.EX_OK


def _ended(child: Child) -> str:
    """Why the child failed, in a sentence; empty where it did not."""
    with os.fdopen(child.said, "rb") as said:
        sentence = said.read().decode()
    _, status = os.waitpid(child.process, 0)
    return sentence or ("" if status == 0 else _CUT_OFF)
