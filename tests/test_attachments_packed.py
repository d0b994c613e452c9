"""XLSX, DOCX, ODS and ODT: what a packed document may hold, and that all of it is found."""

import io
import struct
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

import attached
from attached import (
    TEXT,
    docx,
    edited,
    open_document,
    outside,
    packed,
    paragraph,
    row,
    rules,
    table,
    texts,
    unpacked,
    with_member,
    xlsx,
)
from sopan import attachments
from sopan.attachments import limits

BROKEN, LAYOUT = "lampiran-rusak", "lampiran-susunan"
ODS, ODT = open_document("ods"), open_document("odt")
DOCUMENTS = {"data.xlsx": xlsx(), "naskah.docx": docx(), "data.ods": ODS, "naskah.odt": ODT}
SHEET = "xl/worksheets/sheet1.xml"


def found(name, data):
    return {rule for rule, _ in rules(name, data)}


# -- The archive ----------------------------------------------------------------------------------------------------


def bomb(size):
    """A workbook with one part of nothing but spaces."""
    return with_member(xlsx(), "xl/kosong.xml", b"<x>" + b" " * size + b"</x>")


def test_a_bomb_of_238_kilobytes_is_refused():
    large = bomb(240 * 1024 * 1024)
    assert len(large) < 300_000
    assert rules("data.xlsx", large) == [("lampiran-mengembang", {"batas": "50 MB", "nisbah": "100"})]


def test_a_large_part_of_ordinary_ratio_is_accepted():
    cells = "".join(f"<c><v>{number * 7919}</v></c>" for number in range(80_000))
    data = with_member(xlsx(), "xl/angka.xml", f"<x>{cells}</x>".encode())
    assert len(unpacked(data)["xl/angka.xml"]) > limits.RATIO_FROM
    assert rules("data.xlsx", data) == []


def test_what_is_really_there_is_counted_whatever_is_declared():
    """The list says 100 bytes of a member that unfolds to four million."""
    data = with_member(xlsx(), "xl/kosong.xml", b"<x>" + b" " * 4_000_000 + b"</x>")
    honest = struct.pack("<I", 4_000_007)
    assert data.count(honest) == 2
    assert found("data.xlsx", data.replace(honest, struct.pack("<I", 100))) == {BROKEN}


def test_all_members_together_are_counted(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", sum(len(part) for part in unpacked(xlsx()).values()))
    assert rules("data.xlsx", xlsx()) == []
    assert found("data.xlsx", with_member(xlsx(), "xl/a.xml", b"<x/>")) == {"lampiran-mengembang"}


def test_members_are_counted(monkeypatch):
    monkeypatch.setattr(limits, "MEMBERS", len(unpacked(docx())))
    assert rules("naskah.docx", docx()) == []
    assert rules("naskah.docx", with_member(docx(), "word/a.xml", b"<x/>")) == [
        ("lampiran-batas", {"hal": "berkas di dalamnya", "batas": "5"})
    ]


@pytest.mark.parametrize(
    "name", ["../x.xml", "/x.xml", "xl/../../x.xml", "xl\\x.xml", "c:x.xml", "xl/\u202ex.xml", "XL/WORKBOOK.XML"]
)
def test_a_member_whose_name_leads_elsewhere_is_refused(name):
    assert found("data.xlsx", with_member(xlsx(), name, b"<x/>")) == {LAYOUT}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused():
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, data in [*unpacked(docx()).items(), ("word/document.xml", b"<x/>")]:
            archive.writestr(name, data)
    assert found("naskah.docx", saved.getvalue()) == {LAYOUT}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_bytes_between_the_members_are_refused(name):
    data = DOCUMENTS[name]
    place = data.index(b"PK\x01\x02")
    moved = struct.unpack_from("<I", data, len(data) - 6)[0] + 4
    hidden = data[:place] + b"isi!" + data[place:-6] + struct.pack("<IH", moved, 0)
    assert zipfile.ZipFile(io.BytesIO(hidden)).testzip() is None  # ordinary readers see nothing
    assert found(name, hidden) == {LAYOUT}


def test_a_comment_of_the_archive_is_refused():
    data = xlsx()
    assert found("data.xlsx", data[:-2] + b"\x04\x00isi!") & {LAYOUT, BROKEN}


def test_a_name_that_the_list_gives_differently_is_refused():
    data = docx()
    place = data.index(b"word/document.xml")
    assert found("naskah.docx", data[:place] + b"word/dokument.xml" + data[place + 17 :]) == {LAYOUT}


def test_sizes_written_after_the_data_are_accepted():
    class Unseekable(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

    saved = Unseekable()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in unpacked(docx()).items():
            archive.writestr(name, data)
    assert rules("naskah.docx", saved.getvalue()) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_encrypted_member_is_refused(name):
    data = bytearray(DOCUMENTS[name])
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + place] |= 1
    assert rules(name, bytes(data)) == [("lampiran-tersandi", {})]


def test_an_unknown_method_of_packing_is_refused():
    data = bytearray(docx())
    for magic, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(magic) + place] = 14
    assert found("naskah.docx", bytes(data)) <= {LAYOUT, BROKEN}


