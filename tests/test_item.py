import dataclasses
import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import refusals
from sopan import item, plain_text, quoting, strict_yaml
from sopan.content import digest
from sopan.errors import SopanError
from sopan.office import Contact, Limits

TOP = Path(__file__).parent.parent
SCHEMA = json.loads((TOP / "schemas/informasi.schema.json").read_text())
FOLDER = "docs/informasi/2026/jumlah-kegiatan"
FILE = f"{FOLDER}/index.md"
COMPLETE = (refusals.FOLDER / "butir_lengkap.md").read_text()
FIRST_LEVEL = (
    "---\njudul: Jumlah Kegiatan\nklasifikasi: setiap_saat\nunit_asal: Sekretariat\nbukan_dikecualikan: ya\n---\nIsi.\n"
)
NAMES = {"index.md": 2000, "kegiatan.csv": 500}
LIMITS = Limits(attachment_bytes=1000, item_bytes=2500, attachments=3)


def read(text, file=FILE, *, complete=True):
    return item.read(text.encode(), file, SCHEMA, complete=complete)


def sentences(findings):
    return [finding.sentence() for finding in findings]


def test_a_complete_item_becomes_types():
    found, findings = read(COMPLETE)

    assert findings == []
    assert (found.id, found.year, found.slug, found.file) == ("2026/jumlah-kegiatan", "2026", "jumlah-kegiatan", FILE)
    assert (found.created, found.reviewed) == (date(2026, 2, 28), date(2026, 3, 1))
    assert found.period == item.Period(date(2025, 1, 1), date(2025, 12, 31))
    assert found.forms == ("digital", "cetak")
    assert found.attachments == (item.Attachment("kegiatan.csv", "Tabel kegiatan", 35),)
    assert found.links == (item.Link("Sumber resmi", "https://contoh.go.id/data"),)
    assert found.contact == Contact("Sekretariat", "ppid@contoh.go.id", "", "")
    assert found.corrections == (item.Correction(date(2026, 3, 1), "dua kegiatan", "tiga kegiatan", ""),)
    assert found.data["satuan"] == "Kegiatan"
    assert (found.withdrawal, found.replaces, found.replaced_by) == (None, "2025/jumlah-kegiatan", "")
    assert (found.body_line, found.body.split("\n")[1]) == (66, "## Isi")
    assert found.targets == (("kegiatan.csv", 69),)


def test_an_item_of_the_first_level_needs_little():
    found, findings = read(FIRST_LEVEL, complete=False)

    assert findings == []
    assert (found.title, found.kind, found.created, found.contact) == ("Jumlah Kegiatan", "", None, None)
    assert len(read(FIRST_LEVEL)[1]) == 16


@pytest.mark.parametrize(("bad", "good", "expected"), refusals.read("item_refusals.txt"))
def test_what_is_refused_and_its_legal_twin(bad, good, expected):
    assert COMPLETE.count(bad[0]) == 1
    assert sentences(read(COMPLETE.replace(*bad))[1]) == placed(expected)
    assert read(COMPLETE.replace(*good))[1] == []


def test_nothing_to_publish_is_refused_until_there_is_a_text_or_an_attachment():
    empty = FIRST_LEVEL.removesuffix("Isi.\n") + " \n\n"
    attached = empty.replace("---\n \n", "lampiran:\n  - {berkas: a.pdf, judul: Naskah}\n---\n \n")

    (finding,) = read(empty, complete=False)[1]
    assert (finding.rule, finding.line) == ("butir-tanpa-isi", 7)
    assert finding.message == (
        "Butir ini belum berisi apa pun; tulis isi naskah di bawah kepalanya, atau sebutkan lampiran."
    )
    assert read(attached, complete=False)[1] == []


def test_of_exempt_information_nothing_is_quoted():
    text = COMPLETE.replace("i: berkala", "i: dikecualikan").replace("bahasa: id", "bahasa: rahasia")

    found, findings = read(text)

    assert found is None
    assert [(finding.rule, finding.line) for finding in findings] == [("butir-dikecualikan", 3)]
    assert "rahasia" not in findings[0].message


