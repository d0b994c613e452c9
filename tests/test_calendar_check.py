"""`sopan kalender periksa`: every day on which a year file and the holidays package differ, and nothing else."""

from calendars import YEARS, load
from desks import TOP, sopan
from policy_files import edited
from sopan import calendar_check

FILE = TOP / "kalender/2026.yml"


def told(*edits):
    calendar, findings = load({2026: edited(FILE, *edits)})
    assert findings == []
    return [finding.sentence() for finding in calendar_check.differences(calendar)]


def line_of(day):
    return next(line + "\n" for line in FILE.read_text("utf-8").splitlines() if day in line and line.startswith("  - "))


def test_a_day_that_is_missing():
    (only,) = told((line_of("2026-08-17"), ""))
    assert only == (
        "kalender/2026.yml: Paket holidays mencatat 2026-08-17 sebagai libur nasional "
        "(Hari Kemerdekaan Republik Indonesia), tetapi berkas ini tidak; "
        "cocokkan dengan SKB, lalu tambahkan bila benar. [kalender-beda-kurang]"
    )


def test_a_day_too_many():
    line = line_of("2026-08-17")
    more = line.replace("2026-08-17", "2026-08-19").replace("Hari Kemerdekaan Republik Indonesia", "Hari tambahan")
    (only,) = told((line, line + more))
    assert only.startswith("kalender/2026.yml: Berkas ini mencatat 2026-08-19 sebagai libur nasional (")
    assert only.endswith("lalu hapus bila keliru. [kalender-beda-lebih]")


def test_a_day_of_another_kind():
    line = line_of("2026-08-17")
    (only,) = told((line, ""), ("cuti_bersama:\n", f"cuti_bersama:\n{line}"))
    assert only == (
        "kalender/2026.yml: Berkas ini mencatat 2026-08-17 sebagai cuti bersama, "
        "paket holidays sebagai libur nasional; cocokkan dengan SKB. [kalender-beda-jenis]"
    )


def test_the_repositorys_years_differ_in_nothing():
    assert YEARS
    said = sopan("kalender", "periksa", at=TOP)
    assert (said.code, said.out) == (0, "Tidak ada yang perlu diperbaiki.\n")


def test_a_year_without_a_file_is_named():
    said = sopan("kalender", "periksa", "2026", "2031", at=TOP)
    assert (said.code, said.err) == (2, "Belum ada kalender untuk 2031; tambahkan kalender/<tahun>.yml dahulu.\n")
    assert sopan("kalender", "periksa", "2026", at=TOP).code == 0
