from dataclasses import replace

import pytest

import site_office as so
from sopan.chain import Evidence, Kind
from sopan.officers import Appointment, Exemption
from sopan.site import record_view

ITEM = "2026/rencana-kerja"


@pytest.fixture(scope="module")
def rules():
    return so.make_policy()


def view(tmp_path, rules, round_, **how):
    tree = so.make_tree(tmp_path)
    so.write_item(tree, ITEM, so.AWAL)
    facts = so.make_facts(tree, rules, [round_] if round_ else [], **how)
    return record_view.view(facts, facts.entries[0])


def test_a_round_opens_with_when_it_was_published_and_after_how_many_attempts(tmp_path, rules):
    shown = view(tmp_path, rules, so.make_round(ITEM))

    assert shown.published == "Terbit 23 November 2026 pukul 13.48 WIB"
    assert shown.rounds[0].opening == (
        "Terbit pada 23 November 2026 pukul 13.48 WIB dengan 2 pengajuan, sebagai komit 1234567890."
    )
    assert [(one.number, len(one.rows)) for one in shown.rounds[0].attempts] == [(1, 1), (2, 8)]


def test_a_return_leaves_the_steps_before_its_target_in_their_attempt(tmp_path, rules):
    done = so.make_round(ITEM)
    again = [
        so.act(Kind.RETURN, "2026-11-23T13:31+07:00", "kabid", step=3),
        so.act(Kind.START, "2026-11-23T13:32+07:00", "admin", step=3),
        so.act(Kind.STEP, "2026-11-23T13:33+07:00", "admin", step=3),
        so.act(Kind.STEP, "2026-11-23T13:33:30+07:00", "kabid", step=4),
    ]
    shown = view(tmp_path, rules, replace(done, acts=(*done.acts[3:9], *again, *done.acts[10:]))).rounds[0]

    assert [[row.number for row in one.rows] for one in shown.attempts] == [[1, 2, 3], [3, 4, 5, 6, 7, 8]]
    assert shown.measured.startswith("Lama pengerjaan terukur pada langkah 1, 2, 3, dan 7. Lama pengerjaan tidak")


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (Evidence.LEDGER, "Waktu pada tabel adalah waktu penerimaan yang dicatat server kantor."),
        (Evidence.FORGE, "Waktu pada tabel adalah waktu peristiwa yang dicatat penyedia repositori."),
        (
            Evidence.CLAIM,
            "Waktu pada tabel adalah perkiraan menurut tanggal komit, karena agenda penerimaan tidak ada.",
        ),
    ],
)
def test_the_record_says_where_its_instants_come_from(tmp_path, rules, evidence, sentence):
    assert view(tmp_path, rules, so.make_round(ITEM, evidence=evidence)).evidence == sentence


def test_claimed_times_are_marked_in_every_row(tmp_path, rules):
    rows = view(tmp_path, rules, so.make_round(ITEM, evidence=Evidence.CLAIM)).rounds[0].attempts[1].rows
    assert {row.judgement.endswith(", perkiraan") for row in rows[:-1]} == {True}


def test_an_acting_officer_is_named_with_the_title_of_the_decree(tmp_path, rules):
    register = rules.register
    acting = Appointment("kabid", "kabid", "Plt. Kabid", "SK 2/2026", so.OPEN)
    posts = tuple(acting if post.role == "kabid" else post for post in register.appointments)
    shown = view(tmp_path, replace(rules, register=replace(register, appointments=posts)), so.make_round(ITEM))

    assert [row.person for row in shown.rounds[0].attempts[1].rows[:3]] == [
        "Rina Contoh",
        "Budi Contoh, Plt. Kabid",
        "Sari Contoh",
    ]


def test_a_declared_exception_that_was_used_is_part_of_the_record(tmp_path, rules):
    register = rules.register
    both = frozenset({"kabid", "admin"})
    exempt = Exemption("kabid", both, "SK 3/2026", so.OPEN)
    posts = (*register.appointments, Appointment("admin", "kabid", "", "SK 3/2026", so.OPEN))
    with_it = replace(rules, register=replace(register, appointments=posts, exemptions=(exempt,)))
    done = so.make_round(ITEM)
    acts = tuple(act._replace(officer="kabid") if act.officer == "admin" else act for act in done.acts)

    used = view(tmp_path / "a", with_it, replace(done, acts=acts))
    unused = view(tmp_path / "b", with_it, done)

    assert used.rounds[0].exceptions == (
        "Pengecualian pemisahan peran: Budi Contoh memegang Kabid dan Admin, berdasarkan SK 3/2026.",
    )
    assert unused.rounds[0].exceptions == ()


def test_cancelled_and_renewed_attempts_say_how_they_ended(tmp_path, rules):
    done = so.make_round(ITEM)
    cancelled = so.act(Kind.CANCEL, "2026-11-23T07:40+07:00", "sekretaris")
    renewed = so.act(Kind.RENEW, "2026-11-23T07:50+07:00", "sekretaris")
    early = so.act(Kind.STEP, "2026-11-23T07:35+07:00", "sekretaris", step=1)
    shown = view(tmp_path, rules, replace(done, acts=(early, cancelled, renewed, *done.acts)))

    assert [one.ending for one in shown.rounds[0].attempts] == [
        "Dibatalkan oleh Sekretaris pada 23 November 2026 pukul 07.40 WIB.",
        (
            "Diselaraskan dengan terbitan terbaru oleh Sekretaris pada 23 November 2026 pukul 07.50 WIB; "
            "langkah dimulai lagi dari awal."
        ),
        "Dikembalikan ke langkah 1 oleh Kabid pada 23 November 2026 pukul 08.12 WIB; pengajuan berikutnya dimulai.",
        "",
    ]


def test_without_rounds_the_record_says_why(tmp_path, rules):
    before = view(tmp_path / "a", rules, None)
    draft = view(tmp_path / "b", rules, None, stood_before=False)

    assert (before.published, before.before_chain, before.rounds) == ("Sebelum rantai", True, ())
    assert (draft.published, draft.before_chain, draft.rounds) == ("Konsep, belum terbit", False, ())
