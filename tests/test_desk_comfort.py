"""What makes the desk comfortable: two items at once, a step taken up again, notes that are read, names mistyped."""

from __future__ import annotations

import json

import pytest

from desks import FOLDER, ITEM, TABLE, git, sopan

OTHER = "2026/laporan-kinerja"
NOT_LAID_OUT = "Folder kerja tidak dipindahkan ke cabang butir ini: masih ada suntingan yang belum diserahkan.\n"
FEW = "---\njudul: Rencana\nklasifikasi: setiap_saat\nunit_asal: Sekretariat\nbukan_dikecualikan: ya\n---\n\nIsi.\n"
YOUR_TURN = f"Sekarang giliran Anda; selesaikan dengan `sopan lanjut {ITEM}`.\n"
NEW_TABLE = "kegiatan,jumlah\nmusrenbang,7\n"


def shown_branch(desks, who):
    return git(desks.path(who), "symbolic-ref", "--short", "HEAD")


# -- two items in one clone --------------------------------------------------------------------------------------------


@pytest.fixture
def two(desks):
    """Two items made by hand in one clone, the first of them handed in."""
    desks.compose(ITEM)
    desks.compose(OTHER)
    first = desks.do("ratna", "serahkan", ITEM)
    assert (first.code, first.err) == (0, NOT_LAID_OUT)  # the other is being edited
    return desks


def test_what_was_handed_in_is_no_edit_and_keeps_no_other_item_from_being_laid_out(two):
    second = two.do("ratna", "serahkan", OTHER)
    assert (second.code, second.err) == (0, "")
    assert shown_branch(two, "ratna") == f"butir/{OTHER}"
    assert git(two.path("ratna"), "status", "--porcelain") == ""
    assert not two.path("ratna", FOLDER).exists()  # as git does with what belongs to another branch
    two.done("budi", "kembalikan", ITEM, "--alasan", "Lengkapi.")
    again = two.do("ratna", "terima", ITEM)
    assert (again.code, again.err) == (0, "")
    assert shown_branch(two, "ratna") == f"butir/{ITEM}"
    assert two.path("ratna", FOLDER, "tabel.csv").read_text() == TABLE


def test_what_was_handed_in_is_no_edit_when_others_have_gone_on_with_it(two):
    two.done("budi", "lanjut", ITEM)
    two.done("dewi", "terima", ITEM)
    two.write("dewi", "tabel.csv", NEW_TABLE)
    two.done("dewi", "lanjut", ITEM)
    second = two.do("ratna", "serahkan", OTHER)
    assert (second.code, second.err) == (0, "")
    assert shown_branch(two, "ratna") == f"butir/{OTHER}"


def test_what_was_edited_since_it_was_handed_in_is_kept(two):
    file = two.write("ratna", "tabel.csv", NEW_TABLE)
    second = two.do("ratna", "serahkan", OTHER)
    assert (second.code, second.err) == (0, NOT_LAID_OUT)
    assert file.read_text() == NEW_TABLE
    assert shown_branch(two, "ratna") == "main"


def test_an_item_that_was_returned_is_handed_in_again_as_it_lies(two):
    two.done("budi", "kembalikan", ITEM, "--alasan", "Sudah benar?")
    again = two.do("ratna", "serahkan", ITEM)
    assert (again.code, again.out.splitlines()[0]) == (0, f"{ITEM} diserahkan.")
    assert two.held(f"refs/heads/butir/{ITEM}", f"{FOLDER}/tabel.csv") == TABLE.encode()


# -- a step taken up again ---------------------------------------------------------------------------------------------


def test_a_step_that_was_begun_is_laid_out_again_and_not_recorded_twice(after):
    desks = after(1)
    begun = desks.do("budi", "terima", ITEM)
    assert begun.out == f"{ITEM} mulai Anda kerjakan.\n{YOUR_TURN}"
    git(desks.path("budi"), "checkout", "--quiet", "main")
    before = desks.record()
    again = desks.do("budi", "terima", ITEM)
    assert (again.code, again.err) == (0, "")
    assert again.out == (
        f"{ITEM} sudah Anda mulai sebelumnya, jadi tidak ada yang dicatat; isinya ditampilkan lagi di folder kerja.\n"
        f"{YOUR_TURN}"
    )
    assert shown_branch(desks, "budi") == f"butir/{ITEM}"
    assert desks.record() == before


