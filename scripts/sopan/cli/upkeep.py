"""`sopan rawat …`: change what lies outside the items, by two officers: propose, read, approve, merge."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import click

from sopan import gate, quoting, view
from sopan.cli.indonesian import group
from sopan.cli.words import KEY, SIMULATE, notice, result
from sopan.desk import place, upkeep
from sopan.desk.upkeep import Done, Opened
from sopan.errors import SopanError
from sopan.history import MAINTENANCE_REFS
from sopan.policy import Policy
from sopan.policy_files import OFFICERS_FILE
from sopan.server.release import PACKAGE
from sopan.trees import Change

NAME = click.argument("name", metavar="NAMA")
WHAT = click.option("--catatan", "note", prompt="Catatan", help="Apa yang diubah dan mengapa; wajib.")
NOTE = click.option("--catatan", "note", default="", help="Catatan yang ikut tercatat.")


@group("rawat")
def maintain() -> None:
    """Pemeliharaan: mengubah yang di luar butir informasi, selalu oleh dua petugas."""


@maintain.command("ajukan")
@NAME
@WHAT
@KEY
@SIMULATE
def propose(name: str, note: str, key: Path | None, *, simulate: bool) -> None:
    """Mengajukan semua perubahan di luar butir pada folder kerja sebagai cabang rawat/NAMA."""
    if not note.strip():
        raise SopanError("Catatan masih kosong; tulis apa yang diubah dan mengapa dengan --catatan.")
    topic = _name(name)
    desk = place.sit(Path.cwd(), key)
    done = upkeep.propose(desk, topic, note, simulate=simulate)
    _tell(done, f"rawat/{topic} diajukan", simulate=simulate)
    if not simulate:
        result(_second(desk.seen.policy, done.branch))


@maintain.command("lihat")
@NAME
def show(name: str) -> None:
    """Memperlihatkan apa yang diubah cabang rawat/NAMA, aman untuk dicetak."""
    history = place.fetched(Path.cwd())
    seen = view.look(history)
    branch = upkeep.find(history, seen, _name(name))
    state = "sudah disetujui" if branch.approved else "belum disetujui"
    result(f"rawat/{branch.name} oleh {_names(seen.policy, branch.authors)}; {state}.")
    _list(branch)
    result("")
    result(_printable(upkeep.difference(history, branch)))
    for finding in branch.obstacles:
        notice(f"Belum dapat digabung: {finding.message} [{finding.rule}]")


@maintain.command("setujui")
@NAME
@NOTE
@KEY
@SIMULATE
def approve(name: str, note: str, key: Path | None, *, simulate: bool) -> None:
    """Menyetujui cabang rawat/NAMA yang dibuat petugas lain."""
    topic = _name(name)
    done = upkeep.approve(place.sit(Path.cwd(), key), topic, note, simulate=simulate)
    _tell(done, f"rawat/{topic} disetujui", simulate=simulate)
    if not simulate:
        result(f"Berikutnya: Anda atau pembuatnya menggabungkan dengan `sopan rawat gabung {topic}`.")


@maintain.command("gabung")
@NAME
@KEY
@SIMULATE
def join(name: str, key: Path | None, *, simulate: bool) -> None:
    """Menggabungkan cabang rawat/NAMA yang sudah disetujui ke main."""
    topic = _name(name)
    done = upkeep.join(place.sit(Path.cwd(), key), topic, simulate=simulate)
    _tell(done, f"rawat/{topic} digabung ke main", simulate=simulate)
    for line in () if simulate else _afterwards(done.branch):
        result(line)


def _name(text: str) -> str:
    """A maintenance branch's name as people type it: blanks, capitals and a leading `rawat/` are forgiven."""
    name = text.strip().lower().removeprefix("rawat/")
    if not gate.is_maintenance(MAINTENANCE_REFS + name):
        raise SopanError(
            f"Nama “{quoting.quote(text)}” tidak terbaca; pakai huruf kecil, angka, dan tanda hubung, "
            "seperti kunci-kabid."
        )
    return name


def _tell(done: Done, what: str, *, simulate: bool) -> None:
    _list(done.branch)
    result(f"{'Simulasi: ' if simulate else ''}{what}.")
    for line in done.said:
        notice(line)
    if done.not_shown:
        notice(f"Folder kerja tidak dipindahkan ke cabang ini: {done.not_shown}.")


def _list(branch: Opened) -> None:
    for change in branch.changes:
        result(f"{_kind(change)} {quoting.quote(change.path.decode(errors='replace'))}")


def _kind(change: Change) -> str:
    if change.old is None:
        return "tambah"
    return "hapus " if change.new is None else "ubah  "


def _second(rules: Policy, branch: Opened) -> str:
    """Who may approve: whoever may maintain and made nothing of it."""
    holders = (one for role in sorted(rules.sop.maintainers) for one in rules.register.holders(role, place.now()))
    others = dict.fromkeys(one.name for one in holders if one.id not in branch.authors)
    names = ", ".join(others) or "belum ada pejabatnya"
    return (
        f"Berikutnya: petugas lain ({names}) membacanya dengan `sopan rawat lihat {branch.name}` "
        f"dan menyetujuinya dengan `sopan rawat setujui {branch.name}`."
    )


def _names(rules: Policy, officers: Sequence[str]) -> str:
    return ", ".join(rules.register.officer(one).name for one in officers)


def _afterwards(branch: Opened) -> list[str]:
    """What the server needs after a merge of its own code or of the register."""
    paths = [change.path.decode(errors="replace") for change in branch.changes]
    said = ["main memuat perubahan ini."]
    if OFFICERS_FILE in paths:
        said.append("Di server: tulis ulang authorized_keys dengan `sopan server kunci`.")
    if any(path.startswith(f"{PACKAGE}/") for path in paths):
        said.append("Di server: pasang kode baru dengan `sopan server rilis`; sampai itu, rilis lama yang menilai.")
    return said


def _printable(text: str) -> str:
    """Text in which what is invisible or moves the cursor is shown by its code point."""
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else f"<U+{ord(c):04X}>" for c in text)


COMMANDS = (maintain,)
