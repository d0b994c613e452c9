"""Maintenance by two officers, through their commands; and an office that works on after its merge."""

from __future__ import annotations

import json

import pytest

from desks import FOLDER, ITEM, git, served
from sopan import commits, ledger, trailer
from sopan.history import LEDGER, MAIN
from test_desk_refusals import unchanged

PEOPLE_FILE, PAGE = "petugas.yml", "docs/panduan/kabid.md"
REF = "refs/heads/rawat/kunci-kabid"
NAME = "kunci-kabid"
TAKEN = f"ubah   {PAGE}\nubah   {PEOPLE_FILE}\n"
NEXT = (
    f"Berikutnya: petugas lain (Dewi Lestari, Budi Santoso) membacanya dengan `sopan rawat lihat {NAME}` "
    f"dan menyetujuinya dengan `sopan rawat setujui {NAME}`.\n"
)
NEW_LINE = "Baris baru untuk pengujian."


def raise_version(desks, who, to=2):
    file = desks.path(who, PEOPLE_FILE)
    text = file.read_text("utf-8")
    assert text.count(f"versi: '{to - 1}'") == 1
    file.write_text(text.replace(f"versi: '{to - 1}'", f"versi: '{to}'"), "utf-8")


def edit(desks, who="ratna"):
    """A change of policy and of a guide in somebody's work tree."""
    raise_version(desks, who)
    with desks.path(who, PAGE).open("a", encoding="utf-8") as page:
        page.write(f"\n{NEW_LINE}\n")


def propose(desks, who="ratna", *more):
    return desks.do(who, "rawat", "ajukan", NAME, "--catatan", "Kunci Kabid diganti.", *more)


@pytest.fixture(scope="module")
def made(states, tmp_path_factory):
    """An office in which a maintenance branch waits for the second officer; to be copied, or only looked at."""
    desks = states(0).copy(tmp_path_factory.mktemp("rawat") / "kantor")
    edit(desks)
    said = propose(desks)
    assert (said.code, said.out, said.err) == (0, f"{TAKEN}rawat/{NAME} diajukan.\n{NEXT}", "")
    seen(desks, "ratna", "budi", "dewi")
    return desks


@pytest.fixture
def proposed(made, tmp_path):
    return made.copy(tmp_path / "kantor")


def on_main(desks, path):
    return desks.archive.read(desks.archive.resolve(MAIN), path)


def seen(desks, *who):
    """Clones that have fetched, so that a later refusal's fetch changes nothing in them."""
    for one in who:
        desks.done(one, "papan")


# -- proposing -------------------------------------------------------------------------------------------------------


def test_a_proposal_is_one_signed_commit_from_main_and_the_work_tree_shows_it(made):
    archive = made.archive
    head = archive.resolve(REF)
    commit, wrong = commits.parse(head, archive.commit(head))
    assert (wrong, commit.parents) == ([], (archive.resolve(MAIN),))
    assert (commit.subject, commit.note, dict(commit.trailers)) == (f"Rawat: {NAME}", "Kunci Kabid diganti.", {})
    assert commit.committer.name == "Ratna Wulandari"
    assert commit.signature is not None
    assert git(made.path("ratna"), "status", "--porcelain", "--branch") == f"## rawat/{NAME}"
    assert git(made.path("ratna"), "rev-parse", "HEAD") == head


def test_a_simulation_lists_and_changes_nothing(desks):
    seen(desks, "ratna")
    edit(desks)
    with unchanged(desks, "ratna"):
        shown = propose(desks, "ratna", "--simulasi")
    assert (shown.code, shown.out, shown.err) == (0, f"{TAKEN}Simulasi: rawat/{NAME} diajukan.\n", "")


def test_added_and_removed_files_are_taken_and_what_office_programs_leave_is_not(desks):
    desks.path("ratna", "CHANGELOG.md").unlink()
    desks.path("ratna", "CONTRIBUTING.md").rename(desks.path("ratna", "scripts/jalan"))
    desks.path("ratna", "scripts/jalan").chmod(0o755)
    desks.path("ratna", ".~lock.kantor.yml#").write_text("sedang dibuka")
    said = propose(desks)
    assert said.out.startswith("hapus  CHANGELOG.md\nhapus  CONTRIBUTING.md\ntambah scripts/jalan\nrawat/")
    listed = git(desks.server, "diff-tree", "-r", "--no-renames", "--name-status", MAIN, REF)
    assert listed == "D\tCHANGELOG.md\nD\tCONTRIBUTING.md\nA\tscripts/jalan"
    assert git(desks.server, "ls-tree", REF, "scripts/jalan").startswith("100755 blob")


