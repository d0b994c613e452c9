"""Every rule about sop.yml refuses with its sentence at its line, and its nearest legal twin passes."""

import pytest
import yaml

from policy_files import OTHER, RULE, cases, edited, parsed, schema, sentences
from sopan import messages, sop, strict_yaml

SOP_SCHEMA = schema("sop")
OTHER_SOP = OTHER / "sop.yml"


def loaded(content):
    result, findings = sop.load(content, SOP_SCHEMA)
    assert sentences(findings) == []
    return result


CASES = cases("sop")


@pytest.mark.parametrize("name", CASES)
def test_each_case_gives_all_its_sentences_and_its_legal_twin_none(name):
    edits, expected = parsed(CASES[name])
    result, findings = sop.load(edited(OTHER_SOP, *edits), SOP_SCHEMA)
    assert sentences(findings) == expected
    assert (result is None) == bool(expected)


def test_every_rule_about_sop_yml_has_a_case():
    tried = {word for case in CASES.values() for sentence in parsed(case)[1] for word in RULE.findall(sentence)}
    assert {rule for rule in messages.RULES if rule.startswith("sop-")} - tried == {"sop-langkah-dalam-kurang"}


def test_entries_of_ours_may_stand_in_any_order():
    data = strict_yaml.load(OTHER_SOP.read_bytes(), OTHER_SOP.name)[0].data
    data["tambahan"]["langkah"].reverse()
    assert loaded(_dumped(data)).steps == loaded(OTHER_SOP.read_bytes()).steps


def _with_internal_steps(count):
    """The made-up SOP with its first `count` internal steps kept inside and the others made the outsider's."""
    data = strict_yaml.load(OTHER_SOP.read_bytes(), OTHER_SOP.name)[0].data
    ours = data["tambahan"]
    for row, entry in zip(data["prosedur"]["kegiatan"][count + 1 :], ours["langkah"][count + 1 :], strict=True):
        entry.update(peran="pemohon", mengubah_isi="tidak", kembali_ke="")
        row["pelaksana"] = ""
    ours["langkah"][count]["mengubah_isi"] = "tidak" if count > 1 else "ya"
    return _dumped(data)


def _dumped(data):
    return yaml.safe_dump(data, default_style='"', sort_keys=False).encode()


def test_a_chain_of_one_enforces_nothing_and_is_refused():
    result, findings = sop.load(_with_internal_steps(1), SOP_SCHEMA)
    assert [finding.message for finding in findings] == ["Langkah dalam kantor baru 1; SOP harus punya sedikitnya 2."]
    assert result is None


def test_a_chain_of_two_is_enough():
    assert [step.number for step in loaded(_with_internal_steps(2)).chain] == [2, 3]


def test_writing_that_is_no_yaml_is_one_finding_of_the_reader():
    result, findings = sop.load(b"skema: sop/1\nskema: sop/1\n", SOP_SCHEMA)
    assert [finding.rule for finding in findings] == ["yaml-kunci-ganda"]
    assert result is None