@pytest.mark.parametrize("member", ["xl/data.exe", "xl/skrip.js", "word/lain.docx", "halaman.html"])
def test_a_part_that_no_office_program_writes_is_refused(member):
    assert rules("data.xlsx", with_member(xlsx(), member, b"x")) == [("lampiran-anggota", {"anggota": member})]


def test_the_settings_of_a_printer_are_accepted():
    assert rules("data.xlsx", with_member(xlsx(), "xl/printerSettings/printerSettings1.bin", b"x")) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_type_is_refused_in_every_part(name):
    part = {"data.xlsx": "xl/theme/theme1.xml", "naskah.docx": "docProps/core.xml"}.get(name, "content.xml")
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    assert "lampiran-doctype" in found(name, with_member(DOCUMENTS[name], part, laughs))
    assert rules(name, DOCUMENTS[name]) == []


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml", "_rels/.rels"]
)
def test_a_billion_laughs_are_not_laughed(part):
    laughs = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    data = f'<!DOCTYPE x [<!ENTITY l0 "ha">{"".join(laughs)}]><x>&l9;</x>'.encode()
    assert "lampiran-doctype" in found("data.xlsx", with_member(xlsx(), part, data))


def test_deep_xml_is_refused():
    def nested(depth):
        return with_member(docx(), "word/dalam.xml", b"<a>" * depth + b"</a>" * depth)

    assert rules("naskah.docx", nested(limits.XML_DEPTH)) == []
    assert rules("naskah.docx", nested(limits.XML_DEPTH + 1)) == [
        ("lampiran-batas", {"hal": "tingkat XML", "batas": str(limits.XML_DEPTH)})
    ]


# -- What XLSX and DOCX share ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("data.xlsx", "xl/vbaProject.bin"),
        ("data.xlsx", "xl/externalLinks/externalLink1.xml"),
        ("data.xlsx", "xl/embeddings/oleObject1.bin"),
        ("data.xlsx", "xl/activeX/activeX1.xml"),
        ("data.xlsx", "xl/macrosheets/sheet1.xml"),
        ("data.xlsx", "xl/connections.xml"),
        ("naskah.docx", "word/vbaProject.bin"),
        ("naskah.docx", "word/embeddings/Microsoft_Excel_Sheet.xlsx"),
        ("naskah.docx", "word/VBAPROJECT.BIN"),
    ],
)
def test_what_runs_or_is_another_file_is_refused(name, member):
    assert ("lampiran-aktif", {"unsur": member}) in rules(name, with_member(DOCUMENTS[name], member, b"<x/>"))


def test_a_type_with_macros_is_refused():
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert found("data.xlsx", edited(xlsx(), "[Content_Types].xml", plain, macro)) == {"lampiran-aktif"}


