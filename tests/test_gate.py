"""The gate on whole chains, by real pushes and by `sopan gerbang`, which must answer the same.

Single refusals and their legal twins are golden cases (`cases/`); here stands what takes a story to tell.
"""

import subprocess
from functools import partial

import pytest

import cast
import doors
from desks import environment, git, sopan
from sopan import gate, ledger_index, signature
from sopan.branch_line import Grounds
from sopan.history import MAIN, NO_OBJECT
from sopan.moves import Move

AWAITED = {
    1: "langkah 1 (memberikan) oleh Sekretaris",
    2: "langkah 2 (menginstruksikan) oleh Kabid",
    3: "langkah 3 (memproses) oleh Admin",
    4: "langkah 4 (melaporkan) oleh Kabid",
    5: "langkah 5 (meminta) oleh Sekretaris",
    6: "langkah 6 (meminta) oleh Kabid",
    7: "langkah 7 (mengupdate) oleh Admin",
}
INTRUDERS = {1: "budi", 2: "sari", 3: "rina", 4: "sari", 5: "budi", 6: "rina", 7: "budi"}
UNKNOWN_KEY = (
    "komit ini ditandatangani dengan kunci yang tidak terdaftar di petugas.yml; "
    "gunakan kunci petugas yang terdaftar. [tanda-tangan-asing]"
)


def make(office, n, **about):
    """Make the act that a step is, and name the ref that it moves."""
    if n == office.sop.last.number:
        office.merge(**about)
        return "main"
    office.step(n, **about)
    return "butir"


@pytest.mark.parametrize("n", AWAITED)
def test_at_each_step_a_valid_key_of_another_role_is_refused(office, n):
    office.upto(n - 1)
    intruder = INTRUDERS[n]
    ref = make(office, n, by=intruder)
    assert office.both(ref).said == [
        (
            f"komit <langkah {n}>: {cast.who(intruder)[0]} tidak memegang peran yang sedang ditunggu; "
            f"sekarang ditunggu {AWAITED[n]}. [bukan-giliran]"
        )
    ]
    make(office, n)
    assert office.both(ref).said == []


@pytest.mark.parametrize("n", AWAITED)
def test_at_each_step_an_unknown_key_is_refused(office, n):
    office.upto(n - 1)
    ref = make(office, n, key=cast.STRANGER)
    assert office.both(ref).said == [f"komit <langkah {n}>: {UNKNOWN_KEY}"]
    make(office, n)
    assert office.both(ref).said == []


def test_after_the_last_step_main_holds_the_item_and_nothing_else_new(office):
    office.upto(7)
    changed = git(office.home.folder, "diff", "--name-only", office.genesis, MAIN).splitlines()
    assert changed == [f"{office.folder}/index.md", f"{office.folder}/tabel.csv"]


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_another_sop_is_enforced_by_its_data_alone(opened, n):
    office = opened("lain")
    office.upto(n - 1)
    step = office.sop.step(n)
    intruder = next(person for person, roles in office.cast.roles.items() if step.role.code not in roles)
    ref = make(office, n, by=intruder)
    awaited = f"langkah {n} ({step.action}) oleh {step.role.name}"
    assert office.both(ref).said == [
        (
            f"komit <langkah {n}>: {cast.who(intruder)[0]} tidak memegang peran yang sedang ditunggu; "
            f"sekarang ditunggu {awaited}. [bukan-giliran]"
        )
    ]
    make(office, n)
    assert office.both(ref).said == []


def test_another_sop_begins_and_ends_where_its_data_say(opened):
    office = opened("lain")
    office.step(2, trailers={"SOP-Butir": office.item, "SOP-Langkah": "1", "SOP-Isi": ""})
    assert office.both("butir").said == [
        "komit <langkah 2>: langkah 1 tidak ada; langkah yang dikerjakan petugas adalah 2 sampai 6. [langkah-tak-ada]"
    ]
    office.publish()
    assert office.server(MAIN) != office.genesis


