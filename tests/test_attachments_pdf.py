"""PDF: nothing in it runs, opens, fetches or travels along, and its text and its maker's name are found."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

import attached
from attached import TEXT, link, pdf, rules, texts
from sopan import attachments
from sopan.attachments import Text, limits


def root(**entries):
    """A change that adds entries to the catalogue."""

    def change(made):
        for key, value in entries.items():
            made.Root[f"/{key}"] = value(made) if callable(value) else value

    return change


def annotation(subtype, **more):
    def change(made):
        note = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=[0, 0, 9, 9], **more)
        made.pages[0].Annots = Array([note])

    return change


def action(kind, **more):
    return Dictionary(S=Name(kind), **more)


def properties(**entries):
    def change(made):
        for key, value in entries.items():
            made.docinfo[f"/{key}"] = value

    return change


def xmp(inner):
    def change(made):
        packet = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="urn:x">{inner}</rdf:RDF></x:xmpmeta>'
        )
        made.Root.Metadata = made.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return change


def files(made):
    made.attachments["rahasia.txt"] = b"isi"


def first_page(made):
    return Array([made.pages[0].obj, Name.Fit])


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
PARAGRAPH = Dictionary(S=Name("/P"), A=Dictionary(O=Name.Layout))
ACTIVE = {
    "a script when it opens": (root(OpenAction=SCRIPT), {"JS", "JavaScript"}),
    "a program when it opens": (root(OpenAction=action("/Launch", F=String("cmd.exe"))), {"Launch"}),
    "a script by name": (root(Names=Dictionary(JavaScript=Dictionary(Names=[]))), {"JavaScript"}),
    "additional actions": (root(AA=Dictionary(WC=action("/GoTo"))), {"AA"}),
    "a file that travels along": (files, {"AF", "EF", "EmbeddedFiles"}),
    "a portfolio": (root(Collection=Dictionary()), {"Collection"}),
    "an XFA form": (root(AcroForm=Dictionary(XFA=Array([]), Fields=[])), {"XFA"}),
    "a file behind a pin": (annotation("/FileAttachment"), {"FileAttachment"}),
    "rich media": (annotation("/RichMedia", RichMediaContent=Dictionary()), {"RichMedia", "RichMediaContent"}),
    "a film": (annotation("/Screen", A=action("/Rendition")), {"Screen", "Rendition"}),
    "a form that is sent": (annotation("/Link", A=action("/SubmitForm")), {"SubmitForm"}),
    "another file": (annotation("/Link", A=action("/GoToR", F=String("x.pdf"))), {"GoToR"}),
    "a command": (annotation("/Link", A=action("/Named", N=Name("/Print"))), {"Named"}),
    "an action unknown to us": (annotation("/Link", A=action("/Baru")), {"Baru"}),
    "a script after a page": (annotation("/Link", A=action("/GoTo", Next=SCRIPT)), {"JavaScript", "JS"}),
    "a script in a row of actions": (
        annotation("/Link", A=action("/GoTo", Next=Array([SCRIPT]))),
        {"JavaScript", "JS"},
    ),
}  # fmt: skip
HARMLESS = {
    "opening at a page": root(OpenAction=first_page),
    "opening at a page by an action": root(OpenAction=lambda made: action("/GoTo", D=first_page(made))),
    "a link to a page": annotation("/Link", A=action("/GoTo")),
    "the next page": annotation("/Link", A=action("/Named", N=Name.NextPage)),
    "a structure of paragraphs": root(StructTreeRoot=Dictionary(K=PARAGRAPH)),
    "named places": root(Names=Dictionary(Dests=Dictionary(Names=[]))),
    "a form to fill in": root(AcroForm=Dictionary(Fields=[])),
    "a title": properties(Title="Laporan", Creator="Writer", Producer="Kantor"),
    "an empty author": properties(Author="  "),
    "a record of the title": xmp("<rdf:Description><dc:title>Laporan</dc:title></rdf:Description>"),
}  # fmt: skip


@pytest.mark.parametrize("case", ACTIVE)
def test_what_runs_or_travels_along_is_refused(case):
    change, elements = ACTIVE[case]
    found = rules("laporan.pdf", pdf(change))
    assert {rule for rule, _ in found} == {"lampiran-aktif"}
    assert {values["unsur"] for _, values in found} == elements


@pytest.mark.parametrize("case", HARMLESS)
def test_what_ordinary_programs_write_is_accepted(case):
    assert rules("laporan.pdf", pdf(HARMLESS[case])) == []


def test_what_runs_is_found_in_compressed_objects_too():
    data = pdf(ACTIVE["a script when it opens"][0], object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in data
    assert {rule for rule, _ in rules("laporan.pdf", data)} == {"lampiran-aktif"}


@pytest.mark.parametrize("address", ["https://contoh.go.id/", "http://contoh.go.id/", "mailto:ppid@contoh.go.id"])
def test_a_link_to_the_web_or_to_mail_is_accepted(address):
    assert rules("laporan.pdf", pdf(link(address))) == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("JavaScript:alert(1)", "JavaScript:alert(1)"),
        ("java\tscript:alert(1)", "java\tscript:alert(1)"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("//jahat.example/x?nik=1", "//jahat.example/x"),
        ("data:text/html,x", "data:text/html,x"),
        ("naskah-lain.pdf", "naskah-lain.pdf"),
    ],
)
def test_any_other_link_is_refused(address, shown):
    assert rules("laporan.pdf", pdf(link(address))) == [("lampiran-tautan", {"alamat": shown})]


def test_a_base_for_all_links_is_a_link():
    change = root(URI=Dictionary(Base=String("javascript:")))
    assert rules("laporan.pdf", pdf(change)) == [("lampiran-tautan", {"alamat": "javascript:"})]
    assert rules("laporan.pdf", pdf(root(URI=Dictionary(Base=String("https://contoh.go.id/"))))) == []


@pytest.mark.parametrize("subtype", ["/Text", "/Highlight", "/Redact", "/Ink"])
def test_remarks_of_colleagues_are_refused(subtype):
    assert rules("laporan.pdf", pdf(annotation(subtype))) == [("lampiran-komentar", {"tempat": subtype[1:]})]


@pytest.mark.parametrize("password", ["", "rahasia"])
def test_an_encrypted_file_is_refused_even_if_it_opens(password):
    data = pdf(encryption=pikepdf.Encryption(user=password, owner="kepala"))
    assert rules("laporan.pdf", data) == [("lampiran-tersandi", {})]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (properties(Author="Seseorang"), "Penulis"),
        (properties(Manager="Seseorang"), "Manajer"),
        (xmp("<dc:creator><rdf:Seq><rdf:li>Seseorang</rdf:li></rdf:Seq></dc:creator>"), "Penulis"),
        (xmp('<rdf:Description pdf:Author="Seseorang"/>'), "Penulis"),
    ],
)  # fmt: skip
def test_the_name_of_its_maker_is_refused_and_not_repeated(change, field):
    assert rules("laporan.pdf", pdf(change)) == [("lampiran-metadata", {"bidang": field})]


def test_a_record_with_a_document_type_is_refused():
    def change(made):
        packet = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
        made.Root.Metadata = made.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)

    assert rules("laporan.pdf", pdf(change, fix_metadata_version=False)) == [("lampiran-doctype", {})]


def test_a_photo_in_it_tells_as_much_as_one_beside_it():
    def change(made, *more):
        made.Root.Gambar = made.make_stream(attached.photo(*more), Filter=Name.DCTDecode)

    assert rules("laporan.pdf", pdf(change)) == []
    found = rules("laporan.pdf", pdf(lambda made: change(made, attached.exif(more=[attached.GPS]))))
    assert found == [("lampiran-metadata", {"bidang": "catatan di dalam gambar"})]


def test_text_is_read_by_page():
    assert texts("laporan.pdf", pdf(pages=("Pertama", "Kedua"))) == {"halaman 1": "Pertama", "halaman 2": "Kedua"}


def test_text_beside_the_pages_is_read():
    def change(made):
        made.docinfo.Title = "Judul"
        field = Dictionary(T=String("nama"), V=String("Isian"), TU=String("Petunjuk"))
        made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field)]))
        made.Root.StructTreeRoot = Dictionary(Alt=String("Gambar peta"))

    found = attachments.examine("laporan.pdf", pdf(change))
    assert {text.text for text in found.texts} == {TEXT, "Judul", "nama", "Isian", "Petunjuk", "Gambar peta"}
    assert found.texts[0] == Text("properti Title", "Judul")


def test_the_bytes_of_a_signature_are_no_text():
    signed = Dictionary(Contents=String("123"), ByteRange=Array([0, 1, 2, 3]))
    assert set(texts("laporan.pdf", pdf(root(Tanda=signed)))) == {"halaman 1"}
    assert "123" in texts("laporan.pdf", pdf(root(Tanda=Dictionary(Contents=String("123"))))).values()


def seen_only(change=None, pages=(TEXT,)):
    found = attachments.examine("laporan.pdf", pdf(change, pages=pages))
    assert found.faults == ()
    return found.scanned


def written(content):
    """A change that gives the first page another content."""

    def change(made):
        made.pages[0].Contents = made.make_stream(content)

    return change


def over(side):
    """A change that lays a picture of so many points each way under the first page's text."""

    def change(made):
        picture = made.make_stream(attached.photo(), Subtype=Name.Image, Width=side, Height=side)
        picture.Filter = Name.DCTDecode
        made.pages[0].Resources.XObject = Dictionary(Im0=picture)

    return change


