"""What stands beside the words of a body or an attachment is screened as they are; each with its legal twin."""

import pytest
from pikepdf import Array, Dictionary, Name, String

import attached
from attached import chunk, docx, drawing, edited, link, pdf, xlsx
from sopan import attachments, body, personal_data
from sopan.personal_data import Allowed, Degree
from test_personal_data import NIK

ENTITIES = "".join(f"&#{ord(digit)};" for digit in NIK)


def refused(text):
    return any(hit.degree is Degree.REFUSED for hit in personal_data.hits(text, allowed=Allowed()))


def wrong(name, data):
    seen = attachments.examine(name, data)
    return bool(seen.faults) or any(refused(text.text) for text in seen.texts)


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ('[a](https://contoh.go.id "{}")', ENTITIES),
        ("![{}](a.png)", ENTITIES),
        ('![a](a.png "{}")', ENTITIES),
    ],
)
def test_titles_and_alternative_texts_are_read(shape, told):
    assert any(refused(text) for _, text in body.plain(shape.format(told)))
    assert not any(refused(text) for _, text in body.plain(shape.format("Peta &#50;026")))


def test_no_user_stands_before_a_host():
    assert [f.rule for f in body.read("[a](https://contoh.go.id%2f@lain.example/)", "index.md", 1).findings] == [
        "isi-tautan"
    ]
    assert not body.read("[a](https://contoh.go.id/x@y)", "index.md", 1).findings


def _label(prefix):
    return lambda made: setattr(made.Root, "PageLabels", Dictionary(Nums=Array([0, Dictionary(P=String(prefix))])))


def _opening(kind):
    def change(made):
        made.Root.OpenAction = Dictionary(S=kind, URI=String("https://contoh.go.id"), D=Array([0, Name.Fit]))

    return change


def _formatted(form):
    return lambda book: setattr(book.active["B2"], "number_format", form)


def _run(inner):
    return edited(docx(), "word/document.xml", b"</w:body>", f"<w:p><w:r>{inner}</w:r></w:p></w:body>".encode())


@pytest.mark.parametrize(
    ("name", "attack", "twin"),
    [
        ("a.pdf", pdf(_label(NIK)), pdf(_label("Bab "))),
        ("a.pdf", pdf(link(f"https://contoh.go.id/?x={NIK}")), pdf(link("https://contoh.go.id/?x=1"))),
        ("a.pdf", pdf(_opening(Name.URI)), pdf(_opening(Name.GoTo))),
        ("a.xlsx", xlsx(_formatted(f'"{NIK}"')), xlsx(_formatted("#,##0"))),
        ("a.xlsx", xlsx(_formatted(";;;")), xlsx(_formatted("0;-0;;@"))),
        ("a.docx", _run("<w:rPr><w:vanish/></w:rPr><w:t>a</w:t>"), _run("<w:rPr><w:b/></w:rPr><w:t>a</w:t>")),
        ("a.csv", b"a,b\n1;=cmd|x,2\n", b"a,b\n- 5,-Rp5\n"),
        ("a.png", drawing()[:-12] + chunk(b"IEND", b"x"), drawing()),
        ("a.jpg", attached.photo(attached.segment(0xE0, b"x")), attached.photo()),
    ],
)
def test_what_an_attachment_holds_elsewhere_is_found(name, attack, twin):
    assert wrong(name, attack)
    assert not wrong(name, twin)
