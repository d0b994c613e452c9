"""kantor.yml: every fault has its sentence, and the office's facts complete its items."""

from zoneinfo import ZoneInfo

import pytest

from policy_files import CASES, RULE, TOP, cases, edited, parsed, schema, sentences
from sopan import messages, office

SCHEMA, ITEMS = schema("kantor"), schema("informasi")
MADE_UP = CASES / "kantor.yml"
KANTOR = cases("kantor")


def load(content):
    return office.load(content, SCHEMA, ITEMS)


@pytest.mark.parametrize("name", KANTOR)
def test_each_case_gives_all_its_sentences_and_its_legal_twin_none(name):
    edits, expected = parsed(KANTOR[name])
    result, findings = load(edited(MADE_UP, *edits))
    assert sentences(findings) == expected
    assert (result is None) == bool(expected)


def test_every_rule_about_kantor_yml_has_a_case():
    tried = {word for case in KANTOR.values() for sentence in parsed(case)[1] for word in RULE.findall(sentence)}
    assert {rule for rule in messages.RULES if rule.startswith("kantor-")} <= tried


def test_the_repository_s_office_loads():
    ours, findings = load((TOP / "kantor.yml").read_bytes())
    assert sentences(findings) == []
    assert (ours.name, ours.short_name, ours.government) == (
        "Badan Perencanaan Pembangunan Daerah Kabupaten Bangka",
        "Bappeda Kabupaten Bangka",
        "Pemerintah Kabupaten Bangka",
    )
    assert (ours.region_code, ours.region) == ("19.01", "Kabupaten Bangka")
    assert (ours.zone, ours.zone_label, ours.licence) == (ZoneInfo("Asia/Jakarta"), "WIB", "CC-BY-4.0")
    assert (ours.limits.attachment_bytes, ours.limits.item_bytes, ours.limits.attachments) == (
        10 * 2**20,
        25 * 2**20,
        20,
    )
    assert ours.github_organisation == "bappeda-bangka"
    assert ours.text["alamat_situs"] == ours.site


def test_items_take_over_the_office_s_own_facts_which_are_written_once():
    edits = [('  surel: ""', "  surel: ppid@contoh.go.id")]
    ours, _ = load(edited(MADE_UP, *edits))
    assert ours.defaults["semua"] == {
        "bahasa": "id",
        "bentuk_informasi": ["digital"],
        "jenis_media": ["website"],
        "lisensi": "CC-BY-4.0",
        "cakupan_wilayah": {"kode": "19.01", "nama": "Kabupaten Bangka"},
        "kontak": {"unit": "Sekretariat", "surel": "ppid@contoh.go.id", "telepon": ""},
    }
    assert ours.defaults["rpjpd"] == {"frekuensi_pembaruan": "dua_puluh_tahunan"}


def test_a_default_goes_before_the_office_s_facts():
    ours, _ = load(edited(MADE_UP, ("    bahasa: id", "    bahasa: id\n    lisensi: CC0-1.0")))
    assert ours.defaults["semua"]["lisensi"] == "CC0-1.0"
    assert ours.licence == "CC-BY-4.0"
