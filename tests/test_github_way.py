"""A whole round on GitHub: seven steps with a return and a recall, by comments and reviews, merged and proven."""

import json

import pytest

import cast
import github_office
from desks import free_port, git, served, sopan
from office import ITEM
from sopan.history import ITEM_REFS, LEDGER, MAIN


@pytest.fixture(scope="module")
def walked(offices, tmp_path_factory):
    """The office after the whole way, and what the thread answered on it."""
    site = f"http://127.0.0.1:{free_port()}/"
    with github_office.opened(offices("bangka"), tmp_path_factory.mktemp("github"), site) as hub:
        hub.begin()
        told = [hub.says("rina", "/lanjut"), hub.reviews("budi", "APPROVE", "Segera diproses.")]
        told.append(hub.says("sari", " / Terima "))
        hub.edit("sari", cast.COMPLETE)
        told += [
            hub.says("sari", "/lanjut\u00a0“Sudah lengkap.”"),
            hub.reviews("budi", "REQUEST_CHANGES", "Judulnya keliru."),
        ]
        told += [
            hub.says("sari", "/LANJUT"),
            hub.says("sari", "/tarik Ada yang tertinggal."),
            hub.says("sari", "/lanjut"),
        ]
        told += [hub.reviews("budi", "APPROVE"), hub.says("rina", "/lanjut"), hub.reviews("budi", "APPROVE")]
        board = hub.board()
        told.append(hub.reviews("sari", "APPROVE"))
        yield hub, told, board


def test_every_act_is_one_commit_as_an_officers_own_command_makes_it(walked):
    hub, _, _ = walked
    subjects = "Sunting index.md", "Langkah 1: memberikan", "Langkah 2: menginstruksikan", "Mulai langkah 3:"
    subjects += "Sunting index.md", "Sunting tabel.csv", "Langkah 3: memproses", "Kembali ke langkah 3:"
    subjects += "Langkah 3: memproses", "Kembali ke langkah 3:", "Langkah 3: memproses"
    subjects += "Langkah 4: melaporkan", "Langkah 5: meminta", "Langkah 6: meminta"
    assert hub.acts() == [subject if subject.startswith("Sunting") else f"{subject} {ITEM}" for subject in subjects]
    assert hub.tip(f"refs/heads/{hub.branch}") == hub.tip(ITEM_REFS + ITEM)
    assert git(hub.bare, "log", "-1", "--format=%s", MAIN) == f"Langkah 7: mengupdate {ITEM}"
    assert git(hub.bare, "rev-parse", f"{MAIN}^2") == hub.tip(ITEM_REFS + ITEM)


def test_the_thread_says_what_was_recorded_and_who_is_next(walked):
    _, told, board = walked
    assert told[0] == (
        "Tercatat: langkah 1 (memberikan) oleh Rina Contoh. "
        "Giliran berikutnya: langkah 2 (menginstruksikan) oleh Kabid (Budi Contoh, Tono Contoh, Wati Contoh)."
    )
    assert told[4].startswith("Tercatat: pengembalian ke langkah 3 oleh Budi Contoh. Giliran berikutnya: langkah 3")
    assert told[-1] == (
        "Tercatat: langkah 7 (mengupdate) oleh Sari Contoh. "
        "Semua langkah petugas selesai; informasi ini digabungkan dan akan terbit."
    )
    assert "- [x] 6. meminta – Kabid\n- [ ] 7. mengupdate – Admin" in board
    assert "Pengajuan ke-3. Ditunggu sejak " in board


def test_audit_and_times_know_every_act_and_its_evidence(walked, tmp_path):
    hub, _, _ = walked
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"file://{hub.bare}", "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    said = sopan("audit", "--format", "json", at=tmp_path / "klon")
    audit = json.loads(said.out)
    assert (said.code, audit["putusan"], audit["temuan"]) == (0, "terbukti", [])
    rows = audit["lintasan"][0]["tindakan"]
    assert [row["langkah"] for row in rows if row["langkah"]] == [1, 2, 3, 3, 3, 4, 5, 6, 7]
    assert {row["peristiwa"].split(" ")[1] for row in rows} == {"komentar", "ulasan"}
    assert rows[-1]["peristiwa"].startswith(f"github ulasan 8004 akun={cast.account('sari')} pada=")
    times = json.loads(sopan("waktu", "--format", "json", at=tmp_path / "klon").out)
    steps = times["butir"][0]["putaran"][0]["langkah"]
    assert {step["bukti"] for step in steps} == {"forge"}
    assert [step["mulai"] is not None for step in steps] == [False, False, True, *[False] * 6]


def test_a_merged_pull_request_takes_no_further_act(walked):
    hub, _, _ = walked
    before = hub.refs()
    assert (
        hub.says("rina", "/lanjut")
        == "Tidak dicatat.\n\n- Usulan ini sudah ditutup; buka usulan baru dari main terbaru."
    )
    assert hub.refs() == before


def test_the_workflow_is_told_that_there_is_something_to_publish(walked):
    hub, _, _ = walked
    assert (hub.checkout.parent / "keluaran").read_text("utf-8") == "terbit=ya\n"


def test_the_site_is_built_read_back_and_proven(walked, tmp_path):
    hub, _, _ = walked
    live, key = tmp_path / "situs", str(hub.keys / "pencatat")
    built = hub.run("terbit", "--ke", str(live), "--kunci", key)
    assert (built.code, built.out.split(" (")[0]) == (0, f"Dibangun: main {hub.tip(MAIN)[:10]}")
    assert f"## {ITEM}, putaran 1" in (hub.checkout.parent / "ringkasan.md").read_text("utf-8")
    before = hub.refs()
    early = hub.run("terbit", "--ke", str(live), "--kunci", key, "--tayang")
    assert early.code == 1
    assert early.out.startswith(f"{ITEM}: belum terbukti: {hub.site}informasi/{ITEM}/")
    assert hub.refs() == before
    with served(live, hub.site):
        proven = hub.run("terbit", "--ke", str(live), "--kunci", key, "--tayang")
    assert (proven.code, proven.out) == (0, f"{ITEM}: terbukti tayang\n")
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"file://{hub.bare}", "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    audit = json.loads(sopan("audit", "--format", "json", at=tmp_path / "klon").out)
    assert (audit["putusan"], audit["lintasan"][0]["tindakan"][-1]["tindakan"]) == ("terbukti", "tayang")
