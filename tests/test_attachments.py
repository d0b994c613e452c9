"""What every kind of attachment must be: of the kind that its name says, whole, and ended where it ends."""

import pytest

import attached
from attached import LEGAL, rules
from sopan import attachments, item, messages
from sopan.attachments import Examined, limits

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 999
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1528
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"


def test_every_accepted_kind_has_a_legal_file():
    assert {name.rpartition(".")[2] for name in LEGAL} == set(item.EXTENSIONS)


@pytest.mark.parametrize("name", LEGAL)
def test_an_ordinary_file_of_each_kind_is_accepted(name):
    found = attachments.examine(name, LEGAL[name]())
    assert (found.faults, found.scanned) == ((), False)


@pytest.mark.parametrize("name", LEGAL)
def test_a_name_in_capitals_is_the_same_kind(name):
    assert rules(name.upper(), LEGAL[name]()) == []


@pytest.mark.parametrize(
    ("name", "data", "wrong"),
    [
        ("halaman.pdf", b"<html><script>1</script></html>", ("lampiran-isi-lain", {"jenis": "pdf"})),
        ("halaman.pdf", b" " + attached.pdf(), ("lampiran-isi-lain", {"jenis": "pdf"})),
        ("halaman.pdf", b"<!--" + attached.pdf(), ("lampiran-isi-lain", {"jenis": "pdf"})),
        ("data.xlsx", attached.pdf(), ("lampiran-isi-lain", {"jenis": "xlsx"})),
        ("data.xlsx", attached.docx(), ("lampiran-rusak", {"jenis": "xlsx"})),
        ("data.docx", attached.xlsx(), ("lampiran-rusak", {"jenis": "docx"})),
        ("data.odt", attached.open_document("ods"), ("lampiran-rusak", {"jenis": "odt"})),
        ("foto.png", attached.photo(), ("lampiran-isi-lain", {"jenis": "png"})),
        ("foto.jpg", attached.drawing(), ("lampiran-isi-lain", {"jenis": "jpg"})),
        ("laporan.pdf", POINTER, ("lampiran-penunjuk", {})),
        ("data.csv", POINTER, ("lampiran-penunjuk", {})),
        ("data.csv", b"", ("lampiran-kosong", {"berkas": "data.csv"})),
        ("data.xls", OLD, ("lampiran-format-lama", {"jenis": "xls", "tujuan": "xlsx"})),
        ("naskah.doc", OLD, ("lampiran-format-lama", {"jenis": "doc", "tujuan": "docx"})),
        ("data.xlsx", OLD, ("lampiran-format-lama", {"jenis": "xls", "tujuan": "xlsx"})),
        ("naskah.docx", OLD, ("lampiran-format-lama", {"jenis": "doc", "tujuan": "docx"})),
        ("data.xlsx", LOCKED, ("lampiran-tersandi", {})),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, data, wrong):
    assert rules(name, data) == [wrong]


@pytest.mark.parametrize("name", ["gambar.svg", "halaman.html", "skrip.js", "arsip.zip", "makro.xlsm", "tanpa-akhiran"])
def test_no_other_kind_is_accepted(name):
    kinds = "pdf, xlsx, csv, docx, ods, odt, png, jpg, jpeg"
    assert rules(name, b"<svg onload='1'/>") == [("lampiran-jenis", {"berkas": name, "jenis": kinds})]


def test_the_answer_to_an_old_format_is_said_in_office_words():
    fault = attachments.examine("anggaran.xls", OLD).faults[0]
    assert messages.say(fault.rule, **fault.values) == (
        "Berkas ini berformat xls, yang tidak diterima; buka di aplikasinya, lalu pilih Simpan sebagai .xlsx."
    )


@pytest.mark.parametrize("name", [name for name in LEGAL if not name.endswith(".csv")])
@pytest.mark.parametrize("behind", [b"PK\x03\x04", b"<script>1</script>", b"\0"])
def test_nothing_may_follow_the_end_of_a_file(name, behind):
    assert {rule for rule, _ in rules(name, LEGAL[name]() + behind)} & {
        "lampiran-ekor",
        "lampiran-susunan",
        "lampiran-rusak",
    }


@pytest.mark.parametrize("name", [name for name in LEGAL if not name.endswith(".csv")])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_off_is_refused(name, part):
    data = LEGAL[name]()
    assert "lampiran-rusak" in {rule for rule, _ in rules(name, data[: int(len(data) * part)])}


def test_every_rule_is_worded_with_the_values_it_gets():
    too_much = [attachments.examine("data.csv", b"a\n" + b"=1\n" * (limits.SHOWN_FAULTS + 5))]
    for found in (*too_much, attachments.examine("data.xls", OLD), attachments.examine("a.pdf", b"x")):
        assert all(messages.say(fault.rule, **fault.values) for fault in found.faults)
    assert len(too_much[0].faults) == limits.SHOWN_FAULTS


def test_more_text_than_can_be_screened_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 100)
    assert attachments.examine("data.csv", b"a,b\n" + b"1,2\n" * 10).faults == ()
    found = attachments.examine("data.csv", b"a,b\n" + b"1,2\n" * 50)
    assert [fault.rule for fault in found.faults] == ["lampiran-batas"]
    assert found.texts == ()


def test_a_limit_of_millions_is_readable():
    assert messages.say(
        "lampiran-batas",
        **dict(attachments.examine("peta.png", attached.drawing(width=20_000, height=20_000)).faults[0].values),
    ) == ("Berkas ini memuat lebih dari 100 juta titik gambar; pecah menjadi beberapa berkas.")


def test_an_examination_is_data():
    assert attachments.examine("data.csv", b"a,b\n1,2\n") == Examined((), (attachments.Text("", "a ; b ;\n1 ; 2 ;"),))