def test_a_second_proposal_goes_on_the_branch(proposed):
    before = proposed.archive.resolve(REF)
    with proposed.path("ratna", PAGE).open("a", encoding="utf-8") as page:
        page.write("Satu lagi.\n")
    said = propose(proposed)
    assert (said.code, said.out) == (0, f"{TAKEN}rawat/{NAME} diajukan.\n{NEXT}")
    assert git(proposed.server, "rev-parse", f"{REF}~") == before


def test_nothing_changed_is_refused(desks):
    seen(desks, "ratna")
    with unchanged(desks, "ratna"):
        said = propose(desks)
    sentence = "Tidak ada perubahan di luar docs/informasi pada folder kerja ini; sunting dahulu berkasnya.\n"
    assert (said.code, said.out, said.err) == (1, "", sentence)


def test_an_item_that_is_being_edited_is_refused_and_one_that_was_handed_in_is_not(desks):
    seen(desks, "ratna")
    edit(desks)
    desks.compose()
    with unchanged(desks, "ratna"):
        said = propose(desks)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"Butir sedang disunting ({ITEM}), dan pemeliharaan tidak boleh menyentuh butir; "
        "serahkan dahulu dengan `sopan serahkan`, atau pindahkan ke tempat lain.\n"
    )
    desks.done("ratna", "serahkan", ITEM)
    assert propose(desks).code == 0
    assert not desks.archive.read(desks.archive.resolve(REF), f"{FOLDER}/index.md")


def test_an_edit_of_an_older_state_is_refused(proposed):
    """Budi edits the guide as it stands on main, while the branch holds another one already."""
    with proposed.path("budi", PAGE).open("a", encoding="utf-8") as page:
        page.write("\nLain lagi.\n")
    with unchanged(proposed, "budi"):
        said = propose(proposed, "budi")
    sentence = f"Suntingan pada {PAGE} berawal dari isi lama; pindahkan, lalu sunting isi yang terbaru.\n"
    assert (said.code, said.out, said.err) == (1, "", sentence)


def test_policy_that_cannot_be_merged_is_refused_before_it_is_sent(desks):
    seen(desks, "ratna")
    file = desks.path("ratna", "kantor.yml")
    text = file.read_text("utf-8")
    file.write_text(text.replace("zona_waktu: Asia/Jakarta", "zona_waktu: Asia/Jkarta"), "utf-8")
    with unchanged(desks, "ratna"):
        said = propose(desks)
    assert (said.code, said.out) == (1, "")
    assert said.err.endswith("[rawat-sah]\n")
    file.write_text(f"{text}# Diperiksa.\n", "utf-8")
    assert propose(desks).err.endswith("[rawat-versi]\n")
    raise_version(desks, "ratna")
    assert propose(desks).code == 0


@pytest.mark.parametrize("trouble", ["key", "link", "name"])
def test_what_must_not_be_sent_is_refused(desks, trouble):
    seen(desks, "ratna")
    match trouble:
        case "key":
            desks.path("ratna", "kunciku").write_bytes(desks.path("kunci", "ratna").read_bytes())
            sentence = "kunciku memuat kunci pribadi, yang tidak pernah dikirim; pindahkan ke luar folder kerja.\n"
        case "link":
            desks.path("ratna", "tautan").symlink_to("petugas.yml")
            sentence = "tautan bukan berkas biasa; pemeliharaan hanya memuat berkas, tanpa tautan.\n"
        case "name":
            with open(f"{desks.path('ratna')}/".encode() + b"a\xff.txt", "wb"):  # noqa: PTH123 - no text names it
                sentence = "Nama berkas a�.txt bukan teks UTF-8; ganti namanya, lalu ulangi.\n"
    with unchanged(desks, "ratna"):
        said = propose(desks)
    assert (said.code, said.out, said.err) == (2, "", sentence)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ("ajukan", "Kunci Kabid!", "--catatan", "x"),
            2,
            "Nama “Kunci Kabid!” tidak terbaca; pakai huruf kecil, angka, dan tanda hubung, seperti kunci-kabid.\n",
        ),
        (
            ("ajukan", NAME, "--catatan", " "),
            2,
            "Catatan masih kosong; tulis apa yang diubah dan mengapa dengan --catatan.\n",
        ),
        (("lihat", "kunci-kabit"), 1, "Tidak ada cabang rawat/kunci-kabit; mungkin maksud Anda rawat/kunci-kabid.\n"),
        (("setujui", "zzz"), 1, "Tidak ada cabang rawat/zzz; yang terbuka: rawat/kunci-kabid.\n"),
    ],
)
def test_what_is_not_understood_is_answered(made, words, code, sentence):
    with unchanged(made, "budi"):
        said = made.do("budi", "rawat", *words)
    assert (said.code, said.out, said.err) == (code, "", sentence)


