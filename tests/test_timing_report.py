import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import Console

from calendars import repository_calendar
from rounds import REGISTER, SOP, Story, whole
from sopan import timing, timing_figures, timing_report, timing_table, timing_words
from sopan.chain import Evidence
from sopan.timing_figures import Duration

CALENDAR = repository_calendar()
HEADS = f"{'langkah':<20}{'diterima':<25}waktu baku  lama proses (termasuk menunggu)  lama pengerjaan  penilaian"
UNJUDGED = "Tidak dinilai, karena "


def measure(*rounds):
    return timing.measure(rounds, sop=SOP, calendar=CALENDAR, register=REGISTER)


def report_of(*rounds):
    return json.loads(b"".join(timing_report.as_json(measure(*rounds))))


def table(*rounds, width=120):
    paper = io.StringIO()
    timing_table.as_table(measure(*rounds), Console(file=paper, width=width, color_system=None))
    return [line.rstrip() for line in paper.getvalue().splitlines()]


def returned():
    """A Friday's hand-over, a slow step, an evening's work that only commits claim, and a return."""
    story = Story().makes(1, "2026-11-20 16.20").makes(2, "2026-11-23 07.40")
    story.starts(3, "2026-11-23 08.00").makes(3, "2026-11-23 08.40").by(Evidence.CLAIM)
    story.starts(4, "2026-11-23 18.00").makes(4, "2026-11-23 21.00")
    return story.returns(3, "2026-11-24 08.00", "budi").makes(3, "2026-11-24 08.20").round()


class TestJson:
    def test_a_step_in_full(self):
        steps = report_of(whole().round())["butir"][0]["putaran"][0]["langkah"]
        assert steps[1] == {
            "langkah": 2,
            "tindakan": "menginstruksikan",
            "pengajuan": 1,
            "peran": "kabid",
            "nama_peran": "Kabid",
            "komit": "2026/contoh#1.4",
            "ditunggu_sejak": "2026-11-23T08:05:00+07:00",
            "mulai": "2026-11-23T08:06:00+07:00",
            "diterima": "2026-11-23T08:11:00+07:00",
            "waktu_baku": {"teks": "5 menit", "nilai": 5, "satuan": "menit"},
            "lama_proses": {"detik": 360, "waktu_kerja": True, "teks": "6 menit"},
            "lama_pengerjaan": {"detik": 300, "waktu_kerja": True, "teks": "5 menit"},
            "penilaian": "sesuai baku",
            "keterangan": "Tidak melebihi waktu baku 5 menit.",
            "bersamaan": False,
            "menunggu": "Kabid",
            "mulai_di_luar_jam_kerja": False,
            "diterima_di_luar_jam_kerja": False,
            "bukti": "agenda",
            "perkiraan": False,
        }

    def test_the_first_step_is_not_zero(self):
        first = report_of(Story().makes(1, "2026-11-23 08.05").round())["butir"][0]["putaran"][0]["langkah"][0]
        unmeasured = {"detik": None, "waktu_kerja": None, "teks": "tidak terukur"}
        assert (first["lama_proses"], first["lama_pengerjaan"]) == (unmeasured, unmeasured)
        assert (first["ditunggu_sejak"], first["mulai"], first["menunggu"]) == (None, None, None)

    def test_a_publication(self):
        merged = replace(whole().round(live="2026-11-23 09.19"), merge="a" * 40)
        (one,) = report_of(merged)["butir"][0]["putaran"]
        assert (one["nomor"], one["penggabungan"], one["jumlah_pengajuan"]) == (1, "a" * 40, 1)
        assert one["tayang"] == {
            "digabungkan": "2026-11-23T09:17:00+07:00",
            "tayang_pada": "2026-11-23T09:19:00+07:00",
            "detik": 120,
            "teks": "2 menit",
            "bukti": "agenda",
            "perkiraan": False,
        }

    def test_a_publication_that_is_not_proven_yet(self):
        live = report_of(whole().round())["butir"][0]["putaran"][0]["tayang"]
        assert (live["tayang_pada"], live["detik"], live["teks"]) == (None, None, "belum terbukti")

    def test_an_open_round(self):
        (one,) = report_of(returned())["butir"][0]["putaran"]
        assert (one["penggabungan"], one["tayang"], one["jumlah_pengajuan"]) == (None, None, 2)

    def test_items_hold_their_rounds(self):
        report = report_of(
            whole("2026-11-24", item="2026/a", number=2).round(),
            whole(item="2026/b").round(),
            whole(item="2026/a").round(),
        )
        told = [(item["butir"], [one["nomor"] for one in item["putaran"]]) for item in report["butir"]]
        assert told == [("2026/a", [1, 2]), ("2026/b", [1])]

    def test_says_what_is_only_claimed(self):
        steps = report_of(returned())["butir"][0]["putaran"][0]["langkah"]
        assert [step["perkiraan"] for step in steps] == [False, False, False, True, True]

    def test_says_by_what_it_was_measured(self):
        report = report_of()
        assert (report["skema"], report["zona_waktu"], report["butir"]) == ("waktu/1", "Asia/Jakarta", [])
        assert report["sop"] == {"nomor": SOP.number, "nama": SOP.name}
        assert report["definisi"]["lama_proses"] == {
            "nama": "lama proses (termasuk menunggu)",
            "arti": timing_words.FIGURES["lama_proses"].meaning,
        }

    def test_is_the_same_text_every_time_and_ends_in_a_newline(self):
        written = b"".join(timing_report.as_json(measure(returned())))
        assert written == b"".join(timing_report.as_json(measure(returned())))
        assert written.endswith(b"}\n")

    def test_names_no_person(self):
        written = b"".join(timing_report.as_json(measure(whole().round(), returned())))
        assert not [name for name in ("ani", "budi", "citra") if f'"{name}"' in written.decode().casefold()]


