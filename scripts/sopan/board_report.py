"""The board: every open item, whose turn it is and since when, as a table for people and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from sopan import quoting, timing_words
from sopan.policy import Policy
from sopan.timing_figures import Waiting

FORMAT = "papan/1"

_COLUMNS = ("butir", "pengajuan", "ditunggu", "oleh", "sejak", "sudah", "waktu baku")


def as_json(waiting: Sequence[Waiting], policy: Policy) -> str:
    """The board with instants in the office's zone and lengths in whole seconds."""
    rows = [_row(one, policy) for one in waiting]
    return json.dumps({"skema": FORMAT, "butir": rows}, ensure_ascii=False, indent=2)


def as_table(waiting: Sequence[Waiting], policy: Policy, console: Console) -> None:
    """One row an item, longest waiting first, and below them what was written on each; says so where nothing waits."""
    if not waiting:
        console.print("Tidak ada butir yang sedang berjalan.")
        return
    table = Table(*_COLUMNS)
    for one in waiting:
        table.add_row(*_cells(one, policy))
    console.print(table)
    for one in waiting:
        if said := note(one.note, one.note_by, policy):
            console.print(f"{one.item} – {said}", markup=False, soft_wrap=True)


def note(text: str, role: str, policy: Policy) -> str:
    """What was written on handing an item over, with the role that wrote it; nothing where nothing was."""
    return f"Catatan {policy.sop.roles[role].name}: {quoting.note(text)}" if text else ""


def _cells(one: Waiting, policy: Policy) -> tuple[str, ...]:
    step = policy.sop.step(one.step)
    return (
        one.item,
        str(one.attempt),
        step.label + (" (dikerjakan)" if one.started else ""),
        one.waited_for,
        timing_words.instant(one.since, policy.office.zone) if one.since else "-",
        timing_words.figure(one.elapsed) if one.elapsed else "-",
        str(one.standard) if one.standard else "-",
    )


def _row(one: Waiting, policy: Policy) -> dict[str, object]:
    return {
        "butir": one.item,
        "putaran": one.round,
        "pengajuan": one.attempt,
        "langkah": one.step,
        "tindakan": policy.sop.step(one.step).action,
        "peran": one.role,
        "menunggu": one.waited_for,
        "dikerjakan": one.started,
        "sejak": one.since.astimezone(policy.office.zone).isoformat() if one.since else None,
        "detik": int(one.elapsed.value.total_seconds()) if one.elapsed else None,
        "waktu_baku": str(one.standard) if one.standard else None,
        "catatan": quoting.note(one.note) if one.note else None,
        "catatan_oleh": one.note_by if one.note else None,
    }