@pytest.mark.parametrize(
    "member",
    [
        "xl/comments1.xml",
        "xl/comments/comment1.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/persons/person.xml",
    ],
)
def test_a_part_of_comments_is_refused(member):
    assert rules("data.xlsx", with_member(xlsx(), member, b"<x/>")) == [("lampiran-komentar", {"tempat": member})]


@pytest.mark.parametrize("address", ["https://contoh.go.id/a", "mailto:ppid@contoh.go.id", "HTTPS://CONTOH.GO.ID"])
def test_a_secure_link_is_accepted(address):
    assert rules("naskah.docx", docx(links=[outside("hyperlink", address)])) == []


@pytest.mark.parametrize(
    "address",
    ["http://contoh.go.id/", "javascript:alert(1)", "file:///c:/x", "//server/x", "lain.docx", "\\\\server\\x"],
)
def test_any_other_link_is_refused(address):
    assert found("naskah.docx", docx(links=[outside("hyperlink", address)])) == {"lampiran-tautan"}


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "subDocument", "frame", "externalLinkPath"])
def test_what_is_fetched_without_a_click_is_refused(kind):
    wrong = rules("naskah.docx", docx(links=[outside(kind, "https://contoh.go.id/x")]))
    assert wrong == [
        ("lampiran-isi-luar", {"alamat": "https://contoh.go.id/x", "tempat": "word/_rels/document.xml.rels"})
    ]


def test_an_address_that_is_not_called_outside_is_so_all_the_same():
    assert found("naskah.docx", docx(links=[("image", "https://contoh.go.id/x", "")])) == {"lampiran-isi-luar"}
    assert rules("naskah.docx", docx(links=[("image", "media/image1.png", "")])) == []


@pytest.mark.parametrize("kind", ["oleObject", "package", "vbaProject", "aFChunk", "control"])
def test_an_embedded_object_is_refused_by_its_relation(kind):
    assert found("naskah.docx", docx(links=[(kind, "apa/saja.xml", "")])) == {"lampiran-aktif"}


@pytest.mark.parametrize(
    ("element", "field"),
    [("creator", "Penulis"), ("lastModifiedBy", "Penyunting terakhir"), ("Manager", "Manajer")],
)
def test_the_name_of_a_maker_is_refused_and_not_repeated(element, field):
    def data(content):
        core = f'<p xmlns:d="urn:d"><d:{element}>{content}</d:{element}><d:title>Laporan</d:title></p>'
        return with_member(docx(), "docProps/core.xml", core.encode())

    assert rules("naskah.docx", data("Seseorang")) == [("lampiran-metadata", {"bidang": field})]
    assert rules("naskah.docx", data("<![CDATA[Seseorang]]>")) == [("lampiran-metadata", {"bidang": field})]
    assert rules("naskah.docx", data("  ")) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_picture_in_it_tells_as_much_as_one_beside_it(name):
    folder = {"data.xlsx": "xl/media", "naskah.docx": "word/media"}.get(name, "Pictures")
    plain = with_member(DOCUMENTS[name], f"{folder}/image1.jpeg", attached.photo())
    assert rules(name, plain) == []
    telling = with_member(DOCUMENTS[name], f"{folder}/image1.gif", attached.photo(attached.exif(more=[attached.GPS])))
    assert rules(name, telling) == [("lampiran-metadata", {"bidang": "EXIF"})]


def test_text_anywhere_in_it_is_found():
    chart = b'<c xmlns:a="urn:a"><a:t>Grafik</a:t><a:cNvPr descr="Gambar peta"/></c>'
    data = with_member(xlsx(), "xl/charts/chart1.xml", chart)
    assert texts("data.xlsx", data)["bagian xl/charts/chart1.xml"] == "Grafik ;\nGambar peta"


# -- XLSX -----------------------------------------------------------------------------------------------------------


