"""The event logs: what they hold, in their standards' forms, and what a process mining program makes of them."""

import csv
import io
import json
import subprocess
import sys
import textwrap
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

from calendars import ZONE, repository_calendar
from rounds import REGISTER, SOP, Story, whole
from sopan import timing, timing_report
from sopan.chain import Evidence
from sopan.eventlog import COMPLETE, START, events, ocel, table, xes

XES = "{http://www.xes-standard.org/}"
STEPS = [f"{step.number} {step.action}" for step in SOP.steps]


def measured(rounds):
    return timing.measure(rounds, sop=SOP, calendar=repository_calendar(), register=REGISTER)


def known(*rounds):
    return list(events(rounds, measured(rounds)))


def returned():
    """Step 4 sends the item back to 3, on the same morning; the second attempt goes through."""
    story = (
        Story(item="2026/kembali")
        .starts(1, "2026-11-23 08.00")
        .makes(1, "2026-11-23 08.05")
        .makes(2, "2026-11-23 08.11")
    )
    story.makes(3, "2026-11-23 08.40").returns(3, "2026-11-23 08.45", "budi").works("2026-11-23 08.46", "citra")
    for number, clock in ((3, "09.00"), (4, "09.05"), (5, "09.10"), (6, "09.15"), (7, "09.25")):
        story.makes(number, f"2026-11-23 {clock}")
    return story.round(live="2026-11-23 09.26")


def clean(number):
    return whole(day=f"2026-11-{23 + number}", item=f"2026/bersih-{number}").round(live=f"2026-11-{23 + number} 09.18")


class TestEvents:
    def test_a_whole_round_is_the_sop_step_by_step(self):
        made = known(clean(0))
        assert [one.activity for one in made if one.transition == COMPLETE] == STEPS
        assert [one.activity for one in made if one.transition == START] == STEPS[:7]
        assert {one.case for one in made} == {"2026/bersih-0 putaran 1"}
        assert [one.role.code for one in made if one.transition == COMPLETE] == [s.role.code for s in SOP.steps]

    def test_a_return_is_an_act_of_the_role_that_gave_back_and_work_in_progress_is_none(self):
        made = known(returned())
        (back,) = [one for one in made if one.activity == "kembali ke 3"]
        assert (back.role.code, back.attempt, back.step, back.timing) == ("kabid", 1, None, None)
        assert [one.attempt for one in made if one.activity == "3 memproses"] == [1, 2]
        assert not [one for one in made if "kerja" in one.activity]

    def test_who_takes_back_speaks_for_the_step_that_he_made(self):
        story = Story().makes(1, "2026-11-23 08.05").returns(1, "2026-11-23 08.06", "ani")
        assert known(story.round())[-1].role.code == "sekretaris"

    def test_who_cancels_without_being_awaited_speaks_for_the_first_step(self):
        awaited = Story().makes(1, "2026-11-23 08.05").cancels("2026-11-23 08.06", "budi").round()
        other = Story().makes(1, "2026-11-23 08.05").cancels("2026-11-23 08.06", "ani").round()
        by_role = [
            known(replace(one, acts=(*one.acts[:-1], one.acts[-1]._replace(roles=frozenset({role})))))[-1].role.code
            for one, role in ((awaited, "kabid"), (other, "sekretaris"))
        ]
        assert by_role == ["kabid", "sekretaris"]

    def test_step_eight_is_there_only_once_it_is_proven(self):
        assert [one.activity for one in known(whole().round())][-1] == STEPS[6]
        assert [one.activity for one in known(clean(0))][-1] == STEPS[7]


