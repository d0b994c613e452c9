"""Examining in a child: what it does not answer for is not accepted, and the rest is examined all the same."""

import json
import subprocess

import pytest

import attached
from attached import LEGAL
from sopan import attachments, limited
from sopan.attachments import Examined, Fault, limits

CSV = ("data.csv", b"a,b\n1,2\n")
BAD = ("buruk.csv", b"a,b\n=1,2\n")
NOT_JUDGED = Examined((Fault("lampiran-tak-ternilai"),))


def test_the_answers_are_those_of_an_examination():
    files = [(name, make()) for name, make in LEGAL.items()] + [BAD, ("kosong.pdf", b"")]
    assert limited.screen(files) == [attachments.examine(name, data) for name, data in files]


def test_no_files_need_no_child(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    assert limited.screen([]) == []


def test_two_files_of_one_name_are_two():
    assert [len(found.faults) for found in limited.screen([CSV, ("data.csv", BAD[1])])] == [0, 1]


def child_that(monkeypatch, *statements):
    """A child which does something else when it comes to `buruk.csv`."""
    lines = [
        "import sys; sys.path.insert(0, sys.argv.pop(1))",
        "from sopan import attachments, limited",
        "from sopan.attachments import limits",
        "examine = attachments.examine",
        "def other(name, data):",
        "    if name == 'buruk.csv':",
        *(f"        {statement}" for statement in statements),
        "    return examine(name, data)",
        "attachments.examine = other",
        "limited.child()",
    ]
    monkeypatch.setattr(limited, "_RUN", "\n".join(lines))


@pytest.mark.parametrize(
    "statements",
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",),
        ("raise SystemExit(0)",),
        ("raise RuntimeError",),
        ("bytearray(limits.MEMORY_BYTES)",),
        ("print('bukan jawaban', flush=True)", "raise SystemExit"),
        ("print('{\"faults\": []}', flush=True)", "raise SystemExit"),
        ("print('{\"faults\": [], \"texts\": [], \"scanned\": false}', end='', flush=True)", "raise SystemExit"),
    ],
    ids=["crash", "quiet end", "fault", "memory", "garbage", "half an answer", "an answer cut off"],
)  # fmt: skip
def test_a_file_that_ends_the_child_is_not_accepted_and_the_rest_is_examined(monkeypatch, statements):
    child_that(monkeypatch, *statements)
    assert limited.screen([CSV, BAD, CSV, BAD]) == [
        attachments.examine(*CSV),
        NOT_JUDGED,
        attachments.examine(*CSV),
        NOT_JUDGED,
    ]


def test_a_file_that_spends_the_processor_is_not_accepted(monkeypatch):
    child_that(monkeypatch, "limits.CPU_SECONDS = 1", "limited._bound()", "while True: pass")
    assert limited.screen([BAD, CSV]) == [NOT_JUDGED, attachments.examine(*CSV)]


def test_a_file_that_spends_the_time_is_not_accepted(monkeypatch):
    child_that(monkeypatch, "limits.WALL_SECONDS = 1", "limited._bound()", "import time; time.sleep(3600)")
    assert limited.screen([BAD, CSV]) == [NOT_JUDGED, attachments.examine(*CSV)]


def test_each_file_has_a_processor_limit_of_its_own(monkeypatch):
    """Files of which none spends the limit, but all together do."""
    work = ("import time", "end = time.process_time() + 1", "while time.process_time() < end: pass")
    child_that(monkeypatch, "limits.CPU_SECONDS = 2", "limited._bound()", *work)
    assert limited.screen([BAD] * 4) == [attachments.examine(*BAD)] * 4


def test_a_child_that_never_ends_is_ended(monkeypatch):
    child_that(monkeypatch, "import signal, time", "signal.alarm(0)", "time.sleep(3600)")
    monkeypatch.setattr(limited, "_START_SECONDS", 3)
    monkeypatch.setattr(limits, "WALL_SECONDS", 0)
    assert limited.screen([CSV, BAD]) == [attachments.examine(*CSV), NOT_JUDGED]


def test_a_child_that_cannot_start_accepts_nothing(monkeypatch):
    monkeypatch.setattr(limited, "_RUN", "raise SystemExit(3)")
    assert limited.screen([CSV, BAD]) == [NOT_JUDGED, NOT_JUDGED]


def test_more_answers_than_files_are_not_read(monkeypatch):
    answer = json.dumps({"faults": [], "texts": [], "scanned": False})
    monkeypatch.setattr(limited, "_RUN", f"print({answer!r}); print({answer!r})")
    assert limited.screen([CSV]) == [Examined()]


def test_the_child_sees_no_environment_and_no_modules_of_the_folder(monkeypatch, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    child_that(monkeypatch, "import os", "assert not set(os.environ) - {'LC_CTYPE'}")
    assert limited.screen([BAD]) == [attachments.examine(*BAD)]


def test_a_heavy_file_is_ended_by_the_real_limits():
    """A page of forty million letters in a file of some kilobytes."""
    lines = b"(" + b"a" * 1000 + b") Tj\n"
    page = b"BT /F1 1 Tf " + lines * 40_000 + b"ET"

    def change(made):
        made.pages[0].Contents = made.make_stream(page)

    (found,) = limited.screen([("berat.pdf", attached.pdf(change, pages=("x",)))])
    assert found == NOT_JUDGED or [fault.rule for fault in found.faults] == ["lampiran-batas"]
