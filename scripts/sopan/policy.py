"""Policy: everything that the gate goes by, read from one place (a commit of `main`, or a folder)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopan.office import Office
    from sopan.officers import Register
    from sopan.sop import Sop
    from sopan.worktime import Calendar

SOP_FILE = "sop.yml"
OFFICERS_FILE = "petugas.yml"
OFFICE_FILE = "kantor.yml"
CALENDAR_FOLDER = "kalender"
SCHEMA_FOLDER = "schemas"
CODEOWNERS_FILE = "CODEOWNERS"
ITEMS_FOLDER = "docs/informasi"


@dataclass(frozen=True)
class Policy:
    """One consistent policy. `schemas` maps a file name in `schemas/` to the parsed JSON Schema."""

    sop: Sop
    register: Register
    office: Office
    calendar: Calendar
    schemas: Mapping[str, Mapping[str, object]]
