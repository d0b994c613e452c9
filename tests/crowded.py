"""Offices in which many items lie already, and what a judgement there costs: for a test and benchmarks/gate_cost.py."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import offices
from desks import environment
from office import Office
from sopan.item_path import ITEMS_FOLDER

COUNTING = """\
#!/bin/sh
printf '%s\\n' "$1" >>'{log}'
exec '{real}' "$@"
"""


def crowd(origin: Path, top: Path, items: int) -> Office:
    """An office whose `main` holds so many items more than the repository's own."""
    source = top / "asal"
    shutil.copytree(origin, source, ignore=shutil.ignore_patterns(".git", "tests"))
    pattern = next((source / ITEMS_FOLDER).glob("*/*/index.md")).read_text("utf-8")
    for number in range(items):
        file = source / ITEMS_FOLDER / f"{2000 + number % 25}" / f"butir-{number}" / "index.md"
        file.parent.mkdir(parents=True)
        file.write_text(pattern, "utf-8")
    return offices.copy(offices.build(source, top / "dasar"), top / "kantor")


def command(office: Office) -> list[str]:
    """How `sopan gerbang` is asked about the item's branch, in the forge's folder."""
    office.gate("butir")  # fetches what the server holds
    move = ("--dasar", office.genesis, "--ujung", office.tip("butir"), "--ref", office.ref("butir"))
    return [sys.executable, "-m", "sopan", "gerbang", *move, "--pada", office.at.isoformat(), "--format", "json"]


def counted(office: Office, top: Path) -> list[str]:
    """The git commands that `sopan gerbang` starts to judge the item's branch, by a git that writes down its calls."""
    real, log, place = shutil.which("git"), top / "catatan", top / "bin"
    place.mkdir(exist_ok=True)
    (place / "git").write_text(COUNTING.format(log=log, real=real), "utf-8")
    (place / "git").chmod(0o755)
    log.write_text("", "utf-8")
    words = command(office)
    around = environment() | {"PATH": f"{place}{os.pathsep}{environment()['PATH']}"}
    ended = subprocess.run(words, cwd=office.forge.folder, env=around, capture_output=True, text=True, check=False)
    assert json.loads(ended.stdout)["putusan"] == "terima", ended
    return sorted(log.read_text("utf-8").splitlines())