def test_a_server_that_cannot_be_reached_leaves_nothing_behind(desks):
    seen(desks, "ratna")
    edit(desks)
    desks.server.rename(desks.top / "pindah")
    before = desks.trace("ratna")
    assert propose(desks).code == 2
    assert desks.trace("ratna") == before


# -- reading ---------------------------------------------------------------------------------------------------------


def test_the_change_is_shown_with_its_author_and_its_text(made):
    said = made.do("budi", "rawat", "lihat", f" Rawat/{NAME} ")
    assert (said.code, said.err) == (0, "")
    head = f"rawat/{NAME} oleh Ratna Wulandari; belum disetujui.\n{TAKEN}\n"
    assert said.out.startswith(f"{head}diff --git {PAGE} {PAGE}\n")
    assert f"\n+{NEW_LINE}\n" in said.out
    assert "\n-versi: '1'\n+versi: '2'\n" in said.out


def test_what_moves_the_cursor_or_hides_is_shown_by_its_code_point(desks):
    with desks.path("ratna", PAGE).open("a", encoding="utf-8") as page:
        page.write("\nawas\x1b[2J\u202eterbalik\u200b\n")
    assert propose(desks).code == 0
    said = desks.do("budi", "rawat", "lihat", NAME)
    assert "\n+awas<U+001B>[2J<U+202E>terbalik<U+200B>\n" in said.out


# -- approving and merging -------------------------------------------------------------------------------------------


def test_nobody_approves_what_is_his_own(made):
    with unchanged(made, "ratna"):
        said = made.do("ratna", "rawat", "setujui", NAME)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "Ratna Wulandari tidak dapat menyetujui perubahan yang dibuatnya sendiri; minta petugas lain. "
        "[rawat-setuju-sendiri]\n"
    )


def test_nothing_is_merged_that_was_not_approved(made):
    with unchanged(made, "ratna"):
        said = made.do("ratna", "rawat", "gabung", NAME)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("pemeliharaan ini belum disetujui petugas kedua; ")
    assert said.err.endswith("[rawat-setuju-tiada]\n")


def test_simulated_approval_changes_nothing(made):
    with unchanged(made, "budi"):
        said = made.do("budi", "rawat", "setujui", NAME, "--simulasi")
    assert (said.code, said.out, said.err) == (0, f"{TAKEN}Simulasi: rawat/{NAME} disetujui.\n", "")


def test_two_officers_change_the_policy_and_each_is_told_what_is_next(proposed):
    desks, archive, main = proposed, proposed.archive, proposed.archive.resolve(MAIN)
    approved = desks.do("budi", "rawat", "setujui", NAME, "--catatan", "Sudah dibaca.")
    assert (approved.code, approved.err) == (0, "")
    assert approved.out == (
        f"{TAKEN}rawat/{NAME} disetujui.\n"
        f"Berikutnya: Anda atau pembuatnya menggabungkan dengan `sopan rawat gabung {NAME}`.\n"
    )
    head = archive.resolve(REF)
    approval, _ = commits.parse(head, archive.commit(head))
    assert (approval.subject, approval.note) == (f"Setuju: rawat/{NAME}", "Sudah dibaca.")
    assert approval.tree == archive.tree_of(approval.parents[0])

    again = desks.do("dewi", "rawat", "setujui", NAME)
    assert (again.code, again.err) == (
        1,
        f"rawat/{NAME} sudah disetujui; gabungkan dengan `sopan rawat gabung {NAME}`.\n",
    )
    outsider = desks.do("dewi", "rawat", "gabung", NAME)
    assert outsider.code == 1
    assert outsider.err == (
        "Dewi Lestari bukan pembuat dan bukan penyetuju perubahan ini; salah satu dari keduanya yang menggabungkan. "
        "[rawat-penggabung]\n"
    )
    seen(desks, "ratna")
    with unchanged(desks, "ratna"):
        shown = desks.do("ratna", "rawat", "gabung", NAME, "--simulasi")
    assert (shown.code, shown.out) == (0, f"{TAKEN}Simulasi: rawat/{NAME} digabung ke main.\n")

    merged = desks.do("ratna", "rawat", "gabung", NAME)
    assert (merged.code, merged.err) == (0, "Situs sudah sama dengan main.\n")
    assert merged.out == (
        f"{TAKEN}rawat/{NAME} digabung ke main.\n"
        "main memuat perubahan ini.\n"
        "Di server: tulis ulang authorized_keys dengan `sopan server kunci`.\n"
    )
    tip = archive.resolve(MAIN)
    merge, _ = commits.parse(tip, archive.commit(tip))
    assert merge.parents == (main, head)
    assert merge.trailers == approval.trailers | {trailer.MAINTENANCE: trailer.JOIN}
    assert NEW_LINE.encode() in archive.read(tip, PAGE)
    assert NEW_LINE in (desks.site / "panduan/kabid/index.html").read_text("utf-8")

    over = desks.do("ratna", "rawat", "gabung", NAME)
    assert (over.code, over.err) == (1, f"rawat/{NAME} sudah digabung ke main; tidak ada lagi yang menunggu.\n")