class TestTable:
    def test_a_whole_round(self):
        assert table(whole().round(live="2026-11-23 09.18"), width=140) == [
            "2026/contoh · putaran 1",
            HEADS,
            *_rows("1 memberikan", "Sekretaris", "08.05", ("5 menit", "tidak terukur", "5 menit")),
            *_rows("2 menginstruksikan", "Kabid", "08.11", ("5 menit", "6 menit", "5 menit")),
            *_rows("3 memproses", "Admin", "08.40", ("20 menit", "29 menit", "20 menit")),
            *_rows("4 melaporkan", "Kabid", "08.55", ("5 menit", "15 menit", "5 menit")),
            *_rows("5 meminta", "Sekretaris", "09.00", ("5 menit", "5 menit", "5 menit")),
            *_rows("6 meminta", "Kabid", "09.06", ("5 menit", "6 menit", "5 menit")),
            *_rows("7 mengupdate", "Admin", "09.17", ("10 menit", "11 menit", "10 menit")),
            "tayang: 1 menit",
        ]

    def test_cuts_no_word_on_a_terminal_of_eighty_columns(self):
        words = " ".join(table(returned(), width=80)).split()
        wanted = "menginstruksikan Sekretaris 20-11-2026 16.20.00 (termasuk pengerjaan melampaui perkiraan kerja) ke-2"
        assert [word for word in wanted.split() if word not in words] == []
        assert "…" not in "".join(words)

    def test_says_what_is_claimed_and_what_is_open(self):
        lines = table(returned(), width=140)
        assert lines[-1] == "belum terbit"
        assert any(line.endswith("3 jam (di luar jam kerja)  tidak terukur, perkiraan") for line in lines)
        assert "  pengajuan ke-2" in lines

    def test_a_publication_that_is_only_claimed(self):
        claimed = whole(evidence=Evidence.CLAIM).round(live="2026-11-23 09.18")
        assert table(claimed)[-1] == "tayang: 1 menit (perkiraan)"
        assert table(whole().round())[-1] == "tayang: belum terbukti"

    def test_says_that_there_is_nothing(self):
        assert table() == ["Belum ada butir yang menempuh langkah SOP."]


