"""A small office out of nothing: people with fresh keys, a repository filled in for them, a server, their clones.

The people are made up; nothing of them leaves the folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from sopan import codeowners, history, signature
from sopan.desk.place import KEY_SETTING, policy_on_disk
from sopan.history import History
from sopan.policy_files import CODEOWNERS_FILE, OFFICE_FILE, OFFICERS_FILE

PERMISSIONS = 0o777


@dataclass(frozen=True)
class Person:
    """A made-up officer: id, name, the role held, and where the private key lies."""

    id: str
    name: str
    role: str
    key: Path

    @property
    def email(self) -> str:
        """An address that can never be anybody's."""
        return f"{self.id}@kantor.example"


def hire(folder: Path, people: Sequence[tuple[str, str, str]]) -> list[Person]:
    """Make a key pair for each (id, name, role); gives them with their keys."""
    folder.mkdir(parents=True, exist_ok=True)
    hired = [Person(*who, key=folder / who[0]) for who in people]
    for person in hired:
        signature.generate(person.key, person.id)
    return hired


def register(people: Sequence[Person], roles: Sequence[str], *, since: str, version: int = 1) -> str:
    """The text of petugas.yml for these people, in office since a day (YYYY-MM-DD)."""
    holders = {role: [_holder(person, since) for person in people if person.role == role] for role in roles}
    data = {
        "skema": "petugas/1",
        "versi": str(version),
        "jabatan": [{"peran": role, "pemegang": held} for role, held in holders.items()],
        "petugas": [_officer(person) for person in people],
        "pengecualian": [],
        "pencatat": {"kunci": []},
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def found_office(source: Path, folder: Path, *, people: Sequence[Person], address: str, since: str) -> None:
    """Files for an office's repository: those of `source` at HEAD, with people and site address filled in."""
    _copy_head(source, folder)
    history.create(folder)
    kantor = folder / OFFICE_FILE
    kantor.write_text(kantor.read_text("utf-8").replace('alamat_situs: ""', f'alamat_situs: "{address}"'), "utf-8")
    roles = [role.code for role in policy_on_disk(folder).sop.roles.values() if role.internal]
    (folder / OFFICERS_FILE).write_text(register(people, roles, since=since), "utf-8")
    rules = policy_on_disk(folder)
    (folder / CODEOWNERS_FILE).write_text(codeowners.expected(rules.sop, rules.office), "utf-8")


def zone(folder: Path) -> ZoneInfo:
    """The time zone of an office's files."""
    return policy_on_disk(folder).office.zone


def commit_all(folder: Path, message: str, at: datetime) -> str:
    """One plain commit of everything in a work tree; the genesis of an office is judged by nobody."""
    repository = History(folder)
    repository.run("add", "--all")
    stamp = {"GIT_AUTHOR_DATE": at.isoformat(), "GIT_COMMITTER_DATE": at.isoformat()}
    who = {f"GIT_{part}_{field}": value for part in ("AUTHOR", "COMMITTER") for field, value in _WHO.items()}
    repository.run("commit", "--quiet", "--message", message, environment=stamp | who)
    return repository.resolve("HEAD") or ""


def clone(server: str, folder: Path, person: Person) -> None:
    """An officer's clone, with the key that signs."""
    history.clone(server, folder).set_config(KEY_SETTING, str(person.key))


_WHO: Mapping[str, str] = {"NAME": "Pemasang", "EMAIL": "pemasang@kantor.example"}


def _holder(person: Person, since: str) -> dict[str, str]:
    return {
        "petugas": person.id,
        "sebutan": person.role.capitalize(),
        "mulai": since,
        "sampai": "",
        "dasar": "SK contoh",
    }


def _officer(person: Person) -> dict[str, object]:
    key = {"kunci": signature.public_line(person.key), "mulai": "", "sampai": ""}
    return {"id": person.id, "nama": person.name, "surel": person.email, "akun_github": "", "kunci": [key]}


def _copy_head(source: Path, folder: Path) -> None:
    repository = History(source)
    for change in repository.changes(None, repository.tree_of(repository.resolve("HEAD") or "")):
        if change.new is not None:
            file = folder / change.path.decode()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(repository.blob(change.new.oid))
            file.chmod(int(change.new.mode, 8) & PERMISSIONS)
