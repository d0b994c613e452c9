"""CSV, PNG and JPEG: what they may hold, and what office programs and cameras add to them."""

import pytest

from attached import GPS, chunk, drawing, exif, photo, rules, segment, texts
from sopan.attachments import jpeg, limits

TABLE = "kegiatan,jumlah\nmusrenbang,3\n"


def csv(text, encoding="utf-8"):
    return rules("data.csv", text.encode(encoding))


# -- CSV ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "\ufeff" + TABLE,
        TABLE.replace("\n", "\r\n"),
        TABLE.replace(",", ";"),
        'kegiatan,jumlah\n"rapat, ""lanjutan""\nkedua",3\n',
        "tahun,2024,2025\nPAD,-1.250,+3\n",
        "a,b\n-,--\n",
        "a,b\n-0.5%,-1e-3\n",
        "kegiatan\nmusrenbang\n",
        "a,b\n'=SUM(A1),x\n",
    ],
)
def test_an_ordinary_table_is_accepted(text):
    assert csv(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a,b\n=SUM(A1),1\n", {"tempat": "baris 2 kolom 1", "tanda": "="}),
        ("a,b\n1,+cmd|'/c calc'!A0\n", {"tempat": "baris 2 kolom 2", "tanda": "+"}),
        ("a,b\n1,-2+3+cmd\n", {"tempat": "baris 2 kolom 2", "tanda": "-"}),
        ("a,b\n1,@SUM(A1)\n", {"tempat": "baris 2 kolom 2", "tanda": "@"}),
        ('a,b\n1," =1+1"\n', {"tempat": "baris 2 kolom 2", "tanda": "="}),
        ('a,b\n1,"\t=1+1"\n', {"tempat": "baris 2 kolom 2", "tanda": "="}),
        ("=a,b\n1,2\n", {"tempat": "baris 1 kolom 1", "tanda": "="}),
    ],
)
def test_a_cell_that_would_be_calculated_is_refused(text, wrong):
    assert csv(text) == [("lampiran-rumus", wrong)]


@pytest.mark.parametrize("text", ["a,b\n1\n", "a,b\n1,2\n\n3,4\n", "a,b\n1,2,3\n"])
def test_rows_have_as_many_columns_as_there_are_heads(text):
    assert [rule for rule, _ in csv(text)] == ["lampiran-csv-kolom"]


def test_the_row_that_differs_is_named():
    assert csv("a,b\n1,2\n3\n") == [("lampiran-csv-kolom", {"baris": "3", "jumlah": "1", "seharusnya": "2"})]


@pytest.mark.parametrize("text", [",b\n1,2\n", "1,2\n3,4\n", "\n1,2\n", "a, \n1,2\n"])
def test_the_first_row_names_the_columns(text):
    assert "lampiran-csv-tajuk" in [rule for rule, _ in csv(text)]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_another_encoding_is_refused(encoding):
    assert csv("kegiatan;lokasi\nréses;x\n", encoding) == [("lampiran-csv-utf8", {})]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\u202e", "\x85"])
def test_signs_that_nobody_sees_are_refused(character):
    assert csv(f"a,b\n1,{character}2\n") == [("lampiran-csv-karakter", {})]


@pytest.mark.parametrize("text", ['a,b\n"1,2\n', f"a,b\n1,{'x' * (limits.CELL_CHARACTERS + 1)}\n", 'a,b\n"1"x,2\n'])
def test_a_table_that_cannot_be_taken_apart_is_refused(text):
    assert csv(text) == [("lampiran-csv-baris", {})]


def test_columns_are_counted(monkeypatch):
    monkeypatch.setattr(limits, "COLUMNS", 2)
    assert csv("a,b\n1,2\n") == []
    assert csv("a,b,c\n1,2,3\n") == [("lampiran-batas", {"hal": "kolom", "batas": "2"})]


def test_rows_are_lines_and_cells_stay_apart():
    assert texts("data.csv", b'a,b\n12345678,"9012\n3456"\n') == {"": "a ; b ;\n12345678 ; 9012 3456 ;"}


# -- PNG ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [b"pHYs", b"gAMA", b"sRGB", b"tRNS"])
def test_what_belongs_to_a_drawing_is_accepted(kind):
    assert rules("peta.png", drawing(chunk(kind, b"\0"))) == []


@pytest.mark.parametrize(
    ("kind", "field"),
    [(b"tEXt", "teks"), (b"iTXt", "teks"), (b"zTXt", "teks"), (b"eXIf", "EXIF"), (b"tIME", "waktu"),
     (b"prVt", "catatan di dalam gambar")],
)  # fmt: skip
def test_what_programs_add_to_a_drawing_is_refused(kind, field):
    assert rules("peta.png", drawing(chunk(kind, b"Author\0Seseorang"))) == [("lampiran-metadata", {"bidang": field})]


def test_bytes_behind_a_drawing_are_refused():
    assert rules("peta.png", drawing() + b"PK\x03\x04") == [("lampiran-ekor", {})]


def test_a_chunk_that_was_changed_is_refused():
    data = drawing(chunk(b"pHYs", b"abc"))
    assert rules("peta.png", data.replace(b"abc", b"abd")) == [("lampiran-rusak", {"jenis": "png"})]


def test_a_drawing_without_a_picture_is_refused():
    header, end = drawing().index(b"IDAT") - 4, drawing().index(b"IEND") - 4
    assert rules("peta.png", drawing()[:header] + drawing()[end:]) == [("lampiran-rusak", {"jenis": "png"})]


def test_points_are_counted():
    assert rules("peta.png", drawing(width=10_000, height=10_000)) == []
    assert rules("peta.png", drawing(width=10_000, height=10_001)) == [
        ("lampiran-batas", {"hal": "titik gambar", "batas": "100 juta"})
    ]


# -- JPEG -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more", [segment(0xE2, b"ICC_PROFILE\0\1\1"), segment(0xEE, b"Adobe\0d"), segment(0xDB, b"\0")]
)
def test_what_belongs_to_a_photo_is_accepted(more):
    assert rules("foto.jpg", photo(more)) == []


@pytest.mark.parametrize("side", range(1, 9))
def test_a_photo_may_say_which_side_is_up(side):
    assert rules("foto.jpg", photo(exif(side))) == []
    assert rules("foto.jpg", photo(exif(side, more=[GPS]))) == [("lampiran-metadata", {"bidang": "EXIF"})]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        (exif(0), "EXIF"),
        (exif(1, order="<"), "EXIF"),
        (segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), "catatan di dalam gambar"),
        (segment(0xED, b"Photoshop 3.0\0"), "catatan di dalam gambar"),
        (segment(0xE2, b"MPF\0"), "catatan di dalam gambar"),
        (segment(0xFE, b"Seseorang"), "komentar gambar"),
    ],
)
def test_what_cameras_and_programs_add_to_a_photo_is_refused(more, field):
    assert rules("foto.jpg", photo(more)) == [("lampiran-metadata", {"bidang": field})]


def test_bytes_behind_a_photo_are_refused():
    assert rules("foto.jpg", photo() + photo()) == [("lampiran-ekor", {})]


def test_points_of_a_photo_are_counted():
    assert rules("foto.jpg", photo(width=10_000, height=10_000)) == []
    assert [rule for rule, _ in rules("foto.jpg", photo(width=65_000, height=65_000))] == ["lampiran-batas"]


def test_a_photo_without_a_picture_is_refused():
    assert rules("foto.jpg", jpeg.START + segment(0xE0, b"JFIF\0") + b"\xff\xd9") == [
        ("lampiran-rusak", {"jenis": "jpg"})
    ]
