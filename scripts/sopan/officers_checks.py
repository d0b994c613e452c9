"""The rules about petugas.yml that its schema cannot say, each a small generator of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from sopan import messages, public_key
from sopan.document import Document, Path
from sopan.finding import Finding
from sopan.officers_file import FILE, ExemptionEntry, HolderEntry, KeyEntry, OfficerEntry, revoked, written
from sopan.quoting import Own
from sopan.sop import Sop

RECORDER = "pencatat"
REVOKED = "dicabut"


def faults(document: Document, sop: Sop) -> list[Finding]:
    """Every broken rule."""
    roles = [*_posts(document, sop), *_exempted_roles(document, sop)]
    return [*roles, *_people(document), *_keys(document), *_revocations(document), *_spans(document)]


def _posts(document: Document, sop: Sop) -> Iterator[Finding]:
    """Every internal role of sop.yml has exactly one post, and no other role has one."""
    internal = _internal(sop)
    roles = [post["peran"] for post in written(document)["jabatan"]]
    for index, role in enumerate(roles):
        path = ("jabatan", index, "peran")
        if role not in internal:
            yield _unknown_role(document, path, role, internal)
        if role in roles[:index]:
            yield _fault(document, path, "jabatan-ganda", peran=role)
    for role in internal:
        if role not in roles:
            yield _fault(document, ("jabatan",), "jabatan-hilang", peran=role)


def _exempted_roles(document: Document, sop: Sop) -> Iterator[Finding]:
    """Exemptions name internal roles of sop.yml."""
    internal = _internal(sop)
    for index, exemption in enumerate(written(document)["pengecualian"]):
        for place, role in enumerate(exemption["peran"]):
            if role not in internal:
                yield _unknown_role(document, ("pengecualian", index, "peran", place), role, internal)


def _people(document: Document) -> Iterator[Finding]:
    """Ids, e-mail addresses and accounts belong to one person; whoever is named is listed."""
    yield from _shared(document, "petugas-ganda", "id", lambda officer: officer["id"])
    yield from _shared(document, "petugas-surel-ganda", "surel", lambda officer: officer["surel"].casefold())
    yield from _shared(document, "petugas-akun-ganda", "akun_github", lambda officer: officer["akun_github"])
    known = {officer["id"] for officer in written(document)["petugas"]}
    for path, entry in _tenures(document):
        if entry["petugas"] not in known:
            yield _fault(document, (*path, "petugas"), "petugas-tak-dikenal", petugas=entry["petugas"])


def _shared(document: Document, rule: str, field: str, value_of: Callable[[OfficerEntry], str]) -> Iterator[Finding]:
    """Nothing that tells people apart stands with two of them; "" tells nobody apart."""
    first: dict[str, str] = {}
    for index, officer in enumerate(written(document)["petugas"]):
        value = value_of(officer)
        if value in first:
            values = {"petugas": officer["id"], "lain": first[value]}
            yield _fault(document, ("petugas", index, field), rule, **values)
        elif value:
            first[value] = officer["id"]


def _keys(document: Document) -> Iterator[Finding]:
    """A key is of a type we trust, undamaged, and listed once in the whole file."""
    owners: dict[str, str] = {}
    for path, owner, entry in _all_keys(document):
        line = public_key.normal(entry["kunci"])
        if fault := public_key.fault(line):
            rule, values = fault
            yield _fault(document, (*path, "kunci"), rule, **values)
        elif line in owners:
            yield _fault(document, (*path, "kunci"), "kunci-ganda", pemilik=owner, lain=owners[line])
        owners.setdefault(line, owner)


def _revocations(document: Document) -> Iterator[Finding]:
    """A revoked key is a key, and is revoked once; it may still be listed with whom it belonged to."""
    seen: set[str] = set()
    for index, entry in enumerate(revoked(written(document))):
        line = public_key.normal(entry["kunci"])
        if fault := public_key.fault(line):
            rule, values = fault
            yield _fault(document, ("dicabut", index, "kunci"), rule, **values)
        elif line in seen:
            yield _fault(document, ("dicabut", index, "kunci"), "kunci-ganda", pemilik=REVOKED, lain=REVOKED)
        seen.add(line)


def _spans(document: Document) -> Iterator[Finding]:
    """A span does not end before it begins."""
    for path, entry in _tenures(document):
        if entry["sampai"] and entry["mulai"] > entry["sampai"]:  # ISO days of one century sort as text
            yield _backwards(document, path, entry)
    for path, _, key in _all_keys(document):
        if key["mulai"] and key["sampai"] and _instant(key["mulai"]) > _instant(key["sampai"]):
            yield _backwards(document, path, key)


def _backwards(document: Document, path: Path, entry: HolderEntry | ExemptionEntry | KeyEntry) -> Finding:
    values = {"mulai": entry["mulai"], "sampai": entry["sampai"]}
    return _fault(document, (*path, "sampai"), "masa-terbalik", **values)


def _tenures(document: Document) -> Iterator[tuple[Path, HolderEntry | ExemptionEntry]]:
    """Every entry that names a person for a span of days."""
    for post, entry in enumerate(written(document)["jabatan"]):
        for index, holder in enumerate(entry["pemegang"]):
            yield ("jabatan", post, "pemegang", index), holder
    for index, exemption in enumerate(written(document)["pengecualian"]):
        yield ("pengecualian", index), exemption


def _all_keys(document: Document) -> Iterator[tuple[Path, str, KeyEntry]]:
    """Every key with its path and its owner's id."""
    for index, officer in enumerate(written(document)["petugas"]):
        for place, key in enumerate(officer["kunci"]):
            yield ("petugas", index, "kunci", place), officer["id"], key
    for place, key in enumerate(written(document)["pencatat"]["kunci"]):
        yield ("pencatat", "kunci", place), RECORDER, key


def _internal(sop: Sop) -> list[str]:
    return [role.code for role in sop.roles.values() if role.internal]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _unknown_role(document: Document, path: Path, role: str, known: list[str]) -> Finding:
    return _fault(document, path, "jabatan-peran-tak-dikenal", peran=role, dikenal=Own(", ".join(known)))


def _fault(document: Document, path: Path, rule: str, **values: object) -> Finding:
    return Finding(rule, messages.say(rule, **values), file=FILE, line=document.line(path))
