"""The SOP's own page: every value of the source, empty parts shown as empty, and the flow drawn from our additions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from markupsafe import Markup

from sopan.site import flow, render
from sopan.site.body import Heading
from sopan.sop import Sop, StandardTime

_STEP_GROUPS = {"awal": "Langkah awal", "utama": "Langkah utama", "akhir": "Langkah akhir"}
_SECTIONS = {
    "bagan-alir": "Bagan alir",
    "prosedur": "Prosedur dan mutu baku",
    "identitas": "Identitas SOP",
    "tugas-dan-fungsi": "Tugas dan fungsi",
    "lembar-kerja": "Lembar kerja identifikasi kegiatan",
    "catatan-naskah": "Catatan atas naskah sumber",
    "tambahan": "Yang kami tambahkan",
}


def html(sop: Sop) -> Markup:
    """The page's body."""
    text = cast("Mapping[str, Any]", sop.text)  # its shape is held by sop.schema.json
    activities: Sequence[Mapping[str, Any]] = text["prosedur"]["kegiatan"]
    identified = text["lembar_kerja"]["identifikasi_langkah"]
    return render.page(
        "sop.html",
        root="../",
        sop=sop,
        text=text,
        drawing=flow.draw(sop),
        total=total(sop),
        activities=list(zip(activities, sop.steps, strict=True)),
        drawn_in_source=all(activity["pelaksana"] for activity in activities),
        identified=[(f"Identifikasi langkah: {name}", identified[key]) for key, name in _STEP_GROUPS.items()],
        separated=[", ".join(_role_names(sop, group)) for group in sop.separated],
    )


def headings(sop: Sop) -> tuple[Heading, ...]:
    """The page's sections that are there."""
    return tuple(
        Heading(2, anchor, title)
        for anchor, title in _SECTIONS.items()
        if anchor != "catatan-naskah" or sop.text["catatan_sumber"]
    )


def total(sop: Sop) -> StandardTime | None:
    """The sum of all standard times; None when their units differ, since hours and days do not add up."""
    times = [step.standard_time for step in sop.steps if step.standard_time]
    if len({time.unit for time in times}) != 1:
        return None
    return StandardTime(sum(time.value for time in times), times[0].unit)


def _role_names(sop: Sop, codes: frozenset[str]) -> list[str]:
    return [role.name for role in sop.roles.values() if role.code in codes]