def test_cells_are_read_by_sheet_and_name():
    found_texts = texts("data.xlsx", xlsx())
    assert found_texts["lembar Data sel A1"] == "kegiatan"
    assert found_texts["lembar Data sel B2"] == "3"
    assert found_texts["lembar Data sel B3"] == "SUM(B2:B2)"
    assert found_texts["nama lembar"] == "Data"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_refused_and_read(state):
    def change(book):
        sheet = book.create_sheet("Rahasia")
        sheet["C5"] = "tersimpan"
        sheet.sheet_state = state

    data = xlsx(change)
    assert rules("data.xlsx", data) == [("lampiran-tersembunyi", {"bagian": "lembar Rahasia"})]
    assert texts("data.xlsx", data)["lembar Rahasia sel C5"] == "tersimpan"


def hide_row(book):
    book.active.row_dimensions[2].hidden = True


def hide_column(book):
    book.active.column_dimensions["B"].hidden = True


def wide_column(book):
    book.active.column_dimensions["B"].width = 30
    book.active.row_dimensions[2].height = 30


@pytest.mark.parametrize(("change", "kind"), [(hide_row, "baris"), (hide_column, "kolom")])
def test_a_hidden_row_or_column_is_refused(change, kind):
    assert rules("data.xlsx", xlsx(change)) == [("lampiran-tersembunyi", {"bagian": f"{kind} pada lembar Data"})]


@pytest.mark.parametrize(("size", "kind"), [(b'width="30"', "kolom"), (b'ht="30"', "baris")])
def test_a_row_or_column_of_no_size_is_hidden(size, kind):
    data = edited(xlsx(wide_column), SHEET, size, size.replace(b"30", b"0.0"))
    assert rules("data.xlsx", data) == [("lampiran-tersembunyi", {"bagian": f"{kind} pada lembar Data"})]


def test_sizes_of_rows_and_columns_are_accepted():
    assert rules("data.xlsx", xlsx(wide_column)) == []


def test_a_comment_is_refused():
    def change(book):
        book.active["A1"].comment = Comment("Tolong cek", "Seseorang")

    assert {rule for rule, _ in rules("data.xlsx", xlsx(change))} == {"lampiran-komentar"}


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|'/c calc'!A0",
        '=DDE("cmd";"/c calc";"1")',
        '=WEBSERVICE("https://jahat.example/")',
        '=CALL("Kernel32","WinExec","JCJ","calc",0)',
        "='[Buku.xlsx]Data'!A1",
        "='file:///c:/x.xlsx'#Data!A1",
        '=SUM(1)+cmd|"x"!A0',
    ],
)
def test_a_formula_that_reaches_outside_is_refused(formula):
    def change(book):
        book.active["C9"] = formula

    assert rules("data.xlsx", xlsx(change)) == [("lampiran-rumus-luar", {"tempat": "lembar Data sel C9"})]


@pytest.mark.parametrize(
    "formula",
    ['=IF(A1="a|b","ya","tidak")', "=SUM(Data!B2:B9)", "=VLOOKUP(A1,Data!A:B,2,0)", '=HYPERLINK("https://contoh.go.id/","laman")',
     '=HYPERLINK("#Data!A1","ke atas")', "={1,2;3,4}", "=RECALL(1)"],
)  # fmt: skip
def test_an_ordinary_formula_is_accepted(formula):
    def change(book):
        book.active["C9"] = formula

    assert rules("data.xlsx", xlsx(change)) == []


def test_a_link_by_formula_is_a_link():
    def change(book):
        book.active["C9"] = '=HYPERLINK("http://contoh.go.id/?a=b","laman")'

    assert rules("data.xlsx", xlsx(change)) == [("lampiran-tautan", {"alamat": "http://contoh.go.id/"})]


def test_a_long_number_is_read_with_all_its_digits():
    def change(book):
        book.active["C9"] = 1234567890123456
        book.active["C10"] = 0.25

    data = xlsx(change)
    assert texts("data.xlsx", data)["lembar Data sel C9"] == "1234567890123456"
    stored = edited(data, SHEET, b"<v>1234567890123456</v>", b"<v>1.234567890123456E15</v>")
    assert texts("data.xlsx", stored)["lembar Data sel C9"] == "1234567890123456"
    assert texts("data.xlsx", data)["lembar Data sel C10"] == "0.25"


