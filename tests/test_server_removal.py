"""`server buang`: a branch that must not be kept is gone for good, the record stays, and the item begins clean."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime

import pytest

from desks import FOLDER, ITEM, TABLE, environment, git, sopan
from sopan import ledger, ledger_index
from sopan.history import MAIN, NO_OBJECT
from sopan.ledger import RecordKind

NAME = f"butir/{ITEM}"
REF = f"refs/heads/{NAME}"
REASON = "Memuat data pribadi."
UNWANTED = "Isi yang tidak boleh disimpan.\n"
ELSEWHERE = "Klon petugas dan cadangan masih menyimpannya; bersihkan menurut panduan pemasangan.\n"
SOUND = "Tidak ada yang perlu diperbaiki.\n"


@pytest.fixture(scope="module")
def spoiled(states, tmp_path_factory):
    """An office in which the Sekretaris handed in what must not be kept; everybody has fetched it."""
    desks = states(0).copy(tmp_path_factory.mktemp("buang") / "kantor")
    assert desks.serve("jaga").code == 0
    desks.compose()
    desks.write("ratna", "tabel.csv", UNWANTED)
    desks.done("ratna", "serahkan", ITEM)
    desks.done("budi", "terima", ITEM)
    return desks


@pytest.fixture
def office(spoiled, tmp_path):
    return spoiled.copy(tmp_path / "kantor")


def discard(desks, branch=NAME, reason=REASON):
    return desks.serve("buang", branch, "--alasan", reason)


def objects(desks, ref=REF):
    """What the branch alone holds: its commits, trees and files."""
    listed = git(desks.server, "rev-list", "--objects", "--no-object-names", ref, "--not", MAIN).split()
    assert len(listed) > 3
    return listed


def holds(desks, oid):
    words = ["git", "cat-file", "-e", oid]
    return subprocess.run(words, cwd=desks.server, env=environment(), capture_output=True, check=False).returncode == 0


def records(desks):
    return ledger.read(desks.archive).records


def refused(said, sentence):
    assert (said.code, said.out, said.err) == (2, "", sentence)


# -- what it does ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True], ids=["loose objects", "packs"])
def test_the_branch_is_recorded_as_removed_and_its_objects_are_destroyed(office, packed):
    secret = git(office.server, "rev-parse", f"{REF}:{FOLDER}/tabel.csv")
    head, before, doomed = git(office.server, "rev-parse", REF), records(office), objects(office)
    if packed:
        git(office.server, "gc", "--quiet")
    said = discard(office, f" {NAME}\n", "Memuat NIK 1901010101010001,\nlihat surat.")
    assert (said.code, said.err) == (0, ELSEWHERE)
    assert said.out == f"{NAME} dibuang dan tercatat di agenda; {len(doomed)} objeknya dihapus dari server.\n"
    assert [oid for oid in doomed if holds(office, oid)] == []
    *kept, removal = records(office)
    assert tuple(kept) == before
    assert (removal.kind, removal.ref, removal.old, removal.new) == (RecordKind.REMOVAL, REF, head, NO_OBJECT)
    assert removal.reason == "Memuat NIK 1901************, lihat surat."
    assert removal.received == ()
    assert not (office.server / "logs" / REF).exists()
    assert office.archive.refs("refs/heads/").keys() == {MAIN}
    fetched = subprocess.run(
        ["git", "fetch", str(office.server), secret],
        cwd=office.path("dewi"),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert fetched.returncode != 0
    assert "not our ref" in fetched.stderr
    assert git(office.server, "fsck", "--strict", "--no-dangling") == ""
    inspected = office.serve("periksa")
    assert (inspected.code, inspected.out) == (0, SOUND)


def test_everything_else_stays_and_equal_content_elsewhere_is_told(office):
    office.walk(2, "2026/laporan-kinerja")  # its index.md is the same file
    other = office.archive.refs("refs/heads/") | {REF: None}
    said = discard(office)
    kept = "1 objek lagi tetap ada, karena main atau cabang lain memuat isi yang sama.\n"
    assert (said.code, said.err) == (0, kept + ELSEWHERE)
    assert office.archive.refs("refs/heads/") | {REF: None} == other
    assert office.do("dewi", "lanjut", "2026/laporan-kinerja").code == 0


def test_the_item_begins_clean_by_an_ordinary_push(office):
    assert discard(office).code == 0
    refused(
        office.do("ratna", "serahkan", ITEM),
        f"Isi {ITEM} di folder kerja ini dibuang dari server; bersihkan dahulu, lalu ulangi.\n",
    )
    office.write("ratna", "tabel.csv", TABLE)
    office.done("ratna", "serahkan", ITEM)
    receipt = records(office)[-1]
    assert (receipt.kind, receipt.ref, receipt.old) == (RecordKind.RECEIPT, REF, NO_OBJECT)
    assert git(office.server, "rev-parse", f"{REF}~") == git(office.server, "rev-parse", MAIN)
    office.walk(7, since=2)
    assert office.archive.read(office.archive.resolve(MAIN), f"{FOLDER}/tabel.csv") == TABLE.encode()
    audited = office.do("dewi", "audit")
    assert audited.code == 0, audited


def test_a_clone_forgets_its_copy_of_the_branch(office):
    assert discard(office).code == 0
    assert office.do("budi", "papan").out == "Tidak ada butir yang sedang berjalan.\n"
    assert f"refs/remotes/origin/{NAME}" not in git(office.path("budi"), "for-each-ref", "--format=%(refname)")


def test_what_was_removed_is_not_taken_again_by_any_way(office):
    head = git(office.server, "rev-parse", REF)
    assert discard(office).code == 0
    before = office.record()
    for ref in (REF, "refs/heads/butir/2026/lain", "refs/heads/rawat/lain"):
        words = ["git", "push", "--quiet", "origin", f"{head}:{ref}"]
        pushed = subprocess.run(
            words, cwd=office.path("budi"), env=environment(), capture_output=True, text=True, check=False
        )
        assert pushed.returncode != 0
        assert (
            f"komit {head[:10]}: komit ini sudah dibuang dari server dan tidak diterima lagi; "
            "mulai cabang yang bersih dari main terbaru. [cabang-dibuang]"
        ) in pushed.stderr
    assert office.record() == before


def test_a_maintenance_branch_is_removed_too_and_another_that_holds_its_commits_is_named(office):
    office.path("dewi", "CHANGELOG.md").write_text("Catatan.\n")
    office.done("dewi", "rawat", "ajukan", "catatan", "--catatan", "Catatan.")
    git(office.server, "update-ref", "refs/heads/rawat/salinan", "refs/heads/rawat/catatan")
    head = git(office.server, "rev-parse", "rawat/catatan")
    said = discard(office, "rawat/catatan")
    assert said.code == 0
    assert said.err.splitlines()[0] == (
        "Sebagian komitnya masih ada di rawat/salinan; buang juga cabang itu bila komit itu yang bermasalah."
    )
    assert holds(office, head)
    assert discard(office, "refs/heads/rawat/salinan").code == 0
    assert not holds(office, head)


def told_as_removed(desks, head):
    """The ledger as it stands when the server dies right after the record."""
    at = datetime.now(tz=UTC).replace(microsecond=0)
    record = ledger.Record(kind=RecordKind.REMOVAL, at=at, ref=REF, old=head, new=NO_OBJECT, reason=REASON)
    ledger.append(desks.archive, desks.home.key, [record])


# -- broken off ------------------------------------------------------------------------------------------------------


def test_a_crash_after_the_record_is_named_and_finished_by_running_it_again(office):
    head, doomed = git(office.server, "rev-parse", REF), objects(office)
    told_as_removed(office, head)
    inspected = office.serve("periksa")
    assert (inspected.code, inspected.out) == (
        1,
        f"cabang {NAME} tercatat dibuang tetapi masih ada; jalankan lagi `sopan server buang`. [server-buang]\n",
    )
    assert office.do("budi", "lanjut", ITEM).code != 0  # nobody goes on with it meanwhile
    told = records(office)
    assert discard(office).code == 0
    assert records(office) == told
    assert [oid for oid in doomed if holds(office, oid)] == []
    assert office.serve("periksa").out == SOUND


def test_a_crash_before_pruning_is_finished_by_running_it_again(office):
    doomed, head = objects(office), git(office.server, "rev-parse", REF)
    told_as_removed(office, head)
    git(office.server, "update-ref", "-d", REF)
    assert holds(office, doomed[0])
    assert discard(office).code == 0
    assert [oid for oid in doomed if holds(office, oid)] == []


def test_a_push_that_is_under_way_is_waited_for(office):
    with subprocess.Popen(["sleep", "60"]) as pusher:
        entry = office.home.spool / f"{1:020d}-{pusher.pid}.json"
        entry.write_text(json.dumps(accepted(pusher.pid)))
        before = office.record()
        refused(discard(office), "Ada kiriman yang sedang berjalan; tunggu sebentar, lalu ulangi perintah ini.\n")
        assert office.record() == before
        pusher.kill()
    assert discard(office).code == 0  # it ended without moving anything
    assert list(office.home.spool.iterdir()) == []


def accepted(process):
    """What the gate leaves of a push that it let in."""
    move = {"ref": "refs/heads/butir/2026/lain", "old": NO_OBJECT, "new": "1" * 40, "diterima": []}
    about = {"waktu": "2026-01-05T08:00:00+07:00", "pengirim": "budi", "kebijakan": 1, "proses": process}
    return {**about, "gerak": [move]}


def test_a_ref_that_git_holds_is_not_recorded_as_removed(office):
    lock = office.server / f"{REF}.lock"
    lock.touch()
    before = office.record()
    refused(discard(office), "Cabang itu sedang bergerak atau terkunci; tunggu sebentar, lalu ulangi.\n")
    assert office.record() == before
    lock.unlink()
    assert discard(office).code == 0


# -- what it refuses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("branch", "reason", "sentence"),
    [
        ("main", REASON, "main tidak dapat dibuang; yang dapat hanya cabang butir atau rawat yang belum digabung.\n"),
        (
            "refs/sopan/agenda",
            REASON,
            "“refs/sopan/agenda” bukan cabang butir atau rawat; tulis seperti butir/2026/rencana-kerja.\n",
        ),
        (ITEM, REASON, f"“{ITEM}” bukan cabang butir atau rawat; tulis seperti butir/2026/rencana-kerja.\n"),
        (
            "butir/2026/tiada",
            REASON,
            "Cabang butir/2026/tiada tidak ada di server; periksa namanya dengan `git branch`.\n",
        ),
        (
            NAME,
            " \n",
            "Alasan masih kosong; tulis mengapa cabang dibuang, tanpa data pribadinya, dengan --alasan.\n",
        ),
    ],
)
def test_what_cannot_be_removed_is_refused(spoiled, branch, reason, sentence):
    before = spoiled.record()
    refused(discard(spoiled, branch, reason), sentence)
    assert spoiled.record() == before


def test_a_merged_branch_is_refused(after):
    desks = after(7)
    before = desks.record()
    sentence = f"Cabang {NAME} sudah digabung ke main, jadi riwayatnya tidak dapat dibuang.\n"
    refused(discard(desks), sentence)
    assert desks.record() == before


def test_an_office_that_was_never_prepared_is_refused(tmp_path):
    git(tmp_path, "init", "--quiet", "--bare", "kosong")
    said = sopan("server", "buang", "kosong", NAME, "--alasan", REASON, at=tmp_path)
    assert said.code == 2
    assert said.err.startswith("Folder kosong belum disiapkan sebagai server")


# -- the index -------------------------------------------------------------------------------------------------------


def test_the_index_knows_what_was_removed_and_what_began_anew(office):
    brought = {oid for record in records(office) if record.ref == REF for oid in record.received}
    assert discard(office).code == 0
    index = ledger_index.read(office.archive)
    assert (index.removed, index.gone(), index.last(REF).kind) == (brought, [REF], RecordKind.REMOVAL)
    (office.server / ledger_index.FILE).unlink()
    assert ledger_index.read(office.archive).removed == brought
    office.write("ratna", "tabel.csv", TABLE)
    office.done("ratna", "serahkan", ITEM)
    index = ledger_index.read(office.archive)
    assert (index.removed, index.gone(), index.last(REF).kind) == (brought, [], RecordKind.RECEIPT)
