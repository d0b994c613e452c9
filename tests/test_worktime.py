import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calendars import YEARS, ZONE, at, content, load, repository_calendar
from policy_files import TOP, edited, schema, sentences
from sopan import worktime
from sopan.calendar_file import WEEKDAYS
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.sop import StandardTime

CALENDAR = repository_calendar()
MINUTE = timedelta(minutes=1)

# Dates on which a year file departs from the `holidays` package on purpose, each with the decree that says so.
KNOWN_DIFFERENCES: dict[date, str] = {}

instants = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31, 23, 59)).map(lambda t: t.replace(tzinfo=ZONE))  # noqa: DTZ001  the zone comes right after

# Around the hours at which Berlin and St. John's change their clocks.
CHANGES = [
    datetime(2026, month, day, hour, minute, 30, tzinfo=UTC)
    for month, day in ((3, 8), (3, 29), (10, 25), (11, 1))
    for hour in range(24)
    for minute in (0, 29, 59)
]


def hours(start, end):
    return worktime.worked(CALENDAR, at(start), at(end)) / timedelta(hours=1)


def minutes(start, end):
    return worktime.worked(CALENDAR, at(start), at(end)) / MINUTE


class TestWorked:
    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            ("2026-11-16 00.00", "2026-11-23 00.00", 37.5),
            ("2026-02-23 00.00", "2026-03-02 00.00", 32.5),
            ("2019-05-06 00.00", "2019-05-13 00.00", 32.5),
            ("2026-03-18 00.00", "2026-03-25 00.00", 0),
            ("2019-06-03 00.00", "2019-06-10 00.00", 0),
            ("2025-08-18 00.00", "2025-08-19 00.00", 0),
            ("2025-12-31 00.00", "2026-01-03 00.00", 7.5 + 7.5),
            ("2025-12-31 15.00", "2026-01-02 08.30", 2),
            ("2026-12-31 15.30", "2027-01-04 07.45", 0.75),
            ("2019-04-17 00.00", "2019-04-18 00.00", 0),
        ],
        ids=[
            "week",
            "ramadan",
            "ramadan-2019",
            "lebaran",
            "lebaran-2019",
            "18-august-2025",
            "turn-of-year",
            "over-new-year",
            "into-2027",
            "election",
        ],
    )
    def test_hours(self, start, end, expected):
        assert hours(start, end) == expected

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            ("2026-11-20 16.20", "2026-11-23 07.40", 20),
            ("2026-11-23 11.50", "2026-11-23 13.10", 20),
            ("2026-11-20 11.20", "2026-11-20 13.10", 20),
            ("2026-11-23 12.00", "2026-11-23 13.00", 0),
            ("2026-11-23 05.00", "2026-11-23 07.30", 0),
            ("2026-11-23 16.00", "2026-11-24 07.30", 0),
            ("2026-11-21 09.00", "2026-11-21 15.00", 0),
            ("2026-02-18 15.30", "2026-02-20 08.10", 30 + 390 + 10),
            ("2026-11-23 08.00", "2026-11-23 08.00", 0),
        ],
        ids=[
            "over-a-weekend",
            "over-lunch",
            "friday-prayer",
            "lunch",
            "early",
            "night",
            "saturday",
            "into-ramadan",
            "no-time",
        ],
    )
    def test_minutes(self, start, end, expected):
        assert minutes(start, end) == expected

    def test_knows_seconds(self):
        start = at("2026-11-23 11.59") + timedelta(seconds=30)
        assert worktime.worked(CALENDAR, start, at("2026-11-23 13.01")) == timedelta(seconds=90)

    def test_takes_any_zone_for_the_same_instant(self):
        tokyo = at("2026-11-20 16.20").astimezone(ZoneInfo("Asia/Tokyo"))
        assert worktime.worked(CALENDAR, tokyo, at("2026-11-23 07.40").astimezone(UTC)) == 20 * MINUTE

    @pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
    def test_the_machines_zone_is_nothing_to_it(self, monkeypatch, zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            assert minutes("2026-11-20 16.20", "2026-11-23 07.40") == 20
        finally:
            monkeypatch.undo()
            time.tzset()

    def test_refuses_a_year_without_calendar(self):
        sentence = "belum ada kalender kerja tahun 2028; tambahkan kalender/2028.yml lebih dahulu."
        with pytest.raises(SopanError, match=re.escape(sentence)):
            minutes("2027-12-31 15.00", "2028-01-03 08.00")

    def test_refuses_a_gap_between_years(self):
        with pytest.raises(SopanError, match="tahun 2020"):
            minutes("2019-12-31 15.00", "2025-01-02 08.00")

    def test_refuses_time_that_runs_backwards(self):
        sentence = "waktu berjalan mundur dari 2026-11-23 08:00:00+07:00 ke 2026-11-23 07:59:00+07:00"
        with pytest.raises(SopanError, match=re.escape(sentence)):
            minutes("2026-11-23 08.00", "2026-11-23 07.59")

    def test_refuses_an_instant_without_zone(self):
        with pytest.raises(ValueError, match="naive"):
            worktime.worked(CALENDAR, datetime(2026, 11, 23), at("2026-11-24 08.00"))  # noqa: DTZ001  that is the point

    @settings(deadline=None)
    @given(st.tuples(instants, instants, instants).map(sorted))
    def test_is_additive_over_any_split(self, three):
        start, middle, end = three
        whole = worktime.worked(CALENDAR, start, end)
        assert whole == worktime.worked(CALENDAR, start, middle) + worktime.worked(CALENDAR, middle, end)

    @pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "America/St_Johns"])
    @given(at=instants | st.sampled_from(CHANGES))
    def test_an_instant_is_told_by_the_offices_clocks(self, zone, at):
        calendar = replace(CALENDAR, zone=ZoneInfo(zone), moments={}, days={})
        assume(at.astimezone(calendar.zone).year in YEARS)
        assert worktime.moment(calendar, at).text == at.astimezone(calendar.zone).isoformat()

    @settings(deadline=None)
    @given(st.tuples(instants, instants, instants).map(sorted))
    def test_never_shrinks_and_never_exceeds_the_clock(self, three):
        start, middle, end = three
        assert timedelta(0) <= worktime.worked(CALENDAR, start, middle) <= worktime.worked(CALENDAR, start, end)
        assert worktime.worked(CALENDAR, start, end) <= end.astimezone(UTC) - start.astimezone(UTC)

    @settings(deadline=None)
    @given(instants)
    def test_moves_only_in_working_hours(self, instant):
        start = instant.replace(second=0, microsecond=0)
        open_all_along = worktime.is_open(CALENDAR, start) and worktime.is_open(CALENDAR, start + MINUTE)
        assert worktime.worked(CALENDAR, start, start + MINUTE) == (MINUTE if open_all_along else timedelta(0))

    @settings(deadline=None)
    @given(instants, st.integers(0, 3 * 24 * 60))
    def test_agrees_with_counting_minutes(self, instant, length):
        start = min(instant.replace(second=0, microsecond=0), at("2027-12-27 00.00"))
        counted = sum(_counts_as_work(start + n * MINUTE) for n in range(length))
        assert worktime.worked(CALENDAR, start, start + length * MINUTE) == counted * MINUTE