def test_a_page_that_is_a_picture_makes_it_a_scan():
    assert seen_only(attached.scan)
    assert not seen_only()


def test_a_page_left_empty_needs_nobody_to_read_it():
    assert not seen_only(pages=("", TEXT))
    assert not seen_only(written(b"BT /F1 12 Tf ( ) Tj ET"))
    assert seen_only(written(b"10 10 m 90 90 l S"))


def test_the_name_of_a_scanning_program_does_not_make_a_page_text():
    assert seen_only(over(1000), pages=("Dipindai dengan aplikasi",))
    assert not seen_only(over(100), pages=("Sampul dengan lambang",))
    assert not seen_only(over(1000), pages=("Halaman dengan foto dan teks. " * 10,))


def test_a_page_that_cannot_be_read_as_it_stands_makes_it_a_scan():
    def broken(made):
        packed = zlib.compress(b"BT /F1 12 Tf (lama) Tj ET " * 99)
        made.pages[0].Contents = made.make_stream(packed[:-20] + bytes(20), Filter=Name.FlateDecode)

    found = attachments.examine("laporan.pdf", pdf(broken, compress_streams=False))
    assert found.scanned or found.faults


def test_what_an_earlier_saving_held_is_still_in_it():
    before = pdf(pages=("1234567890",))
    start = before.rindex(b"startxref")
    xref = int(before[start:].split()[1])
    with pikepdf.open(io.BytesIO(before)) as opened:
        number = opened.pages[0].Contents.objgen[0]
        size = len(opened.objects) + 1
        catalogue = opened.Root.objgen[0]
    page = b"BT /F1 12 Tf (diganti) Tj ET"
    place = len(before)
    change = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(page), page)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    end = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        catalogue,
        xref,
        place + len(change),
    )
    assert texts("laporan.pdf", before + change + table + end) == {
        "halaman 1": "diganti",
        "halaman 1 pada versi sebelumnya": "1234567890",
    }


