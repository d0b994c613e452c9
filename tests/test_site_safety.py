"""The finished site, looked at once more: what a browser would run or load is the theme's or the site's own."""

import gzip
import json
import os

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sopan.errors import SopanError
from sopan.site import output, release_files, safety, safety_quick
from sopan.site.output import Output

SITE = "https://informasi.contoh.go.id/"
RESULT = "cari/indeks/2026/0a/0.pf_fragment"
FILE = "informasi/2026/a/index.html"

THEME = (
    "var target=document.getElementById(location.hash.slice(1));target&&target.name&&"
    '(target.checked=target.name.startsWith("__tabbed_"))'
)

CASES = [
    ("<script>alert(1)</script>", "keluaran-skrip", f"<script>{THEME}</script>"),
    ("<script type=module>alert(1)</script>", "keluaran-skrip", '<script type="application/json">{"a": 1}</script>'),
    (
        '<script type="module" type="application/json">alert(1)</script>',
        "keluaran-skrip",
        '<script type="application/json" type="module">{"a": 1}</script>',
    ),
    (
        '<script type="application/json">{"a": "<b"}</script>',
        "keluaran-skrip",
        '<script type="application/json">{"a": "b>"}</script>',
    ),
    ("<img src=x.png onerror=alert(1)>", "keluaran-atribut", '<img src="x.png" alt="x">'),
    ('<a href="#" onclick="x()">a</a>', "keluaran-atribut", '<a href="#">a</a>'),
    ('<meta http-equiv="refresh" content="0;url=x">', "keluaran-atribut", '<meta name="generator" content="x">'),
    ('<a href="JaVaScRiPt:alert(1)">a</a>', "keluaran-alamat", '<a href="https://bangkakab.go.id/">a</a>'),
    ('<a href="java&#9;script:alert(1)">a</a>', "keluaran-alamat", '<a href="mailto:ppid@contoh.go.id">a</a>'),
    ('<a href="data:text/html,x">a</a>', "keluaran-alamat", '<a href="../b/">a</a>'),
    ('<script src="https://jahat.example/x.js"></script>', "keluaran-alamat", '<script src="../../x.js"></script>'),
    ('<script src="//jahat.example/x.js"></script>', "keluaran-alamat", f'<script src="{SITE}x.js"></script>'),
    ('<img src="https://jahat.example/x.png">', "keluaran-alamat", '<img src="x.png">'),
    (
        '<link rel="stylesheet" href="https://jahat.example/x.css">',
        "keluaran-alamat",
        '<link rel="stylesheet" href="x.css">',
    ),
    ('<iframe src="x.html"></iframe>', "keluaran-unsur", "<details><summary>x</summary></details>"),
    ('<base href="/x/">', "keluaran-unsur", "<bdi>x</bdi>"),
    ('<object data="x.pdf"></object>', "keluaran-unsur", '<a href="x.pdf">x</a>'),
]


PIECES = (
    *("<p>", "</p>", '<p title="', "<p title='", '">', "'>", '"', "'", ">", "<", "/>", " ", "="),
    *("teks", "&quot;", "&#9;"),
    *("<script>", "</script>", "<SCRIPT>", "</SCRIPT>", '<script type="application/json">', '<script src="x.js">'),
    *("<!--", "-->", "--!>", "<!doctype html>", "<![CDATA[", "]]>", "<?", "</"),
    *("<title>", "</title>", "<textarea>", "</textarea>", "<style>", "</style>", "<svg>", "</svg>", "<xmp>", "</xmp>"),
    *("<img src=x onerror=alert(1)>", "<img ", "onerror=alert(1)", '<a href="javascript:x()">', "<iframe>", "alert(1)"),
)


@pytest.mark.parametrize(("page", "rule", "twin"), CASES)
def test_what_would_run_or_load_is_found(page, rule, twin):
    assert rule in [finding.rule for finding in safety.judge(page, FILE, SITE)]
    assert list(safety.judge(twin, FILE, SITE)) == []


@pytest.mark.parametrize(("page", "rule", "twin"), CASES)
def test_what_is_harmless_is_told_so_at_a_glance(page, rule, twin):
    assert safety_quick.is_harmless(f"<!doctype html><p>{twin}</p>", SITE), rule
    assert not safety_quick.is_harmless(f"<!doctype html><p>{page}</p>", SITE)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example('<p title="<script type="application/json">"><img src=x onerror=alert(1)><p title="</script>">')
