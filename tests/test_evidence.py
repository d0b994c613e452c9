"""Acts that were done on a forge: the same record and the same proof as an officer's own commits, but for the evidence.

Single refusals and their legal twins are golden cases (`cases/bukti-…`).
"""

import json
from datetime import UTC, datetime

import pytest

import cast
from desks import git, sopan
from sopan import commits, evidence, ledger, policies, record, signature, trailer
from sopan.chain import Evidence, Kind
from sopan.evidence import Event
from sopan.history import ITEM_REFS, MAIN
from sopan.policy_files import OFFICERS_FILE

HEAD = "0123456789abcdef0123456789abcdef01234567"
EVENT = Event("ulasan", "80", "7426", datetime(2026, 3, 2, 1, 0, 20, tzinfo=UTC), HEAD)
WRITTEN = f"github ulasan 80 akun=7426 pada=2026-03-02T01:00:20Z head={HEAD}"
ON_FORGE, BY_KEY = "2026/lewat-github", "2026/lewat-kunci"
NEXT = ("versi: '1'", "versi: '2'")
ALL = ["kerja", "langkah 1", "langkah 2", "terima 3", "langkah 3", "kembali 3", "langkah 3", "kembali 3", "langkah 3"]
REST = ["langkah 4", "langkah 5", "langkah 6", "terbit 7"]


# -- the trailer -------------------------------------------------------------------------------------------------------


def parsed(value):
    message = commits.compose("Langkah", "", {trailer.ITEM: "2026/a", trailer.START: "1", trailer.EVIDENCE: value})
    payload = commits.build(tree=HEAD, parents=(HEAD,), who=("A", "a@b"), at=EVENT.at, message=message)
    return commits.parse(HEAD, payload)


def test_what_is_written_is_read():
    commit, findings = parsed(evidence.write(EVENT))
    assert findings == []
    assert commit.trailers[trailer.EVIDENCE] == WRITTEN
    assert evidence.read(commit.trailers) == EVENT


@pytest.mark.parametrize("day", ["2028-02-29", "2026-12-31", "2026-04-30"])
def test_a_day_of_the_calendar_is_read(day):
    assert parsed(WRITTEN.replace("2026-03-02", day))[1] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("github", "gitlab"), ("ulasan", "surel"), (" 80", " 080"), (" 80", " 0"), ("akun=7426", "akun=rina"),
        ("akun=7426", "akun=07426"), ("akun", "Akun"), ("2026-03-02", "2026-02-30"), ("2026-03-02", "2027-02-29"),
        ("2026-03-02", "2026-04-31"), ("01:00:20Z", "24:00:20Z"), ("20Z", "20+00:00"), ("20Z", "20.5Z"),
        (HEAD, HEAD[:39]), (HEAD, HEAD.upper()), (" akun", "  akun"), (HEAD, f"{HEAD} lagi=1"),
    ],
)  # fmt: skip
def test_any_other_form_is_refused(old, new):
    assert old in WRITTEN
    commit, findings = parsed(WRITTEN.replace(old, new, 1))
    assert (commit, [finding.rule for finding in findings]) == (None, ["trailer-nilai"])


def test_a_seal_is_the_armored_signature_in_one_line(tmp_path):
    signature.generate(tmp_path / "kunci", "kunci")
    content = f"sha256:{'0' * 64}"
    block = {trailer.ITEM: "2026/a", trailer.STEP: "7", trailer.CONTENT: content, trailer.EVIDENCE: WRITTEN}
    armored = signature.sign(evidence.sealed(block), tmp_path / "kunci")
    message = commits.compose("Langkah 7", "", block | {trailer.SEAL: evidence.seal(armored)}).rstrip("\n")
    payload = commits.build(tree=HEAD, parents=(HEAD, HEAD), who=("A", "a@b"), at=EVENT.at, message=message)
    commit, findings = commits.parse(HEAD, payload)
    assert findings == []
    assert evidence.proof(commit) == armored
    line = signature.public_line(tmp_path / "kunci")
    assert signature.verified("pencatat", line, evidence.proven(commit), armored)
    assert not signature.verified("pencatat", line, evidence.proven(commit).replace(b"80", b"81"), armored)


# -- the recorder ------------------------------------------------------------------------------------------------------


def test_an_office_without_a_recorder_takes_no_such_act(opened):
    office = opened("lain")
    first = office.sop.first.number
    office.step(first, event={}, key=cast.STRANGER)
    assert office.both("butir").said == [
        (
            f"komit <langkah {first}>: komit ini menyebut SOP-Bukti, padahal petugas.yml tidak menetapkan kunci "
            "pencatat; bertindaklah dengan perintah sopan, atau daftarkan pencatat dahulu. [bukti-pencatat-tiada]"
        )
    ]
    office.step(first)
    assert office.both("butir").said == []