def _counts_as_work(instant):
    """Whether the minute that begins here is work, told from the year file without prefix sums."""
    year = CALENDAR.years[instant.year]
    clock = timedelta(hours=instant.hour, minutes=instant.minute)
    fasting = any(fast.first <= instant.date() <= fast.last for fast in year.ramadan)
    usual = (year.ramadan_week if fasting else year.week)[instant.weekday()]
    return instant.date() not in {off.day for off in year.days_off} and any(a <= clock < b for a, b in usual)


class TestOpen:
    @pytest.mark.parametrize(
        ("clock", "expected"),
        [
            ("2026-11-23 07.29", False),
            ("2026-11-23 07.30", True),
            ("2026-11-23 12.30", False),
            ("2026-11-23 16.00", True),
            ("2026-11-23 16.01", False),
            ("2026-11-22 10.00", False),
            ("2026-12-25 10.00", False),
        ],
    )
    def test_is_open(self, clock, expected):
        assert worktime.is_open(CALENDAR, at(clock)) is expected


class TestWithin:
    @pytest.mark.parametrize(
        ("standard", "start", "end", "expected"),
        [
            ((5, "menit"), "2026-11-23 08.00", "2026-11-23 08.05", True),
            ((5, "menit"), "2026-11-23 08.00", "2026-11-23 08.06", False),
            ((20, "menit"), "2026-11-20 16.20", "2026-11-23 07.40", True),
            ((2, "jam"), "2026-11-23 11.00", "2026-11-23 14.00", True),
            ((2, "jam"), "2026-11-23 11.00", "2026-11-23 14.01", False),
            ((1, "hari kerja"), "2026-11-23 10.00", "2026-11-24 10.00", True),
            ((1, "hari kerja"), "2026-11-23 10.00", "2026-11-24 10.01", False),
            ((1, "hari kerja"), "2026-11-20 10.00", "2026-11-23 10.00", True),
            ((1, "hari kerja"), "2026-11-20 10.00", "2026-11-23 10.01", False),
            ((3, "hari kerja"), "2026-12-23 10.00", "2026-12-30 10.00", True),
            ((3, "hari kerja"), "2026-12-23 10.00", "2026-12-30 10.01", False),
            ((1, "hari kerja"), "2026-11-20 16.20", "2026-11-23 19.00", True),
            ((1, "hari kerja"), "2026-11-20 16.20", "2026-11-24 07.31", False),
            ((1, "hari kerja"), "2026-11-20 20.00", "2026-11-24 07.30", True),
            ((1, "hari kerja"), "2026-11-21 10.00", "2026-11-24 07.30", True),
            ((1, "hari kerja"), "2026-11-21 10.00", "2026-11-24 07.31", False),
            ((1, "hari kerja"), "2026-11-23 05.00", "2026-11-24 07.30", True),
            ((1, "hari kerja"), "2026-11-23 05.00", "2026-11-24 07.31", False),
            ((1, "hari kerja"), "2026-11-23 12.20", "2026-11-24 13.00", True),
            ((1, "hari kerja"), "2026-11-23 12.20", "2026-11-24 13.01", False),
            ((2, "hari kerja"), "2026-03-17 10.00", "2026-03-26 10.00", True),
            ((2, "hari kerja"), "2026-03-17 10.00", "2026-03-26 10.01", False),
        ],
    )
    def test_within(self, standard, start, end, expected):
        assert worktime.within(CALENDAR, at(start), at(end), StandardTime(*standard)) is expected

    def test_asks_for_no_year_that_nobody_reached(self):
        five_days = StandardTime(5, "hari kerja")
        assert worktime.within(CALENDAR, at("2027-12-30 10.00"), at("2027-12-31 15.00"), five_days)

    @settings(deadline=None)
    @given(st.tuples(instants, instants).map(sorted), st.integers(1, 10))
    def test_a_longer_standard_is_never_stricter(self, two, days):
        start, end = two
        if worktime.within(CALENDAR, start, end, StandardTime(days, "hari kerja")):
            assert worktime.within(CALENDAR, start, end, StandardTime(days + 1, "hari kerja"))