def test_all_faults_of_front_matter_and_body_come_at_once():
    text = COMPLETE.replace("bahasa: id", "bahasa: en").replace("CC-BY-4.0", "apa").replace("## Isi", "# Isi")

    assert [(finding.line, finding.rule) for finding in read(text)[1]] == [
        (26, "skema-tetap"),
        (30, "skema-pilihan"),
        (67, "isi-judul-ganda"),
    ]


def test_hidden_characters_of_the_body_are_named_by_line():
    assert [(finding.line, finding.rule) for finding in read(COMPLETE.replace("Lihat", "Li\u200bhat"))[1]] == [
        (69, "teks-karakter-kendali")
    ]


@pytest.mark.parametrize(
    ("prefix", "old", "new", "rules"),
    [
        (plain_text.BOM, b"", b"", ["teks-bom"]),
        (b"", b"\n", b"\r\n", ["teks-akhir-baris", "teks-akhir-baris"]),
        (b"", b"Isi.", b"\xff", ["teks-bukan-utf8"]),
    ],
)
def test_foreign_encodings_are_named(prefix, old, new, rules):
    content = FIRST_LEVEL.encode()
    content = prefix + (content.replace(old, new) if old else content)

    assert [finding.rule for finding in item.read(content, FILE, SCHEMA, complete=False)[1]] == rules


def test_a_text_beyond_256_kib_is_refused():
    room = item.MAXIMUM_BYTES - len(FIRST_LEVEL)

    assert read(FIRST_LEVEL + "a" * room, complete=False)[1] == []
    (finding,) = read(FIRST_LEVEL + "a" * (room + 1), complete=False)[1]
    assert finding.rule == "butir-naskah-besar"
    assert finding.message == (
        "Naskah sebesar 262145 bita melebihi batas 262144 bita; pindahkan bagian panjang ke lampiran."
    )


@pytest.mark.parametrize(
    "path",
    [
        "docs/informasi/2026/index.md", "docs/informasi/26/a/index.md", "docs/informasi/2026/A/index.md",
        "docs/informasi/2026/a--b/index.md", "docs/informasi/2026/assets/index.md", "docs/informasi/2026/con/index.md",
        f"docs/informasi/2026/{'a' * 81}/index.md", "docs/informasi/2026/a/b/index.md", "docs/informasi/2026/a/lain.md",
        "docs/informasi/२०२६/a/index.md", "docs/informasi/2026/../index.md", "lain/2026/a/index.md",
    ],
)  # fmt: skip
def test_an_item_lives_at_its_own_place_only(path):
    shown = path if len(path) <= quoting.SHOWN_CHARACTERS else f"{path[:79]}…"
    (finding,) = read(COMPLETE, path)[1]

    assert (finding.rule, finding.file) == ("butir-alamat", path)
    assert finding.message == (
        f"'{shown}' bukan tempat sebuah butir; simpan sebagai docs/informasi/<tahun>/<nama-butir>/index.md."
    )


def test_the_longest_slug_has_80_characters():
    assert read(COMPLETE, f"docs/informasi/2026/{'a' * 80}/index.md")[1] == []


def test_paths_and_identities():
    assert item.identity(f"{FOLDER}/kegiatan.csv") == "2026/jumlah-kegiatan"
    assert item.identity("docs/informasi/2026") is None
    assert item.identity("docs/informasi/index.md") is None
    assert item.folder("2026/jumlah-kegiatan") == FOLDER
    assert item.is_identity("2026/rpjmd")
    assert not item.is_identity("2026/rpjmd\n")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Rencana Kerja (RKPD) & Musrenbang 2026", "rencana-kerja-rkpd-musrenbang-2026"),
        ("  Café — Élan  ", "cafe-elan"),
        ("Index", "informasi-index"),
        ("kata " * 30, "-".join(["kata"] * 16)),
        ("a" * 100, "a" * 80),
    ],
)
def test_a_title_gives_a_slug(title, slug):
    assert item.slugify(title) == slug
    assert item.is_identity(f"2026/{slug}")


def test_a_title_of_signs_gives_no_slug():
    with pytest.raises(SopanError) as caught:
        item.slugify("— !!! —")

    assert str(caught.value) == "Judul '— !!! —' tidak memuat huruf atau angka; tulis judul yang dapat dibaca."


