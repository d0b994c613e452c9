"""What a citizen meets, in a real browser: six ways through the site, no barrier on any page, little to load."""

import json
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from itertools import count
from statistics import mean
from urllib.parse import urlencode
from urllib.request import urlopen

import openpyxl
import pytest
from axe_playwright_python.base import AXE_SCRIPT

import browser
import findable
from shown_site import HOSTILE, RECORDED, shown
from sopan.site import public_list, search, search_index, search_pieces, search_places, search_words

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.HINT)

ATOM = "{http://www.w3.org/2005/Atom}"
ITEM = f"informasi/{RECORDED}/"
FIRST_VISIT = 150_000
THEMES = ("default", "slate")
# A colour that is still changing is measured as it is at that moment, and no reader sees it so.
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
THEME = "theme => document.body.setAttribute('data-md-color-scheme', theme)"
AXE = """() => axe.run({ resultTypes: ["violations"] }).then(told =>
  told.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 150)])))"""
FOCUS = """() => {
  const one = document.activeElement, mark = one.type === "radio" ? one.nextElementSibling : one
  const style = getComputedStyle(mark), box = mark.getBoundingClientRect()
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
  return { name: one.textContent.trim() || one.getAttribute("aria-label"), tag: one.tagName, field: one.name,
           href: one.getAttribute("href"), seen: ring && box.width > 0 && box.height > 0 }
}"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    with shown(tmp_path_factory.mktemp("peramban")) as one:
        yield one


@pytest.fixture(scope="session")
def chromium():
    with browser.chromium() as one:
        yield one


@contextmanager
def visit(chromium, **settings):
    """A visitor with a new profile; whatever the pages complain of, or ask elsewhere, fails the test."""
    context = chromium.new_context(**{"viewport": browser.WIDE, "locale": "id-ID", **settings})
    page, wrong = context.new_page(), []
    page.on("console", lambda told: wrong.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if "://127.0.0.1:" in asked.url else wrong.append(asked.url))
    try:
        yield page
        assert wrong == []
    finally:
        context.close()


@pytest.fixture
def page(chromium):
    with visit(chromium) as one:
        yield one


# -- six ways ---------------------------------------------------------------------------------------------------------


def test_a_document_is_found_by_a_word_of_another_form(page, site):
    page.goto(site.address)
    page.fill(".sopan-cari input", "meneliti lada")
    page.press(".sopan-cari input", "Enter")
    page.locator("#cari-temuan[aria-busy=false] a").first.click()
    assert page.inner_text("h1#halaman").startswith("Penelitian Daya Saing Lada Putih")
    assert page.url == f"{site.address}informasi/2026/kajian-lada/"


def test_the_list_is_narrowed_and_sorted_over_its_years(page, site):
    page.goto(f"{site.address}informasi/")
    rows = page.locator("#saring-temuan tbody tr")
    for name, wanted in (("kelas", "Serta-merta"), ("tahun", "2026"), ("urut", "Terbit terbaru")):
        page.select_option(f"#saring select[name={name}]", label=wanted)
    rows.first.wait_for()
    in_force = [one for one in site.facts.volumes["2026"].in_force if one.item.classification == "serta_merta"]
    page.get_by_text(f"{len(in_force)} informasi", exact=True).wait_for()
    assert rows.count() == len(in_force)
    assert all("Serta-merta" in text for text in rows.all_inner_texts())
    assert "Peringatan Gempa di Laut Timur" in rows.first.inner_text()
    assert not page.locator("#saring-semua").is_visible()
    kept = page.url
    rows.first.locator("a").click()
    assert page.inner_text("h1#halaman") == "Peringatan Gempa di Laut Timur"
    page.goto(kept)
    rows.first.wait_for()
    assert rows.count() == len(in_force)


def test_a_year_of_the_list_is_narrowed_by_a_link_from_its_class(page, site):
    page.goto(f"{site.address}informasi/serta-merta/")
    page.get_by_role("link", name="2026", exact=True).click()
    page.wait_for_url("**/informasi/2026/?kelas=serta_merta")
    page.locator("#saring-temuan tbody tr").first.wait_for()
    assert page.input_value("#saring select[name=kelas]") == "serta_merta"
    page.select_option("#saring select[name=kelas]", label="Semua")
    assert page.locator("#saring-semua").is_visible()
    assert not page.locator("#saring-temuan").is_visible()


def test_the_list_is_taken_home_as_a_workbook(page, site, tmp_path):
    page.goto(f"{site.address}informasi/")
    with page.expect_download() as coming:
        page.get_by_role("link", name="XLSX").click()
    coming.value.save_as(tmp_path / "daftar.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "daftar.xlsx").worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][: len(public_list.STANDARD)] == public_list.STANDARD
    assert len(rows) - 1 == sum(len(year.in_force) for year in site.facts.volumes.values())


def test_a_feed_leads_to_the_item(page, site):
    page.goto(f"{site.address}informasi/")
    address = page.get_by_role("link", name="Atom").first.get_attribute("href")
    with urlopen(page.evaluate("one => new URL(one, location).href", address)) as answer:  # noqa: S310  our own
        entry = ET.parse(answer).getroot().find(f"{ATOM}entry")
    page.goto(entry.find(f"{ATOM}link").attrib["href"])
    assert page.inner_text("h1#halaman").startswith(entry.find(f"{ATOM}title").text)


def test_the_way_of_an_item_is_read_step_by_step(page, site):
    page.goto(f"{site.address}{ITEM}")
    page.get_by_role("link", name="Riwayat SOP").first.click()
    last = page.locator(".sopan-riwayat").last
    assert page.url.endswith("#riwayat-sop")
    assert last.locator("tbody th").all_inner_texts() == [str(step.number) for step in site.facts.policy.sop.steps]
    admin = last.locator("tbody tr").nth(2).inner_text()
    assert all(word in admin for word in ("Admin", "23 November 2026 pukul 09.20 WIB", "20 menit", "melampaui baku"))


def tab_to(page, fits):
    """Press Tab until the focus is on what fits; everything on the way is seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        assert at["seen"], at
        if fits(at):
            return at
    raise AssertionError("not reached by keyboard")