def test_a_branch_that_main_left_behind_is_refused_before_anybody_approves_it(proposed):
    desks = proposed
    with desks.path("dewi", "docs/panduan/admin.md").open("a", encoding="utf-8") as page:
        page.write("\nSelingan.\n")
    desks.done("dewi", "rawat", "ajukan", "selingan", "--catatan", "Selingan.")
    desks.done("budi", "rawat", "setujui", "selingan")
    desks.done("dewi", "rawat", "gabung", "selingan")
    seen(desks, "budi")
    with unchanged(desks, "budi"):
        said = desks.do("budi", "rawat", "setujui", NAME)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "berkas di luar butir pada main sudah berubah sejak cabang ini dimulai; "
        "buat cabang rawat baru dari main terbaru. [rawat-usang]\n"
    )
    assert "Belum dapat digabung: berkas di luar butir" in desks.do("budi", "rawat", "lihat", NAME).err


# -- afterwards ------------------------------------------------------------------------------------------------------


def test_an_office_works_on_after_a_maintenance_merge(proposed):
    desks = proposed
    desks.done("budi", "rawat", "setujui", NAME)
    desks.done("ratna", "rawat", "gabung", NAME)

    assert desks.do("dewi", "papan").out == "Tidak ada butir yang sedang berjalan.\n"
    assert json.loads(desks.done("dewi", "waktu", "--format", "json").out)["butir"] == []
    kept = desks.serve("jaga")
    assert (kept.code, kept.err) == (0, "Situs sudah sama dengan main.\n")
    inspected = desks.serve("periksa")
    assert (inspected.code, inspected.out) == (0, "Tidak ada yang perlu diperbaiki.\n")
    assert desks.serve("rilis").code == 0
    assert [record.policy for record in ledger.read(desks.archive).records] == [1, 1, 1, 1]

    with served(desks.site, desks.address):
        desks.walk(7)
    assert on_main(desks, f"{FOLDER}/tabel.csv")
    assert (desks.site / "informasi" / ITEM / "index.html").is_file()
    assert len(desks.rounds("dewi")) == 1
    records = ledger.read(desks.archive).records
    assert {record.policy for record in records[4:] if record.pusher} == {2}
    inspected = desks.serve("periksa")
    assert (inspected.code, inspected.out) == (0, "Tidak ada yang perlu diperbaiki.\n")
    assert LEDGER in desks.archive.refs("refs/")


def test_an_item_on_its_way_is_finished_after_a_maintenance_merge(after):
    """The item's branch began before the merge; its folder did not move, so that nothing needs renewal."""
    desks = after(3)
    edit(desks, "dewi")
    assert propose(desks, "dewi").code == 0
    desks.done("budi", "rawat", "setujui", NAME)
    desks.done("dewi", "rawat", "gabung", NAME)
    desks.walk(7, since=4)
    assert NEW_LINE.encode() in on_main(desks, PAGE)
    assert on_main(desks, f"{FOLDER}/index.md")
    assert desks.do("ratna", "papan").out == "Tidak ada butir yang sedang berjalan.\n"
