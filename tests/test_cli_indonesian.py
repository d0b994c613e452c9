"""What click says, it says in Indonesian: help, the nearest command, and what was typed wrong."""

import pkgutil
import re
import shlex
from importlib import import_module

import click
import pytest

from desks import sopan
from sopan import cli
from sopan.cli import sopan as commands
from sopan.cli.indonesian import Command

ENGLISH = re.compile(
    r"\b(Usage|Options?|Commands?|Arguments?|Show|message|exit|required|default|TEXT|PATH|INTEGER|Error|Missing)\b"
)


def every(command, path=()):
    """Every command and group with the words that call it."""
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from every(one, (*path, name))


@pytest.mark.parametrize("words", [(), ("server",), ("petugas",), ("rawat",)], ids=" ".join)
def test_a_group_alone_shows_its_help_and_that_is_no_mistake(words, tmp_path):
    alone = sopan(*words, at=tmp_path)
    assert (alone.code, alone.err) == (0, "")
    assert alone.out.startswith(f"Pemakaian: {' '.join(('sopan', *words))} [PILIHAN] PERINTAH …\n")
    assert "\nPerintah:\n" in alone.out
    assert sopan(*words, "--bantuan", at=tmp_path).out == alone.out


@pytest.mark.parametrize(
    ("path", "command"), [pytest.param(*one, id=" ".join(("sopan", *one[0]))) for one in every(commands)]
)
def test_the_help_of_a_command_holds_no_english_of_clicks(path, command):
    assert isinstance(command, Command)
    context = click.Context(command, info_name=" ".join(("sopan", *path)), **commands.context_settings)
    shown = command.get_help(context)
    assert shown.startswith(f"Pemakaian: {context.info_name} [PILIHAN]")
    assert "\nPilihan:\n" in shown
    assert "Tampilkan bantuan ini, lalu selesai." in shown
    if not command.hidden:  # a hidden one is told in English, to engineers
        assert ENGLISH.findall(shown) == []


def test_the_help_tells_what_must_be_given_and_what_holds_otherwise(tmp_path):
    shown = sopan("gerbang", "--bantuan", at=tmp_path).out
    assert re.search(r"--ujung REV +Ujung ref sesudah kiriman\. Wajib\.\n", shown)
    assert re.search(r"--ref TEKS +Ref yang hendak bergerak\. Bawaan: refs/heads/main\.\n", shown)
    assert re.search(r"--format teks\|json +Bentuk keluaran\.\n", shown)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ubah", "Perintah “ubah” tidak dikenal; lihat `sopan --bantuan`."),
        ("lanjutt x", "Perintah “lanjutt” tidak dikenal; mungkin maksud Anda `sopan lanjut`; lihat `sopan --bantuan`."),
        (
            "server jagaa x",
            "Perintah “jagaa” tidak dikenal; mungkin maksud Anda `sopan server jaga`; lihat `sopan server --bantuan`.",
        ),
        ("server catatt x", "Perintah “catatt” tidak dikenal; lihat `sopan server --bantuan`."),
        (
            "terima x --kumci y",
            "Pilihan --kumci tidak dikenal; mungkin maksud Anda `--kunci`; lihat `sopan terima --bantuan`.",
        ),
        ("terima x --zzz", "Pilihan --zzz tidak dikenal; lihat `sopan terima --bantuan`."),
        ("terima", "BUTIR belum disebut; lihat `sopan terima --bantuan`."),
        ("server saji x", "--untuk belum disebut; lihat `sopan server saji --bantuan`."),
        ("lanjut x --catatan", "Pilihan --catatan memerlukan nilai; lihat `sopan lanjut --bantuan`."),
        ("terima x --simulasi=ya", "Pilihan --simulasi tidak memakai nilai; lihat `sopan terima --bantuan`."),
        (
            "papan --format xml",
            "Nilai pada --format tidak dapat dipakai; tulis salah satu dari teks, json; lihat `sopan papan --bantuan`.",
        ),
        (
            "kembalikan x tiga --alasan y",
            "Nilai pada LANGKAH tidak dapat dipakai; tulis sebuah angka; lihat `sopan kembalikan --bantuan`.",
        ),
        ("papan x y", "Ada kata yang berlebih atau tidak dimengerti pada perintah ini; lihat `sopan papan --bantuan`."),
    ],
)
def test_what_is_typed_wrong_is_told_with_what_would_be_right(typed, said, tmp_path):
    told = sopan(*shlex.split(typed), at=tmp_path)
    assert (told.code, told.out, told.err) == (2, "", f"{said}\n")


def test_what_is_typed_right_is_not_held_back_by_click(tmp_path):
    told = sopan("terima", "2026/x", "--kunci", "y", "--simulasi", at=tmp_path)
    assert (told.code, told.err.split(";")[0]) == (2, f"Folder {tmp_path} bukan repositori git")


@pytest.mark.parametrize("of_server", [False, True])
def test_every_room_is_open_to_its_commands(of_server):
    group = commands.commands["server"] if of_server else commands
    names = [room.name for room in pkgutil.iter_modules(cli.__path__) if room.name.startswith("server_") == of_server]
    rooms = (import_module(f"sopan.cli.{name}") for name in names)
    held = [command.name for room in rooms for command in getattr(room, "COMMANDS", ())]
    assert sorted(held) == sorted(group.commands)
    assert [group.commands[name].name for name in held] == held
