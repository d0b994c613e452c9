"""Maintenance: what lies outside the items changes by two officers, and policy by its next version."""

from datetime import timedelta

import pytest

import cast
from sopan.history import MAIN
from sopan.policy_files import OFFICERS_FILE

NEXT = ("versi: '1'", "versi: '2'")
TEXT = {"README.md": "Baru.\n"}


def keys(office, *names):
    """Keys of one person as petugas.yml lists them, all open."""
    public = [(office.top / "kunci" / f"{name}.pub").read_text("utf-8").rpartition(" ")[0] for name in names]
    return "".join(f"  - kunci: {line}\n    mulai: ''\n    sampai: ''\n" for line in public)


def new_key(office):
    """petugas.yml in which Rina's key is her new one."""
    return {OFFICERS_FILE: office.edited(OFFICERS_FILE, NEXT, (keys(office, "rina"), keys(office, cast.NEW_KEY)))}


def test_two_officers_change_a_key(office):
    office.maintain("budi", new_key(office))
    assert office.both("rawat").said == []
    office.approve("sari")
    assert office.both("rawat").said == []
    office.join("budi")
    assert office.both("main").said == []
    office.step(1)
    assert office.both("butir").said == [
        (
            "komit <langkah 1>: komit ini ditandatangani dengan kunci yang tidak terdaftar di petugas.yml; "
            "gunakan kunci petugas yang terdaftar. [tanda-tangan-asing]"
        )
    ]
    office.step(1, key=cast.NEW_KEY)
    assert office.both("butir").said == []


def test_one_officer_does_not_change_a_key(office):
    office.maintain("rina", new_key(office))
    office.approve("rina")
    office.join("rina")
    assert office.both("main").said == [
        (
            "komit <setuju>: Rina Contoh tidak dapat menyetujui perubahan yang dibuatnya sendiri; "
            "minta petugas lain. [rawat-setuju-sendiri]"
        )
    ]
    office.begin("main", "rawat")
    office.maintain("rina", new_key(office))
    office.join("rina")
    assert office.both("main").said == [
        (
            "komit <gabung (2)>: pemeliharaan ini belum disetujui petugas kedua; "
            "minta petugas lain menyetujuinya dengan `sopan rawat setujui`. [rawat-setuju-tiada]"
        )
    ]
    office.approve("sari")
    office.join("rina")
    assert office.both("main").said == []


@pytest.mark.parametrize("joiner", ["budi", "sari"])
def test_its_maker_or_its_approver_merges(office, joiner):
    office.maintain("budi", TEXT)
    office.approve("sari")
    office.join(joiner)
    assert office.both("main").said == []
    assert office.archive.read(office.server(MAIN), "README.md") == b"Baru.\n"


def test_what_is_not_policy_needs_no_new_version(office):
    office.maintenance({"scripts/demo": office.entry("100755", "#!/bin/sh\n"), "docs/index.md": None}, "budi", "sari")
    assert office.archive.read(office.server(MAIN), "docs/index.md") is None


def test_the_approval_covers_what_was_removed(office):
    office.maintain("budi", {"docs/index.md": None, "README.md": "Baru.\n"})
    office.approve("sari")
    assert office.both("rawat").said == []


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_links_and_submodules_are_refused_here_too(office, mode):
    office.maintain("budi", {"tautan": office.entry(mode, "pangkal")})
    assert office.both("rawat").said == [
        (
            f"tautan: bukan berkas biasa (mode {mode}); tautan, submodul, dan berkas yang dapat dijalankan "
            "tidak diterima. [berkas-jenis]"
        )
    ]
    office.maintain("budi", {"tautan": office.entry("100644", "pangkal")})
    assert office.both("rawat").said == []


def test_codeowners_follow_the_policy_that_a_merge_makes(office):
    edited = office.edited(OFFICERS_FILE, NEXT)
    owners = office.edited("CODEOWNERS", ("\n/sop.yml ", "\n/sop.yaml "))
    office.maintain("budi", {OFFICERS_FILE: edited, "CODEOWNERS": owners})
    office.approve("sari")
    office.join("budi")
    teams = "@bappeda-bangka/sekretaris @bappeda-bangka/kabid @bappeda-bangka/admin"
    assert office.both("main").said == [
        (
            f"CODEOWNERS baris 6: Tertulis '/sop.yaml {teams}', seharusnya '/sop.yml {teams}'; "
            "tulis ulang dengan `sopan codeowners --tulis`. [codeowners-berbeda]"
        )
    ]
    office.begin("main", "rawat")
    office.maintenance({OFFICERS_FILE: edited}, "budi", "sari")


def test_an_item_published_meanwhile_stays(office):
    office.maintain("budi", TEXT)
    office.approve("sari")
    office.publish()
    office.join("budi")
    assert office.both("main").said == []
    assert office.archive.read(office.server(MAIN), f"{office.folder}/index.md")


