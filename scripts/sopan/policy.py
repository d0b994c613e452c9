"""Policy: everything that the gate goes by, read from one place (a commit of `main`, or a folder)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from sopan import office, officers, schema, sop, worktime
from sopan.finding import Finding, found
from sopan.office import Office
from sopan.officers import Register
from sopan.policy_files import CALENDAR_FOLDER, OFFICE_FILE, OFFICERS_FILE, SCHEMA_FOLDER, SOP_FILE
from sopan.sop import Sop
from sopan.worktime import Calendar

ITEM_SCHEMA = "informasi.schema.json"
SOP_SCHEMA = "sop.schema.json"
OFFICERS_SCHEMA = "petugas.schema.json"
OFFICE_SCHEMA = "kantor.schema.json"
CALENDAR_SCHEMA = "kalender.schema.json"
SCHEMA_NAMES = (ITEM_SCHEMA, SOP_SCHEMA, OFFICERS_SCHEMA, OFFICE_SCHEMA, CALENDAR_SCHEMA)

_CALENDAR_NAME = re.compile(r"20[0-9]{2}\.yml")

Schema: TypeAlias = Mapping[str, object]
Schemas: TypeAlias = Mapping[str, Schema]
Read: TypeAlias = Callable[[str], bytes | None]
ListFiles: TypeAlias = Callable[[str], Sequence[str]]
T = TypeVar("T")

_ANY_ZONE = ZoneInfo("UTC")  # other files are still read for their faults when kantor.yml gives no zone


@dataclass(frozen=True)
class Policy:
    """One consistent policy. `schemas` maps a file name in `schemas/` to the parsed JSON Schema."""

    sop: Sop
    register: Register
    office: Office
    calendar: Calendar
    schemas: Schemas


def load(read: Read, list_files: ListFiles) -> tuple[Policy | None, list[Finding]]:
    """The policy in a tree, or every finding against it, whichever of its files they concern.

    `read` gives a file's bytes, or None when it is absent; `list_files` the names of the files in a folder.
    """
    schemas, of_schemas = _schemas(read)
    the_sop, of_sop = _part(read, SOP_FILE, schemas.get(SOP_SCHEMA), sop.load)
    the_office, of_office = _office(read, schemas)
    zone = the_office.zone if the_office else _ANY_ZONE

    def load_register(content: bytes, schema: Schema) -> tuple[Register | None, list[Finding]]:
        return _register(content, schema, the_sop, zone)

    register, of_officers = _part(read, OFFICERS_FILE, schemas.get(OFFICERS_SCHEMA), load_register)
    calendar, of_calendar = _calendar(read, list_files, schemas.get(CALENDAR_SCHEMA), zone)
    findings = [*of_schemas, *of_sop, *of_officers, *of_office, *of_calendar]
    if findings or not (the_sop and register and the_office and calendar):
        return None, findings
    return Policy(the_sop, register, the_office, calendar, schemas), []


def appointable(policy: Policy, at: datetime) -> list[Finding]:
    """What the office must still fill in before a server may be prepared at `at`."""
    return [*_vacant_posts(policy, at), *_keyless_holders(policy, at), *_missing_site(policy)]


def _vacant_posts(policy: Policy, at: datetime) -> Iterator[Finding]:
    """Every internal role has a holder."""
    for role in policy.sop.roles.values():
        if role.internal and not policy.register.holders(role.code, at):
            yield found("siap-peran-kosong", file=OFFICERS_FILE, peran=role.code)


def _keyless_holders(policy: Policy, at: datetime) -> Iterator[Finding]:
    """Every holder of a role has a key."""
    for officer in policy.register.officers:
        if policy.register.roles_of(officer.id, at) and not any(key.window.holds(at) for key in officer.keys):
            yield found("siap-petugas-tanpa-kunci", file=OFFICERS_FILE, petugas=officer.id)


def _missing_site(policy: Policy) -> Iterator[Finding]:
    """The site has an address."""
    if not policy.office.site:
        yield found("siap-alamat-situs", file=OFFICE_FILE)


def _part(
    read: Read, file: str, schema: Schema | None, load_it: Callable[[bytes, Schema], tuple[T | None, list[Finding]]]
) -> tuple[T | None, list[Finding]]:
    """One file by its own loader; a finding where it is absent, nothing where its schema already has one."""
    content = read(file)
    if content is None:
        return None, [_absent(file)]
    return (None, []) if schema is None else load_it(content, schema)


def _office(read: Read, schemas: Schemas) -> tuple[Office | None, list[Finding]]:
    """The office, whose defaults are read by the schema of items; nothing where that one is already amiss."""
    if ITEM_SCHEMA not in schemas:
        return None, []

    def load_office(content: bytes, schema: Schema) -> tuple[Office | None, list[Finding]]:
        return office.load(content, schema, schemas[ITEM_SCHEMA])

    return _part(read, OFFICE_FILE, schemas.get(OFFICE_SCHEMA), load_office)


def _register(
    content: bytes, schema: Schema, the_sop: Sop | None, zone: ZoneInfo
) -> tuple[Register | None, list[Finding]]:
    """The register; while sop.yml cannot be read, only what is wrong with the file by itself."""
    if the_sop is None:
        return None, officers.read(content, schema)[1]
    return officers.load(content, schema, the_sop, zone)


def _calendar(
    read: Read, list_files: ListFiles, schema: Schema | None, zone: ZoneInfo
) -> tuple[Calendar | None, list[Finding]]:
    names = sorted(list_files(CALENDAR_FOLDER))
    if not names:
        return None, [_absent(f"{CALENDAR_FOLDER}/")]
    strangers = [
        found("kebijakan-kalender-nama", file=f"{CALENDAR_FOLDER}/{name}", berkas=name)
        for name in names
        if not _CALENDAR_NAME.fullmatch(name)
    ]
    if strangers or schema is None:
        return None, strangers
    contents = {name: read(f"{CALENDAR_FOLDER}/{name}") for name in names}
    years = {int(name.removesuffix(".yml")): content for name, content in contents.items() if content is not None}
    return worktime.load_calendar(years, schema, zone)


def _schemas(read: Read) -> tuple[Schemas, list[Finding]]:
    schemas: dict[str, Schema] = {}
    faults: list[Finding] = []
    for name in SCHEMA_NAMES:
        file = f"{SCHEMA_FOLDER}/{name}"
        content = read(file)
        schema = None if content is None else _schema(content)
        if schema is not None:
            schemas[name] = schema
        else:
            faults.append(_absent(file) if content is None else found("kebijakan-skema-rusak", file=file))
    return schemas, faults


@lru_cache(maxsize=64)  # judging one push reads the policy of many commits, which seldom differ in a schema
def _schema(content: bytes) -> Schema | None:
    """The JSON Schema in `content`; None where it is none."""
    try:
        words = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return words if isinstance(words, dict) and schema.is_schema(words) else None


def _absent(file: str) -> Finding:
    return found("kebijakan-berkas-hilang", file=file)
