"""Attachments as the tests need them: legal ones as office programs write them, and the same with one thing wrong."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name

from sopan import attachments
from sopan.attachments import jpeg, png

TEXT = "Jumlah kegiatan tahun 2025 adalah 120 kegiatan"


def rules(name, data):
    """The rules that an attachment breaks, with the values of their sentences."""
    return [(fault.rule, dict(fault.values)) for fault in attachments.examine(name, data).faults]


def texts(name, data):
    return {text.place: text.text for text in attachments.examine(name, data).texts}


# -- PDF ------------------------------------------------------------------------------------------------------------


def pdf(change=None, *, pages=(TEXT,), **save):
    """A PDF with a line of text on each page; `change` alters it before it is saved."""
    made = pikepdf.new()
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for text in pages:
        page = made.add_blank_page()
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = made.make_stream(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode() if text else b"")
    if change:
        change(made)
    saved = io.BytesIO()
    made.save(saved, **{"static_id": True, **save})
    return saved.getvalue()


def scan(made):
    """A page that is nothing but a picture."""
    page = made.add_blank_page()
    picture = made.make_stream(photo(), Subtype=Name.Image, Width=1, Height=1, Filter=Name.DCTDecode)
    page.Resources = Dictionary(XObject=Dictionary(Im0=picture))
    page.Contents = made.make_stream(b"q 600 0 0 800 0 0 cm /Im0 Do Q")


def link(address):
    """A change that puts a link on the first page."""

    def change(made):
        action = Dictionary(S=Name.URI, URI=pikepdf.String(address))
        made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])

    return change


# -- Packed documents -----------------------------------------------------------------------------------------------


def packed(members, **how):
    """A zip of these members, as office programs write it."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, method)
    return saved.getvalue()


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_member(data, name, content):
    return packed({**unpacked(data), name: content})


def edited(data, name, old, new):
    """The document with a piece of one of its parts replaced."""
    members = unpacked(data)
    assert old in members[name], members[name]
    return packed({**members, name: members[name].replace(old, new, 1)})


def xlsx(change=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    sheet.append(["kegiatan", "jumlah"])
    sheet.append(["musrenbang", 3])
    sheet["B3"] = "=SUM(B2:B2)"
    sheet["A4"] = "laman"
    sheet["A4"].hyperlink = "https://contoh.go.id/"
    book.properties.creator = None
    if change:
        change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def relations(*more):
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, mode) in enumerate(more)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'.encode()


def outside(kind, target):
    return (kind, target, ' TargetMode="External"')


def docx(body=f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>", *, links=(), creator=""):
    links = links or (outside("hyperlink", "https://contoh.go.id/"),)
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    core = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Laporan</dc:title><dc:creator>{creator}</dc:creator></cp:coreProperties>"
    )
    return packed(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": relations(*links),
            "docProps/core.xml": core.encode(),
        }
    )


_SPACES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("meta", "meta")),
            *(("script", "script"), ("draw", "drawing"), ("manifest", "manifest")),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT_BODY = f'<office:text><text:p>{TEXT}</text:p><text:p><text:a xlink:href="https://contoh.go.id/">l</text:a></text:p></office:text>'


def table(rows, *, attributes="", name="Data"):
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*cells, attributes=""):
    inner = "".join(
        cell if cell.startswith("<") else f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


ODS_BODY = f"<office:spreadsheet>{table(row('kegiatan', 'jumlah') + row('musrenbang', '3'))}</office:spreadsheet>"
_KINDS = {"odt": "text", "ods": "spreadsheet"}


def open_document(kind, body=None, *, styles="", meta="", manifest="", before=""):
    body = body or {"odt": ODT_BODY, "ods": ODS_BODY}[kind]
    content = (
        f"<office:document-content {_SPACES}>{before}<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{_KINDS[kind]}".encode(),
            "content.xml": content.encode(),
            "meta.xml": f"<office:meta {_SPACES}>{meta}</office:meta>".encode(),
            "META-INF/manifest.xml": f"<manifest:manifest {_SPACES}>{manifest}</manifest:manifest>".encode(),
        }
    )


# -- Pictures -------------------------------------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def drawing(*more, width=1, height=1):
    """A PNG of one grey point, with more chunks before its end."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return png.SIGNATURE + header + chunk(b"IDAT", zlib.compress(b"\0\x80")) + b"".join(more) + chunk(b"IEND", b"")


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def exif(side=1, *, order=">", more=()):
    """An EXIF segment as a camera writes it: the upper side, and whatever else it knows."""
    entries = [(0x0112, 3, 1, side << 16 if order == ">" else side), *more]
    body = b"".join(struct.pack(f"{order}HHII", *entry) for entry in entries)
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}IH", 8, len(entries))
    return segment(0xE1, b"Exif\0\0" + head + body + struct.pack(f"{order}I", 0))


GPS = (0x8825, 4, 1, 99)


def photo(*more, width=1, height=1):
    """A JPEG that is whole as its segments go, with more of them after the first."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scanned = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return jpeg.START + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + b"".join(more) + frame + scanned + b"\xff\xd9"


LEGAL = {
    "laporan.pdf": pdf,
    "data.xlsx": xlsx,
    "data.csv": lambda: b"kegiatan,jumlah\nmusrenbang,3\n",
    "naskah.docx": docx,
    "data.ods": lambda: open_document("ods"),
    "naskah.odt": lambda: open_document("odt"),
    "peta.png": drawing,
    "foto.jpg": photo,
    "foto.jpeg": photo,
}


def named_by(index, name):
    """The front matter of an item with one more attachment in its list."""
    before = "    judul: Tabel kegiatan\n"
    assert before in index
    return index.replace(before, f"{before}  - berkas: {name}\n    judul: Naskah\n", 1)
