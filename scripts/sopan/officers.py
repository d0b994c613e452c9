"""People as data: `petugas.yml` parsed into frozen types, and who held which role and key at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
class Register:
    """petugas.yml, whole. `version` rises whenever policy changes."""

    version: int
    officers: tuple[Officer, ...]
    appointments: tuple[Appointment, ...]
    exemptions: tuple[Exemption, ...]
    recorder_keys: tuple[Key, ...]

    def officer(self, identity: str) -> Officer:
        """The officer of that id; KeyError when unknown."""
        for officer in self.officers:
            if officer.id == identity:
                return officer
        raise KeyError(identity)

    def roles_of(self, identity: str, at: datetime) -> frozenset[str]:
        """The roles that this officer held at `at`."""
        return frozenset(a.role for a in self.appointments if a.officer == identity and a.window.holds(at))

    def exempt(self, identity: str, roles: frozenset[str], at: datetime) -> bool:
        """Whether a declared exception let this officer hold all of `roles` in one round at `at`."""
        return any(e.officer == identity and roles <= e.roles and e.window.holds(at) for e in self.exemptions)

    def holders(self, role: str, at: datetime) -> tuple[Officer, ...]:
        """Who held `role` at `at`: none when the post was empty."""
        ids = [a.officer for a in self.appointments if a.role == role and a.window.holds(at)]
        return tuple(officer for officer in self.officers if officer.id in ids)