def test_all_of_it_is_used_by_keyboard(page, site):
    page.goto(site.address)
    assert tab_to(page, lambda at: at["tag"] == "A")["name"] == "Lewati ke isi"
    tab_to(page, lambda at: at["field"] == "q")
    page.keyboard.type("rencana kerja tahun")
    page.keyboard.press("Enter")
    page.locator("#cari-temuan[aria-busy=false] li").first.wait_for()
    wanted = f"../{ITEM}"
    tab_to(page, lambda at: at["href"] == wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{ITEM}")
    tab_to(page, lambda at: at["href"] == "rencana.csv")
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert coming.value.suggested_filename == "rencana.csv"


# -- the search -------------------------------------------------------------------------------------------------------


def test_every_question_finds_what_answers_it(page, site):
    page.goto(f"{site.address}cari/")
    figures = []
    for asked in findable.questions():
        found = [where.rstrip("/").rpartition("/")[2] for _, where in browser.asked(page, asked["cari"])]
        figures.append(findable.measured([name for name in found if name in findable.items()], asked["jawab"]))
    assert len(figures) >= 60
    assert mean(recall for recall, _ in figures) >= 0.95
    assert mean(rank for _, rank in figures) >= 0.9


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("rencana", "Rencana Pembangunan Jangka Panjang Daerah 2025-2045"),
        ("merencanakan pembangunan", "Rencana Pembangunan Jangka Panjang Daerah 2025-2045"),
        ("teliti", "Penelitian Daya Saing Lada Putih"),
        ("RPJMD", "RPJMD Tahun 2025-2029"),
        ("rencana pembangunan jangka menengah daerah", "RPJMD Tahun 2025-2029"),
        ("drainase", "Hasil Musrenbang Kabupaten 2026"),
    ],
)
def test_a_word_finds_its_other_forms_and_a_name_its_long_form(page, site, query, title):
    assert title in [shown_title for shown_title, _ in browser.results(page, site.address, query)]


