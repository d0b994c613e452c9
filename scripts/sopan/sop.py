"""The SOP as data: `sop.yml` parsed into frozen types. No step count, role or minute stands in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sopan import schema, sop_checks, strict_yaml
from sopan.finding import Finding
from sopan.sop_file import FILE, INSIDE, YES, Activity, RoleEntry, SopFile, StepEntry, TimeCell, written

ADDITIONS = "tambahan"


@dataclass(frozen=True)
class StandardTime:
    """A step's written time (*waktu baku*): `value` of `unit`, which is `menit`, `jam` or `hari kerja`."""

    value: int
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


@dataclass(frozen=True)
class Role:
    """A *pelaksana*: `code` as used in data files, `name` as people say it; outsiders perform no commits."""

    code: str
    name: str
    internal: bool


@dataclass(frozen=True)
class Step:
    """One row of the SOP's table; `sentence` is the SOP's own, `action` our one word for it."""

    number: int
    sentence: str
    action: str
    role: Role
    symbol: str
    next: tuple[int, ...]
    requirement: str
    standard_time: StandardTime | None
    output: str
    remark: str
    changes_content: bool
    returns_to: int | None

    @property
    def label(self) -> str:
        """What a step is called among others: its number belongs to it, since two steps may share an action."""
        return f"{self.number} {self.action}"


@dataclass(frozen=True)
class Sop:
    """The whole SOP. `text` holds every value of the source document as nested mappings, for display only."""

    number: str
    name: str
    steps: tuple[Step, ...]
    roles: Mapping[str, Role]
    separated: tuple[frozenset[str], ...]
    maintainers: frozenset[str]
    text: Mapping[str, object]

    @cached_property
    def chain(self) -> tuple[Step, ...]:
        """The steps that officers perform, in order; the last of them is the merge."""
        return tuple(step for step in self.steps if step.role.internal)

    @property
    def first(self) -> Step:
        """The step that opens an attempt."""
        return self.chain[0]

    @property
    def last(self) -> Step:
        """The step that is made as the merge on `main`."""
        return self.chain[-1]

    @property
    def completing(self) -> Step:
        """The last step that may change content: from it on, an item must be complete."""
        return [step for step in self.chain if step.changes_content][-1]

    def step(self, number: int) -> Step:
        """The step of that number; KeyError when the SOP has none."""
        return self._by_number[number]

    def following(self, step: Step) -> Step:
        """The chain's step after `step`, which must not be the last."""
        return self._following[step.number]

    @cached_property
    def _by_number(self) -> Mapping[int, Step]:
        return {step.number: step for step in self.steps}

    @cached_property
    def _following(self) -> Mapping[int, Step]:
        return {step.number: after for step, after in pairwise(self.chain)}


def load(content: bytes, schema_of_sop: Mapping[str, object]) -> tuple[Sop | None, list[Finding]]:
    """The SOP written in `content` (sop.yml), or every finding against it."""
    document, findings = strict_yaml.load(content, FILE)
    if document is None or findings:
        return None, findings
    findings = schema.check(document, schema_of_sop, FILE) or sop_checks.faults(document)
    return (None if findings else _sop(written(document))), findings


def _sop(file: SopFile) -> Sop:
    additions = file["tambahan"]
    roles = {entry["kode"]: _role(entry) for entry in additions["peran"]}
    entries = {entry["urut"]: entry for entry in additions["langkah"]}
    return Sop(
        number=file["identitas"]["nomor"],
        name=file["identitas"]["nama"],
        steps=tuple(_step(row, entries[row["urut"]], roles) for row in file["prosedur"]["kegiatan"]),
        roles=roles,
        separated=tuple(frozenset(group) for group in additions["pemisahan"]),
        maintainers=frozenset(additions["pemeliharaan"]),
        text={part: content for part, content in file.items() if part != ADDITIONS},
    )


def _role(entry: RoleEntry) -> Role:
    return Role(code=entry["kode"], name=entry["nama"], internal=entry["jenis"] == INSIDE)


def _step(row: Activity, entry: StepEntry, roles: Mapping[str, Role]) -> Step:
    return Step(
        number=int(row["urut"]),
        sentence=row["uraian"],
        action=entry["tindakan"],
        role=roles[entry["peran"]],
        symbol=entry["simbol"],
        next=tuple(int(number) for number in entry["berikut"]),
        requirement=row["kelengkapan"],
        standard_time=_standard_time(row["waktu"]),
        output=row["output"],
        remark=row["keterangan"],
        changes_content=entry["mengubah_isi"] == YES,
        returns_to=int(entry["kembali_ke"]) if entry["kembali_ke"] else None,
    )


def _standard_time(cell: TimeCell) -> StandardTime | None:
    return StandardTime(int(cell["nilai"]), cell["satuan"]) if cell["nilai"] else None