# -- returns, recalls, cancellations, renewals: what goes on after them ---------------------------------------------


def test_after_a_return_the_steps_are_made_again_from_there(office):
    office.upto(4)
    office.give_back(3, by="rina")
    office.step(5)
    assert office.both("butir").said == [
        f"komit <langkah 5>: langkah 5 mendahului urutan; yang ditunggu {AWAITED[3]}. [langkah-urutan]"
    ]
    office.give_back(3, by="rina")
    for n in (3, 4, 5, 6):
        office.step(n)
    assert office.both("butir").said == []
    office.merge()
    assert office.both("main").said == []


def test_a_round_keeps_its_persons_apart_over_a_return_and_a_cancellation(office):
    office.step(1)
    office.step(2, by="wati")
    office.cancel(by="rina")
    office.step(1)
    office.step(2)
    office.step(3, by="wati")
    assert office.both("butir").said == [
        (
            "komit <langkah 3>: Wati Contoh sudah bertindak sebagai Kabid pada putaran ini; "
            "tindakan sebagai Admin harus dilakukan orang lain. [peran-rangkap]"
        )
    ]
    office.upto(2, push=False)
    office.step(3, by="wati")
    assert office.both("butir").said == []


def test_another_round_is_another_distribution_of_persons(office):
    office.step(1)
    office.step(2, by="wati")
    office.step(3)
    for n in (4, 5, 6):
        office.step(n)
    office.merge()
    office.sent("main")
    office.wait(days=1)
    office.begin("main")
    for n in (1, 2):
        office.step(n)
    office.step(3, by="wati")
    assert office.both("butir").said == []


def test_after_a_cancellation_the_chain_starts_anew(office):
    office.upto(3)
    office.cancel(by="budi")
    office.step(4)
    assert office.both("butir").said == [
        f"komit <langkah 4>: langkah 4 mendahului urutan; yang ditunggu {AWAITED[1]}. [langkah-urutan]"
    ]
    office.cancel(by="budi")
    for n in range(1, 7):
        office.step(n)
    office.merge()
    assert office.both("main").said == []


def test_a_second_round_changes_what_the_first_published(office):
    office.publish()
    office.wait(days=30)
    office.begin("main")
    office.work(files={"tabel.csv": "kegiatan,jumlah\nmusrenbang,2\n"})
    for n in range(1, 7):
        office.step(n, files={} if n == 3 else None)
    assert office.both("butir").said == []
    office.merge()
    assert office.both("main").said == []
    assert office.archive.read(office.server(MAIN), f"{office.folder}/tabel.csv") == b"kegiatan,jumlah\nmusrenbang,2\n"


def test_another_item_published_meanwhile_needs_no_renewal(office):
    office.upto(6)
    office.turn_to("2026/lain")
    office.publish()
    office.turn_to("2026/rencana-kerja")
    office.merge()
    assert office.both("main").said == []


def test_an_item_that_changed_on_main_needs_a_renewal_and_the_chain_anew(office):
    office.publish()
    office.wait(days=1)
    office.begin("pangkal")
    office.upto(6)
    office.merge()
    assert office.both("main").rules == ["main-butir-berubah"]
    office.renew(by="sari")
    office.merge()
    assert office.both("main").said == [
        f"komit <langkah 7 (3)>: langkah 7 mendahului urutan; yang ditunggu {AWAITED[1]}. [langkah-urutan]"
    ]
    for n in range(1, 7):
        office.step(n)
    office.merge()
    assert office.both("main").said == []


# -- judged at first receipt ----------------------------------------------------------------------------------------


def test_what_was_received_in_time_stays_in_time(office):
    office.step(1)
    office.sent("butir")
    office.wait(days=3)
    for n in range(2, 7):
        office.step(n)
    office.merge()
    assert office.both("main").said == []


