import html5lib
import pytest

from sopan.site import body


def elements(html):
    return list(html5lib.parseFragment(str(html), namespaceHTMLElements=False).iter())


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='https://jahat.example'></iframe>",
    "<form action='https://jahat.example'><input name=a></form>",
    "<style>body{display:none}</style>",
    "<base href='https://jahat.example/'>",
    "<meta http-equiv=refresh content='0;url=https://jahat.example'>",
    "<object data=x></object>",
    "<svg onload=alert(1)></svg>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&#9;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](http://kantor.example/)",
    "[x](//jahat.example/)",
    "[x](\\\\\\\\jahat.example)",
    "[x](/mutlak)",
    "[x](../lain/)",
    "![x](https://jahat.example/pelacak.png)",
    "![x](//jahat.example/pelacak.png)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](a.png){ onclick=alert(1) style=color:red }",
    "## Judul { onclick=alert(1) }",
    '--8<-- "mkdocs.yml"',
    '[x](a.csv "\\" onmouseover=\\"alert(1)")',
    "<a href='javascript:alert(1)'>x</a>",
    "```\n<script>alert(1)</script>\n```",
    "<!-- rahasia -->",
]
HARMLESS_TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "hr", "img", "li", "ol", "p", "pre", "strong", "ul"),
    *("table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6", "DOCUMENT_FRAGMENT"),
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_nothing_that_acts(text):
    for element in elements(body.render(text).html):
        assert element.tag in HARMLESS_TAGS
        assert set(element.attrib) <= {"href", "src", "alt", "title", "rel", "id", "start", "scope", "class"}
        assert element.attrib.get("href", "a.csv") == "a.csv"
        assert element.attrib.get("src", "a.png") == "a.png"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[x](https://www.kantor.go.id/a?b=1)", "https://www.kantor.go.id/a?b=1"),
        ("[x](mailto:ppid@kantor.go.id)", "mailto:ppid@kantor.go.id"),
        ("[x](data-2026.csv)", "data-2026.csv"),
        ("[x](#isi-dasar)", "#isi-dasar"),
        ("## Dasar hukum\n\n[x](#dasar-hukum)", "#isi-dasar-hukum"),
    ],
)
def test_honest_links_keep_their_address(text, address):
    assert [e.attrib["href"] for e in elements(body.render(text).html) if e.tag == "a"] == [address]


def test_headings_have_anchors_that_the_table_of_contents_names():
    made = body.render("## Dasar hukum\n\nteks\n\n### Isi `kode` & <b>\n\n## Dasar hukum\n")

    assert made.headings == (
        body.Heading(2, "isi-dasar-hukum", "Dasar hukum"),
        body.Heading(3, "isi-isi-kode-b", "Isi kode & <b>"),
        body.Heading(2, "isi-dasar-hukum-2", "Dasar hukum"),
    )
    assert [e.attrib["id"] for e in elements(made.html) if e.tag in {"h2", "h3"}] == [h.anchor for h in made.headings]


def test_a_heading_of_signs_alone_still_has_an_anchor():
    assert body.render("## ???").headings == (body.Heading(2, "isi-bagian", "???"),)


def test_table_heads_say_what_they_head_and_alignment_needs_no_style():
    html = body.render("| Tahun | Nilai |\n|:--|--:|\n| 2026 | 1,5 |\n").html

    heads = [(e.text, e.attrib) for e in elements(html) if e.tag == "th"]
    assert heads == [("Tahun", {"scope": "col", "class": "kiri"}), ("Nilai", {"scope": "col", "class": "kanan"})]
    assert "style" not in html


def test_a_first_level_heading_is_not_a_second_title():
    assert "h1" not in {e.tag for e in elements(body.render("# Judul\n").html)}