def test_text_in_a_cell_itself_or_in_runs_is_read():
    inline = b'<c r="D9" t="inlineStr"><is><r><t>se</t></r><r><t>potong</t></r></is></c></row></sheetData>'
    assert texts("data.xlsx", edited(xlsx(), SHEET, b"</row></sheetData>", inline))["lembar Data sel D9"] == "sepotong"


def shared(*strings):
    """The workbook as Excel writes it: the text of A1 is the first of a list of texts."""
    data = edited(xlsx(), SHEET, b't="inlineStr"><is><t>kegiatan</t></is>', b't="s"><v>0</v>')
    listed = "".join(f"<si>{string}</si>" for string in strings)
    return with_member(data, "xl/sharedStrings.xml", f"<sst>{listed}</sst>".encode())


def test_a_text_in_the_common_list_is_read_where_its_cell_stands():
    data = shared("<r><t>kegi</t></r><r><t>atan</t></r>", "<t>sisa lama</t>")
    assert rules("data.xlsx", data) == []
    assert texts("data.xlsx", data)["lembar Data sel A1"] == "kegiatan"
    assert texts("data.xlsx", data)["teks bersama"] == "sisa lama"  # no cell shows it any more


def test_a_text_that_is_not_in_the_common_list_is_refused():
    assert found("data.xlsx", shared()) == {BROKEN}


def test_another_workbook_behind_the_one_that_is_shown_is_refused():
    data = edited(xlsx(), "_rels/.rels", b"xl/workbook.xml", b"xl/lain.xml")
    assert found("data.xlsx", with_member(data, "xl/lain.xml", b"<workbook/>")) == {BROKEN}


def test_cells_are_counted(monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 8)
    assert rules("data.xlsx", xlsx()) == []
    monkeypatch.setattr(limits, "CELLS", 5)
    assert rules("data.xlsx", xlsx()) == [("lampiran-batas", {"hal": "sel berisi", "batas": "5"})]


# -- DOCX -----------------------------------------------------------------------------------------------------------


def test_paragraphs_are_lines_and_cells_stay_apart():
    cells = "".join(f"<w:tc>{paragraph(word)}</w:tc>" for word in ("12345678", "90123456"))
    body = f"{paragraph('satu')}<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    assert texts("naskah.docx", docx(body))["isi dokumen"] == "satu\n12345678\n ;90123456\n ;\n"


@pytest.mark.parametrize("element", ["ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellDel"])
def test_a_tracked_change_is_refused(element):
    body = f'<w:p><w:{element} w:author="Seseorang"><w:r><w:delText>lama</w:delText></w:r></w:{element}></w:p>'
    assert rules("naskah.docx", docx(body)) == [("lampiran-perubahan", {"tempat": "isi dokumen"})]


def test_a_comment_in_the_text_is_refused():
    body = '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>x</w:t></w:r></w:p>'
    assert rules("naskah.docx", docx(body)) == [("lampiran-komentar", {"tempat": "isi dokumen"})]


def field(*pieces):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"<w:p>{mark.format('begin')}{runs}{mark.format('separate')}<w:r><w:t>x</w:t></w:r>{mark.format('end')}</w:p>"
    )


@pytest.mark.parametrize(
    "body",
    [field(' DDEAUTO c:\\\\x "/c calc" '), field(" DD", "E", " cmd "), field(' INCLUDETEXT "c:\\\\x" '),
     '<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;https://x/&quot; "/></w:p>', field(" LINK Excel.Sheet.8 ")],
)  # fmt: skip
def test_a_field_that_fetches_or_starts_something_is_refused(body):
    assert rules("naskah.docx", docx(body)) == [("lampiran-rumus-luar", {"tempat": "isi dokumen"})]


@pytest.mark.parametrize(
    "body",
    [field(" PAGE "), field(' TOC \\o "1-3" \\h '), field(" REF link_tautan \\h "),
     field(' HYPERLINK "https://contoh.go.id/" '), field(' HYPERLINK \\l "bagian" ')],
)  # fmt: skip
def test_an_ordinary_field_is_accepted(body):
    assert rules("naskah.docx", docx(body)) == []