@given(st.text(max_size=120))
def test_every_slug_is_legal(title):
    try:
        slug = item.slugify(title)
    except SopanError:
        return
    assert item.is_identity(f"2026/{slug}")


def listing(*attachments):
    entries = "".join(f"\n  - berkas: '{name}'\n    judul: Tabel" for name in attachments)
    text = COMPLETE.replace("\n  - berkas: kegiatan.csv\n    judul: Tabel kegiatan", entries)
    found, findings = read(text.replace("[tabel](kegiatan.csv)", "tabel"))
    assert findings == []
    return found


def test_a_folder_that_holds_what_it_names():
    assert item.check_folder(listing("kegiatan.csv"), NAMES, LIMITS) == []
    assert item.check_folder(read(COMPLETE)[0], NAMES, LIMITS) == []


@pytest.mark.parametrize(("bad", "good", "expected"), refusals.read("attachment_refusals.txt"))
def test_an_attachment_that_cannot_be_and_its_legal_twin(bad, good, expected):
    assert sentences(item.check_folder(with_attachment(bad), NAMES, LIMITS)) == placed(expected)
    assert item.check_folder(with_attachment(good), NAMES | {good: 1}, LIMITS) == []


def with_attachment(name):
    entry = "    judul: Tabel kegiatan\n"
    found, findings = read(COMPLETE.replace(entry, f"{entry}  - berkas: '{name}'\n    judul: Tabel lain\n"))
    assert findings == []
    return found


@pytest.mark.parametrize(("bad", "good", "expected"), refusals.read("folder_refusals.txt"))
def test_a_folder_that_differs_from_what_it_names_and_its_legal_twin(bad, good, expected):
    found = read(COMPLETE)[0]

    assert sentences(item.check_folder(found, bad, LIMITS)) == placed(expected)
    assert item.check_folder(found, good, LIMITS) == []


def placed(expected):
    return [f"{FOLDER}/{sentence}".replace("/:", ":", 1) for sentence in expected]


def test_limits_hold_up_to_their_last_byte_and_file():
    three = listing("a.csv", "b.csv", "c.csv")
    sizes = {"a.csv": 1000, "b.csv": 1000, "c.csv": 500}

    assert item.check_folder(three, sizes, LIMITS) == []
    assert item.check_folder(three, sizes | {"index.md": 5000}, LIMITS) == []
    assert sentences(item.check_folder(three, sizes | {"c.csv": 501}, LIMITS)) == [
        (
            f"{FOLDER}: Lampiran seluruhnya sebesar 2501 bita melebihi batas 2500 bita; perkecil atau kurangi"
            " lampirannya. [butir-terlalu-besar]"
        )
    ]


def test_one_attachment_too_many():
    names = ["a.csv", "b.csv", "c.csv", "d.csv"]

    assert sentences(item.check_folder(listing(*names), dict.fromkeys(names, 1), LIMITS)) == [
        f"{FOLDER}: Ada 4 lampiran, melebihi batas 3; gabungkan atau kurangi lampirannya. [lampiran-terlalu-banyak]"
    ]


@pytest.mark.parametrize("target", ["kegiatan.pdf", "index.md"])
def test_a_link_that_leads_nowhere_on_the_site(target):
    found = read(COMPLETE.replace("(kegiatan.csv)", f"({target})"))[0]

    (finding,) = item.check_folder(found, NAMES, LIMITS)
    assert (finding.rule, finding.line) == ("isi-tautan-mati", 69)
    assert finding.message == (
        f"Berkas '{target}' ditautkan tetapi bukan lampiran butir ini; tambahkan sebagai lampiran atau hapus tautannya."
    )


