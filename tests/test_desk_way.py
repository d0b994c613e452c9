"""One item's whole way through the officers' commands, and what each of them says, word for word."""

from __future__ import annotations

import json

from desks import FOLDER, ITEM, git
from sopan.history import MAIN

KABID_NEXT = "Giliran berikutnya: langkah 2 (menginstruksikan), Kabid (Budi Santoso).\n"
ADMIN_NEXT = "Giliran berikutnya: langkah 3 (memproses), Admin (Dewi Lestari).\n"
STEP_2 = (
    "Kabid Penelitian dan Pengembangan menerima permintaan Informasi Publik dan menginstruksikan untuk mengolah serta "
    "mempublikasikan informasi ke admin"
)
STEP_3 = (
    "Admin memproses lebih lanjut informasi Pelayanan Publik untuk diupdate kedalam Website Bappeda Kabupaten Bangka "
    "dan melaporkan ke Kabid Penelitian dan Pengembangan"
)


def test_an_item_goes_all_the_way_and_every_command_says_whose_turn_is_next(desks):
    desks.compose()

    handed_in = desks.do("ratna", "serahkan", ITEM, "--catatan", "Mohon diolah.")
    assert (handed_in.code, handed_in.out, handed_in.err) == (0, f"{ITEM} diserahkan.\n{KABID_NEXT}", "")

    begun = desks.do("budi", "terima", ITEM)
    assert (begun.code, begun.err) == (0, "")
    assert begun.out == (
        f"{ITEM} mulai Anda kerjakan.\nCatatan Sekretaris: Mohon diolah.\n"
        f"Sekarang giliran Anda; selesaikan dengan `sopan lanjut {ITEM}`.\n"
    )
    assert (desks.path("budi") / FOLDER / "index.md").is_file()  # what is to be judged lies before the judge
    assert git(desks.path("budi"), "status", "--porcelain") == ""

    returned = desks.do("budi", "kembalikan", ITEM, "--alasan", "Tabel belum lengkap.")
    assert (returned.code, returned.err) == (0, "")
    assert returned.out == (
        f"{ITEM} dikembalikan.\nGiliran berikutnya: langkah 1 (memberikan), Sekretaris (Ratna Wulandari).\n"
    )

    desks.write("ratna", "tabel.csv", "kegiatan,jumlah\nmusrenbang,2\n")
    assert desks.do("ratna", "serahkan", ITEM).out == f"{ITEM} diserahkan.\n{KABID_NEXT}"

    instructed = desks.do("budi", "lanjut", ITEM, "--catatan", "Segera proses.")
    assert (instructed.code, instructed.out) == (0, f"langkah 2 (menginstruksikan) selesai.\n{ADMIN_NEXT}")
    assert instructed.err == f"{ITEM}: langkah 2, “{STEP_2}”\n"

    recalled = desks.do("budi", "tarik", ITEM, "--alasan", "Salah ketik.")
    assert (recalled.code, recalled.err) == (0, "")
    assert recalled.out == f"langkah Anda pada {ITEM} ditarik.\n{KABID_NEXT}"
    assert desks.do("budi", "lanjut", ITEM).code == 0

    processed = desks.do("dewi", "lanjut", f"docs/informasi/{ITEM.upper()}/")
    assert (processed.code, processed.err) == (0, f"docs/informasi/{ITEM.upper()}/: langkah 3, “{STEP_3}”\n")
    assert processed.out == (
        "langkah 3 (memproses) selesai.\nGiliran berikutnya: langkah 4 (melaporkan), Kabid (Budi Santoso).\n"
    )

    assert desks.do("budi", "lanjut", ITEM).out == (
        "langkah 4 (melaporkan) selesai.\nGiliran berikutnya: langkah 5 (meminta), Sekretaris (Ratna Wulandari).\n"
    )
    assert desks.do("ratna", "lanjut", ITEM).out == (
        "langkah 5 (meminta) selesai.\nGiliran berikutnya: langkah 6 (meminta), Kabid (Budi Santoso).\n"
    )
    assert desks.do("budi", "lanjut", ITEM).out == (
        "langkah 6 (meminta) selesai.\nGiliran berikutnya: langkah 7 (mengupdate), Admin (Dewi Lestari).\n"
    )

    published = desks.do("dewi", "lanjut", ITEM)
    assert published.code == 0
    assert published.out == (
        "langkah 7 (mengupdate) selesai.\n"
        "Semua langkah petugas selesai; main memuat informasi ini dan server menerbitkannya.\n"
    )
    said = published.err.splitlines()
    assert said[1] == "Situs sudah sama dengan main."
    page = f"{desks.address}informasi/{ITEM}/"
    assert said[2].startswith(f"{page} belum terbukti: {page}butir.json tidak terbaca (")

    assert desks.held(MAIN, f"{FOLDER}/tabel.csv") == b"kegiatan,jumlah\nmusrenbang,2\n"
    assert (desks.site / "informasi" / ITEM / "tabel.csv").read_bytes() == b"kegiatan,jumlah\nmusrenbang,2\n"
    assert desks.do("ratna", "papan").out == "Tidak ada butir yang sedang berjalan.\n"
    times = json.loads(desks.do("ratna", "waktu", "--format", "json").out)
    assert json.dumps(times).count('"langkah"') > 0


def test_cancelling_ends_the_submission_and_the_next_begins_at_the_first_step(after):
    desks = after(1)
    cancelled = desks.do("ratna", "batalkan", ITEM, "--alasan", "Salah berkas.")
    assert (cancelled.code, cancelled.err) == (0, "")
    assert cancelled.out == (
        f"pengajuan {ITEM} dibatalkan.\nTidak ada giliran; pengajuan berikutnya dimulai dengan `sopan serahkan`.\n"
    )
    again = desks.do("ratna", "serahkan", ITEM)
    assert (again.code, again.out) == (0, f"{ITEM} diserahkan.\n{KABID_NEXT}")


def test_one_command_finishes_the_step_of_several_items(after):
    desks, other = after(1), "2026/laporan-kinerja"
    desks.walk(1, other)
    both = desks.do("budi", "lanjut", ITEM, other)
    assert (both.code, both.out) == (0, f"langkah 2 (menginstruksikan) selesai.\n{ADMIN_NEXT}" * 2)
    assert both.err == f"{ITEM}: langkah 2, “{STEP_2}”\n{other}: langkah 2, “{STEP_2}”\n"
