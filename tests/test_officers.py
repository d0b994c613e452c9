"""petugas.yml: every fault has its sentence, and windows of office and key hold to the minute."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from policy_files import CASES, OTHER, RULE, TOP, cases, edited, parsed, schema, sentences
from sopan import messages, officers, sop

ZONE = ZoneInfo("Asia/Jakarta")
SCHEMA = schema("petugas")
MADE_UP = CASES / "petugas.yml"
PETUGAS = cases("petugas")


def sop_of(folder):
    return sop.load((folder / "sop.yml").read_bytes(), schema("sop"))[0]


def load(content, folder=OTHER):
    return officers.load(content, SCHEMA, sop_of(folder), ZONE)


@pytest.fixture(scope="module")
def register():
    result, findings = load(MADE_UP.read_bytes())
    assert sentences(findings) == []
    return result


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize("name", PETUGAS)
def test_each_case_gives_all_its_sentences_and_its_legal_twin_none(name):
    edits, expected = parsed(PETUGAS[name])
    result, findings = load(edited(MADE_UP, *edits))
    assert sentences(findings) == expected
    assert (result is None) == bool(expected)


def test_every_rule_about_petugas_yml_has_a_case():
    tried = {word for case in PETUGAS.values() for sentence in parsed(case)[1] for word in RULE.findall(sentence)}
    ours = {rule for rule in messages.RULES if rule.startswith(("jabatan-", "petugas-", "kunci-", "masa-"))}
    assert ours <= tried


@pytest.mark.parametrize("folder", [TOP, OTHER], ids=["repository", "made-up"])
def test_the_files_without_people_load(folder):
    result, findings = load((folder / "petugas.yml").read_bytes(), folder)
    assert sentences(findings) == []
    assert (result.version, result.officers, result.appointments, result.recorder_keys) == (1, (), (), ())


def test_all_of_a_person_is_read(register):
    rani = register.officer("rani")
    assert register.version == 7
    assert (rani.name, rani.email, rani.github) == ("Rani Contoh", "rani@contoh.go.id", "101")
    assert [key.line.count(" ") for key in rani.keys] == [1, 1]
    assert len(register.recorder_keys) == 1
    with pytest.raises(KeyError):
        register.officer("nobody")


def test_a_tenure_is_whole_days_of_the_office_s_zone_both_inclusive(register):
    first, last = local("2024-08-01T00:00:00"), local("2026-07-01T00:00:00")
    just = timedelta(microseconds=1)
    assert register.roles_of("bima", first - just) == frozenset()
    assert register.roles_of("bima", first) == {"analis"}
    assert register.roles_of("bima", last - just) == {"analis"}
    assert register.roles_of("bima", last) == frozenset()
    assert register.roles_of("bima", datetime(2024, 7, 31, 17, tzinfo=UTC)) == {"analis"}


def test_an_acting_officer_is_data(register):
    during, after = local("2026-07-01T12:00:00"), local("2026-07-02T00:00:00")
    (acting,) = (appointment for appointment in register.appointments if appointment.title == "Plh. Analis")
    assert (acting.role, acting.officer, acting.decree) == ("analis", "rani", "SK 9/2026")
    assert register.roles_of("rani", during) == {"loket", "analis"}
    assert [officer.id for officer in register.holders("analis", during)] == ["rani"]
    assert register.holders("analis", after) == ()


def test_an_exemption_has_its_roles_and_days(register):
    (exemption,) = register.exemptions
    assert (exemption.officer, exemption.roles, exemption.decree) == ("rani", {"loket", "analis"}, "SK 10/2026")
    assert exemption.window.holds(local("2026-07-31T23:59:59"))
    assert not exemption.window.holds(local("2026-08-01T00:00:00"))


def test_a_key_hands_over_to_the_next_at_one_instant(register):
    old, new = register.officer("rani").keys
    handover = local("2026-01-31T08:00:00")
    assert (old.window.holds(handover - timedelta(seconds=1)), new.window.holds(handover - timedelta(seconds=1))) == (
        True,
        False,
    )
    assert (old.window.holds(handover), new.window.holds(handover)) == (False, True)


def test_the_file_s_own_form_can_be_read_before_sop_yml_can():
    document, findings = officers.read(MADE_UP.read_bytes().replace(b'versi: "7"', b"versi: tujuh"), SCHEMA)
    assert document is None
    assert [finding.rule for finding in findings] == ["skema-pola-petunjuk"]