class TestCsv:
    def test_has_the_columns_that_programs_know_and_a_line_for_each_event(self):
        rows = list(csv.DictReader(io.StringIO("".join(table.write(known(clean(0)), ZONE)))))
        assert len(rows) == 15
        assert rows[3] == {
            "case:concept:name": "2026/bersih-0 putaran 1",
            "concept:name": "2 menginstruksikan",
            "lifecycle:transition": "complete",
            "time:timestamp": "2026-11-23T08:11:00+07:00",
            "org:role": "Kabid",
            "butir": "2026/bersih-0",
            "putaran": "1",
            "langkah": "2",
            "pengajuan": "1",
            "waktu_baku_detik": "300",
            "lama_proses_detik": "360",
            "lama_pengerjaan_detik": "300",
            "penilaian": "sesuai baku",
            "bukti": "agenda",
            "komit": "2026/bersih-0#1.4",
        }

    def test_what_is_not_measured_is_empty_and_not_nought(self):
        rows = list(csv.DictReader(io.StringIO("".join(table.write(known(returned()), ZONE)))))
        second = next(row for row in rows if row["concept:name"] == "2 menginstruksikan")
        assert (second["lama_pengerjaan_detik"], second["lama_proses_detik"]) == ("", "360")

    def test_nothing_yet_is_a_head_alone(self):
        assert "".join(table.write([], ZONE)).count("\n") == 1


class TestXes:
    def test_declares_its_extensions_and_types_its_attributes(self):
        log = ET.fromstring("".join(xes.write(known(clean(0)), ZONE, "SOP “A” <B> & C")))
        assert log.tag == f"{XES}log"
        assert {e.get("prefix") for e in log.iter(f"{XES}extension")} == {"concept", "lifecycle", "time", "org"}
        assert log.find(f"{XES}string[@key='concept:name']").get("value") == "SOP “A” <B> & C"
        (trace,) = log.iter(f"{XES}trace")
        event = trace.findall(f"{XES}event")[3]
        assert {(e.tag.removeprefix(XES), e.get("key")): e.get("value") for e in event} == {
            ("string", "concept:name"): "2 menginstruksikan",
            ("string", "lifecycle:transition"): "complete",
            ("date", "time:timestamp"): "2026-11-23T08:11:00.000+07:00",
            ("string", "org:role"): "Kabid",
            ("int", "langkah"): "2",
            ("int", "pengajuan"): "1",
            ("int", "waktu_baku_detik"): "300",
            ("int", "lama_proses_detik"): "360",
            ("int", "lama_pengerjaan_detik"): "300",
            ("string", "penilaian"): "sesuai baku",
            ("string", "bukti"): "agenda",
            ("string", "komit"): "2026/bersih-0#1.4",
        }

    def test_a_line_for_each_round_of_an_item(self):
        again = whole(day="2026-11-27", item="2026/bersih-0", number=2).round()
        log = ET.fromstring("".join(xes.write(known(again, clean(0)), ZONE, "x")))
        names = [trace.find(f"{XES}string[@key='concept:name']").get("value") for trace in log.iter(f"{XES}trace")]
        assert names == ["2026/bersih-0 putaran 1", "2026/bersih-0 putaran 2"]


class TestOcel:
    def test_events_concern_an_item_a_round_and_a_role(self):
        log = json.loads("".join(ocel.write(known(clean(0)))))
        assert [kind["name"] for kind in log["objectTypes"]] == ["butir", "putaran", "peran"]
        assert {kind["name"] for kind in log["eventTypes"]} == set(STEPS)
        event = log["events"][3]
        assert (event["type"], event["time"]) == ("2 menginstruksikan", "2026-11-23T01:11:00Z")
        assert [(r["objectId"], r["qualifier"]) for r in event["relationships"]] == [
            ("butir:2026/bersih-0", "tentang"),
            ("putaran:2026/bersih-0 putaran 1", "dalam"),
            ("peran:kabid", "oleh"),
        ]
        ids = {one["id"] for one in log["objects"]}
        assert {r["objectId"] for one in log["events"] for r in one["relationships"]} == ids

    def test_nothing_yet_is_an_empty_log(self):
        log = json.loads("".join(ocel.write([])))
        assert (log["events"], log["objects"], log["eventTypes"]) == ([], [], [])


