"""Taking the makers' names out: they are gone, everything else is as it was, and what cannot be cleaned stays."""

import io

import pikepdf
import pytest
from pikepdf import Name

import attached
from attached import (
    TEXT,
    chunk,
    docx,
    drawing,
    edited,
    exif,
    open_document,
    pdf,
    photo,
    rules,
    segment,
    unpacked,
    with_member,
    xlsx,
)
from sopan import attachments
from sopan.attachments import cleaning, jpeg

METADATA = "lampiran-metadata"


def authored(made):
    with made.open_metadata(set_pikepdf_as_editor=False) as record:
        record["dc:creator"] = ["Seseorang"]
    made.docinfo.Author = "Seseorang"
    made.docinfo.Title = "Laporan"
    made.Root.Gambar = made.make_stream(photo(exif(6, more=[attached.GPS])), Filter=Name.DCTDecode)


def by(name):
    def change(book):
        book.properties.creator = name
        book.properties.lastModifiedBy = name
        book.properties.title = "Laporan"

    return change


TELLING = {
    "laporan.pdf": pdf(authored),
    "data.xlsx": xlsx(by("Seseorang & Rekan")),
    "naskah.docx": with_member(
        docx(creator="Seseorang"), "word/media/image1.png", drawing(chunk(b"tEXt", b"Author\0S"))
    ),
    "naskah.odt": open_document("odt", meta="<dc:title>Laporan</dc:title><dc:creator>Seseorang</dc:creator>"),
    "peta.png": drawing(chunk(b"tEXt", b"Author\0Seseorang")),
    "foto.jpg": photo(exif(6, order="<", more=[attached.GPS]), segment(0xFE, b"Seseorang")),
}


@pytest.mark.parametrize("name", TELLING)
def test_a_cleaned_file_is_accepted(name):
    examined = attachments.examine(name, TELLING[name])
    assert {fault.rule for fault in examined.faults} == {METADATA}
    assert cleaning.fields(examined) == [fault.values["bidang"] for fault in examined.faults]

    cleaned = cleaning.clean(name, TELLING[name])

    assert rules(name, cleaned) == []
    assert b"Seseorang" not in cleaned
    assert cleaning.clean(name, cleaned) == cleaned or name.endswith("pdf")


@pytest.mark.parametrize("name", ["data.xlsx", "naskah.docx", "naskah.odt"])
def test_the_other_parts_stay_as_they_were(name):
    before, after = unpacked(TELLING[name]), unpacked(cleaning.clean(name, TELLING[name]))
    assert list(before) == list(after)
    changed = {part for part in before if before[part] != after[part]}
    assert (
        changed
        == {
            "data.xlsx": {"docProps/core.xml"},
            "naskah.docx": {"docProps/core.xml", "word/media/image1.png"},
            "naskah.odt": {"meta.xml"},
        }[name]
    )
    assert b"Laporan" in b"".join(after.values())


def test_a_title_and_the_pages_stay():
    with pikepdf.open(io.BytesIO(cleaning.clean("laporan.pdf", TELLING["laporan.pdf"]))) as cleaned:
        assert cleaned.docinfo.Title == "Laporan"
        assert "/Author" not in cleaned.docinfo
    found = attachments.examine("laporan.pdf", cleaning.clean("laporan.pdf", TELLING["laporan.pdf"]))
    assert TEXT in [text.text for text in found.texts]


@pytest.mark.parametrize("order", "<>")
def test_a_photo_stays_upright(order):
    cleaned = cleaning.clean("foto.jpg", photo(exif(6, order=order, more=[attached.GPS])))
    assert [side for side in map(jpeg.upside, jpeg.segments(cleaned)) if side] == [6]
    assert rules("foto.jpg", cleaned) == []


def test_a_signed_file_stays_as_it_is():
    def signed(made):
        authored(made)
        made.Root.Tanda = pikepdf.Dictionary(ByteRange=pikepdf.Array([0, 1, 2, 3]))

    data = pdf(signed)
    assert cleaning.clean("laporan.pdf", data) == data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("laporan.pdf", TELLING["laporan.pdf"][:-40]),
        ("data.xlsx", with_member(TELLING["data.xlsx"], "xl/kosong.xml", b" " * 60_000_000)),
        ("naskah.docx", edited(TELLING["naskah.docx"], "word/document.xml", b"<w:body>", b"<w:tubuh>")),
        ("data.csv", b"a,b\n1,2\n"),
    ],
)
def test_a_file_that_is_not_safe_to_open_is_not_cleaned(name, data):
    assert cleaning.fields(attachments.examine(name, data)) == []


def test_an_empty_element_stays_whole():
    core = b"<p xmlns:dc='urn:d'><dc:creator/><dc:title>Laporan</dc:title><dc:creator >A</dc:creator ></p>"
    data = with_member(docx(), "docProps/core.xml", core)
    assert unpacked(cleaning.clean("naskah.docx", data))["docProps/core.xml"] == core.replace(b">A<", b"><")