def test_the_digest_is_what_sha256sum_prints(tmp_path):
    files = {"index.md": b"isi\n", "b.csv": b"", "a-1.csv": b"\xff\0", "a.csv": b"x", "B.csv": b"y"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    names = sorted(files, key=str.encode)

    printed = subprocess.run(["sha256sum", *names], cwd=tmp_path, capture_output=True, check=True).stdout
    (tmp_path / "daftar").write_bytes(printed)
    whole = subprocess.run(["sha256sum", "daftar"], cwd=tmp_path, capture_output=True, check=True, text=True).stdout

    assert digest(files) == f"sha256:{whole[:64]}"
    assert digest(dict(reversed(files.items()))) == digest(files)
    assert digest(files | {"index.md": b"lain\n"}) != digest(files)


def test_defaults_fill_only_what_is_missing():
    every = {"lisensi": "CC-BY-4.0", "bahasa": "id", "jenis_media": ["website"]}
    defaults = {"sop": {"lisensi": "CC0-1.0"}, "semua": every}

    assert item.complete_with({"jenis_dokumen": "sop", "bahasa": "", "jenis_media": []}, defaults) == {
        "jenis_dokumen": "sop", "jenis_media": [], "lisensi": "CC0-1.0", "bahasa": "id",
    }  # fmt: skip
    assert item.complete_with({"lisensi": "x"}, defaults)["lisensi"] == "x"


def visible(text):
    return plain_text.read(text.encode(), "x")[1] == []


VISIBLE = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])
TEXTS = st.text(VISIBLE, max_size=60).filter(visible)
ODD = st.sampled_from([*"~'\"#\t\n", "---", "no", "2026-02-30", "012", "a: b", "- x", "&a", "<<", " x ", "---\na\n"])


@given(title=TEXTS | ODD, words=st.lists(TEXTS | ODD, max_size=4), body=TEXTS | ODD)
def test_what_is_written_reads_back_identically(title, words, body):
    fields = {"judul": title, "kata_kunci": words, "kontak": {"unit": title, "surel": ""}, "dasar_hukum": words}

    parts, findings = item.split(item.write(fields, body), FILE)
    document, faults = strict_yaml.load(parts.front, FILE, first_line=2)

    assert (findings, faults) == ([], [])
    assert document.data == fields
    assert parts.body.decode() == body


def test_a_complete_item_is_written_and_read_back():
    found = read(COMPLETE)[0]

    again, findings = item.read(item.write(found.fields, found.body), FILE, SCHEMA, complete=True)

    assert findings == []
    assert again.fields == found.fields
    assert again.body == found.body
    moved = {"attachments": found.attachments, "targets": found.targets, "body_line": found.body_line}
    assert dataclasses.replace(again, **moved) == found


SIGNS = st.text("ab <>[]()!#*_`|&;:/\\\"'=~-\n\t.jpng", max_size=80)


@given(SIGNS)
def test_no_body_is_answered_with_a_crash(body):
    found, findings = read(FIRST_LEVEL + body, complete=False)

    assert found.body == "Isi.\n" + body
    assert {finding.rule for finding in findings} <= {
        "isi-html", "isi-sisipan", "isi-judul-ganda", "isi-tautan", "isi-gambar", "isi-gambar-tanpa-teks",
    }  # fmt: skip


REPOSITORY_ITEMS = sorted((TOP / "docs/informasi").glob("*/*/index.md"))


def test_the_first_eight_items_are_there():
    assert len(REPOSITORY_ITEMS) >= 8


@pytest.mark.parametrize("path", REPOSITORY_ITEMS, ids=lambda path: path.parent.name)
def test_the_repositorys_own_items_are_complete(path):
    found, findings = item.read(path.read_bytes(), str(path.relative_to(TOP)), SCHEMA, complete=True)
    names = {file.name: file.stat().st_size for file in path.parent.iterdir()}

    assert findings == []
    assert item.check_folder(found, names, Limits(10_485_760, 26_214_400, 20)) == []
    assert "Bupati" not in found.body.replace("<i>Bupati Bangka Utara Muda</i>", "")


def test_every_value_of_the_sop_stands_in_its_item():
    text = (TOP / "docs/informasi/2026/sop-tata-kelola-informasi-publik/index.md").read_text()
    source = (refusals.FOLDER / "sop-050.13-22-bappeda-2019.txt").read_text()
    cells = {cell.strip(" :") for line in source.splitlines() for cell in re.split(r"\t| : ", line)}
    values = {bare(cell) for cell in cells if len(cell) > 1}

    assert len(values) > 25
    assert {value for value in values if value not in bare(text)} == set()


def bare(text):
    return re.sub(r"</?i>|[*]", "", text).casefold()