class TestYearFiles:
    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize(("category", "collective"), [("public", False), ("government", True)])
    def test_agree_with_the_holidays_package(self, year, category, collective):
        theirs = set(holidays.Indonesia(years=year, categories=(category,)))
        ours = {off.day for off in CALENDAR.years[year].days_off if off.collective is collective}
        assert ours ^ theirs == {day for day in KNOWN_DIFFERENCES if day.year == year}

    @pytest.mark.parametrize("year", YEARS)
    def test_mark_every_estimate_of_the_holidays_package(self, year):
        names = holidays.Indonesia(years=year, categories=("public", "government"), language="id")
        theirs = {day for day, name in names.items() if "(perkiraan)" in name}
        assert theirs <= {off.day for off in CALENDAR.years[year].days_off if off.estimate}

    def test_only_2027_has_estimates(self):
        estimates = {year.number for year in CALENDAR.years.values() for off in year.days_off if off.estimate}
        assert estimates == {2027}
        assert [fast.estimate for fast in CALENDAR.years[2027].ramadan] == [True]

    @pytest.mark.parametrize("year", YEARS)
    def test_ramadan_ends_on_the_eve_of_idulfitri(self, year):
        (fast,) = CALENDAR.years[year].ramadan
        first_feast = min(off.day for off in CALENDAR.years[year].days_off if off.name == "Hari Raya Idulfitri")
        assert fast.last + timedelta(days=1) == first_feast

    @pytest.mark.parametrize(("last_day", "expected"), [("2026-03-16", 7.5), ("2026-03-17", 6.5)])
    def test_ramadan_holds_on_its_last_day(self, last_day, expected):
        calendar, findings = load({2026: edited(FILE, ('sampai: "2026-03-20"', f'sampai: "{last_day}"'))})
        assert findings == []
        tuesday = worktime.worked(calendar, at("2026-03-17 00.00"), at("2026-03-18 00.00"))
        assert tuesday / timedelta(hours=1) == expected

    def test_say_which_decrees_were_checked(self):
        unchecked = [basis.subject for basis in CALENDAR.years[2026].basis if not basis.checked]
        assert unchecked == ["jam pulang", "jam kerja Ramadan"]