def test_a_file_for_quick_display_has_no_earlier_saving():
    assert texts("laporan.pdf", pdf(linearize=True)) == {"halaman 1": TEXT}


def test_pages_are_counted_before_they_are_read(monkeypatch):
    monkeypatch.setattr(limits, "PAGES", 3)
    assert rules("laporan.pdf", pdf(pages=("a", "b", "c"))) == []
    assert rules("laporan.pdf", pdf(pages=("a", "b", "c", "d"))) == [
        ("lampiran-batas", {"hal": "halaman", "batas": "3"})
    ]


def one_page_often(made):
    made.Root.Pages.Kids = Array([made.pages[0].obj] * (limits.PAGES + 1))


def a_tree_of_itself(made):
    branch = made.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([])))
    branch.Kids.append(branch)
    made.Root.Pages.Kids.append(branch)


TOO_MANY = ("lampiran-batas", {"hal": "halaman", "batas": str(limits.PAGES)})


def test_a_page_named_often_is_counted_often():
    assert rules("laporan.pdf", pdf(one_page_often)) == [TOO_MANY]


def claiming(count):
    """A file of one empty page, which claims to have `count`; written by hand, as programs would mend the claim."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 4\n0000000000 65535 f \n" + table + end


def test_a_claim_of_a_million_pages_is_refused():
    assert rules("laporan.pdf", claiming(1)) == []
    assert rules("laporan.pdf", claiming(10**6)) == [TOO_MANY]


def test_a_page_tree_that_holds_itself_is_refused():
    assert rules("laporan.pdf", pdf(a_tree_of_itself)) != []


def test_deep_nesting_is_refused():
    def nested(depth):
        value = Array([])
        for _ in range(depth):
            value = Array([value])
        return root(Dalam=value)

    assert rules("laporan.pdf", pdf(nested(limits.NESTING - 5))) == []
    assert rules("laporan.pdf", pdf(nested(limits.NESTING + 5))) == [
        ("lampiran-batas", {"hal": "tingkat objek PDF", "batas": str(limits.NESTING)})
    ]


def test_objects_are_counted(monkeypatch):
    monkeypatch.setattr(limits, "OBJECTS", 5)
    assert rules("laporan.pdf", pdf()) == []
    assert rules("laporan.pdf", pdf(pages=(TEXT, TEXT))) == [("lampiran-batas", {"hal": "objek PDF", "batas": "5"})]


def test_html_behind_or_before_it_is_refused():
    assert rules("laporan.pdf", pdf() + b"<script>1</script>") == [("lampiran-ekor", {"jenis": "pdf"})]
    assert rules("laporan.pdf", b"<script>1</script>" + pdf()) == [("lampiran-isi-lain", {"jenis": "pdf"})]
    assert rules("laporan.pdf", pdf() + b"\r\n") == []