def test_a_search_says_what_it_found_and_where(page, site):
    assert browser.results(page, site.address, "xyzzy") == []
    assert page.inner_text("#cari-hasil").startswith("Tidak ada hasil untuk “xyzzy”.")
    browser.asked(page, "drainase")
    assert page.inner_text("#cari-hasil") == "1 hasil untuk “drainase”."
    assert page.locator("#cari-hasil").get_attribute("role") == "status"
    result = page.inner_text("#cari-temuan li")
    assert "Berkala · Musrenbang · 2026" in result
    assert "Pada bagian: Lampiran: Tabel (CSV)" in result
    assert page.locator("#cari-temuan mark").all_inner_texts() == ["drainase"]


def test_a_search_is_narrowed_and_its_address_can_be_kept(page, site):
    everything = browser.results(page, site.address, "rencana")
    narrowed = browser.asked(page, "rencana", jenis="RKPD")
    assert 0 < len(narrowed) < len(everything)
    labels = page.locator("#cari-temuan .sopan-label:nth-child(2)").all_inner_texts()
    assert all("RKPD" in label for label in labels)
    kept = page.url
    page.goto("about:blank")
    page.goto(kept)
    page.locator("#cari-temuan[aria-busy=false] li").first.wait_for()
    again = page.eval_on_selector_all("#cari-temuan h2 a", "all => all.map(one => [one.textContent, one.pathname])")
    assert again == narrowed
    assert page.input_value("#cari-kata") == "rencana"


@pytest.mark.parametrize(("query", "meanwhile"), [("meneliti lada", 0), ("penelitian timah", 1)])
def test_while_other_bundles_are_awaited_only_a_document_with_all_words_is_shown(page, site, query, meanwhile):
    first, held, bundle = [], [], "isi.pf_meta"  # of the bundles only the first comes
    page.route(f"**/{bundle}", lambda route: held.append(route) if first else first.append(route.continue_()))
    seen = count()
    with page.expect_request(lambda one: one.url.endswith(bundle) and next(seen) == 1):
        page.goto(f"{site.address}cari/?{urlencode({'q': query})}")
    assert page.locator("#cari-temuan li").count() == meanwhile


def test_more_results_come_on_demand_and_take_the_focus(page, site):
    assert len(browser.results(page, site.address, "tahun")) == 10
    page.click("#cari-lagi")
    page.locator("#cari-temuan li").nth(10).wait_for()
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#cari-temuan li')[10]")


def bundles_of(site):
    """The roots that each bundle of the public holds, by its name, in the order in which they are searched."""
    folder = site.folder / search.PUBLIC
    told = json.loads((folder / search_places.TABLE / search.CONTENTS).read_text())
    names = [name for name, _, _ in told["bundel"]]
    return {name: set(json.loads((folder / name / search.CONTENTS).read_text())["akar"].split()) for name in names}


def of_bundles(site, *suffixes):
    """Whose files with such an end were sent, in order."""
    paths = [path for path, _ in site.served.sent if path.startswith(f"/{search.PUBLIC}/")]
    return [path.split("/")[3] for path in paths if path.endswith(suffixes)]


def test_a_search_begins_with_the_first_bundle_that_holds_the_word(page, site):
    bundles = bundles_of(site)
    assert len(bundles) > 3
    for name, roots in bundles.items():
        others = set.union(*(held for other, held in bundles.items() if other != name))
        word = min(root for root in roots - others if root.isalpha() and search_words.peel(root) == root)
        site.served.forget()
        assert browser.results(page, site.address, word)
        sent = of_bundles(site, search_pieces.OWN, search_index.FRAGMENT)
        assert sent[:2] == [name, name], "the bundle's own file, and the first result"
        assert set(sent[2:]) >= bundles.keys() - {name}, "the others are joined after it"


