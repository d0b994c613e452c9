"""Policy as one thing: read from a tree with all its faults at once, and what the office must still fill in."""

import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from policy_files import CASES, OTHER, TOP, edited, list_files, read, sentences
from sopan import policy, policy_files

NOW = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
FOLDERS = ("schemas", "kalender")
FILES = ("sop.yml", "petugas.yml", "kantor.yml")


@pytest.fixture
def tree(tmp_path):
    for folder in FOLDERS:
        shutil.copytree(TOP / folder, tmp_path / folder)
    for file in FILES:
        shutil.copyfile(TOP / file, tmp_path / file)
    return tmp_path


def load(folder):
    return policy.load(read(folder), list_files(folder))


def refused(folder):
    result, findings = load(folder)
    assert result is None
    return sentences(findings)


def loaded(folder):
    result, findings = load(folder)
    assert sentences(findings) == []
    return result


def test_the_repository_s_own_policy_loads_without_findings():
    ours = loaded(TOP)
    assert set(ours.schemas) == {
        f"{name}.schema.json" for name in ("informasi", "sop", "petugas", "kantor", "kalender")
    }
    assert ours.sop.number == ours.sop.text["identitas"]["nomor"]


def test_another_sop_loads_by_swapping_its_files_alone(tree):
    for file in ("sop.yml", "petugas.yml"):
        shutil.copyfile(OTHER / file, tree / file)
    assert [step.role.code for step in loaded(tree).sop.chain] == [
        "loket",
        "analis",
        "penelaah",
        "kepala-dinas",
        "analis",
    ]


def test_officers_of_another_sop_are_refused(tree):
    shutil.copyfile(OTHER / "petugas.yml", tree / "petugas.yml")
    assert {finding.rule for finding in load(tree)[1]} == {"jabatan-peran-tak-dikenal", "jabatan-hilang"}


@pytest.mark.parametrize("file", [*FILES, *(f"schemas/{name}" for name in policy.SCHEMA_NAMES)])
def test_a_missing_file_is_named(tree, file):
    (tree / file).unlink()
    expected = f"{file}: Berkas kebijakan ini tidak ada; kembalikan dari versi sebelumnya. [kebijakan-berkas-hilang]"
    assert refused(tree) == [expected]


def test_no_calendar_at_all_is_named(tree):
    shutil.rmtree(tree / "kalender")
    assert refused(tree) == [
        "kalender/: Berkas kebijakan ini tidak ada; kembalikan dari versi sebelumnya. [kebijakan-berkas-hilang]"
    ]


def test_a_calendar_is_named_by_its_year(tree):
    (tree / "kalender/2026.yml").rename(tree / "kalender/dua-ribu.yml")
    assert refused(tree) == [
        (
            "kalender/dua-ribu.yml: Berkas 'dua-ribu.yml' bukan kalender; beri nama menurut tahunnya, misalnya"
            " 2026.yml."
            " [kebijakan-kalender-nama]"
        )
    ]


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b'"teks"', b'{"type": "benda"}', b"\xff", b"[" * 100_000],
    ids=["cut", "list", "text", "no-schema", "no-text", "deep"],
)
def test_a_broken_schema_is_named(tree, content):
    (tree / "schemas/kantor.schema.json").write_bytes(content)
    assert refused(tree) == [
        (
            "schemas/kantor.schema.json: Skema ini tidak dapat dibaca; kembalikan dari versi sebelumnya."
            " [kebijakan-skema-rusak]"
        )
    ]


def test_the_faults_of_all_files_are_named_at_once(tree):
    for file, old, new in [
        ("sop.yml", "skema: sop/1", "skema: sop/2"),
        ("petugas.yml", 'versi: "1"', "versi: satu"),
        ("kantor.yml", "label_zona: WIB", "label_zona: WITA"),
        ("kalender/2026.yml", 'tahun: "2026"', 'tahun: "2025"'),
    ]:
        (tree / file).write_bytes(edited(tree / file, (old, new)))
    files = {finding.file for finding in load(tree)[1]}
    assert files == {"sop.yml", "petugas.yml", "kantor.yml", "kalender/2026.yml"}


