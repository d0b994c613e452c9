"""Attachments at the gate: examined in every commit at its first receipt, one child for a push, both doors alike."""

import pytest

import attached
from cast import AWAL, COMPLETE
from sopan import gate, limited
from sopan.history import MAIN, NO_OBJECT
from sopan.moves import Move
from test_personal_data import NEVER_ISSUED, NIK, NIP
from test_privacy import CONFIRM, INDEX, REFUSED

FOLDER = INDEX.rpartition("/")[0]


def bearing(name, data):
    """The complete item with one more attachment."""
    return COMPLETE | {"index.md": attached.named_by(COMPLETE["index.md"], name), name: data}


def first(name, data):
    return {
        "index.md": AWAL.replace("\n---\n", f"\nlampiran:\n- berkas: {name}\n  judul: Naskah\n---\n", 1),
        name: data,
    }


def hidden(book, text="tersimpan"):
    sheet = book.create_sheet("Rahasia")
    sheet["C5"] = text
    sheet.sheet_state = "veryHidden"


CASES = {
    "data.xlsx": (
        attached.xlsx(hidden),
        attached.xlsx(),
        (
            "Berkas ini menyembunyikan lembar Rahasia; tampilkan (Unhide) dan periksa isinya, atau hapus. "
            "[lampiran-tersembunyi]"
        ),
    ),
    "laporan.pdf": (
        attached.pdf(attached.link("javascript:x")),
        attached.pdf(),
        (
            "Tautan 'javascript:x' di dalam berkas ini tidak diterima; ganti dengan alamat https:// atau mailto:, atau "
            "hapus. [lampiran-tautan]"
        ),
    ),
    "data.csv": (
        b"a,b\n=1,2\n",
        b"a,b\n1,2\n",
        (
            "Isi baris 2 kolom 1 diawali tanda '=' sehingga dihitung sebagai rumus oleh pembacanya; tulis hasilnya "
            "saja, "
            "atau awali dengan tanda petik tunggal ('). [lampiran-rumus]"
        ),
    ),
    "foto.jpg": (
        b"<svg onload='1'>",
        attached.photo(),
        (
            "Isi berkas ini bukan jpg seperti nama berkasnya; buka di aplikasinya, lalu simpan ulang sebagai .jpg. "
            "[lampiran-isi-lain]"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_inside_an_attachment_is_refused_even_if_it_is_gone_later(office, name):
    wrong, right, sentence = CASES[name]
    office.work(files=first(name, wrong))
    office.work(files=first(name, right))
    office.step(1)
    assert office.both("butir").said == [f"{FOLDER}/{name}: {sentence}"]
    office.begin()
    office.work(files=first(name, right))
    office.step(1)
    assert office.both("butir").said == []


def test_a_number_in_a_cell_is_refused_with_its_cell(office):
    def cell(text):
        def change(book):
            book.active["C5"] = text

        return first("data.xlsx", attached.xlsx(change))

    office.step(1, files=cell(NIK))
    refused = REFUSED.format(" pada lembar Data sel C5")
    assert office.both("butir").said == [f"{FOLDER}/data.xlsx: {refused} [pribadi-nik]"]
    office.begin()
    office.step(1, files=cell(NEVER_ISSUED))
    assert office.both("butir").said == []


def test_a_number_in_a_table_is_refused_with_its_line(office):
    office.step(1, files=first("data.csv", f"nama,nomor\nA,1\nB,{NIK}\n"))
    refused = REFUSED.format("")
    assert office.both("butir").said == [f"{FOLDER}/data.csv baris 3: {refused} [pribadi-nik]"]
    office.begin()
    office.step(1, files=first("data.csv", f"nama,nomor\nA,1\nB,{NEVER_ISSUED}\n"))
    assert office.both("butir").said == []


def test_an_officials_number_on_a_page_is_confirmed_by_the_next_step(office):
    office.upto(2)
    office.step(3, files=bearing("laporan.pdf", attached.pdf(pages=(f"NIP {NIP}",))))
    office.sent("butir")
    office.step(4, note="Sudah diperiksa.")
    said = office.both("butir").said
    assert said == [f"{FOLDER}/laporan.pdf: {CONFIRM.replace(' yang belum', ' pada halaman 1 yang belum', 1)}"]
    office.step(4, note="Sudah diperiksa; data pribadi dikonfirmasi.")
    assert office.both("butir").said == []


UNREAD = (
    f"{FOLDER}/laporan.pdf: Berkas ini memuat halaman hasil pindaian yang tidak terbaca mesin; baca setiap halamannya, "
    "lalu tulis “halaman dibaca” pada catatan langkah ini. [lampiran-pindaian]"
)


def test_whoever_completes_an_item_says_that_its_scans_were_read(office):
    """The scan came with step 1 and was received then; step 3 answers for it all the same."""
    scan = attached.pdf(attached.scan)
    office.step(1, files=first("laporan.pdf", scan))
    office.step(2)
    office.sent("butir")
    office.step(3, files=bearing("laporan.pdf", scan), note="Sudah lengkap.")
    assert office.both("butir").said == [UNREAD]
    office.step(3, files=bearing("laporan.pdf", scan), note="Sudah lengkap.\n\nHalaman\ndibaca semua.")
    assert office.both("butir").said == []


def test_pages_with_text_need_nobody_to_say_so(office):
    office.upto(2)
    office.step(3, files=bearing("laporan.pdf", attached.pdf()), note="Sudah lengkap.")
    assert office.both("butir").said == []


def judged(office):
    """What the gate says of the branch, in this very process."""
    move = Move(office.ref("butir"), NO_OBJECT, office.tip("butir"))
    findings = gate.judge(office.forge.history, move, main=office.server(MAIN), receipts={}, removed=(), at=office.at)
    return [finding.sentence() for finding in findings]


def test_a_push_is_examined_in_one_child(office, monkeypatch):
    asked = []
    screen = limited.screen
    monkeypatch.setattr(limited, "screen", lambda files: asked.append([name for name, _ in files]) or screen(files))
    office.work(files=first("data.csv", b"a,b\n1,2\n"))
    office.work(files=first("data.csv", b"a,b\n1,3\n"))
    office.step(1, files=first("laporan.pdf", attached.pdf()) | {"data.csv": None})
    assert judged(office) == []
    assert [names for names in asked if names] == [["data.csv", "data.csv", "laporan.pdf"]]


def test_a_file_that_ends_its_examination_is_refused(office, monkeypatch):
    office.step(1, files=first("data.csv", b"a,b\n1,2\n"))
    assert judged(office) == []
    monkeypatch.setattr(limited, "_RUN", "raise SystemExit(1)")
    assert judged(office) == [
        (
            f"{FOLDER}/data.csv: Berkas ini tidak selesai dinilai dalam batas waktu dan memori; simpan ulang dengan "
            "lebih "
            "sederhana, atau pecah menjadi beberapa berkas. [lampiran-tak-ternilai]"
        )
    ]
