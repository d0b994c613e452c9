"""People as data: `petugas.yml` parsed into frozen types, and who held which role and key at an instant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sopan import eras, officers_checks, public_key, schema, strict_yaml
from sopan.document import Document
from sopan.eras import Eras
from sopan.finding import Finding
from sopan.officers_file import (
    FILE,
    ExemptionEntry,
    KeyEntry,
    OfficerEntry,
    OfficersFile,
    PostEntry,
    RevocationEntry,
    revoked,
    written,
)
from sopan.sop import Sop


@dataclass(frozen=True)
class Window:
    """A span of validity: from `start` (inclusive) to `end` (exclusive); None is open. Aware datetimes."""

    start: datetime | None
    end: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies inside."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)


@dataclass(frozen=True)
class Appointment:
    """A role held for a time, with the decree that says so; `title` is as people read it (`Plt. Sekretaris`)."""

    role: str
    officer: str
    title: str
    decree: str
    window: Window


@dataclass(frozen=True)
class Key:
    """An SSH public key: `line` is `type base64` without comment."""

    line: str
    window: Window


@dataclass(frozen=True)
class Officer:
    """A person: `id` is how data files and signatures name them, `email` is what their commits must carry."""

    id: str
    name: str
    email: str
    github: str
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Exemption:
    """A declared exception to separation: one officer may hold these roles in one round, by decree, for a time."""

    officer: str
    roles: frozenset[str]
    decree: str
    window: Window


@dataclass(frozen=True)
class Revocation:
    """A key (`type base64`) that proves nothing from `since` on, whatever windows it is given elsewhere."""

    line: str
    since: datetime
    reason: str


@dataclass(frozen=True)
class Register:
    """petugas.yml, whole. `version` rises whenever policy changes."""

    version: int
    officers: tuple[Officer, ...]
    appointments: tuple[Appointment, ...]
    exemptions: tuple[Exemption, ...]
    recorder_keys: tuple[Key, ...]
    revoked: tuple[Revocation, ...] = ()

    def officer(self, identity: str) -> Officer:
        """The officer of that id; KeyError when unknown."""
        for officer in self.officers:
            if officer.id == identity:
                return officer
        raise KeyError(identity)

    def roles_of(self, identity: str, at: datetime) -> frozenset[str]:
        """The roles that this officer held at `at`."""
        held = self._roles.get(identity)
        return held.at(at) if held else frozenset()

    @cached_property
    def _roles(self) -> Mapping[str, Eras[frozenset[str]]]:
        return _eras(self.appointments, attrgetter("officer"), attrgetter("role"))

    @cached_property
    def _holders(self) -> Mapping[str, Eras[frozenset[str]]]:
        return _eras(self.appointments, attrgetter("role"), attrgetter("officer"))

    def exempt(self, identity: str, roles: frozenset[str], at: datetime) -> bool:
        """Whether a declared exception let this officer hold all of `roles` in one round at `at`."""
        return any(e.officer == identity and roles <= e.roles and e.window.holds(at) for e in self.exemptions)

    def vacant(self, role: str, since: datetime, until: datetime) -> bool:
        """Whether at some moment of a span, both ends included, nobody held `role`."""
        holders = self._holders.get(role)
        return holders is None or not all(holders.during(since, until))

    def is_revoked(self, line: str, at: datetime) -> bool:
        """Whether the key of this line had been revoked at `at`."""
        return any(one.line == line and one.since <= at for one in self.revoked)

    def rights(self, identity: str) -> tuple[object, ...]:
        """All that says what this officer is and may do, to be compared between two registers."""
        person = tuple(officer for officer in self.officers if officer.id == identity)
        posts = frozenset(a for a in self.appointments if a.officer == identity)
        exemptions = frozenset(e for e in self.exemptions if e.officer == identity)
        lines = {key.line for officer in person for key in officer.keys}
        return (*person, posts, exemptions, frozenset(one for one in self.revoked if one.line in lines))

    def holders(self, role: str, at: datetime) -> tuple[Officer, ...]:
        """Who held `role` at `at`: none when the post was empty."""
        ids = [a.officer for a in self.appointments if a.role == role and a.window.holds(at)]
        return tuple(officer for officer in self.officers if officer.id in ids)


Field: TypeAlias = Callable[[Appointment], str]


def _eras(posts: tuple[Appointment, ...], key: Field, value: Field) -> Mapping[str, Eras[frozenset[str]]]:
    return {one: _era([post for post in posts if key(post) == one], value) for one in map(key, posts)}


def _era(posts: list[Appointment], value: Field) -> Eras[frozenset[str]]:
    ends = (end for post in posts for end in (post.window.start, post.window.end))
    return eras.lay_out(ends, lambda at: frozenset(value(post) for post in posts if post.window.holds(at)))


def load(
    content: bytes, schema_of_officers: Mapping[str, object], sop: Sop, zone: ZoneInfo
) -> tuple[Register | None, list[Finding]]:
    """The register written in `content` (petugas.yml) for the roles of `sop`, or every finding against it.

    Whole days of a tenure begin and end at midnight in `zone`.
    """
    document, findings = read(content, schema_of_officers)
    if document is None:
        return None, findings
    findings = officers_checks.faults(document, sop)
    return (None if findings else _register(written(document), zone)), findings


def read(content: bytes, schema_of_officers: Mapping[str, object]) -> tuple[Document | None, list[Finding]]:
    """What `content` holds once its own form is right; what can be said of it before sop.yml can be read."""
    document, findings = strict_yaml.load(content, FILE)
    if document is not None and not findings:
        findings = schema.check(document, schema_of_officers, FILE)
    return (None if findings else document), findings


def _register(file: OfficersFile, zone: ZoneInfo) -> Register:
    return Register(
        version=int(file["versi"]),
        officers=tuple(_officer(entry) for entry in file["petugas"]),
        appointments=tuple(tenure for post in file["jabatan"] for tenure in _appointments(post, zone)),
        exemptions=tuple(_exemption(entry, zone) for entry in file["pengecualian"]),
        recorder_keys=_keys(file["pencatat"]["kunci"]),
        revoked=tuple(_revocation(entry) for entry in revoked(file)),
    )


def _officer(entry: OfficerEntry) -> Officer:
    return Officer(
        id=entry["id"],
        name=entry["nama"],
        email=entry["surel"],
        github=entry["akun_github"],
        keys=_keys(entry["kunci"]),
    )


def _appointments(post: PostEntry, zone: ZoneInfo) -> list[Appointment]:
    return [
        Appointment(
            role=post["peran"],
            officer=holder["petugas"],
            title=holder["sebutan"],
            decree=holder["dasar"],
            window=_days(holder["mulai"], holder["sampai"], zone),
        )
        for holder in post["pemegang"]
    ]


def _exemption(entry: ExemptionEntry, zone: ZoneInfo) -> Exemption:
    return Exemption(
        officer=entry["petugas"],
        roles=frozenset(entry["peran"]),
        decree=entry["dasar"],
        window=_days(entry["mulai"], entry["sampai"], zone),
    )


def _revocation(entry: RevocationEntry) -> Revocation:
    return Revocation(public_key.normal(entry["kunci"]), datetime.fromisoformat(entry["sejak"]), entry["alasan"])


def _keys(entries: list[KeyEntry]) -> tuple[Key, ...]:
    return tuple(
        Key(public_key.normal(entry["kunci"]), Window(_instant(entry["mulai"]), _instant(entry["sampai"])))
        for entry in entries
    )


def _days(first: str, last: str, zone: ZoneInfo) -> Window:
    """From the first midnight of `first` to the midnight after `last`; "" leaves the end open."""
    end = _midnight(last, zone, days=1) if last else None
    return Window(_midnight(first, zone), end)


def _midnight(day: str, zone: ZoneInfo, *, days: int = 0) -> datetime:
    """The midnight that begins `day`, or that many days later, by the clock on the wall of `zone`."""
    return datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(), zone)


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