def test_a_link_by_field_is_a_link():
    assert rules("naskah.docx", docx(field(' HYPERLINK "file:///c:/x" '))) == [
        ("lampiran-tautan", {"alamat": "file:///c:/x"})
    ]


def test_heads_and_feet_of_pages_are_read():
    data = with_member(docx(), "word/footer2.xml", f"<w:ftr {attached.WORD}>{paragraph('kaki')}</w:ftr>".encode())
    assert texts("naskah.docx", data)["kaki halaman"] == "kaki\n"


# -- ODS and ODT ----------------------------------------------------------------------------------------------------


def test_the_text_of_an_open_document_is_read():
    assert TEXT in texts("naskah.odt", ODT)["isi dokumen"]


def spreadsheet(*tables, **more):
    return open_document("ods", f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet>", **more)


def test_cells_of_an_open_document_are_named_through_repetitions():
    wide = '<table:table-cell table:number-columns-repeated="3"/>'
    data = spreadsheet(table(row("a") + row("b", attributes='table:number-rows-repeated="5"') + row(wide, "c")))
    found_texts = texts("data.ods", data)
    assert [found_texts[f"lembar Data sel {cell}"] for cell in ("A1", "A2", "D7")] == ["a", "b", "c"]


def test_the_exact_value_behind_a_shown_number_is_read():
    cell = '<table:table-cell office:value="1.234567890123456E15"><text:p>1,23E+15</text:p></table:table-cell>'
    assert texts("data.ods", spreadsheet(table(row(cell))))["lembar Data sel A1"] == "1,23E+15"
    found_texts = attachments.examine("data.ods", spreadsheet(table(row(cell)))).texts
    assert "1234567890123456" in [text.text for text in found_texts]


HIDDEN_STYLE = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'


def test_a_hidden_sheet_of_an_open_document_is_refused():
    shown, hidden = (table(row("a"), attributes=f'table:style-name="{style}"') for style in ("ta1", "ta2"))
    assert rules("data.ods", spreadsheet(shown, styles=HIDDEN_STYLE)) == []
    wrong = [("lampiran-tersembunyi", {"bagian": "lembar Data"})]
    assert rules("data.ods", spreadsheet(hidden, styles=HIDDEN_STYLE)) == wrong


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_a_hidden_row_or_column_of_an_open_document_is_refused(visibility):
    hidden = f'table:visibility="{visibility}"'
    assert rules("data.ods", spreadsheet(table(row("a", attributes=hidden)))) == [
        ("lampiran-tersembunyi", {"bagian": "baris pada lembar Data"})
    ]
    assert rules("data.ods", spreadsheet(table(f"<table:table-column {hidden}/>" + row("a")))) == [
        ("lampiran-tersembunyi", {"bagian": "kolom pada lembar Data"})
    ]
    assert rules("data.ods", spreadsheet(table(row("a", attributes='table:visibility="visible"')))) == []


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        ("of:=SUM([.A1:.B2])", []),
        ("of:={1;2|3;4}", []),
        ('of:=DDE("soffice";"x";"y")', ["lampiran-rumus-luar"]),
        ("of:=['file:///x.ods'#$Data.A1]", ["lampiran-rumus-luar"]),
        ('of:=HYPERLINK("http://x/")', ["lampiran-tautan"]),
    ],
)
def test_formulas_of_an_open_document(formula, wrong):
    escaped = formula.replace('"', "&quot;")
    data = spreadsheet(table(row(f'<table:table-cell table:formula="{escaped}"/>')))
    assert [rule for rule, _ in rules("data.ods", data)] == wrong


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<text:p><office:annotation><text:p>cek</text:p></office:annotation></text:p>", "lampiran-komentar"),
        ("<text:tracked-changes><text:changed-region/></text:tracked-changes>", "lampiran-perubahan"),
        ('<text:p><text:a xlink:href="http://x/">l</text:a></text:p>', "lampiran-tautan"),
        ('<text:p><text:a xlink:href="../lain.odt">l</text:a></text:p>', "lampiran-tautan"),
        ('<text:p><text:a xlink:href="java&#10;script:x">l</text:a></text:p>', "lampiran-tautan"),
        ('<text:p><draw:image xlink:href="https://x/a.png"/></text:p>', "lampiran-isi-luar"),
        ('<text:p><draw:image xlink:href="file:///x"/></text:p>', "lampiran-isi-luar"),
        ('<text:p><draw:plugin xlink:href="Pictures/a"/></text:p>', "lampiran-aktif"),
        ("<office:event-listeners><script:event-listener/></office:event-listeners>", "lampiran-aktif"),
        ("<text:dde-connection-decls><text:dde-connection-decl/></text:dde-connection-decls>", "lampiran-rumus-luar"),
    ],
)  # fmt: skip
def test_what_an_open_document_must_not_hold(body, rule):
    assert [rule for rule, _ in rules("naskah.odt", open_document("odt", f"<office:text>{body}</office:text>"))] == [
        rule
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<text:p><draw:image xlink:href="Pictures/a.png"/></text:p>',
        '<text:p><text:a xlink:href="#bagian">l</text:a></text:p>',
        '<text:p><text:a xlink:href="mailto:ppid@contoh.go.id">l</text:a></text:p>',
        "<text:tracked-changes/>",
    ],
)
def test_what_an_open_document_may_hold(body):
    assert rules("naskah.odt", open_document("odt", f"<office:text>{body}</office:text>")) == []


