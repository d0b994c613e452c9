import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from sopan.site import words

BANGKA = SimpleNamespace(zone=ZoneInfo("Asia/Jakarta"), zone_label="WIB")
SCHEMA = json.loads((Path(__file__).parent.parent / "schemas" / "informasi.schema.json").read_text())


def test_an_instant_is_worded_with_a_point_in_the_clock():
    assert words.instant(datetime(2026, 8, 17, 6, 5, tzinfo=UTC), BANGKA) == "17 Agustus 2026 pukul 13.05 WIB"


def test_an_instant_belongs_to_the_office_s_day():
    assert words.instant(datetime(2026, 12, 31, 17, 30, tzinfo=UTC), BANGKA) == "1 Januari 2027 pukul 00.30 WIB"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (1234, "1,2 kB"), (10_485_760, "10,5 MB")]
)
def test_sizes_have_a_decimal_comma(count, said):
    assert words.size(count) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [("sop", "SOP"), ("renstra_pd", "Renstra PD"), ("data_statistik", "Data statistik"), ("", "")],
)
def test_coded_values_are_worded(code, said):
    assert words.coded(code) == said


def test_an_empty_day_says_so():
    assert words.iso_day("") == "tidak diisi"
    assert words.iso_day("2026-11-23") == "23 November 2026"


def test_every_class_of_the_schema_has_its_words():
    classes = set(SCHEMA["properties"]["klasifikasi"]["enum"])
    assert classes == set(words.CLASSES) == set(words.CLASS_MEANINGS)