def test_without_sop_yml_the_officers_are_still_read_for_their_own_faults(tree):
    (tree / "sop.yml").unlink()
    (tree / "petugas.yml").write_bytes(edited(tree / "petugas.yml", ('versi: "1"', "versi: satu")))
    assert [(finding.file, finding.rule) for finding in load(tree)[1]] == [
        ("sop.yml", "kebijakan-berkas-hilang"),
        ("petugas.yml", "skema-pola-petunjuk"),
    ]


def test_the_repository_s_policy_says_what_to_fill_in_before_a_server_is_prepared():
    assert sentences(policy.appointable(loaded(TOP), NOW)) == [
        (
            "petugas.yml: Peran 'sekretaris' belum punya pemegang yang berlaku hari ini; isi pemegangnya pada"
            " jabatan di"
            " petugas.yml. [siap-peran-kosong]"
        ),
        (
            "petugas.yml: Peran 'kabid' belum punya pemegang yang berlaku hari ini; isi pemegangnya pada jabatan di"
            " petugas.yml. [siap-peran-kosong]"
        ),
        (
            "petugas.yml: Peran 'admin' belum punya pemegang yang berlaku hari ini; isi pemegangnya pada jabatan di"
            " petugas.yml. [siap-peran-kosong]"
        ),
        (
            "kantor.yml: Alamat situs masih kosong; isi alamat_situs di kantor.yml, misalnya"
            " https://informasi.kantor.go.id/. [siap-alamat-situs]"
        ),
    ]


@pytest.fixture
def staffed(tree):
    """The made-up office with its officers, its last two posts filled, and a site."""
    shutil.copyfile(OTHER / "sop.yml", tree / "sop.yml")
    holder = '\n      - {petugas: bima, sebutan: Pejabat, mulai: 2024-08-01, sampai: "", dasar: SK 3/2024}\n'
    content = edited(
        CASES / "petugas.yml",
        ("penelaah\n    pemegang: []\n", f"penelaah\n    pemegang:{holder}"),
        ("kepala-dinas\n    pemegang: []\n", f"kepala-dinas\n    pemegang:{holder}"),
    )
    (tree / "petugas.yml").write_bytes(content)
    site = ('alamat_situs: ""', "alamat_situs: https://informasi.contoh.go.id/")
    (tree / "kantor.yml").write_bytes(edited(tree / "kantor.yml", site))
    return tree


def test_a_holder_without_a_key_is_named(staffed):
    assert sentences(policy.appointable(loaded(staffed), NOW)) == [
        (
            "petugas.yml: Petugas 'bima' belum punya kunci yang berlaku; isi kunci SSH-nya pada petugas di petugas.yml."
            " [siap-petugas-tanpa-kunci]"
        )
    ]


def test_a_full_office_may_be_prepared(staffed):
    line = loaded(staffed).register.recorder_keys[0].line
    entry = f'[{{kunci: {line}, mulai: "", sampai: ""}}]'
    file = staffed / "petugas.yml"
    recorder = f'kunci:\n    - kunci: {line}\n      mulai: ""\n      sampai: ""\n'
    file.write_bytes(
        edited(file, (recorder, "kunci: []\n"), ("kunci: []\n\npengecualian", f"kunci: {entry}\n\npengecualian"))
    )
    assert policy.appointable(loaded(staffed), NOW) == []


def test_a_holder_whose_time_is_over_holds_nothing(staffed):
    later = datetime(2026, 7, 2, tzinfo=ZoneInfo("Asia/Jakarta"))
    named = [finding for finding in policy.appointable(loaded(staffed), later) if finding.rule == "siap-peran-kosong"]
    assert [finding.message.split("'")[1] for finding in named] == ["analis"]


@pytest.mark.parametrize(
    "path", ["sop.yml", "petugas.yml", "kantor.yml", "CODEOWNERS", "kalender/2026.yml", "schemas/sop.schema.json"]
)
def test_policy_files_are_policy(path):
    assert policy_files.is_policy(path)


@pytest.mark.parametrize(
    "path", ["README.md", "docs/sop.yml", "kalender", "sop.yml.txt", "schemas-lama/a", "mkdocs.yml"]
)
def test_other_files_are_not(path):
    assert not policy_files.is_policy(path)
