"""A repository made ready for an office, and inspected: what is missing is said, and then is not missing."""

import pytest

import cast
import github_office
from sopan.github import wanted
from sopan.history import LEDGER

TEAMS = {role: [f"{who}-kantor" for who, roles in cast.BANGKA.roles.items() if role in roles]
         for role in ("sekretaris", "kabid", "admin")}  # fmt: skip
CHANGES = [
    "Setelan penggabungan squash seharusnya mati.",
    "Ruleset “Sopan: main” belum ada.",
    "Ruleset “Sopan: butir” belum ada.",
    "Ruleset “Sopan: tag” belum ada.",
    "Label kekeliruan belum ada.",
    "GitHub Pages belum dinyalakan.",
    "Lingkungan pencatat belum dibatasi.",
    "Lingkungan pencatat belum mengizinkan main.",
    "Agenda penerimaan belum dimulai; sebut kunci pencatat dengan --kunci.",
]
CLEAN = "Tidak ada yang perlu diperbaiki.\n"


def lines(text):
    return text.splitlines()


@pytest.fixture(scope="module")
def raw(offices, tmp_path_factory):
    """A repository as GitHub makes it, with an office's `main`."""
    top = tmp_path_factory.mktemp("github")
    with github_office.opened(offices("bangka"), top, begun=False, teams=TEAMS) as hub:
        yield hub


@pytest.fixture(scope="module")
def ready(raw):
    """The same once it is set up, whichever test comes first."""
    assert raw.run("siapkan", "--kunci", str(raw.keys / "pencatat"), "--aplikasi", "77").code == 0
    return raw


def test_what_is_missing_is_said_then_shown_then_made_and_then_nothing_is(raw):
    key = str(raw.keys / "pencatat")
    told = lines(raw.run("periksa").out)
    assert [one for one in told if one in CHANGES] == CHANGES
    simulated = raw.run("siapkan", "--kunci", key, "--simulasi")
    assert [one for one in lines(simulated.out) if "squash" in one or "Ruleset" in one] == [
        f"Akan dibenahi: {one}" for one in CHANGES[:4]
    ]
    assert (raw.tip(LEDGER), lines(raw.run("periksa").out)) == (None, told)
    made = raw.run("siapkan", "--kunci", key, "--aplikasi", "77")
    assert (made.code, made.err) == (0, "")
    done = [one.removeprefix("Dibenahi: ") for one in lines(made.out)]
    assert [one for one in done if one in CHANGES] == CHANGES
    again = raw.run("siapkan", "--kunci", key, "--aplikasi", "77")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert raw.tip(LEDGER)
    assert (raw.run("periksa", "--aplikasi", "77").out, raw.run("periksa", "--aplikasi", "77").code) == (CLEAN, 0)


def test_the_rulesets_are_what_the_design_says(ready):
    (main,) = [one for one in ready.ask("bot", "GET", "rulesets") if one["name"] == "Sopan: main"]
    rules = {one["type"]: one.get("parameters") for one in ready.ask("bot", "GET", f"rulesets/{main['id']}")["rules"]}
    assert set(rules) == {"deletion", "non_fast_forward", "pull_request", "required_status_checks"}
    assert rules["pull_request"] == {
        "required_approving_review_count": 1,
        "require_code_owner_review": True,
        "allowed_merge_methods": ["merge"],
        "dismiss_stale_reviews_on_push": False,
        "require_last_push_approval": False,
        "required_review_thread_resolution": False,
    }
    assert rules["required_status_checks"] == {
        "required_status_checks": [{"context": "gerbang", "integration_id": 77}],
        "strict_required_status_checks_policy": False,
    }


def test_what_was_loosened_later_is_found_and_put_right(ready):
    (number,) = [one["id"] for one in ready.ask("bot", "GET", "rulesets") if one["name"] == "Sopan: main"]
    whole = ready.ask("bot", "GET", f"rulesets/{number}")
    rules = [one for one in whole["rules"] if one["type"] != "pull_request"]
    someone = {"actor_id": 1, "actor_type": "OrganizationAdmin", "bypass_mode": "always"}
    loose = {**whole, "enforcement": "disabled", "rules": rules, "bypass_actors": [someone]}
    names = ("name", "target", "enforcement", "bypass_actors", "conditions", "rules")
    ready.ask("bot", "PUT", f"rulesets/{number}", {name: loose[name] for name in names})
    told = ready.run("periksa", "--aplikasi", "77")
    assert told.code == 1
    assert told.out == (
        "Ruleset “Sopan: main” tidak berlaku; aktifkan. "
        "Ruleset “Sopan: main” dapat dilewati seseorang; kosongkan daftar pengecualiannya. "
        "Ruleset “Sopan: main” tanpa aturan pull_request yang seharusnya.\n"
    )
    assert ready.run("siapkan", "--aplikasi", "77").code == 0
    assert ready.run("periksa", "--aplikasi", "77").out == CLEAN


def test_another_key_begins_no_ledger_and_what_only_people_mend_is_said(offices, tmp_path):
    teams = {"sekretaris": ["rina-kantor", "joko-kantor"], "kabid": TEAMS["kabid"][1:]}
    error = {"line": 4, "column": 1, "source": "x", "kind": "Unknown owner", "suggestion": None, "message": "x",
             "path": "CODEOWNERS"}  # fmt: skip
    about = {"teams": teams, "private": False, "paid": False, "owner_errors": [error]}
    with github_office.opened(offices("bangka"), tmp_path / "github", begun=False, **about) as hub:
        refused = hub.run("siapkan", "--kunci", str(hub.keys / cast.STRANGER))
        assert refused.code == 1
        assert "bukan kunci pencatat di petugas.yml" in refused.err
        assert hub.tip(LEDGER) is None
        told = lines(hub.run("periksa").out)
        assert told[-5:] == [
            "Repositori ini terbuka untuk umum, sehingga draf terlihat siapa saja; jadikan repositori privat.",
            "GitHub menemukan kesalahan di CODEOWNERS baris 4: Unknown owner.",
            "Akun joko-kantor anggota tim sekretaris, tetapi tidak memegang peran itu.",
            "Budi Contoh belum menjadi anggota tim kabid.",
            "Tim admin tidak ada pada organisasi bappeda-bangka; buat dan isi menurut petugas.yml.",
        ]
        assert "Ruleset tidak dapat dibaca atau tidak tersedia bagi repositori ini." in told


def test_a_ruleset_that_github_tells_more_of_is_the_same():
    (main, *_) = wanted.rulesets(None)
    data = dict(main.data())
    data["rules"] = [
        {**rule, "parameters": {**rule["parameters"], "required_reviewers": []}} if "parameters" in rule else rule
        for rule in data["rules"]
    ]
    assert list(wanted.unlike_ruleset(main, data)) == []