def test_two_addresses_under_one_name_are_both_judged():
    body = '<office:text><text:a xmlns:q="urn:q" xlink:href="javascript:x" q:href="https://contoh.go.id/">l</text:a></office:text>'
    assert rules("naskah.odt", open_document("odt", body)) == [("lampiran-tautan", {"alamat": "javascript:x"})]


def test_scripts_of_an_open_document_are_refused():
    scripts = "<office:scripts>{}</office:scripts>"
    assert rules("naskah.odt", open_document("odt", before=scripts.format(""))) == []
    assert found("naskah.odt", open_document("odt", before=scripts.format("<office:script/>"))) == {"lampiran-aktif"}
    assert found("naskah.odt", with_member(ODT, "Basic/Standard/Modul.xml", b"<x/>")) == {"lampiran-aktif"}


def test_an_encrypted_open_document_is_refused():
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert rules("naskah.odt", open_document("odt", manifest=manifest)) == [("lampiran-tersandi", {})]
    assert rules("naskah.odt", open_document("odt", manifest="<manifest:file-entry/>")) == []


def test_an_earlier_version_kept_in_an_open_document_is_refused():
    assert rules("naskah.odt", with_member(ODT, "Versions/Version1", b"x")) == [
        ("lampiran-anggota", {"anggota": "Versions/Version1"})
    ]


def test_the_makers_of_an_open_document_are_refused_and_not_repeated():
    def meta(*elements):
        return open_document("odt", meta="".join(f"<{name}>{text}</{name}>" for name, text in elements))

    assert rules("naskah.odt", meta(("dc:title", "Laporan"), ("dc:creator", " "))) == []
    makers = [("meta:initial-creator", "A"), ("dc:creator", "B"), ("meta:printed-by", "C")]
    assert rules("naskah.odt", meta(*makers)) == [
        ("lampiran-metadata", {"bidang": field}) for field in ("Pembuat", "Penyunting terakhir", "Pencetak")
    ]


def test_a_document_by_another_library_is_accepted():
    """What openpyxl writes by itself, with its own name as the creator's taken out."""
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    saved = io.BytesIO()
    book.save(saved)
    assert rules("data.xlsx", saved.getvalue()) == [("lampiran-metadata", {"bidang": "Penulis"})]


def test_an_archive_of_the_wrong_kind_is_refused():
    assert found("data.xlsx", packed({"a.txt": b"x"})) == {BROKEN}