FILE = TOP / "kalender/2026.yml"
MONDAY = '  senin:\n    - { mulai: "07.30", selesai: "12.00" }\n    - { mulai: "13.00", selesai: "16.00" }\n  selasa'


class TestRefusals:
    @pytest.mark.parametrize(
        ("old", "new", "line", "rule", "message"),
        [
            (
                'tahun: "2026"',
                'tahun: "2025"',
                3,
                "kalender-tahun",
                "Isian tahun tertulis 2025, padahal berkas ini untuk tahun 2026; samakan.",
            ),
            (
                "status: pasti",
                "status: perkiraan",
                4,
                "kalender-status",
                "Status tertulis perkiraan; tulis pasti, sesuai isian perkiraan pada tanggal-tanggalnya.",
            ),
            (
                MONDAY,
                MONDAY.replace('selesai: "12.00"', 'selesai: "07.30"'),
                26,
                "kalender-jam-mundur",
                "Jam kerja hari senin mulai 07.30 dan selesai 07.30; tulis jam selesai sesudah jam mulai.",
            ),
            (
                MONDAY,
                MONDAY.replace('mulai: "13.00"', 'mulai: "11.59"'),
                27,
                "kalender-jam-tumpang",
                "Jam kerja hari senin yang mulai 11.59 mendahului selesainya jam kerja sebelumnya, 12.00; urutkan.",
            ),
            (
                'mulai: "2026-02-19", sampai: "2026-03-20"',
                'mulai: "2026-03-21", sampai: "2026-03-20"',
                45,
                "kalender-ramadan-mundur",
                "Ramadan tertulis mulai 2026-03-21 sampai 2026-03-20; tulis hari terakhir sesudah hari pertama.",
            ),
            (
                'tanggal: "2026-01-16"',
                'tanggal: "2027-01-16"',
                67,
                "kalender-luar-tahun",
                "Tanggal 2027-01-16 bukan tanggal tahun 2026; pindahkan ke berkas tahunnya.",
            ),
            (
                'tanggal: "2026-12-24"',
                'tanggal: "2026-12-25"',
                92,
                "kalender-tanggal-ganda",
                "Tanggal 2026-12-25 sudah ditulis sebagai libur atau cuti bersama; tulis sekali saja.",
            ),
            (
                'tanggal: "2026-12-24"',
                'tanggal: "2026-02-30"',
                92,
                "skema-tanggal-mustahil",
                (
                    "Tanggal '2026-02-30' pada 'Tanggal' (tanggal) tidak ada di kalender; "
                    "tulis tanggal yang benar-benar ada."
                ),
            ),
            (
                MONDAY,
                MONDAY.replace('"07.30"', '"7.30"'),
                26,
                "skema-pola-petunjuk",
                (
                    "Nilai '7.30' pada 'Mulai' (mulai) tidak berbentuk benar; "
                    "yang benar: jam bertitik dari 00.00 sampai 23.59, misalnya 07.30."
                ),
            ),
            (
                "status: pasti",
                "status: resmi",
                4,
                "skema-pilihan",
                "Nilai 'resmi' pada 'Status' (status) tidak tersedia; pilih salah satu: pasti, perkiraan.",
            ),
        ],
    )
    def test_refuses_in_one_sentence(self, old, new, line, rule, message):
        calendar, findings = load({2026: edited(FILE, (old, new))})
        assert (calendar, findings) == (None, [Finding(rule, message, file="kalender/2026.yml", line=line)])

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (MONDAY, MONDAY.replace('selesai: "12.00"', 'selesai: "07.31"')),
            (MONDAY, MONDAY.replace('mulai: "13.00"', 'mulai: "12.00"')),
            ('mulai: "2026-02-19"', 'mulai: "2026-03-20"'),
            ('tanggal: "2026-01-16"', 'tanggal: "2026-01-17"'),
            ('tanggal: "2026-12-24"', 'tanggal: "2026-12-23"'),
        ],
    )
    def test_accepts_the_legal_neighbour(self, old, new):
        calendar, findings = load({2026: edited(FILE, (old, new))})
        assert (calendar is not None, findings) == (True, [])

    def test_accepts_an_estimate_that_the_status_admits(self):
        estimated = ('nama: "Cuti bersama Hari Raya Natal", perkiraan: tidak', 'nama: "Natal", perkiraan: ya')
        _, findings = load({2026: edited(FILE, estimated, ("status: pasti", "status: perkiraan"))})
        assert findings == []
        _, findings = load({2026: edited(FILE, estimated)})
        assert [finding.rule for finding in findings] == ["kalender-status"]

    def test_refuses_a_week_without_hours(self):
        text = content(2026).decode()
        idle = "  " + "\n  ".join(f"{day}: []" for day in WEEKDAYS)
        start, end = text.index("jam_kerja:\n") + len("jam_kerja:\n"), text.index("\nramadan:")
        _, findings = load({2026: (text[:start] + idle + "\n" + text[end:]).encode()})
        message = "Tidak ada satu pun hari berjam kerja dalam seminggu; isi jam kerja sedikitnya satu hari."
        assert findings == [Finding("kalender-tanpa-jam", message, file="kalender/2026.yml", line=24)]

    def test_refuses_no_calendar_at_all(self):
        assert sentences(load({})[1]) == [
            "Belum ada kalender kerja; tambahkan kalender/<tahun>.yml untuk tahun yang berjalan. [kalender-tiada]"
        ]

    def test_names_the_faults_of_every_file_at_once(self):
        broken = edited(FILE, ("status: pasti", "status: perkiraan"), ('tahun: "2026"', 'tahun: "2024"'))
        _, findings = load({2025: b"tahun: [", 2026: broken, 2027: content(2027)})
        assert [(finding.file, finding.rule) for finding in findings] == [
            ("kalender/2025.yml", "yaml-sintaks"),
            ("kalender/2026.yml", "kalender-tahun"),
            ("kalender/2026.yml", "kalender-status"),
        ]


def test_the_schema_is_sound_and_labels_every_field():
    from jsonschema import Draft202012Validator  # noqa: PLC0415  only this test asks the library itself

    Draft202012Validator.check_schema(schema("kalender"))
    assert list(_unlabelled(schema("kalender"), "#")) == []


def _unlabelled(part, place):
    for key, child in part.get("properties", {}).items():
        if "title" not in child:
            yield f"{place}/{key}"
        yield from _unlabelled(child, f"{place}/{key}")