def _rows(step, role, clock, lengths):
    """A step within its standard, as the table of 140 columns shows it: the step, and its role below."""
    standard, process, work = lengths
    received = f"23-11-2026 {clock}.00 WIB"
    return f"{step:<20}{received:<25}{standard:<12}{process:<33}{work:<17}sesuai baku", f"  {role}"


class TestWords:
    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [
            (0.4, "kurang dari 1 detik"),
            (40, "40 detik"),
            (300, "5 menit"),
            (301, "5 menit 1 detik"),
            (3600, "1 jam"),
            (3665, "1 jam 1 menit 5 detik"),
            (27 * 3600, "27 jam"),
            (1234 * 3600 + 60, "1.234 jam 1 menit"),
        ],
    )
    def test_length(self, seconds, expected):
        assert timing_words.length(timedelta(seconds=seconds)) == expected

    def test_figure(self):
        two_hours = timedelta(hours=2)
        assert timing_words.figure(None) == "tidak terukur"
        assert timing_words.figure(Duration(two_hours, clock=False)) == "2 jam"
        assert timing_words.figure(Duration(two_hours, clock=True)) == "2 jam (di luar jam kerja)"

    def _reasons(self, *stories):
        rounds = measure(*(story.round() for story in stories)).rounds
        return [timing_words.reason(step) for one in rounds for step in one.steps]

    @pytest.mark.parametrize(
        ("story", "expected"),
        [
            (
                Story().makes(1, "2026-11-23 08.00"),
                UNJUDGED + "tidak ada tanda mulai dan tidak ada langkah yang mendahului.",
            ),
            (
                Story().starts(1, "2026-11-23 08.00").makes(1, "2026-11-23 08.00"),
                UNJUDGED + "tanda mulai dan langkah ini diterima server pada saat yang sama.",
            ),
            (Story().starts(1, "2026-11-23 08.00").makes(1, "2026-11-23 08.04"), "Tidak melebihi waktu baku 5 menit."),
            (
                Story().starts(1, "2026-11-23 08.00").makes(1, "2026-11-23 08.06"),
                "Lama pengerjaan melebihi waktu baku 5 menit.",
            ),
            (
                Story().starts(1, "2026-11-21 08.00").makes(1, "2026-11-21 08.06"),
                UNJUDGED + "dikerjakan di luar jam kerja.",
            ),
            (
                Story().makes(1, "2026-11-23 08.00").makes(2, "2026-11-23 08.00"),
                UNJUDGED + "tidak ada tanda mulai, dan langkah sebelumnya diterima server pada saat yang sama.",
            ),
            (
                Story().makes(1, "2026-11-23 08.00").makes(2, "2026-11-23 09.00"),
                UNJUDGED + "tidak ada tanda mulai, sedangkan lama proses termasuk waktu menunggu.",
            ),
        ],
    )
    def test_reason(self, story, expected):
        assert self._reasons(story)[-1] == expected

    def test_reason_of_concurrent_work(self):
        stories = [Story(item=f"2026/{n}").starts(1, "2026-11-23 08.00").makes(1, "2026-11-23 08.04") for n in "ab"]
        sentence = UNJUDGED + "petugas yang sama mengerjakan butir lain pada waktu yang bertindih."
        assert self._reasons(*stories) == [sentence, sentence]
        (step,) = measure(*(story.round() for story in stories)).rounds[0].steps
        assert timing_words.judgement(step) == "tidak terukur, bersamaan"

    def test_every_word_of_a_judgement_is_defined(self):
        names = {figure.name for figure in timing_words.FIGURES.values()}
        assert {judgement.value for judgement in timing_figures.Judgement} <= names
        assert {"lama proses (termasuk menunggu)", "lama pengerjaan", "tayang", "bersamaan", "perkiraan"} <= names
