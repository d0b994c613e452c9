"""The pages of the information service: each says what the office says, marks what it has not said, and lists items."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import html5lib
import pytest
from markupsafe import Markup
from pyld import jsonld

import site_office as so
from sopan import item
from sopan.site import pages, service_pages, structured

PLAN, LAW, GONE, URGENT = "2026/rencana-kerja", "2026/laporan-ppid", "2025/lama", "2026/banjir"
SITE = "https://informasi.contoh.go.id/"
EIGHT = (
    "potensi_bahaya",
    "pihak_terdampak",
    "prosedur_evakuasi",
    "cara_menghindari",
    "cara_mendapat_bantuan",
    "pihak_wajib_mengumumkan",
    "tata_cara_pengumuman",
    "upaya_penanggulangan",
)


def written(title, **fields):
    base = {"judul": title, "klasifikasi": "setiap_saat", "unit_asal": "Sekretariat", "bukan_dikecualikan": "ya"}
    return item.write({**base, **fields}, "\nIsi.\n").decode()


def announcement(**more):
    event = {"waktu_kejadian": "2026-11-23T08:05:00+07:00", "jenis": "bencana_alam", **more}
    event |= {name: f"Tentang {name.replace('_', ' ')}" for name in EIGHT}
    return written("Banjir <Sungailiat>", klasifikasi="serta_merta", serta_merta=event)


def make(tmp_path_factory, **office):
    tree = so.make_tree(tmp_path_factory.mktemp("pohon"))
    so.write_item(tree, PLAN, written("Rencana Kerja", jenis_dokumen="renja_pd"))
    so.write_item(tree, LAW, written("Laporan 2025", klasifikasi="berkala", jenis_dokumen="laporan_layanan_informasi"))
    gone = {"tanggal": "2026-01-02", "alasan": "Keliru seluruhnya"}
    mended = [{"tanggal": "2026-01-01", "semula": "Tiga.", "menjadi": "Empat."}]
    so.write_item(tree, GONE, written("Yang Lama", pencabutan=gone, ralat=mended, jenis_dokumen="rkpd"))
    so.write_item(tree, URGENT, announcement(berlaku_sampai="2026-11-24"))
    rules = so.make_policy()
    rules = replace(rules, office=replace(rules.office, **office))
    return so.make_facts(tree, rules, [so.make_round(one) for one in (PLAN, URGENT)])


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return make(tmp_path_factory, site=SITE)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    said = {name: f"<{name}>" for name in service_pages_fields()}
    return make(tmp_path_factory, service=replace(so.make_policy().office.service, **said))


def service_pages_fields():
    return so.make_policy().office.service.__dataclass_fields__


def shown(facts, source):
    return html5lib.parse(str(pages.plan(facts)[source]().html), namespaceHTMLElements=False)


def text(element):
    return " ".join("".join(element.itertext()).split())


def links(page):
    return {a.attrib["href"] for a in page.iter("a")}


ADDRESSES = [topic.source for topic in (*service_pages.CLASSES.values(), *service_pages.TOPICS)]


@pytest.mark.parametrize("source", ADDRESSES)
def test_every_page_has_a_title_a_description_and_anchors_for_its_headings(facts, source):
    page = pages.plan(facts)[source]()
    parsed = html5lib.parse(str(page.html), namespaceHTMLElements=False)
    assert [text(one) for one in parsed.iter("h1")] == [page.title]
    assert page.description in text(parsed)
    sections = [(one.attrib["id"], text(one).removesuffix("#")) for one in parsed.iter("h2")]
    assert [(heading.anchor, heading.text) for heading in page.headings[1:]] == sections


def test_every_field_of_the_service_is_shown_and_escaped_where_it_is_filled(filled):
    every = "".join(str(pages.plan(filled)[source]().html) for source in ADDRESSES)
    for name in service_pages_fields():
        assert f"&lt;{name}&gt;" in every
        assert f"<{name}>" not in every
    assert service_pages.NOT_FILLED not in text(shown(filled, "layanan/maklumat-pelayanan/index.md"))


@pytest.mark.parametrize("slug", ["permohonan", "keberatan", "sengketa", "maklumat-pelayanan", "ppid", "tentang"])
def test_what_only_the_office_knows_is_marked_where_it_is_missing(facts, slug):
    page = shown(facts, f"layanan/{slug}/index.md")
    assert service_pages.NOT_FILLED in text(page)


def test_the_days_of_request_and_extension_are_the_laws(facts):
    page = text(shown(facts, "layanan/permohonan/index.md"))
    assert "paling lambat 10 hari kerja" in page
    assert "paling lama 7 hari kerja" in page
    assert "UU 14/2008 Pasal 22" in page


def test_planning_documents_stand_under_their_kind_and_withdrawn_ones_nowhere(facts):
    page = shown(facts, "layanan/perencanaan/index.md")
    assert f"../../informasi/{PLAN}/" in links(page)
    assert not {one for one in links(page) if GONE in one}
    assert text(page).count("Belum ada dokumen jenis ini") == 6


def test_classes_list_their_items_in_force(facts):
    assert f"../../informasi/{LAW}/" in links(shown(facts, "informasi/berkala/index.md"))
    assert f"../../informasi/{URGENT}/" in links(shown(facts, "informasi/serta-merta/index.md"))
    always = links(shown(facts, "informasi/setiap-saat/index.md"))
    assert f"../../informasi/{PLAN}/" in always
    assert not {one for one in always if GONE in one}


def test_corrections_and_withdrawals_are_told_and_lead_to_the_page_that_stays(facts):
    page = shown(facts, "layanan/ralat-dan-pencabutan/index.md")
    assert f"../../informasi/{GONE}/" in links(page)
    assert "Semula: Tiga. Menjadi: Empat." in text(page)
    assert "2 Januari 2026. Keliru seluruhnya" in text(page)


def test_the_yearly_report_is_listed(facts):
    assert f"../../informasi/{LAW}/" in links(shown(facts, "layanan/laporan/index.md"))


def test_the_hours_are_the_calendars(facts):
    rows = [[text(cell) for cell in row] for row in shown(facts, "layanan/waktu-layanan/index.md").iter("tr")]
    week = facts.policy.calendar.years[2026].week
    assert len(rows) == 1 + 7 + 1 + len(facts.policy.sop.steps)
    assert rows[1][0] == "Senin"
    assert rows[1][1].startswith("07.30–") == (week[0][0][0].total_seconds() == 7.5 * 3600)
    assert rows[7][1:] == ["libur", "libur"]


def test_the_exempt_list_shows_grounds_and_no_item(facts):
    rules = facts.policy
    exempt = {"2026/rahasia": "Keputusan 1/2026"}
    told = replace(facts, policy=replace(rules, office=replace(rules.office, exempt=exempt)))
    page = text(shown(told, "layanan/dikecualikan/index.md"))
    assert "Keputusan 1/2026" in page
    assert "rahasia" not in page.replace("rahasia pribadi", "")


# -- at once -----------------------------------------------------------------------------------------------------------


def home(facts):
    return html5lib.parse(str(pages.home(facts, Markup()).html), namespaceHTMLElements=False)


def test_what_is_announced_at_once_stands_on_top_while_it_holds(facts):
    first = next(one for one in home(facts).iter("section"))
    assert "Banjir <Sungailiat>" in text(first)
    assert first.attrib["data-sampai"] == "2026-11-24"
    assert [entry.item.id for entry in pages.urgent(facts)] == [URGENT]


@pytest.mark.parametrize(("last", "held"), [("2026-11-23", True), ("2026-11-22", False), (None, True)])
def test_it_holds_to_the_end_of_its_last_day_by_the_records_own_days(facts, last, held):
    until = date.fromisoformat(last) if last else None
    entries = tuple(so.changed(one, holds_until=until) for one in facts.entries)
    assert facts.updated == date(2026, 11, 23)
    assert bool(pages.urgent(so.of_entries(facts, entries))) == held


# -- the item's page ---------------------------------------------------------------------------------------------------


def entry_of(facts, identity):
    return next(one for one in facts.entries if one.item.id == identity)


def test_versions_are_told_with_what_changed_once_there_are_two(facts):
    entry = entry_of(facts, PLAN)
    assert "versi" not in {one.anchor for one in pages.plan(facts)[f"informasi/{PLAN}/index.md"]().headings}
    ((first, _),) = facts.chronicle.of(PLAN)
    merged = first.acts[-1]._replace(at=datetime(2026, 12, 1, 2, tzinfo=UTC))
    second = replace(first, number=2, acts=(*first.acts[:-1], merged))
    told = so.make_chronicle(facts.policy, (first, second), notes=("", "Tabel <b>diperbarui</b>."))
    twice = replace(entry, past=told.told(PLAN).past)
    entries = tuple(twice if one.item.id == PLAN else one for one in facts.entries)
    page = pages.plan(so.of_entries(facts, entries, chronicle=told))[f"informasi/{PLAN}/index.md"]()
    listed = [text(one) for one in html5lib.parse(str(page.html), namespaceHTMLElements=False).iter("li")]
    assert "1 Desember 2026 pukul 09.00 WIB. Tabel <b>diperbarui</b>." in listed
    assert "23 November 2026 pukul 13.48 WIB. Tidak ada catatan perubahan." in listed
    assert "versi" in {one.anchor for one in page.headings}


SCHEMA_ORG = {"@context": {"@vocab": "https://schema.org/"}}


@pytest.mark.parametrize(
    ("identity", "kind"),
    [(PLAN, "DigitalDocument"), (LAW, "Report"), (URGENT, "SpecialAnnouncement"), (GONE, "DigitalDocument")],
)
def test_the_head_says_what_an_item_is_and_no_value_can_end_the_script(facts, identity, kind):
    said = structured.item(facts, entry_of(facts, identity))
    assert "<" not in said
    data = json.load(io.StringIO(str(said)))
    assert data.pop("@context") == "https://schema.org"
    (expanded,) = jsonld.expand(data, {"expandContext": SCHEMA_ORG["@context"]})
    assert expanded["@type"] == [f"https://schema.org/{kind}"]
    assert expanded["@id"] == f"{SITE}informasi/{identity}/"
    assert expanded["https://schema.org/name"] == [{"@value": entry_of(facts, identity).item.title}]


def test_a_withdrawn_item_is_not_for_search_engines(facts):
    planned = pages.plan(facts)
    assert not planned[f"informasi/{GONE}/index.md"]().indexed
    assert planned[f"informasi/{PLAN}/index.md"]().indexed