@example('<title><script type="application/json"></title><img src=x onerror=alert(1)></script>')
@example('<script type="application/json">{}</SCRIPT><img src=x onerror=alert(1)></script>')
@example('<!-- <script type="application/json"> --><img src=x onerror=alert(1)></script>')
@example('<im<script type="application/json"></script>g src=x onerror=alert(1)>')
def test_nothing_is_told_harmless_at_a_glance_that_a_browser_would_run_or_load(page):
    if safety_quick.is_harmless(page, SITE):
        assert list(safety.judge(page, FILE, SITE)) == []
        elements = list(html5lib.parse(page, namespaceHTMLElements=False).iter())
        held = [(element.tag, [*element.attrib.items()]) for element in elements if isinstance(element.tag, str)]
        assert not [one for tag, told in held for one in safety.judge_element(tag, told, FILE, SITE)]
        assert not safety.FORBIDDEN & {tag for tag, _ in held}
        scripts = [element for element in elements if element.tag == "script"]
        assert all(safety.is_harmless_inside([*one.attrib.items()], one.text or "") for one in scripts)


def test_a_sentence_names_the_page_and_quotes_the_address():
    (finding,) = safety.judge('<a href="javascript:alert(1)">a</a>', FILE, SITE)
    assert finding.sentence() == (
        f"{FILE}: halaman jadi memuat alamat javascript:alert(1) yang tidak diizinkan; "
        "situs tidak diterbitkan, laporkan kepada pengelola. [keluaran-alamat]"
    )


def test_the_policy_allows_the_themes_scripts_and_no_other():
    page = safety.with_policy(f"<html><head><title>a</title></head><script>{THEME}</script><script>x()</script></html>")
    assert page.count("Content-Security-Policy") == 1
    assert page.count("'sha256-") == 1
    assert page.startswith("<html><head><meta http-equiv=")


@pytest.fixture
def site(tmp_path):
    pages = {
        "index.html": "<p>a</p>",
        "sitemap.xml": "<urlset/>",
        "assets/a.js": "x",
        "informasi/2026/a/index.html": "<p>a</p>",
        "informasi/2026/a/tabel.csv": "a,b\n",
        "cari/indeks/2026/isi.json": "{}",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    write_result(tmp_path, "/informasi/2026/a/")
    return tmp_path


def write_result(folder, address):
    fragment = folder / RESULT
    fragment.parent.mkdir(parents=True, exist_ok=True)
    fragment.write_bytes(gzip.compress(b"pagefind_dcd" + json.dumps({"url": address}).encode()))


def judged(site):
    return list(output.judge(Output(site, SITE), list(release_files.walk(site))))


def test_a_site_of_pages_assets_and_attachments_is_harmless(site):
    assert judged(site) == []


@pytest.mark.parametrize(
    "name", ["x.php", "assets/x.html", "informasi/2026/a/x.svg", "informasi/2026/a/x.js", "cari/indeks/x.html"]
)
def test_a_file_that_belongs_nowhere_is_found(site, name):
    (site / name).write_text("x")
    (finding,) = judged(site)
    assert finding.sentence() == (
        f"{name}: hasil bangun memuat berkas yang tidak dikenal; "
        "situs tidak diterbitkan, laporkan kepada pengelola. [keluaran-berkas]"
    )


def test_a_link_among_the_files_is_found(site):
    (site / "informasi/2026/a/b.csv").symlink_to(site / "informasi/2026/a/tabel.csv")
    assert [finding.rule for finding in judged(site)] == ["keluaran-berkas"]


@pytest.mark.parametrize("many", [0, 1000])
@pytest.mark.parametrize("dies", [False, True])
def test_a_site_is_judged_whole_whoever_looks_at_its_halves(site, monkeypatch, many, dies):
    monkeypatch.setattr(output, "_MANY", many)
    output.require_harmless(Output(site, SITE))
    for name in ("a.php", "ab.php"):
        (site / name).write_text("x")
    here, sentences = os.getpid(), output._sentences
    if dies:
        monkeypatch.setattr(output, "_sentences", lambda *of: sentences(*of) if os.getpid() == here else os._exit(1))
    with pytest.raises(SopanError) as refused:
        output.require_harmless(Output(site, SITE))
    said = str(refused.value)
    assert [said.count(name) for name in ("a.php", "ab.php")] == [1, 1]


@pytest.mark.parametrize("address", ["/informasi/2026/b/", "//jahat.example/", "/javascript:alert(1)"])
def test_a_result_leads_to_a_page_of_this_site(site, address):
    write_result(site, address)
    (finding,) = judged(site)
    assert (finding.rule, finding.file) == ("keluaran-alamat", RESULT)
    assert address in finding.sentence()


def test_a_result_may_lead_to_a_page_that_is_taken_over(site):
    write_result(site, "/informasi/2026/b/")
    files = list(release_files.walk(site))
    assert list(output.judge(Output(site, SITE, {"informasi/2026/b/index.html"}), files)) == []
    assert [one.rule for one in output.judge(Output(site, SITE, {"informasi/2026/b/tabel.csv"}), files)] == [
        "keluaran-alamat"
    ]


def test_a_page_may_compute_only_where_it_is_told_to():
    page = "<html><head></head></html>"
    assert "script-src 'self';" in safety.with_policy(page)
    assert "script-src 'self' 'wasm-unsafe-eval';" in safety.with_policy(page, computes=True)