def test_the_logs_and_the_report_agree_on_every_figure():
    rounds = (clean(0), returned(), clean(1))
    told = json.loads(b"".join(timing_report.as_json(measured(rounds))))
    steps = [step for item in told["butir"] for one in item["putaran"] for step in one["langkah"]]
    by_commit = {one.commit: one for one in known(*rounds) if one.timing and one.transition == COMPLETE}
    assert len(steps) == len(by_commit) == 22
    rows = {
        row["komit"]: row
        for row in csv.DictReader(io.StringIO("".join(table.write(known(*rounds), ZONE))))
        if row["langkah"] and row["penilaian"]
    }
    for step in steps:
        row = rows[step["komit"]]
        assert row["penilaian"] == step["penilaian"]
        for name in ("lama_proses", "lama_pengerjaan"):
            seconds = step[name]["detik"]
            assert row[f"{name}_detik"] == ("" if seconds is None else str(seconds))


def test_no_person_is_named():
    written = "".join(
        [
            *table.write(known(returned()), ZONE),
            *xes.write(known(returned()), ZONE, "x"),
            *ocel.write(known(returned())),
        ]
    )
    assert not [name for name in ("ani", "budi", "citra") if f'"{name}"' in written or f",{name}," in written]
    assert Evidence.LEDGER.value in written


MINED = """
    import json, sys, warnings
    warnings.simplefilter("ignore")
    import pm4py
    clean, whole, objects = (sys.argv[1], sys.argv[2], sys.argv[3])
    def ended(file):
        log = pm4py.read_xes(file)
        return pm4py.filter_event_attribute_values(log, "lifecycle:transition", ["complete"], level="event")
    log, everything = ended(clean), ended(whole)
    net = pm4py.discover_petri_net_inductive(log)
    diagnoses = pm4py.conformance_diagnostics_token_based_replay(everything, *net)
    names = list(dict.fromkeys(everything["case:concept:name"]))
    arcs, start, end = pm4py.discover_dfg(log)
    objects = pm4py.read_ocel2_json(objects)
    print(json.dumps({
        "fitness": pm4py.fitness_token_based_replay(log, *net)["log_fitness"],
        "precision": pm4py.precision_token_based_replay(log, *net),
        "arcs": sorted(map(list, arcs)), "start": list(start), "end": list(end),
        "unfit": [name for name, one in zip(names, diagnoses) if not one["trace_is_fit"]],
        "csv": len(pm4py.format_dataframe(__import__("pandas").read_csv(sys.argv[4]), timest_format="ISO8601")),
        "events": len(objects.events), "objects": len(objects.objects),
    }))
"""


def test_a_mining_program_rediscovers_the_sop_and_finds_what_deviates(tmp_path):
    good = [clean(number) for number in range(3)]
    every = [*good, returned()]
    for name, parts in {
        "bersih.xes": xes.write(known(*good), ZONE, "bersih"),
        "semua.xes": xes.write(known(*every), ZONE, "semua"),
        "semua.json": ocel.write(known(*every)),
        "semua.csv": table.write(known(*every), ZONE),
    }.items():
        (tmp_path / name).write_text("".join(parts), "utf-8")
    files = [str(tmp_path / name) for name in ("bersih.xes", "semua.xes", "semua.json", "semua.csv")]
    words = [sys.executable, "-c", textwrap.dedent(MINED), *files]
    ended = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    mined = json.loads(ended.stdout.strip().splitlines()[-1])
    assert (mined["fitness"], mined["precision"]) == (1.0, 1.0)
    assert mined["arcs"] == sorted([one, other] for one, other in pairwise(STEPS))
    assert (mined["start"], mined["end"]) == ([STEPS[0]], [STEPS[-1]])
    assert mined["unfit"] == ["2026/kembali putaran 1"]
    assert (mined["events"], mined["csv"]) == (len(known(*every)), len(known(*every)))
    assert mined["objects"] == 4 + 4 + len({step.role.code for step in SOP.steps})
