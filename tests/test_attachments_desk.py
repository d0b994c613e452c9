"""`periksa` tells what the gate would say of attachments and documents, and takes their makers' names out."""

import attached
from attached import docx, photo, rules
from desks import INDEX
from test_privacy import INDEX as FILE

FOLDER = FILE.rpartition("/")[0]
CLEAN = "Tidak ada yang perlu diperbaiki.\n"
MAKER = (
    "Berkas ini menyimpan keterangan pembuatnya (Penulis); hapus dengan `sopan periksa --bersihkan` sebelum berkas "
    "ditandatangani dan diserahkan. [lampiran-metadata]"
)


def attach(desks, name, data):
    """A complete item with one more attachment in Ratna's work tree."""
    desks.compose()
    desks.write("ratna", text=attached.named_by(INDEX, name))
    file = desks.path("ratna", FOLDER, name)
    file.write_bytes(data)
    return file


def test_periksa_refuses_what_the_gate_would_refuse(desks):
    file = attach(desks, "naskah.docx", docx(creator="Seseorang"))
    said = desks.do("ratna", "periksa")
    assert (said.code, said.out.splitlines()[0]) == (1, f"{FOLDER}/naskah.docx: {MAKER}")
    file.write_bytes(docx())
    said = desks.do("ratna", "periksa")
    assert (said.code, said.out) == (0, CLEAN)


def test_periksa_takes_the_makers_names_out_and_says_so(desks):
    file = attach(desks, "naskah.docx", docx(creator="Seseorang"))
    said = desks.do("ratna", "periksa", "--bersihkan")
    assert (said.code, said.out) == (0, CLEAN)
    assert f"{FOLDER}/naskah.docx: dibersihkan dari Penulis." in said.err.splitlines()
    assert rules("naskah.docx", file.read_bytes()) == []
    cleaned = file.read_bytes()
    said = desks.do("ratna", "periksa", "--bersihkan")
    assert "Tidak ada lampiran yang perlu atau dapat dibersihkan." in said.err.splitlines()
    assert file.read_bytes() == cleaned


def test_periksa_looks_at_a_document_before_it_is_an_item(desks):
    file = desks.path("ratna").parent / "Foto Rapat.jpg"
    file.write_bytes(photo(attached.exif(6, more=[attached.GPS])))
    said = desks.do("ratna", "periksa", str(file))
    assert said.code == 1
    assert said.out.splitlines()[0] == f"Foto Rapat.jpg: {MAKER.replace('Penulis', 'EXIF')}"
    said = desks.do("ratna", "periksa", "--bersihkan", str(file))
    assert (said.code, said.out) == (0, CLEAN)
    assert rules("foto.jpg", file.read_bytes()) == []


def test_a_document_that_is_not_there_is_said_to_be_missing(desks):
    said = desks.do("ratna", "periksa", "laporan.pdf")
    assert said.code == 2
    assert said.err.splitlines()[-1] == "Berkas laporan.pdf tidak ditemukan; periksa nama dan letaknya."


def test_periksa_tells_who_will_have_to_read_a_scan(desks):
    attach(desks, "laporan.pdf", attached.pdf(attached.scan))
    said = desks.do("ratna", "periksa")
    assert (said.code, said.out) == (0, CLEAN)
    assert (
        "2026/rencana-kerja: 1 lampiran memuat hasil pindaian yang perlu dibaca Admin pada langkah 3, "
        "dengan kata “halaman dibaca” pada catatannya."
    ) in said.err.splitlines()