def test_a_search_in_one_year_opens_the_bundles_of_that_year_alone(page, site):
    everything = browser.results(page, site.address, "rencana")
    page.goto("about:blank")
    site.served.forget()
    found = browser.results(page, site.address, "rencana", tahun="2026")
    year = {name for name in bundles_of(site) if name.startswith("2026")}
    assert set(of_bundles(site, search_pieces.OWN)) == year
    assert len(year) > 1
    assert found
    assert all(where.startswith("/informasi/2026/") for _, where in found)
    assert {where for _, where in found} & {where for _, where in everything}


def test_guides_are_found_by_officers_only(page, site):
    everybody = [where for _, where in browser.results(page, site.address, "serahkan")]
    assert not [where for where in everybody if where.startswith("/panduan/")]
    officers = [where for _, where in browser.asked(page, "serahkan", bagian="Panduan petugas")]
    assert "/panduan/sekretaris/" in officers


def test_a_hostile_title_is_shown_and_does_nothing(page, site):
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    ((title, where), *_) = browser.results(page, site.address, "naskah aneh")
    assert (title, where) == ("Naskah <img src=x onerror=alert(1)> <b>aneh</b>", f"/informasi/{HOSTILE}/")
    assert page.locator("#cari-temuan img, #cari-temuan b").count() == 0


# -- no barrier -------------------------------------------------------------------------------------------------------


def kinds(site):
    """A page of every kind: all but the items and rules that are made as another one is."""
    items = [f"informasi/2026/{name}/" for name in ("rencana-kerja", "gempa", "mutu-baku-waktu-sop", "apbd-2026")]
    places = [place for place in site.places() if not place.startswith(("informasi/2026/", "panduan/aturan/"))]
    rules = [place for place in site.places() if place.startswith("panduan/aturan/")][:2]
    return ["404.html", *places, *items, *rules]


def barriers(page, site, place):
    """What axe finds on a page in each theme and width, and what is cut off when it is enlarged (1280 px at 200 %)."""
    page.set_viewport_size(browser.WIDE)
    page.goto(f"{site.address}{place}{'?q=rencana' if place == 'cari/' else ''}")
    page.add_style_tag(content=STILL)
    if place == "cari/":
        page.locator("#cari-temuan[aria-busy=false] li").first.wait_for()
    for size in (browser.WIDE, browser.NARROW):
        page.set_viewport_size(size)
        for theme in THEMES:
            page.evaluate(THEME, theme)
            for rule, element in page.evaluate(AXE):
                yield size["width"], theme, rule, element
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 480})
        if (over := page.evaluate("document.scrollingElement.scrollWidth - innerWidth")) > 0:
            yield width, "any", "cut off", f"{over} px"


def test_no_kind_of_page_has_a_barrier(chromium, site):
    with visit(chromium) as page:
        page.add_init_script(AXE_SCRIPT)
        found = {place: told for place in kinds(site) if (told := list(barriers(page, site, place)))}
    assert found == {}


def test_without_javascript_everything_can_be_read(chromium, site):
    with visit(chromium, java_script_enabled=False) as page:
        page.goto(f"{site.address}informasi/")
        page.get_by_role("link", name="Tahun 2026", exact=True).click()
        shown = page.locator(".sopan-tahun tbody tr").filter(visible=True).count()
        assert shown == len(site.facts.volumes["2026"].in_force)
        assert not page.locator("#saring").is_visible()
        page.goto(f"{site.address}{ITEM}")
        assert page.locator(".sopan-riwayat tbody tr").first.is_visible()
        page.goto(f"{site.address}cari/")
        assert "Pencarian membutuhkan JavaScript." in page.inner_text("noscript")
        page.click("noscript a")
        assert page.url == f"{site.address}informasi/"


# -- little to load ---------------------------------------------------------------------------------------------------


def test_the_first_visit_of_an_item_is_light_and_asks_nobody_else(chromium, site):
    with visit(chromium) as page:
        site.served.forget()
        page.goto(f"{site.address}{ITEM}", wait_until="networkidle")
        sent = site.served.sent
    assert sum(size for _, size in sent) <= FIRST_VISIT, sent
    assert all("cari/" not in path for path, _ in sent)