def test_an_acting_officer_is_data(office):
    acting = office.edited(
        OFFICERS_FILE,
        NEXT,
        (
            "- peran: admin\n  pemegang:\n",
            (
                "- peran: admin\n  pemegang:\n  - petugas: joko\n    sebutan: Plh. Admin\n    mulai: '2026-03-02'\n"
                "    sampai: '2026-03-03'\n    dasar: SK 7/2026\n"
            ),
        ),
    )
    office.maintenance({OFFICERS_FILE: acting}, "budi", "sari")
    office.upto(2, push=False)
    office.step(3, "joko")
    assert office.both("butir").said == []
    office.wait(days=2)
    office.step(4)
    office.give_back(3, by="rina")
    office.step(3, "joko")
    assert office.both("butir").said == [
        (
            "komit <langkah 3 (2)>: Joko Contoh tidak memegang peran yang sedang ditunggu; "
            "sekarang ditunggu langkah 3 (memproses) oleh Admin. [bukan-giliran]"
        )
    ]


def test_the_next_policy_judges_the_next_move(office):
    """A step of the SOP that may change content from now on."""
    may = "      peran: kabid\n      tindakan: melaporkan\n      simbol: proses\n"
    may += '      berikut: ["5"]\n      mengubah_isi: '
    more_text = {"index.md": cast.COMPLETE["index.md"] + "\nLagi.\n"}
    office.upto(3)
    office.step(4, files=more_text)
    assert office.both("butir").rules == ["isi-berubah"]
    more = {
        "sop.yml": office.edited("sop.yml", (may + "tidak", may + "ya")),
        OFFICERS_FILE: office.edited(OFFICERS_FILE, NEXT),
    }
    office.maintenance(more, "budi", "sari")
    office.step(4, files=more_text)
    assert office.both("butir").said == []


def revoking(office, person, since, edits=NEXT):
    """petugas.yml in which a person's key is revoked."""
    line = (office.top / "kunci" / f"{person}.pub").read_text("utf-8").rpartition(" ")[0]
    entry = f"dicabut:\n- kunci: {line}\n  sejak: '{since}'\n  alasan: Laptop dicuri\n"
    return {OFFICERS_FILE: office.edited(OFFICERS_FILE, edits) + entry}


def at(office, **ago):
    return (office.at - timedelta(**ago)).isoformat()


def test_a_stolen_key_is_revoked_by_two_others_and_proves_nothing_from_then_on(office):
    office.upto(1)
    office.maintenance(revoking(office, "budi", at(office)), "rina", "sari")
    office.step(2, by="budi")
    assert office.both("butir").said == [
        (
            "komit <langkah 2>: kunci Budi Contoh sudah dicabut pada saat komit ini diterima; "
            "gunakan kunci baru yang terdaftar di petugas.yml. [tanda-tangan-dicabut]"
        )
    ]
    office.step(2, by="tono")
    assert office.both("butir").said == []


def test_what_was_received_before_the_theft_still_counts(office):
    office.upto(6)
    office.wait(minutes=30)
    office.maintenance(revoking(office, "budi", at(office, minutes=10)), "rina", "sari")
    office.merge()
    assert office.both("main").said == []


def test_what_was_received_after_the_theft_does_not_even_when_it_was_accepted_then(office):
    office.upto(2)
    office.wait(minutes=30)
    for n in (3, 4, 5, 6):
        office.step(n)
    office.sent("butir")
    office.maintenance(revoking(office, "budi", at(office, minutes=10)), "rina", "sari")
    office.merge()
    assert office.both("main").rules == ["tanda-tangan-dicabut"] * 2


def test_what_was_revoked_stays_revoked(office):
    before = office.edited(OFFICERS_FILE, ("versi: '1'", "versi: '3'"))
    since = at(office)
    office.maintenance(revoking(office, "budi", since), "rina", "sari")
    office.begin("main", "rawat")
    office.about("lagi")
    office.maintain("rina", {OFFICERS_FILE: before})
    office.approve("sari")
    office.join("rina")
    assert office.both("main").said == [
        (
            f"petugas.yml: pencabutan kunci sejak {since} hilang atau dimundurkan; kunci yang dicabut tetap dicabut, "
            "jadi kembalikan baris itu pada `dicabut`. [rawat-cabut]"
        )
    ]
    office.begin("main", "rawat")
    office.about("lebih-awal")
    earlier = office.edited(OFFICERS_FILE, ("versi: '2'", "versi: '3'"), (since, at(office, days=1)))
    office.maintenance({OFFICERS_FILE: earlier}, "rina", "sari")


def test_whose_key_it_is_does_not_approve_its_revocation(office):
    office.maintain("rina", revoking(office, "budi", at(office)))
    office.approve("budi")
    assert office.both("rawat").rules == ["rawat-hak-sendiri"]
    office.begin("main", "rawat")
    office.maintenance(revoking(office, "budi", at(office)), "rina", "sari")


def test_steps_made_with_the_old_key_outlive_its_rotation(office):
    """The old key keeps its owner and gets an end: what was received before it stays valid at the merge."""
    office.upto(6)
    line = (office.top / "kunci" / "budi.pub").read_text("utf-8").rpartition(" ")[0]
    listed = f"  - kunci: {line}\n    mulai: ''\n    sampai: "
    new = keys(office, cast.NEW_KEY)
    ended = office.edited(OFFICERS_FILE, NEXT, (f"{listed}''\n", f"{listed}'{at(office, minutes=-1)}'\n{new}"))
    office.wait(minutes=2)
    office.maintenance({OFFICERS_FILE: ended}, "rina", "sari")
    office.merge()
    assert office.both("main").said == []
