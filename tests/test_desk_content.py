"""What officers hand in: documents, edits, a new version of what is published, and former content after a renewal."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from desks import FOLDER, INDEX, ITEM, TABLE, git, sopan
from sopan.history import MAIN

BRANCH = f"refs/heads/butir/{ITEM}"
NEW_TABLE = "kegiatan,jumlah\nmusrenbang,5\n"


@pytest.fixture
def published(after):
    """An office that published the item and goes on; nobody serves its site."""
    return after(7)


# -- documents and a few answers -------------------------------------------------------------------------------------


def test_documents_and_a_few_answers_make_a_new_item(desks, tmp_path):
    document = tmp_path / "Tabel Kegiatan (akhir).CSV"
    document.write_text(TABLE)
    answers = ("--judul", "Laporan Kegiatan", "--klasifikasi", "Setiap Saat", "--unit", "Sekretariat")
    year = datetime.now(tz=ZoneInfo("Asia/Jakarta")).year
    done = desks.do("ratna", "serahkan", str(document), *answers, "--teks", "Lihat tabel.", "--bukan-dikecualikan")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == f"{year}/laporan-kegiatan diserahkan."
    branch, folder = f"refs/heads/butir/{year}/laporan-kegiatan", f"docs/informasi/{year}/laporan-kegiatan"
    assert desks.held_names(branch, folder) == ["index.md", "tabel-kegiatan-akhir.csv"]
    assert desks.held(branch, f"{folder}/tabel-kegiatan-akhir.csv") == TABLE.encode()
    assert desks.held(branch, f"{folder}/index.md").decode() == (
        "---\njudul: Laporan Kegiatan\nklasifikasi: setiap_saat\nunit_asal: Sekretariat\nbukan_dikecualikan: ya\n"
        "lampiran:\n- berkas: tabel-kegiatan-akhir.csv\n  judul: Tabel Kegiatan (akhir)\n---\n\nLihat tabel.\n"
    )
    assert git(desks.path("ratna"), "symbolic-ref", "HEAD") == branch
    assert desks.path("ratna", folder, "tabel-kegiatan-akhir.csv").read_text() == TABLE


def test_an_index_among_the_documents_is_taken_as_it_is(desks, tmp_path):
    (tmp_path / "index.md").write_text(INDEX)
    (tmp_path / "tabel.csv").write_text(TABLE)
    done = desks.do("ratna", "serahkan", str(tmp_path / "index.md"), str(tmp_path / "tabel.csv"))
    assert done.code == 0
    item = done.out.split(" ")[0]
    assert item.endswith("/rencana-kerja")
    assert desks.held(f"refs/heads/butir/{item}", f"docs/informasi/{item}/index.md") == INDEX.encode()


# -- rounds -----------------------------------------------------------------------------------------------------------


def test_a_published_item_is_edited_and_goes_a_second_round(published):
    desks = published
    git(desks.path("ratna"), "checkout", "--quiet", "main")
    git(desks.path("ratna"), "pull", "--quiet")
    desks.write("ratna", "tabel.csv", NEW_TABLE)
    handed_in = desks.do("ratna", "serahkan", ITEM)
    assert (handed_in.code, handed_in.err) == (0, "")
    assert desks.held(MAIN, f"{FOLDER}/tabel.csv") == TABLE.encode()
    desks.walk(7, since=2)
    assert desks.held(MAIN, f"{FOLDER}/tabel.csv") == NEW_TABLE.encode()
    assert (desks.site / "informasi" / ITEM / "tabel.csv").read_text() == NEW_TABLE
    assert [one["nomor"] for one in desks.rounds("ratna")] == [1, 2]


def test_a_renewal_takes_main_as_it_is_and_keeps_the_former_content_as_edits(published):
    desks = published
    desks.write("ratna", "tabel.csv", NEW_TABLE)
    assert desks.do("ratna", "serahkan", ITEM).code == 0
    renewed = desks.do("budi", "selaraskan", ITEM)
    assert (renewed.code, renewed.err) == (0, "")
    assert renewed.out == (
        f"{ITEM} diselaraskan.\nGiliran berikutnya: langkah 1 (memberikan), Sekretaris (Ratna Wulandari).\n"
    )
    archive = desks.archive
    assert archive.tree_of(archive.resolve(BRANCH)) == archive.tree_of(archive.resolve(MAIN))
    assert desks.path("budi", FOLDER, "tabel.csv").read_text() == NEW_TABLE  # laid out as edits
    assert git(desks.path("budi"), "status", "--porcelain") == f" M {FOLDER}/tabel.csv"
    again = desks.do("ratna", "serahkan", ITEM, "--isi-lama")
    assert (again.code, again.out.splitlines()[0]) == (0, f"{ITEM} diserahkan.")
    assert desks.held(BRANCH, f"{FOLDER}/tabel.csv") == NEW_TABLE.encode()


# -- periksa --------------------------------------------------------------------------------------------------------


def test_examining_names_file_and_line_and_sends_nothing(desks):
    desks.write("ratna", text=INDEX.replace("klasifikasi: berkala", "klasifikasi: bulanan"))
    before = desks.record()
    said = desks.do("ratna", "periksa")
    assert said.code == 1
    assert re.fullmatch(r"Penjelasan aturan: http://\S+/panduan/aturan/skema-pilihan/\n", said.err)
    assert said.out == (
        f"{FOLDER}/index.md baris 3: Nilai 'bulanan' pada 'Klasifikasi' (klasifikasi) tidak tersedia; "
        "pilih salah satu: berkala, serta_merta, setiap_saat. [skema-pilihan]\n"
    )
    (finding,) = json.loads(desks.do("ratna", "periksa", ITEM, "--format", "json").out)["temuan"]
    assert (finding["aturan"], finding["berkas"], finding["baris"]) == ("skema-pilihan", f"{FOLDER}/index.md", 3)
    assert desks.record() == before


def test_examining_says_when_nothing_is_wrong_and_when_nothing_is_edited(desks):
    nothing = desks.do("ratna", "periksa")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == (
        "Tidak ada butir yang Anda sunting; sebutkan butirnya, misalnya `sopan periksa 2026/rencana-kerja`.\n"
    )
    desks.compose()
    sound = desks.do("ratna", "periksa", "--penuh")
    assert (sound.code, sound.out, sound.err) == (0, "Tidak ada yang perlu diperbaiki.\n", "")


def test_examining_fully_asks_for_more_and_can_fill_in_what_the_office_knows(desks):
    few = "---\njudul: Rencana\nklasifikasi: setiap_saat\nunit_asal: Sekretariat\nbukan_dikecualikan: ya\n---\n\nIsi.\n"
    file = desks.write("ratna", text=few)
    assert desks.do("ratna", "periksa", ITEM).code == 0
    full = desks.do("ratna", "periksa", ITEM, "--penuh")
    assert full.code == 1
    assert "Isian 'Bahasa' (bahasa) belum ada" in full.out
    filled = desks.do("ratna", "periksa", ITEM, "--penuh", "--lengkapi")
    assert (filled.code, filled.err.splitlines()[:-1]) == (1, [f"{ITEM}: yang kosong diisi dengan bawaan kantor."])
    assert "(bahasa)" not in filled.out
    assert "Isian 'Ringkasan' (ringkasan) belum ada" in filled.out
    assert "bahasa: id\n" in file.read_text()
    assert file.read_text().endswith("---\n\nIsi.\n")


def test_filling_in_needs_something_to_fill_in(desks):
    said = desks.do("ratna", "periksa", ITEM, "--lengkapi")
    assert (said.code, said.out) == (1, "")
    assert (
        said.err
        == f"{FOLDER}: folder butir tidak memuat index.md; setiap butir mempunyai satu index.md. [index-tiada]\n"
    )


# -- papan ----------------------------------------------------------------------------------------------------------


def test_the_board_names_item_turn_and_since_when_for_people_and_programs(after):
    desks = after(1)
    desks.done("budi", "terima", ITEM)
    shown = desks.do("dewi", "papan")
    assert (shown.code, shown.err) == (0, "")
    assert "│ 2026/rencana-kerja │ 1         │ 2 menginstruksikan (dikerjakan) │ Kabid │" in shown.out
    told = json.loads(desks.do("dewi", "papan", "--format", "json").out)
    (row,) = told["butir"]
    since = datetime.fromisoformat(row.pop("sejak"))
    assert since.utcoffset() == datetime.now(tz=ZoneInfo("Asia/Jakarta")).utcoffset()
    assert since <= datetime.now(tz=UTC)
    assert isinstance(row.pop("detik"), int)
    assert told["skema"] == "papan/1"
    assert row == {
        "butir": ITEM,
        "putaran": 1,
        "pengajuan": 1,
        "langkah": 2,
        "tindakan": "menginstruksikan",
        "peran": "kabid",
        "menunggu": "Kabid",
        "dikerjakan": True,
        "waktu_baku": "5 menit",
        "catatan": None,
        "catatan_oleh": None,
    }
    at_server = json.loads(sopan("papan", "--format", "json", at=desks.server).out)["butir"]
    assert [one["butir"] for one in at_server] == [ITEM]