@pytest.mark.parametrize("how", ["berakhir", "dicabut"])
def test_the_recorders_key_has_its_time_like_every_other(office, how):
    line = signature.public_line(office.top / "kunci" / office.cast.recorder)
    end = office.at.isoformat()
    if how == "berakhir":
        listed = f"  - kunci: {line}\n    mulai: ''\n    sampai: ''\n"
        text = office.edited(OFFICERS_FILE, NEXT, (listed, listed.replace("sampai: ''", f"sampai: '{end}'")))
    else:
        entry = f"dicabut:\n- kunci: {line}\n  sejak: '{end}'\n  alasan: Rahasia bocor\n"
        text = office.edited(OFFICERS_FILE, NEXT) + entry
    office.upto(1)
    office.maintenance({OFFICERS_FILE: text}, "rina", "sari")
    office.step(2, event={})
    assert office.both("butir").said == [
        (
            "komit <langkah 2>: kunci pencatat tidak berlaku atau sudah dicabut pada saat komit ini diterima; pasang "
            "kunci pencatat yang berlaku, lalu ulangi tindakan ini. [bukti-pencatat-masa]"
        )
    ]
    office.step(2)
    assert office.both("butir").said == []


# -- the record, twice -------------------------------------------------------------------------------------------------


def whole_way(office, item, **how):
    """Every kind of act, one push each, on the forge or by the officers' own keys."""
    office.turn_to(item)
    act = {"event": {}} if how else {}
    office.work(files=cast.EARLY, **({"forge_signed": True, "who": "GitHub"} if how else {}))
    office.step(1, files={}, **act)
    for verb, n, by in [("step", 2, "budi"), ("start", 3, "sari"), ("step", 3, "sari"), ("give_back", 3, "budi"),
                        ("step", 3, "sari"), ("give_back", 3, "sari"), ("step", 3, "sari"), ("step", 4, "budi"),
                        ("step", 5, "rina"), ("step", 6, "budi")]:  # fmt: skip
        getattr(office, verb)(n, by=by, **act)
    office.sent("butir")
    office.merge(**act)
    office.sent("main")


@pytest.fixture
def twice(office):
    whole_way(office, BY_KEY)
    whole_way(office, ON_FORGE, forge=True)
    return office


def without_evidence(act):
    """An act's own facts, as far as two items can share them."""
    return act.kind, act.officer, act.roles, act.step, act.note


def test_reports_and_audits_tell_the_two_apart_by_the_evidence_alone(twice):
    main = twice.server(MAIN)
    heads = {ref.removeprefix(ITEM_REFS): oid for ref, oid in twice.archive.refs(ITEM_REFS).items()}
    policy = policies.policy_at(twice.archive, main)
    read = record.read(twice.archive, policy, ledger.read(twice.archive), main=main, branches=heads)
    one, other = read.rounds
    assert [f"{act.kind.value} {act.step or ''}".strip() for act in other.acts] == [*ALL, *REST]
    assert list(map(without_evidence, one.acts)) == list(map(without_evidence, other.acts))
    assert {act.evidence for act in one.acts} == {Evidence.LEDGER}
    assert {act.evidence for act in other.acts if act.kind is not Kind.WORK} == {Evidence.FORGE}

    git(twice.top, "clone", "--quiet", "--no-checkout", f"file://{twice.home.folder}", "klon")
    git(twice.top / "klon", "fetch", "--quiet", "origin", "+refs/sopan/*:refs/sopan/*")
    times = json.loads(sopan("waktu", "--format", "json", at=twice.top / "klon").out)
    steps = {one["butir"]: [step for each in one["putaran"] for step in each["langkah"]] for one in times["butir"]}
    assert {step["bukti"] for step in steps[BY_KEY]} == {"agenda"}
    assert {step["bukti"] for step in steps[ON_FORGE]} == {"forge"}
    assert [list(step) for step in steps[BY_KEY]] == [list(step) for step in steps[ON_FORGE]]

    said = sopan("audit", "--format", "json", at=twice.top / "klon")
    audit = json.loads(said.out)
    assert (said.code, audit["putusan"]) == (0, "terbukti")
    rows = {passage["butir"]: passage["tindakan"] for passage in audit["lintasan"]}
    shared = {
        item: [(row["tindakan"], row["langkah"], row["petugas"], row["peran"]) for row in rows[item]]
        for item in (BY_KEY, ON_FORGE)
    }
    assert shared[BY_KEY] == shared[ON_FORGE]
    assert {row["peristiwa"] for row in rows[BY_KEY]} == {None}
    merged = rows[ON_FORGE][-1]["peristiwa"]
    assert merged.startswith(f"github komentar 1001 akun={cast.account('sari')} pada=2026-03-02T")
    lines = sopan("audit", at=twice.top / "klon").out.splitlines()
    assert sum(", bukti github komentar 1001 akun=" in line for line in lines) == len(rows[ON_FORGE])
