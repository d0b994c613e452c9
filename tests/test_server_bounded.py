"""Judging under limits: whatever ends a judgement but its own word refuses."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from sopan.errors import SopanError
from sopan.server import bounded

OUT_OF_BOUNDS = "Penilaian melampaui batas prosesor atau memori, jadi kiriman ditolak; kirim lebih sedikit sekaligus."


@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_judgement_gives_its_own_code(code):
    assert bounded.run(lambda: code) == code


def test_a_fault_refuses():
    assert bounded.run(lambda: 1 // 0) == os.EX_SOFTWARE


def test_too_much_memory_refuses(monkeypatch):
    """The child is a copy of this test process, which already holds what earlier tests left it."""
    held = int(re.search(r"VmData:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))[1]) * 1024
    monkeypatch.setattr(bounded, "MEMORY_BYTES", held + 192 * 1024 * 1024)
    assert bounded.run(lambda: len(bytearray(64 * 1024 * 1024)) and 0) == 0
    assert bounded.run(lambda: len(bytearray(512 * 1024 * 1024)) and 0) == os.EX_SOFTWARE


def test_too_much_processor_time_refuses(monkeypatch):
    monkeypatch.setattr(bounded, "CPU_SECONDS", 1)
    with pytest.raises(SopanError) as refusal:
        bounded.run(spin)
    assert str(refusal.value) == OUT_OF_BOUNDS


def test_a_judgement_that_is_killed_refuses():
    with pytest.raises(SopanError) as refusal:
        bounded.run(lambda: os.kill(os.getpid(), signal.SIGKILL) or 0)
    assert str(refusal.value) == OUT_OF_BOUNDS


def test_a_judgement_that_hangs_is_ended_and_refuses(monkeypatch):
    monkeypatch.setattr(bounded, "WALL_SECONDS", 1)
    with pytest.raises(SopanError) as refusal:
        bounded.run(lambda: time.sleep(3600) or 0)
    assert str(refusal.value) == ("Penilaian melampaui 1 detik, jadi kiriman ditolak; kirim lebih sedikit sekaligus.")


def spin():
    while True:
        pass
