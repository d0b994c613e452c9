"""The rules about sop.yml that its schema cannot say, each a small generator of findings."""

from __future__ import annotations

from collections.abc import Iterator

from sopan import messages
from sopan.document import Document, Path
from sopan.finding import Finding
from sopan.quoting import Own
from sopan.sop_file import FILE, INSIDE, YES, StepEntry, written

FEWEST_INTERNAL_STEPS = 2  # one hands in, another publishes; with fewer there is nothing to enforce


def faults(document: Document) -> list[Finding]:
    """Every broken rule; those about the chain only where numbers and roles hold, since they would mislead."""
    return list(_structure(document)) or list(_chain(document))


def _structure(document: Document) -> Iterator[Finding]:
    yield from _numbers(document)
    yield from _times(document)
    yield from _role_codes(document)
    yield from _columns(document)
    yield from _entries(document)
    yield from _roles_of_steps(document)
    yield from _roles_of_groups(document)
    yield from _next_steps(document)


def _chain(document: Document) -> Iterator[Finding]:
    yield from _performers(document)
    yield from _unbroken(document)
    yield from _content(document)
    yield from _outsiders(document)
    yield from _order(document)
    yield from _returns(document)


def _numbers(document: Document) -> Iterator[Finding]:
    """The rows are numbered 1, 2, 3 and so on."""
    for index, row in enumerate(written(document)["prosedur"]["kegiatan"]):
        if row["urut"] != str(index + 1):
            path = ("prosedur", "kegiatan", index, "urut")
            yield _fault(document, path, "sop-nomor-urut", tempat=index + 1, nomor=row["urut"])


def _times(document: Document) -> Iterator[Finding]:
    """A standard time has value, unit and the document's own text, or neither value nor unit."""
    for index, row in enumerate(written(document)["prosedur"]["kegiatan"]):
        time = row["waktu"]
        if bool(time["nilai"]) != bool(time["satuan"]) or (time["nilai"] and not time["teks"]):
            path = ("prosedur", "kegiatan", index, "waktu")
            yield _fault(document, path, "sop-waktu-tak-lengkap", nomor=row["urut"])


def _role_codes(document: Document) -> Iterator[Finding]:
    """A code, and a column head, stands for one role."""
    roles = written(document)["tambahan"]["peran"]
    for index, role in enumerate(roles):
        before = roles[:index]
        if role["kode"] in {other["kode"] for other in before}:
            yield _fault(document, ("tambahan", "peran", index, "kode"), "sop-peran-ganda", peran=role["kode"])
        if role["pelaksana"] in {other["pelaksana"] for other in before}:
            path = ("tambahan", "peran", index, "pelaksana")
            yield _fault(document, path, "sop-kolom-ganda", kolom=role["pelaksana"])


def _columns(document: Document) -> Iterator[Finding]:
    """Every role has its column in the document, and every column its role."""
    heads = written(document)["prosedur"]["pelaksana"]
    roles = written(document)["tambahan"]["peran"]
    for index, role in enumerate(roles):
        if role["pelaksana"] not in heads:
            path = ("tambahan", "peran", index, "pelaksana")
            yield _fault(document, path, "sop-kolom-tak-dikenal", kolom=role["pelaksana"], dikenal=", ".join(heads))
    for index, head in enumerate(heads):
        if head not in {role["pelaksana"] for role in roles}:
            yield _fault(document, ("prosedur", "pelaksana", index), "sop-kolom-tanpa-peran", kolom=head)


def _entries(document: Document) -> Iterator[Finding]:
    """Every row of the table has exactly one entry of ours, and every entry its row."""
    rows = [row["urut"] for row in written(document)["prosedur"]["kegiatan"]]
    entries = [entry["urut"] for entry in written(document)["tambahan"]["langkah"]]
    for index, number in enumerate(rows):
        if number not in entries:
            yield _fault(document, ("prosedur", "kegiatan", index, "urut"), "sop-langkah-tanpa-isian", nomor=number)
    for index, number in enumerate(entries):
        path = ("tambahan", "langkah", index, "urut")
        if number not in rows:
            yield _fault(document, path, "sop-langkah-tanpa-kegiatan", nomor=number, terakhir=len(rows))
        if number in entries[:index]:
            yield _fault(document, path, "sop-langkah-ganda", nomor=number)


def _roles_of_steps(document: Document) -> Iterator[Finding]:
    """A step is performed by a role that is listed."""
    known = list(dict.fromkeys(role["kode"] for role in written(document)["tambahan"]["peran"]))
    for index, entry in enumerate(written(document)["tambahan"]["langkah"]):
        if entry["peran"] not in known:
            path = ("tambahan", "langkah", index, "peran")
            yield _fault(document, path, "sop-peran-tak-dikenal", peran=entry["peran"], dikenal=Own(", ".join(known)))


def _roles_of_groups(document: Document) -> Iterator[Finding]:
    """Separation and maintenance name internal roles only."""
    additions = written(document)["tambahan"]
    inside = list(dict.fromkeys(role["kode"] for role in additions["peran"] if role["jenis"] == INSIDE))
    named: list[tuple[Path, str]] = [
        (("tambahan", "pemisahan", group, index), role)
        for group, roles in enumerate(additions["pemisahan"])
        for index, role in enumerate(roles)
    ]
    named += [(("tambahan", "pemeliharaan", index), role) for index, role in enumerate(additions["pemeliharaan"])]
    for path, role in named:
        if role not in inside:
            yield _fault(document, path, "sop-peran-bukan-dalam", peran=role, dikenal=Own(", ".join(inside)))