def test_what_is_received_late_is_late_in_the_merge_too(office):
    office.step(1)
    office.wait(minutes=6)
    for n in range(2, 7):
        office.step(n)
    office.merge()
    assert office.both("main").said == [
        (
            "komit <langkah 1>: komit bertanggal 2026-03-02 08:00:20+07:00, lebih dari 5 menit dari saat diterima "
            "(2026-03-02 08:08:20+07:00); periksa jam komputer (bila sudah benar, minta teknisi memeriksa jam server), "
            "lalu buat ulang tindakan ini. [waktu-terima]"
        )
    ]


def test_a_key_that_ended_later_was_valid_when_its_step_was_received(office):
    office.step(1)
    office.sent("butir")
    office.wait(minutes=10)
    ended = office.edited(
        "petugas.yml", ("versi: '1'", "versi: '2'"), (ends("rina", office), begins_new("rina", office))
    )
    office.maintenance({"petugas.yml": ended}, by="budi", second="sari")
    for n in (2, 3, 4):
        office.step(n)
    office.step(5)
    assert office.both("butir").said == [
        (
            "komit <langkah 5>: kunci Rina Contoh tidak berlaku pada saat komit ini diterima; "
            "gunakan kunci yang masih berlaku menurut petugas.yml. [tanda-tangan-masa]"
        )
    ]
    for n in (2, 3, 4):
        office.step(n)
    office.step(5, key=cast.NEW_KEY)
    assert office.both("butir").said == []


def public(office, key):
    return (office.top / "kunci" / f"{key}.pub").read_text("utf-8").rpartition(" ")[0]


def ends(person, office):
    return f"  - kunci: {public(office, person)}\n    mulai: ''\n    sampai: ''\n"


def begins_new(person, office):
    """Both keys of one who changes keys this minute."""
    at = office.at.isoformat()
    old = ends(person, office).replace("sampai: ''", f"sampai: '{at}'")
    return old + ends(cast.NEW_KEY, office).replace("mulai: ''", f"mulai: '{at}'")


# -- policy is the old tip's ----------------------------------------------------------------------------------------


def with_stranger(office):
    """petugas.yml in which the unknown key is Wati's as well."""
    other = ends("wati", office) + ends(cast.STRANGER, office)
    return office.edited("petugas.yml", ("versi: '1'", "versi: '2'"), (ends("wati", office), other))


def test_an_item_branch_cannot_bring_its_own_key(office):
    office.upto(2, push=False)
    office.step(3, by="wati", key=cast.STRANGER, paths={"petugas.yml": with_stranger(office)})
    assert office.both("butir").said == [
        (
            "petugas.yml: berkas ini di luar folder docs/informasi/2026/rencana-kerja/; "
            "satu cabang butir hanya boleh mengubah folder butirnya. [di-luar-butir]"
        ),
        f"komit <langkah 3>: {UNKNOWN_KEY}",
    ]


def test_a_maintenance_branch_cannot_bring_its_own_key(office):
    office.maintain("budi", {"petugas.yml": with_stranger(office)})
    office.approve("wati", key=cast.STRANGER)
    office.join("budi")
    assert office.both("main").said == [f"komit <setuju>: {UNKNOWN_KEY}"]
    office.begin("main", "rawat")
    office.maintain("budi", {"petugas.yml": with_stranger(office)})
    office.approve("sari")
    office.join("budi")
    assert office.both("main").said == []
    office.upto(2, push=False)
    office.step(3, by="wati", key=cast.STRANGER)
    assert office.both("butir").said == []


