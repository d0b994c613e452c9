"""`sopan codeowners`: checks the file against sop.yml, and rewrites it when asked."""

from __future__ import annotations

import pytest

from desks import TOP, kantor, sopan
from sopan import proposal_template

SOUND = "Tidak ada yang perlu diperbaiki.\n"


@pytest.fixture
def folder(origin, tmp_path):
    kantor(origin, tmp_path)
    return tmp_path / "kantor"


def test_this_repositorys_own_codeowners_mirrors_its_sop():
    said = sopan("codeowners", at=TOP)
    assert (said.code, said.out, said.err) == (0, SOUND, "")


def test_drift_is_named_and_mended_on_request(folder):
    file = folder / "CODEOWNERS"
    sound = file.read_text("utf-8")
    file.write_text(sound.replace("@bappeda-bangka/kabid", "@bappeda-bangka/siapa"), "utf-8")
    drifted = file.read_text("utf-8")
    said = sopan("codeowners", at=folder)
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith("CODEOWNERS baris 4: Tertulis '* ")
    assert "seharusnya '* " in said.out
    assert said.out.rstrip().endswith("tulis ulang dengan `sopan codeowners --tulis`. [codeowners-berbeda]")
    assert file.read_text("utf-8") == drifted
    mended = sopan("codeowners", "--tulis", at=folder)
    assert (mended.code, mended.out, mended.err) == (0, SOUND, "CODEOWNERS ditulis ulang.\n")
    assert file.read_text("utf-8") == sound


def test_an_absent_file_is_named_and_written_on_request(folder):
    (folder / "CODEOWNERS").unlink()
    said = sopan("codeowners", at=folder)
    assert (said.code, said.out) == (
        1,
        "CODEOWNERS: Berkas kebijakan ini tidak ada; kembalikan dari versi sebelumnya. [kebijakan-berkas-hilang]\n",
    )
    assert sopan("codeowners", "--tulis", at=folder).code == 0
    assert sopan("codeowners", at=folder).out == SOUND


def test_a_files_owners_are_named_as_github_reads_them(folder):
    said = sopan("codeowners", "docs/informasi/2026/a/index.md", "sop.yml", at=folder)
    everybody = "@bappeda-bangka/sekretaris @bappeda-bangka/kabid @bappeda-bangka/admin"
    assert (said.code, said.err) == (0, "")
    assert said.out == f"docs/informasi/2026/a/index.md: {everybody}\nsop.yml: {everybody}\n"


def test_a_file_in_front_of_ours_is_read_instead_and_said_to_be(folder):
    (folder / ".github").mkdir(exist_ok=True)
    (folder / ".github/CODEOWNERS").write_text("/sop.yml @orang\n", "utf-8")
    said = sopan("codeowners", "sop.yml", "petugas.yml", at=folder)
    assert said.out == "sop.yml: @orang\npetugas.yml: tanpa pemilik\n"
    assert said.err == "GitHub membaca .github/CODEOWNERS dan mengabaikan CODEOWNERS; hapus .github/CODEOWNERS.\n"


def test_naming_owners_without_a_file_and_while_rewriting_is_refused(folder):
    said = sopan("codeowners", "sop.yml", "--tulis", at=folder)
    assert (said.code, said.err) == (2, "Sebut berkas, atau tulis ulang dengan --tulis; tidak keduanya sekaligus.\n")
    (folder / "CODEOWNERS").unlink()
    said = sopan("codeowners", "sop.yml", at=folder)
    assert (said.code, said.err) == (2, "Berkas CODEOWNERS tidak ada; tulis dengan `sopan codeowners --tulis`.\n")


# -- the pull request template, from the same source -------------------------------------------------------------------


def test_this_repositorys_own_template_mirrors_its_sop():
    said = sopan("templat", at=TOP)
    assert (said.code, said.out, said.err) == (0, SOUND, "")


def test_a_template_that_drifted_is_named_and_mended_on_request(folder):
    file = folder / proposal_template.FILE
    sop = folder / "sop.yml"
    edited = sop.read_text("utf-8").replace('teks: 20 Menit, nilai: "20"', 'teks: 21 Menit, nilai: "21"')
    sop.write_text(edited, "utf-8")
    drifted = sopan("templat", at=folder)
    assert (drifted.code, drifted.err) == (1, "")
    assert drifted.out.endswith("tulis ulang dengan `sopan templat --tulis`. [templat-berbeda]\n")
    mended = sopan("templat", "--tulis", at=folder)
    assert (mended.code, mended.out, mended.err) == (0, SOUND, "Templat pull request ditulis ulang.\n")
    assert "| 3 memproses | Admin | 21 menit | `/lanjut catatannya` |" in file.read_text("utf-8")
    file.unlink()
    assert sopan("templat", at=folder).code == 1
