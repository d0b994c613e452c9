"""The files that the site offers beside its pages, by the path below the site; each made only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sopan.site import performance_page, spreadsheet
from sopan.site.facts import SiteFacts

FOLDER = "unduh"


def plan(facts: SiteFacts) -> Mapping[str, Callable[[], bytes]]:
    """How to make each file."""
    return {
        f"{FOLDER}/kinerja.csv": lambda: spreadsheet.as_csv(performance_page.sheets(facts)),
        f"{FOLDER}/kinerja.xlsx": lambda: spreadsheet.as_xlsx(performance_page.sheets(facts)),
    }