def test_in_one_push_no_ref_is_judged_by_what_another_brings(office):
    office.maintain("budi", {"petugas.yml": with_stranger(office)})
    office.approve("sari")
    office.join("budi")
    office.upto(2, push=False)
    office.step(3, by="wati", key=cast.STRANGER)
    refs = [f"{office.tip(name)}:{office.ref(name)}" for name in ("main", "butir")]
    before = doors.state(office)
    office.gate("main")
    ended = subprocess.run(
        ["git", "push", str(office.home.folder), *refs],
        cwd=office.forge.folder, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert office.forge.named(ended.stderr).count(f"komit <langkah 3>: {UNKNOWN_KEY}") == 1
    assert doors.state(office) == before


# -- cannot judge ---------------------------------------------------------------------------------------------------

SHALLOW = "Riwayat repositori ini terpotong (shallow); jalankan `git fetch --unshallow` dahulu."
PARTIAL = "Repositori ini hanya salinan sebagian (partial clone); buat klon yang lengkap dahulu."


@pytest.mark.parametrize(("option", "sentence"), [("--depth=2", SHALLOW), ("--filter=blob:none", PARTIAL)])
def test_a_clone_without_its_whole_history_does_not_judge(office, tmp_path, option, sentence):
    office.upto(2)
    git(office.home.folder, "config", "uploadpack.allowFilter", "true")
    git(
        tmp_path,
        "clone",
        "--quiet",
        "--no-checkout",
        option,
        "--no-single-branch",
        f"file://{office.home.folder}",
        "klon",
    )
    words = ("gerbang", "--dasar", office.genesis, "--ujung", office.tip("butir"), "--ref", office.ref("butir"))
    said = sopan(*words, at=tmp_path / "klon")
    assert (said.code, said.out, said.err) == (2, "", sentence + "\n")


def test_a_server_that_lost_an_object_accepts_nothing(office):
    office.upto(2)
    lost = office.archive.find(office.archive.tree_of(office.tip("butir")), f"{office.folder}/index.md").oid
    office.step(3)
    office.archive.close()
    file = office.home.folder / "objects" / lost[:2] / lost[2:]
    kept = file.read_bytes()
    file.unlink()
    answer = office.push("butir")
    assert not answer.accepted
    assert answer.said == [f"Objek {lost[:10]} hilang dari repositori; pulihkan dari cadangan."]
    file.write_bytes(kept)
    office.step(3)
    assert office.push("butir").accepted


def test_a_main_without_usable_policy_accepts_nothing(office):
    tree = office.forge.tree(office.archive.tree_of(office.genesis), {"sop.yml": None})
    broken = office.commit("main", "tanpa sop", by="budi", tree=tree)
    git(office.home.folder, "fetch", "--quiet", str(office.forge.folder), f"{broken}:{MAIN}")
    office.step(1)
    answer = office.both("butir")
    assert answer.code != 0
    assert answer.said == [
        (
            "Kebijakan pada main tidak dapat dipakai, perbaiki dahulu: "
            "sop.yml: Berkas kebijakan ini tidak ada; kembalikan dari versi sebelumnya. [kebijakan-berkas-hilang]"
        )
    ]


def test_a_signature_is_verified_once(office, monkeypatch):
    """What was received is not verified again; what the ledger does not know is, each commit of it."""
    office.upto(3)
    history, ref = office.archive, f"refs/heads/butir/{office.item}"
    move = Move(ref, NO_OBJECT, office.server(ref))
    asked = []

    def counted(principal, *rest):
        asked.append(principal)
        return signature.verified(principal, *rest)

    grounds = partial(Grounds, verify=counted)
    monkeypatch.setattr(gate, "Grounds", grounds)
    known = ledger_index.read(history)
    judge = partial(gate.judge, history, move, main=office.server(MAIN), removed=(), at=office.at)
    assert judge(receipts=known) == []
    assert asked == []
    assert judge(receipts={}) == []
    assert sorted(asked) == ["budi", "rina", "sari"]
    monkeypatch.setattr(gate, "Grounds", partial(Grounds, verify=lambda *_: False))
    assert judge(receipts=known) == []
    assert [finding.rule for finding in judge(receipts={})] == ["tanda-tangan-rusak"] * 3