def test_a_step_that_was_begun_is_not_laid_out_over_edits(after):
    desks = after(2)
    desks.done("dewi", "terima", ITEM)
    file = desks.write("dewi", "tabel.csv", NEW_TABLE)
    again = desks.do("dewi", "terima", ITEM)
    assert (again.code, again.err) == (0, NOT_LAID_OUT)
    assert again.out.splitlines()[0] == f"{ITEM} sudah Anda mulai sebelumnya, jadi tidak ada yang dicatat."
    assert file.read_text() == NEW_TABLE


# -- one's key ---------------------------------------------------------------------------------------------------------

OUTSIDE = "Folder ini bukan klon kantor; ulangi perintah ini di dalam klon Anda supaya kunci itu dipakai di sana."
LINE_BELOW = "Tambahkan baris berikut pada bagian `kunci` Anda di petugas.yml, melalui cabang rawat:"


def key_of(said):
    return said.out.split('"')[1]


def test_a_key_is_made_anywhere_and_used_in_a_clone(desks, tmp_path):
    key, elsewhere, ratna = tmp_path / "kunci-baru", tmp_path / "lain", desks.path("ratna")
    elsewhere.mkdir()
    git(elsewhere, "init", "--quiet")
    made = sopan("petugas", "kunci", "--berkas", str(key), at=elsewhere)
    assert made.code == 0
    assert made.err.splitlines() == [
        f"Kunci dibuat di {key}. Jaga berkas itu; jangan pernah mengirimkannya.",
        OUTSIDE,
        LINE_BELOW,
    ]
    assert git(elsewhere, "config", "--local", "--get", "--default", "", "user.signingkey") == ""
    former = git(ratna, "config", "--local", "user.signingkey")
    shown = sopan("petugas", "kunci", "--berkas", str(key), at=ratna)
    assert (shown.code, key_of(shown)) == (0, key_of(made))
    assert shown.err.splitlines() == [
        f"Kunci {key} sudah ada; tidak ada kunci baru yang dibuat.",
        f"Kunci itu dipakai di klon {ratna}, menggantikan {former}.",
        LINE_BELOW,
    ]
    assert git(ratna, "config", "--local", "user.signingkey") == str(key)