def _next_steps(document: Document) -> Iterator[Finding]:
    """The steps that follow exist."""
    rows = [row["urut"] for row in written(document)["prosedur"]["kegiatan"]]
    for index, entry in enumerate(written(document)["tambahan"]["langkah"]):
        for place, number in enumerate(entry["berikut"]):
            if number not in rows:
                path = ("tambahan", "langkah", index, "berikut", place)
                values = {"nomor": entry["urut"], "berikut": number, "terakhir": len(rows)}
                yield _fault(document, path, "sop-berikut-tak-ada", **values)


def _performers(document: Document) -> Iterator[Finding]:
    """Where the document itself names a row's performer, ours is the same."""
    heads = {role["kode"]: role["pelaksana"] for role in written(document)["tambahan"]["peran"]}
    entries = _steps(document)
    for index, row in enumerate(written(document)["prosedur"]["kegiatan"]):
        ours = heads[entries[index][1]["peran"]]
        if row["pelaksana"] not in ("", ours):
            path = ("prosedur", "kegiatan", index, "pelaksana")
            values = {"nomor": row["urut"], "naskah": row["pelaksana"], "tambahan": ours}
            yield _fault(document, path, "sop-pelaksana-berbeda", **values)


def _unbroken(document: Document) -> Iterator[Finding]:
    """The office's steps are one run of at least two; outsiders stand before or after it."""
    inside = _inside(document)
    steps = [(path, entry, entry["peran"] in inside) for path, entry in _steps(document)]
    run = [index for index, (_, _, internal) in enumerate(steps) if internal]
    if len(run) < FEWEST_INTERNAL_STEPS:
        values = {"jumlah": len(run), "batas": FEWEST_INTERNAL_STEPS}
        yield _fault(document, ("tambahan", "langkah"), "sop-langkah-dalam-kurang", **values)
        return
    for path, entry, internal in steps[run[0] : run[-1]]:
        if not internal:
            yield _fault(document, (*path, "peran"), "sop-luar-di-tengah", nomor=entry["urut"], peran=entry["peran"])


def _content(document: Document) -> Iterator[Finding]:
    """The office's first step brings content; its last one is the merge and changes none."""
    internal = _internal(document)
    if len(internal) < FEWEST_INTERNAL_STEPS:
        return
    (first, opening), (last, closing) = internal[0], internal[-1]
    if opening["mengubah_isi"] != YES:
        yield _fault(document, (*first, "mengubah_isi"), "sop-awal-tanpa-isi", nomor=opening["urut"])
    if closing["mengubah_isi"] == YES:
        yield _fault(document, (*last, "mengubah_isi"), "sop-akhir-mengubah-isi", nomor=closing["urut"])


def _outsiders(document: Document) -> Iterator[Finding]:
    """Outsiders neither change content nor return anything."""
    inside = _inside(document)
    for path, entry in _steps(document):
        if entry["peran"] not in inside and (entry["mengubah_isi"] == YES or entry["kembali_ke"]):
            yield _fault(document, path, "sop-luar-berbuat", nomor=entry["urut"], peran=entry["peran"])


def _order(document: Document) -> Iterator[Finding]:
    """Each of the office's steps leads to the next number, which is the order that the gate asks."""
    for path, entry in _internal(document)[:-1]:
        following = str(int(entry["urut"]) + 1)
        if following not in entry["berikut"]:
            values = {"nomor": entry["urut"], "berikut": following}
            yield _fault(document, (*path, "berikut"), "sop-berikut-terputus", **values)


def _returns(document: Document) -> Iterator[Finding]:
    """A return goes to an earlier step of the office."""
    internal = _internal(document)
    for index, (path, entry) in enumerate(internal):
        earlier = [before["urut"] for _, before in internal[:index]]
        if entry["kembali_ke"] and entry["kembali_ke"] not in earlier:
            values = {"nomor": entry["urut"], "sasaran": entry["kembali_ke"], "boleh": Own(", ".join(earlier) or '""')}
            yield _fault(document, (*path, "kembali_ke"), "sop-kembali-tak-sah", **values)


def _steps(document: Document) -> list[tuple[Path, StepEntry]]:
    """Our entries in the order of their numbers, each with its path."""
    entries = written(document)["tambahan"]["langkah"]
    steps: list[tuple[Path, StepEntry]] = [(("tambahan", "langkah", i), entry) for i, entry in enumerate(entries)]
    return sorted(steps, key=lambda step: int(step[1]["urut"]))


def _inside(document: Document) -> frozenset[str]:
    """The codes of the office's roles."""
    return frozenset(role["kode"] for role in written(document)["tambahan"]["peran"] if role["jenis"] == INSIDE)


def _internal(document: Document) -> list[tuple[Path, StepEntry]]:
    """Our entries of the office's own steps, in order."""
    inside = _inside(document)
    return [(path, entry) for path, entry in _steps(document) if entry["peran"] in inside]


def _fault(document: Document, path: Path, rule: str, **values: object) -> Finding:
    return Finding(rule, messages.say(rule, **values), file=FILE, line=document.line(path))
