"""Which files are policy: what the gate goes by, and two officers change together."""

from __future__ import annotations

SOP_FILE = "sop.yml"
OFFICERS_FILE = "petugas.yml"
OFFICE_FILE = "kantor.yml"
CALENDAR_FOLDER = "kalender"
SCHEMA_FOLDER = "schemas"
CODEOWNERS_FILE = "CODEOWNERS"
POLICY_FILES = (
    SOP_FILE,
    OFFICERS_FILE,
    OFFICE_FILE,
    f"{CALENDAR_FOLDER}/",
    CODEOWNERS_FILE,
    f"{SCHEMA_FOLDER}/",
)


def is_policy(path: str) -> bool:
    """Whether `path`, from the top of the repository, belongs to policy."""
    return path in POLICY_FILES or path.startswith(tuple(name for name in POLICY_FILES if name.endswith("/")))