def test_a_private_key_without_its_public_half_is_left_alone(tmp_path):
    key = tmp_path / "kunci"
    key.write_text("rahasia")
    said = sopan("petugas", "kunci", "--berkas", str(key), at=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{key} sudah ada tanpa kunci.pub di sampingnya; pilih nama lain dengan --berkas.\n"
    assert key.read_text() == "rahasia"


# -- periksa -----------------------------------------------------------------------------------------------------------


def test_examining_asks_for_as_much_as_the_step_that_is_due(desks):
    desks.write("ratna", text=FEW)
    desks.done("ratna", "serahkan", ITEM)
    assert desks.do("ratna", "periksa", ITEM).code == 0  # the Kabid's step asks for no more
    desks.done("budi", "lanjut", ITEM)
    desks.done("dewi", "terima", ITEM)
    asked = desks.do("dewi", "periksa", ITEM)
    assert asked.code == 1
    assert "Isian 'Bahasa' (bahasa) belum ada" in asked.out
    desks.compose(ITEM, "dewi")
    assert desks.do("dewi", "periksa", ITEM).code == 0
    desks.done("dewi", "lanjut", ITEM)


def test_examining_finds_no_edit_in_what_was_handed_in(two):
    two.done("ratna", "periksa", OTHER)
    two.write("ratna", "tabel.csv", "", item=OTHER)
    assert FOLDER not in two.do("ratna", "periksa").out
    two.write("ratna", text=FEW, item=OTHER)
    two.path("ratna", "docs/informasi", OTHER, "tabel.csv").unlink()
    two.done("ratna", "serahkan", OTHER)
    nothing = two.do("ratna", "periksa")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == (
        "Tidak ada butir yang Anda sunting; sebutkan butirnya, misalnya `sopan periksa 2026/rencana-kerja`.\n"
    )
    told = two.do("ratna", "periksa", "--format", "json")
    assert (told.code, json.loads(told.out)) == (0, {"putusan": "terima", "temuan": []})


# -- notes -------------------------------------------------------------------------------------------------------------


def on_the_board(desks):
    (row,) = json.loads(desks.done("dewi", "papan", "--format", "json").out)["butir"]
    return row["catatan"], row["catatan_oleh"]


def test_a_disposition_is_read_by_whom_it_is_for(desks):
    disposition = "Mohon diolah menjadi halaman.\n\nLampirkan naskahnya" + ", dan sebutkan sumbernya" * 20 + "."
    read = " ".join(disposition.split())
    assert len(read) > 500
    desks.compose()
    desks.done("ratna", "serahkan", ITEM)
    assert on_the_board(desks) == (None, None)
    desks.done("budi", "lanjut", ITEM, "--catatan", disposition)
    assert on_the_board(desks) == (read, "kabid")
    assert desks.done("ratna", "papan").out.splitlines()[-1] == f"{ITEM} – Catatan Kabid: {read}"
    assert desks.done("dewi", "terima", ITEM).out == (
        f"{ITEM} mulai Anda kerjakan.\nCatatan Kabid: {read}\n{YOUR_TURN}"
    )
    assert on_the_board(desks) == (read, "kabid")  # a start does not hide it
    desks.done("dewi", "lanjut", ITEM)
    assert on_the_board(desks) == (None, None)


def test_a_reason_is_read_with_the_role_that_gave_it(after):
    desks = after(1)
    desks.done("ratna", "tarik", ITEM, "--alasan", "Salah berkas.")
    assert on_the_board(desks) == ("Salah berkas.", "sekretaris")
    desks.done("ratna", "serahkan", ITEM)
    desks.done("budi", "kembalikan", ITEM, "--alasan", "Tanggal [b]berbeda[/b].")
    assert on_the_board(desks) == ("Tanggal [b]berbeda[/b].", "kabid")
    assert "\nCatatan Kabid: Tanggal [b]berbeda[/b].\n" in desks.done("ratna", "terima", ITEM).out


# -- names mistyped ----------------------------------------------------------------------------------------------------

NEAR = "Butir 2026/rencana-kerj tidak dikenal; mungkin maksud Anda 2026/rencana-kerja.\n"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("budi", ("terima",)),
        ("budi", ("lanjut",)),
        ("budi", ("lanjut", ITEM)),  # nor is the item before it finished
        ("budi", ("kembalikan", "--alasan", "x")),
        ("ratna", ("tarik", "--alasan", "x")),
        ("ratna", ("batalkan", "--alasan", "x")),
        ("budi", ("selaraskan",)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_a_mistyped_item_is_not_taken_for_a_new_one(waiting, who, words):
    before = waiting.trace(who), waiting.record()
    said = waiting.do(who, *words, "2026/rencana-kerj")
    assert (said.code, said.out, said.err) == (2, "", NEAR)
    assert (waiting.trace(who), waiting.record()) == before


def test_an_item_far_from_every_other_is_looked_up_on_the_board(waiting):
    said = waiting.do("budi", "terima", "2026/belum-ada")
    assert (said.code, said.out) == (2, "")
    assert said.err == "Butir 2026/belum-ada tidak dikenal; `sopan papan` menampilkan butir yang sedang berjalan.\n"


def test_an_item_on_main_is_known_without_a_branch(waiting):
    said = waiting.do("budi", "terima", "2026/rpjpd")
    assert said.code == 1
    assert said.err.startswith("Sekarang giliran Sekretaris (Ratna Wulandari) pada 2026/rpjpd: langkah 1, memberikan.")


@pytest.mark.parametrize("command", ["terima", "lanjut"])
def test_an_item_in_the_work_tree_is_known_before_it_is_handed_in(desks, command):
    desks.compose(OTHER)
    assert desks.do("ratna", command, OTHER).code == 0


@pytest.fixture(scope="module")
def waiting(states, tmp_path_factory):
    """An office in which an item waits for the Kabid; no test here may change it. Every clone has seen the server."""
    desks = states(1).copy(tmp_path_factory.mktemp("menunggu") / "kantor")
    for who in ("ratna", "budi"):
        desks.done(who, "papan")
    return desks


def test_a_document_that_is_not_there_is_told_by_its_name(waiting):
    said = waiting.do("ratna", "serahkan", "berkas-yang-tak-ada.pdf")
    assert (said.code, said.out) == (2, "")
    assert said.err == "Berkas berkas-yang-tak-ada.pdf tidak ditemukan; periksa nama dan letaknya.\n"
