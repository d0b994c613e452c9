"""`--tidak-boleh-lewat`: what is skipped has failed, unless it may be; without the option nothing changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CASES = """
import pytest

def test_runs(): pass
def test_skipped(): pytest.skip("tool absent")
@pytest.mark.optional
def test_optional(): pytest.skip("no right to mount")
@pytest.mark.xfail(reason="known", strict=True)
def test_expected(): raise AssertionError
"""


@pytest.mark.parametrize(
    ("options", "code", "summary"),
    [
        ((), 0, "1 passed, 2 skipped, 1 xfailed"),
        (("--tidak-boleh-lewat",), 1, "1 failed, 1 passed, 1 skipped, 1 xfailed"),
    ],
    ids=["without", "with"],
)
def test_a_required_test_that_is_skipped_fails_only_where_nothing_may_be(tmp_path, options, code, summary):
    (tmp_path / "test_cases.py").write_text(CASES)
    words = [sys.executable, "-m", "pytest", "-q", "-p", "skips", "-p", "no:cacheprovider", "--rootdir", ".", *options]
    about = {"cwd": tmp_path, "env": {"PYTHONPATH": str(Path(__file__).parent)}, "capture_output": True, "text": True}
    ended = subprocess.run(words, **about, check=False)
    assert ended.returncode == code, ended.stdout
    assert summary in ended.stdout
    assert ("test_skipped was skipped, and --tidak-boleh-lewat forbids that" in ended.stdout) is bool(options)
