"""An office's repository on GitHub made ready, and inspected: each difference is one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sopan import codeowners, policy, public_key, signature
from sopan.errors import Refused
from sopan.github import place as places
from sopan.github import wanted
from sopan.github.place import Place
from sopan.github.rest import Json, Rest
from sopan.history import LEDGER, MAIN
from sopan.ledger import Record, RecordKind
from sopan.policy_files import CODEOWNERS_FILE

_BRANCH = MAIN.removeprefix("refs/heads/")


@dataclass(frozen=True)
class Change:
    """Something that is not as it should be: in words, and how it is put right (None: only people can)."""

    words: str
    make: Callable[[], object] | None = None


def changes(place: Place, application: int | None) -> Iterator[Change]:
    """Everything on GitHub that differs from what is wanted, and how each is put right."""
    rest = place.rest
    repository = rest.get("")
    for words in wanted.unlike_settings(repository):
        yield Change(words, lambda: rest.patch("", wanted.SETTINGS))
    yield from _rulesets(rest, application, private=bool(repository["private"]))
    known = {label["name"] for label in rest.pages("labels")}
    for name, meaning in wanted.LABELS.items():
        if name not in known:
            yield Change(f"Label {name} belum ada.", _posting(rest, "labels", {"name": name, "description": meaning}))
    yield from _pages(rest)
    yield from _environment(rest)


def genesis(place: Place, key: Path | None) -> Iterator[Change]:
    """The ledger's record 0, where it is not there yet."""
    if place.history.resolve(LEDGER) is None:
        made = None if key is None else lambda: _begin(place, key)
        yield Change("Agenda penerimaan belum dimulai; sebut kunci pencatat dengan --kunci.", made)


def faults(place: Place) -> Iterator[str]:
    """What only people can put right: policy, accounts, teams, owners, and whether drafts lie open."""
    rules, rest = place.policy, place.rest
    yield from (finding.sentence() for finding in policy.appointable(rules, place.now))
    owners = place.history.read(place.main, CODEOWNERS_FILE)
    yield from (one.sentence() for one in codeowners.drift(owners, codeowners.expected(rules.sop, rules.office)))
    if not any(key.window.holds(place.now) for key in rules.register.recorder_keys):
        yield "petugas.yml tidak menetapkan kunci pencatat yang berlaku; daftarkan melalui cabang rawat."
    for officer in rules.register.officers:
        if rules.register.roles_of(officer.id, place.now) and not officer.github:
            yield f"{officer.name} belum mempunyai nomor akun GitHub di petugas.yml; daftarkan melalui cabang rawat."
    if not rest.get("")["private"]:
        yield "Repositori ini terbuka untuk umum, sehingga draf terlihat siapa saja; jadikan repositori privat."
    for error in (rest.find("codeowners/errors") or {"errors": []})["errors"]:
        yield f"GitHub menemukan kesalahan di {error['path']} baris {error['line']}: {error['kind']}."
    yield from _teams(place)


def require_recorder(place: Place, key: Path) -> None:
    """The key is the recorder's of `main`'s own petugas.yml: no ledger begins with another."""
    line = signature.public_half(key)
    if line not in {known.line for known in place.policy.register.recorder_keys}:
        told = public_key.fingerprint(line)
        raise Refused([f"Kunci {told} bukan kunci pencatat di petugas.yml; daftarkan dahulu, atau sebut kunci lain."])


def _rulesets(rest: Rest, application: int | None, *, private: bool) -> Iterator[Change]:
    listed = rest.find("rulesets", forbidden=True)
    if listed is None:
        paid = " Repositori privat memerlukan paket berbayar untuk itu." if private else ""
        yield Change(f"Ruleset tidak dapat dibaca atau tidak tersedia bagi repositori ini.{paid}")
        return
    known = {one["name"]: int(one["id"]) for one in listed}
    for ruleset in wanted.rulesets(application):
        number = known.get(ruleset.name)
        actual = None if number is None else rest.get(f"rulesets/{number}")
        if words := " ".join(wanted.unlike_ruleset(ruleset, actual)):
            yield Change(words, _setting(rest, ruleset, number))


def _setting(rest: Rest, ruleset: wanted.Ruleset, number: int | None) -> Callable[[], object]:
    if number is None:
        return lambda: rest.post("rulesets", ruleset.data())
    return lambda: rest.put(f"rulesets/{number}", ruleset.data())


def _posting(rest: Rest, path: str, data: dict[str, object]) -> Callable[[], object]:
    return lambda: rest.post(path, data)


def _pages(rest: Rest) -> Iterator[Change]:
    """The site is published by a workflow, not from a branch."""
    actual = rest.find("pages")
    if actual is None:
        yield Change("GitHub Pages belum dinyalakan.", lambda: rest.post("pages", wanted.PAGES))
    elif actual.get("build_type") != wanted.PAGES["build_type"]:
        yield Change("GitHub Pages tidak diterbitkan oleh alur kerja.", lambda: rest.put("pages", wanted.PAGES))


def _environment(rest: Rest) -> Iterator[Change]:
    """The recorder's key is given only to workflows of `main`."""
    place = f"environments/{wanted.ENVIRONMENT}"
    actual = rest.find(place)
    if actual is None or actual.get("deployment_branch_policy") != wanted.DEPLOYERS["deployment_branch_policy"]:
        words = f"Lingkungan {wanted.ENVIRONMENT} belum dibatasi."
        yield Change(words, lambda: rest.put(place, wanted.DEPLOYERS))
    listed = rest.find(f"{place}/deployment-branch-policies")
    names = {one["name"] for one in listed["branch_policies"]} if listed else set()
    if _BRANCH not in names:
        add = _posting(rest, f"{place}/deployment-branch-policies", {"name": _BRANCH})
        yield Change(f"Lingkungan {wanted.ENVIRONMENT} belum mengizinkan {_BRANCH}.", add)
    for name in sorted(names - {_BRANCH}):
        yield Change(f"Lingkungan {wanted.ENVIRONMENT} mengizinkan cabang {name}; hapus dari daftarnya.")


def _teams(place: Place) -> Iterator[str]:
    """Every holder of a role is in that role's team, and nobody else is."""
    register, organisation = place.policy.register, place.policy.office.github_organisation
    for role in (role for role in place.policy.sop.roles.values() if role.internal):
        members: Json = place.rest.outside(f"orgs/{organisation}/teams/{role.code}/members?per_page=100")
        if members is None:
            yield f"Tim {role.code} tidak ada pada organisasi {organisation}; buat dan isi menurut petugas.yml."
            continue
        there = {str(one["id"]): str(one["login"]) for one in members}
        holders = {one.github: one.name for one in register.holders(role.code, place.now) if one.github}
        yield from (f"{holders[one]} belum menjadi anggota tim {role.code}." for one in sorted(holders.keys() - there))
        strangers = sorted(there.keys() - holders.keys())
        yield from (f"Akun {there[one]} anggota tim {role.code}, tetapi tidak memegang peran itu." for one in strangers)


def _begin(place: Place, key: Path) -> None:
    require_recorder(place, key)
    version = place.policy.register.version
    places.save(place, key, [Record(kind=RecordKind.GENESIS, at=place.now, new=place.main, policy=version)], {})
