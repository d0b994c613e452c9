"""Commands for the officers: hand in, take up, finish, give back, take back, cancel, renew, look, check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sopan import board_report, timing, view
from sopan.cli.handing_in import Answers, names_file, new_item
from sopan.cli.indonesian import command
from sopan.cli.paper import console
from sopan.cli.words import FORMAT, KEY, SIMULATE, here, item_name, notice, result
from sopan.desk import acts, known, place
from sopan.desk.acts import Done
from sopan.desk.place import Desk
from sopan.history import History

NOTE = click.option("--catatan", "note", default="", help="Catatan yang ikut tercatat.")
REASON = click.option("--alasan", "reason", prompt="Alasan", help="Alasan; wajib.")
ITEM = click.argument("name", metavar="BUTIR")


@command("serahkan")
@click.argument("sources", nargs=-1, required=True, metavar="BERKAS… | BUTIR")
@click.option("--judul", "title", help="Judul informasi.")
@click.option("--klasifikasi", "classification", help="berkala, serta_merta, atau setiap_saat.")
@click.option("--unit", "unit", help="Unit asal informasi.")
@click.option("--teks", "text", default="", help="Isi informasi, bila tidak berupa lampiran.")
@click.option(
    "--bukan-dikecualikan", "not_exempt", is_flag=True, help="Menyatakan bahwa ini bukan informasi yang dikecualikan."
)
@click.option("--isi-lama", "former", is_flag=True, help="Serahkan lagi isi sebelum penyelarasan.")
@NOTE
@KEY
@SIMULATE
def hand_in(
    sources: Sequence[str],
    title: str | None,
    classification: str | None,
    unit: str | None,
    text: str,
    note: str,
    key: Path | None,
    *,
    not_exempt: bool,
    former: bool,
    simulate: bool,
) -> None:
    """Menyerahkan informasi (langkah pertama): berkas baru, atau butir yang sudah Anda sunting."""
    desk = place.sit(here(), key)
    if len(sources) == 1 and not names_file(sources[0]):
        name = item_name(sources[0])
        contents = acts.former_content(desk, name) if former else None
    else:
        answers = Answers(title, classification, unit, text, not_exempt)
        name, contents = new_item(desk, [Path(source) for source in sources], answers)
    acts.require_first(desk, name)
    _tell(
        desk, acts.step(desk, name, note, contents=contents, simulate=simulate), f"{name} diserahkan", simulate=simulate
    )


@command("terima")
@ITEM
@KEY
@SIMULATE
def take_up(name: str, key: Path | None, *, simulate: bool) -> None:
    """Mulai mengerjakan langkah yang menunggu Anda; waktu pengerjaan dihitung sejak ini."""
    desk, item = _at(name, key, drafted=True)
    done = acts.start(desk, item, simulate=simulate)
    _say(done, _begun(done), simulate=simulate)
    if not simulate:
        handed_over = done.place.standing
        if handed_over.previous and handed_over.previous.note:
            result(board_report.note(handed_over.previous.note, handed_over.voice, desk.seen.policy))
        result(f"Sekarang giliran Anda; selesaikan dengan `sopan lanjut {item}`.")


@command("lanjut")
@click.argument("names", nargs=-1, required=True, metavar="BUTIR…")
@NOTE
@KEY
@SIMULATE
def go_on(names: Sequence[str], note: str, key: Path | None, *, simulate: bool) -> None:
    """Menyelesaikan langkah yang menunggu Anda, untuk satu butir atau lebih."""
    first = place.sit(here(), key)
    items = [item_name(name) for name in names]
    for item in items:
        known.require(first, item, drafted=True)
    for name, item in zip(names, items, strict=True):
        desk = place.sit(here(), key)
        due = place.place(desk, item).standing.due
        notice(f"{name}: langkah {due.number}, “{due.sentence}”")
        done = acts.step(desk, item, note, simulate=simulate)
        _tell(desk, done, f"langkah {due.number} ({due.action}) selesai", simulate=simulate)


@command("kembalikan")
@ITEM
@click.argument("target", type=int, required=False, metavar="[LANGKAH]")
@REASON
@KEY
@SIMULATE
def give_back(name: str, target: int | None, reason: str, key: Path | None, *, simulate: bool) -> None:
    """Mengembalikan butir ke langkah sebelumnya untuk diperbaiki, dengan alasan."""
    desk, item = _at(name, key)
    done = acts.give_back(desk, item, target, reason, simulate=simulate)
    _tell(desk, done, f"{done.place.item} dikembalikan", simulate=simulate)


@command("tarik")
@ITEM
@REASON
@KEY
@SIMULATE
def recall(name: str, reason: str, key: Path | None, *, simulate: bool) -> None:
    """Menarik kembali langkah yang baru saja Anda buat."""
    desk, item = _at(name, key)
    done = acts.recall(desk, item, reason, simulate=simulate)
    _tell(desk, done, f"langkah Anda pada {done.place.item} ditarik", simulate=simulate)


@command("batalkan")
@ITEM
@REASON
@KEY
@SIMULATE
def cancel(name: str, reason: str, key: Path | None, *, simulate: bool) -> None:
    """Membatalkan pengajuan yang sedang berjalan."""
    desk, item = _at(name, key)
    done = acts.cancel(desk, item, reason, simulate=simulate)
    _tell(desk, done, f"pengajuan {done.place.item} dibatalkan", simulate=simulate)


@command("selaraskan")
@ITEM
@NOTE
@KEY
@SIMULATE
def renew(name: str, note: str, key: Path | None, *, simulate: bool) -> None:
    """Menyelaraskan cabang butir dengan main yang sudah berubah; langkahnya ditempuh kembali."""
    desk, item = _at(name, key)
    done = acts.renew(desk, item, note, simulate=simulate)
    _tell(desk, done, f"{done.place.item} diselaraskan", simulate=simulate)


@command("papan")
@FORMAT
def board(form: str) -> None:
    """Papan: setiap butir yang berjalan, giliran siapa, dan sudah berapa lama."""
    history = History(here()) if History(here()).bare else place.fetched(here())
    seen = view.look(history)
    rules = seen.policy
    waiting = timing.board(
        view.opened(history, seen).rounds,
        sop=rules.sop,
        calendar=rules.calendar,
        register=rules.register,
        now=place.now(),
    )
    if form == "json":
        result(board_report.as_json(waiting, rules))
    else:
        board_report.as_table(waiting, rules, console())


def _at(name: str, key: Path | None, *, drafted: bool = False) -> tuple[Desk, str]:
    """The desk of whoever acts, and the item that is meant, which must be one that there is."""
    item = item_name(name)
    desk = place.sit(here(), key)
    known.require(desk, item, drafted=drafted)
    return desk, item


def _begun(done: Done) -> str:
    """That a step was begun, now or before; then only its content is shown again."""
    if done.commit:
        return f"{done.place.item} mulai Anda kerjakan"
    shown = "; isinya ditampilkan lagi di folder kerja" if done.not_shown == "" else ""
    return f"{done.place.item} sudah Anda mulai sebelumnya, jadi tidak ada yang dicatat{shown}"


def _tell(desk: Desk, done: Done, what: str, *, simulate: bool) -> None:
    """What was done, what the server said, and whose turn is next."""
    _say(done, what, simulate=simulate)
    if not simulate:
        result(_next(desk, done))


def _say(done: Done, what: str, *, simulate: bool) -> None:
    result(f"{'Simulasi: ' if simulate else ''}{what}.")
    for line in done.said:
        notice(line)
    if done.not_shown:
        notice(f"Folder kerja tidak dipindahkan ke cabang butir ini: {done.not_shown}.")


def _next(desk: Desk, done: Done) -> str:
    standing = done.place.standing
    if standing.whole:
        return "Semua langkah petugas selesai; main memuat informasi ini dan server menerbitkannya."
    if standing.cancelled:
        return "Tidak ada giliran; pengajuan berikutnya dimulai dengan `sopan serahkan`."
    due = standing.due
    holders = desk.seen.policy.register.holders(due.role.code, place.now())
    names = ", ".join(officer.name for officer in holders) or "belum ada pejabat"
    return f"Giliran berikutnya: langkah {due.number} ({due.action}), {due.role.name} ({names})."


COMMANDS = (hand_in, take_up, go_on, give_back, recall, cancel, renew, board)
