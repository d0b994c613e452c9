"""The SOP as data: the seed is in it whole, and nothing about it that could mislead the gate passes."""

import hashlib
import re
from collections import Counter

import pytest

from policy_files import OTHER, SEED, TOP, schema, sentences
from sopan import sop, strict_yaml
from sopan.sop import StandardTime

SOP_SCHEMA = schema("sop")
SOP_FILE = TOP / "sop.yml"
OTHER_SOP = OTHER / "sop.yml"

# What the seed prints as its form; all else that it prints is a value.
LABELS = set(
    """
    NOMOR SOP|TGL. PEMBUATAN|TGL. REVISI|TGL. EFEKTIF|DISAHKAN OLEH|NAMA SOP|KUALIFIKASI PELAKSANA:
    PERALATAN / PERLENGKAPAN|PENCATATAN DAN PENDATAAN|BERDASARKAN TUGAS DAN FUNGSI|Instansi|Unit Kerja Eselon
    Tugas|Fungsi|Sub-Fungsi (Kegiatan)|Output|Aspek|Judul SOP|No|No.|LEMBAR KERJA IDENTIFIKASI KEGIATAN
    A. Data Kegiatan|1. Judul SOP|2. Jenis Kegiatan|3. Penanggung Jawab|a. Produk|b. Kegiatan
    4. Scope (Ruang Lingkup)|B. Identifikasi Kegiatan|Nama Kegiatan|Langkah Awal|Langkah Utama|Langkah Akhir
    C. Identifikasi Langkah|Langkah Awal :|Langkah Utama :|Kegiatan|Pelaksana|Mutu Baku|Kelengkapan|Waktu
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
NUMBERED = re.compile(r"[1-3]\.")
UNIT = re.compile(r"(Unit Kerja Eselon) (I+V?) : (.*)")
SIGNING = "Dr. PAN BUDI MARWOTO"


@pytest.fixture(scope="module")
def written():
    return strict_yaml.load(SOP_FILE.read_bytes(), SOP_FILE.name)[0].data


def loaded(content):
    result, findings = sop.load(content, SOP_SCHEMA)
    assert sentences(findings) == []
    return result


def cells(line):
    """What a line of the seed holds, cell by cell; italics are marks, except in the garbled signing block."""
    line = line.strip()
    if line.startswith(SIGNING):
        return [line]
    line = re.sub(r"</?i>", "", line)
    if unit := UNIT.fullmatch(line):
        return list(unit.groups())
    parts = line.split(" : ") if line.startswith("Instansi") else line.split("\t")
    return [part.strip().removeprefix(":").strip() for part in parts]


def leaves(node):
    if isinstance(node, dict):
        return [leaf for value in node.values() for leaf in leaves(value)]
    return [leaf for value in node for leaf in leaves(value)] if isinstance(node, list) else [node]


def source_leaves(written):
    """Every value of the source part: all but what is ours, our notes, and second readings of a cell kept verbatim."""
    ours = ("skema", "sumber", "catatan_sumber", "tambahan")
    source = {part: value for part, value in written.items() if part not in ours}
    signing = source["identitas"]["disahkan_oleh"]
    rows = [{**row, "waktu": row["waktu"]["teks"]} for row in source["prosedur"]["kegiatan"]]
    source["prosedur"] = {**source["prosedur"], "kegiatan": rows}
    source["identitas"] = {**source["identitas"], "disahkan_oleh": signing["teks_asli"]}
    return [leaf for leaf in leaves(source) if leaf]


def test_every_value_of_the_seed_has_its_place_and_nothing_else_is_in_the_source_part(written):
    seen = [cell for line in SEED.read_text(encoding="utf-8").splitlines() for cell in cells(line)]
    values = [cell for cell in seen if cell and cell not in LABELS and not NUMBERED.fullmatch(cell)]
    heads = ["Sekretaris", "Kabid Penelitian dan Pengembangan", "Admin", "Pengakses Website"]
    assert set(heads) <= set(values)
    assert Counter(source_leaves(written)) == Counter(values)


def test_no_label_is_counted_that_the_seed_does_not_print():
    seen = {cell for line in SEED.read_text(encoding="utf-8").splitlines() for cell in cells(line)}
    assert seen >= LABELS


def test_the_table_stands_cell_by_cell_at_its_place(written):
    table = SEED.read_text(encoding="utf-8").split("No.\tKegiatan")[1].splitlines()
    rows = [[cell.strip() for cell in line.split("\t")] for line in table[2:]]
    empty_performers = [""] * 4
    ours = [
        [row["urut"], row["uraian"], *empty_performers, row["kelengkapan"], row["waktu"]["teks"], row["output"]]
        for row in written["prosedur"]["kegiatan"]
    ]
    assert [[*row, ""] for row in ours] == rows
    assert written["prosedur"]["pelaksana"] == [cell for cell in table[1].split("\t") if cell.strip()][:4]
    assert {row["pelaksana"] + row["keterangan"] for row in written["prosedur"]["kegiatan"]} == {""}


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("NOMOR SOP", "identitas nomor"),
        ("TGL. PEMBUATAN", "identitas tanggal_pembuatan"),
        ("TGL. REVISI", "identitas tanggal_revisi"),
        ("TGL. EFEKTIF", "identitas tanggal_efektif"),
        ("NAMA SOP", "identitas nama"),
        ("Instansi ", "tugas_fungsi instansi"),
        ("1. Judul SOP", "lembar_kerja data_kegiatan judul_sop"),
        ("2. Jenis Kegiatan", "lembar_kerja data_kegiatan jenis_kegiatan"),
        ("a. Produk", "lembar_kerja data_kegiatan penanggung_jawab produk"),
        ("b. Kegiatan", "lembar_kerja data_kegiatan penanggung_jawab kegiatan"),
        ("4. Scope (Ruang Lingkup)", "lembar_kerja data_kegiatan ruang_lingkup"),
        ("Nama Kegiatan", "lembar_kerja identifikasi_kegiatan nama_kegiatan"),
        ("Langkah Awal\t", "lembar_kerja identifikasi_kegiatan langkah_awal"),
        ("Langkah Utama\t", "lembar_kerja identifikasi_kegiatan langkah_utama"),
        ("Langkah Akhir\t", "lembar_kerja identifikasi_kegiatan langkah_akhir"),
    ],
)
def test_a_labelled_value_stands_under_its_own_name(written, label, path):
    (line,) = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.startswith(label)]
    value = written
    for key in path.split():
        value = value[key]
    assert value == re.sub(r"</?i>", "", line.partition(":")[2].strip())


def test_the_identified_steps_are_those_of_part_c(written):
    part = SEED.read_text(encoding="utf-8").split("C. Identifikasi Langkah")[1].split("No.\tKegiatan")[0]
    listed = [line.split("\t")[1:] for line in part.splitlines() if line]
    first, main, last = (written["lembar_kerja"]["identifikasi_langkah"][name] for name in ("awal", "utama", "akhir"))
    assert [[step["urut"], step["uraian"]] for step in first + main] == listed
    assert ([step["urut"] for step in first], last) == (["1"], [])


def test_the_garbled_signing_block_is_verbatim_and_nobody_guessed_from_it(written):
    signing = written["identitas"]["disahkan_oleh"]
    assert f"\t {signing['teks_asli']}\n" in SEED.read_text(encoding="utf-8")
    assert signing["nama"] in signing["teks_asli"]
    assert signing["nip"] in signing["teks_asli"]
    assert (signing["jabatan"], signing["pangkat"]) == ("", "")


def test_what_the_document_lacks_is_empty_and_not_absent(written):
    identity = written["identitas"]
    assert [identity[name] for name in ("dasar_hukum", "keterkaitan", "peringatan")] == [[], [], []]
    assert [identity[name] for name in ("tanggal_revisi", "tanggal_efektif")] == ["", ""]
    assert written["prosedur"]["kegiatan"][-1]["waktu"] == {"teks": "", "nilai": "", "satuan": ""}


def test_the_values_of_time_are_those_of_the_text(written):
    times = [row["waktu"] for row in written["prosedur"]["kegiatan"] if row["waktu"]["teks"]]
    assert [f"{time['nilai']} {time['satuan']}" for time in times] == [time["teks"].casefold() for time in times]


def test_the_document_is_the_one_that_was_read(written):
    assert written["sumber"] == {"naskah": SEED.name, "sha256": hashlib.sha256(SEED.read_bytes()).hexdigest()}


def test_the_repository_s_sop_loads_as_its_document_says():
    ours = loaded(SOP_FILE.read_bytes())
    assert (ours.number, ours.name) == ("050.13 / 22 / BAPPEDA / 2019", "Tata Kelola Informasi Publik Melalui Website")
    roles = ["sekretaris", "kabid", "admin", "kabid", "sekretaris", "kabid", "admin"]
    assert [step.role.code for step in ours.chain] == roles
    assert [str(step.standard_time) for step in ours.chain] == [f"{n} menit" for n in (5, 5, 20, 5, 5, 5, 10)]
    assert ours.step(8).standard_time is None
    assert [step.number for step in ours.chain if step.changes_content] == [1, 3]
    assert {step.number: step.returns_to for step in ours.chain if step.returns_to} == {2: 1, 4: 3, 5: 2, 6: 3, 7: 3}
    assert (ours.first.number, ours.completing.number, ours.last.number) == (1, 3, 7)
    assert ours.separated == (frozenset({"sekretaris", "kabid", "admin"}),)
    assert ours.maintainers == {"sekretaris", "kabid", "admin"}
    assert "tambahan" not in ours.text
    with pytest.raises(KeyError):
        ours.step(9)


def test_another_sop_of_the_form_loads_without_a_change_of_code():
    other = loaded(OTHER_SOP.read_bytes())
    assert [step.number for step in other.chain] == [2, 3, 4, 5, 6]
    assert [step.standard_time for step in other.chain] == [
        StandardTime(15, "menit"),
        StandardTime(2, "jam"),
        StandardTime(1, "hari kerja"),
        StandardTime(1, "jam"),
        None,
    ]
    assert (other.first.number, other.completing.number, other.last.number) == (2, 3, 6)
    assert other.following(other.step(4)).number == 5
    assert not other.step(1).role.internal
