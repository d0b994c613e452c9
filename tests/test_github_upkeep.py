"""Maintenance on GitHub: a change by one officer's own key, approved by another's word, merged by one of the two."""

from datetime import UTC, datetime

import pytest

import github_office
from desks import git, sopan
from forge import Forge, Forgery
from sopan import commits
from sopan.history import LEDGER, MAIN

REF = "refs/heads/rawat/contoh"
NOT = "Tidak dicatat.\n\n- "


@pytest.fixture
def hub(offices, tmp_path):
    """An office in which Sekretaris proposed to change a file that is no policy, signed by her own key."""
    with github_office.opened(offices("bangka"), tmp_path / "github") as opened:
        git(tmp_path, "clone", "--quiet", "--no-checkout", str(opened.bare), "tempa")
        forge = Forge(tmp_path / "tempa", opened.keys)
        main = opened.tip(MAIN)
        tree = forge.tree(forge.history.tree_of(main), {"README.md": "Kantor contoh.\n"})
        at, message = datetime.now(tz=UTC).replace(microsecond=0), commits.compose("Rawat: contoh", "", {})
        about = {"by": "rina", "at": at, "tree": tree, "parents": (main,), "message": message, "forgery": Forgery()}
        oid = forge.commit("rawat", **about)
        forge.history.close()
        git(tmp_path / "tempa", "push", "--quiet", "origin", f"{oid}:{REF}")
        opened.branch = "rawat/contoh"
        pull = {"title": "Contoh", "head": opened.branch, "base": "main"}
        opened.number = opened.ask("rina", "POST", "pulls", pull)["number"]
        yield opened


def test_two_officers_change_a_file_and_the_audit_proves_it(hub, tmp_path):
    judged = hub.run("gerbang", "--usulan", str(hub.number))
    assert (judged.code, judged.out) == (0, "Pemeliharaan menunggu persetujuan petugas kedua: `/lanjut`\n")
    before = hub.refs()
    assert hub.says("rina", "/lanjut") == (
        f"{NOT}Rina Contoh tidak dapat menyetujui perubahan yang dibuatnya sendiri; minta petugas lain. "
        "&#91;rawat-setuju-sendiri&#93;"
    )
    assert (
        hub.says("budi", "/terima")
        == f"{NOT}Pada usulan pemeliharaan hanya &#96;/lanjut&#96; dan &#96;/papan&#96; yang berlaku."
    )
    assert hub.refs() == before
    assert hub.reviews("budi", "APPROVE") == "Tercatat: persetujuan rawat/contoh oleh Budi Contoh."
    assert "Pemeliharaan disetujui; pembuat atau penyetujunya menggabungkan" in hub.board()
    before = hub.refs()
    assert "&#91;rawat-penggabung&#93;" in hub.says("sari", "/lanjut")
    assert hub.refs() == before
    assert hub.says("rina", "/lanjut") == "Tercatat: penggabungan rawat/contoh oleh Rina Contoh."
    assert git(hub.bare, "show", f"{MAIN}:README.md") == "Kantor contoh."
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"file://{hub.bare}", "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    said = sopan("audit", at=tmp_path / "klon")
    assert said.code == 0, said
    assert [line.split(",")[0] for line in said.out.splitlines()[:-1]] == [
        "pemeliharaan 1: rawat: ubah", "pemeliharaan 1: rawat: setuju", "pemeliharaan 1: rawat: gabung",
    ]  # fmt: skip
