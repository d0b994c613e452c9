"""Who plays in the gate's tests: made-up officers with real keys, for the repository's SOP and for the made-up one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from desks import INDEX, TABLE
from policy_files import OTHER
from sopan import signature

SINCE = "2026-01-01"
OLD_KEY, NEW_KEY, STRANGER = "rina-lama", "rina-baru", "orang-luar"
AWAL = """\
---
judul: Rencana Kerja
klasifikasi: berkala
unit_asal: Sekretariat
bukan_dikecualikan: ya
---

## Isi

Rencana kerja yang dibuat hanya untuk pengujian.
"""
EARLY: Mapping[str, str] = {"index.md": AWAL}
COMPLETE: Mapping[str, str] = {"index.md": INDEX, "tabel.csv": TABLE}


@dataclass(frozen=True)
class Cast:
    """An office's people: who holds which roles, keys beside the one that each has, and the SOP that they follow.

    `extra` maps a key's name to its owner and its last instant; a key without owner is in nobody's name. `exempt` is
    who may hold several roles in one round, from when to when. `policy` is a folder whose files replace our own.
    `recorder` names the key that records what was done on a forge; "" where the office has none.
    """

    roles: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, tuple[str, str]]
    exempt: Mapping[str, tuple[str, str]]
    policy: Path | None = None
    recorder: str = ""

    def holder(self, role: str) -> str:
        """The first person who holds a role."""
        return next(person for person, roles in self.roles.items() if role in roles)

    def not_holding(self, role: str) -> tuple[str, ...]:
        """The people who hold other roles and not this one."""
        return tuple(person for person, roles in self.roles.items() if roles and role not in roles)


BANGKA = Cast(
    roles={
        "rina": ("sekretaris",),
        "budi": ("kabid",),
        "sari": ("admin",),
        "tono": ("kabid",),
        "wati": ("kabid", "admin"),
        "joko": (),
    },
    extra={OLD_KEY: ("rina", "2026-01-31T00:00:00+07:00"), NEW_KEY: ("", ""), STRANGER: ("", "")},
    exempt={"wati": ("2026-04-01", "2026-04-30")},
    recorder="pencatat",
)
LAIN = Cast(
    roles={"dewi": ("loket",), "eko": ("analis",), "fajar": ("penelaah",), "gita": ("kepala-dinas",)},
    extra={STRANGER: ("", "")},
    exempt={},
    policy=OTHER,
)


def who(person: str) -> tuple[str, str]:
    """The name and e-mail that a person's commits carry."""
    return f"{person.capitalize()} Contoh", f"{person}@kantor.example"


def account(person: str) -> str:
    """The number of a person's account on the forge."""
    return str(7000 + sum(person.encode()))


def hire(cast: Cast, folder: Path) -> None:
    """Make every key of the cast."""
    folder.mkdir(parents=True)
    for name in (*cast.roles, *cast.extra, *([cast.recorder] if cast.recorder else [])):
        signature.generate(folder / name, name)


def register(cast: Cast, folder: Path, *, version: int = 1, given: Mapping[str, tuple[str, str]] | None = None) -> str:
    """The text of petugas.yml; `given` are extra keys in place of the cast's own."""
    extra = cast.extra if given is None else given
    roles = dict.fromkeys(role for held in cast.roles.values() for role in held)
    data = {
        "skema": "petugas/1",
        "versi": str(version),
        "jabatan": [{"peran": role, "pemegang": _holders(cast, role)} for role in roles],
        "petugas": [_officer(person, folder, extra) for person in cast.roles],
        "pengecualian": [_exemption(cast, person) for person in cast.exempt],
        "pencatat": {"kunci": _recorder(cast, folder)},
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _recorder(cast: Cast, folder: Path) -> list[dict[str, str]]:
    line = signature.public_line(folder / cast.recorder) if cast.recorder else ""
    return [{"kunci": line, "mulai": "", "sampai": ""}] if line else []


def _holders(cast: Cast, role: str) -> list[dict[str, str]]:
    holders = [person for person, roles in cast.roles.items() if role in roles]
    about = {"sebutan": role.capitalize(), "mulai": SINCE, "sampai": "", "dasar": "SK contoh"}
    return [{"petugas": person} | about for person in holders]


def _officer(person: str, folder: Path, extra: Mapping[str, tuple[str, str]]) -> dict[str, object]:
    name, email = who(person)
    keys = {person: ""} | {key: end for key, (owner, end) in extra.items() if owner == person}
    listed = [{"kunci": signature.public_line(folder / key), "mulai": "", "sampai": end} for key, end in keys.items()]
    return {"id": person, "nama": name, "surel": email, "akun_github": account(person), "kunci": listed}


def _exemption(cast: Cast, person: str) -> dict[str, object]:
    start, end = cast.exempt[person]
    return {"petugas": person, "peran": list(cast.roles[person]), "mulai": start, "sampai": end, "dasar": "SK rangkap"}
