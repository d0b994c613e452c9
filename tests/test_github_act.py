"""The workflows as they stand, run by `act` for each event of a round, against a GitHub with a memory."""

import json
import subprocess

import html5lib
import pytest
import requests

import browser
import cast
import github_office
from desks import environment, free_port, git, served, sopan
from github_runner import TOOLS, Runner
from office import ITEM
from sopan.history import ITEM_REFS, LEDGER, MAIN


@pytest.fixture(scope="module")
def walked(offices, tmp_path_factory):
    """A round from the new file to the merge, every act by the workflow that GitHub would start."""
    top = tmp_path_factory.mktemp("github")
    site = f"http://127.0.0.1:{free_port()}/"
    with github_office.opened(offices("bangka"), top / "kantor", site) as hub:
        runner = Runner(hub, top)
        hub.begin()
        ran = [runner.judge(), runner.comment(hub.comment("rina", "/lanjut"))]
        ran.append(runner.review(hub.review("budi", "APPROVE", "Segera diproses.")))
        hub.edit("sari", cast.COMPLETE)
        ran += [runner.comment(hub.comment("sari", "/lanjut")), runner.review(hub.review("budi", "APPROVE"))]
        ran += [runner.comment(hub.comment("rina", "/lanjut")), runner.review(hub.review("budi", "APPROVE"))]
        ran += [runner.judge(), runner.review(hub.review("sari", "APPROVE"))]
        yield hub, runner, ran


def test_the_workflows_carry_an_item_from_a_new_file_to_the_merge(walked):
    hub, _, ran = walked
    assert [one.code for one in ran] == [0] * 9, "\n".join(one.out for one in ran if one.code)
    assert git(hub.bare, "log", "-1", "--format=%s", MAIN) == f"Langkah 7: mengupdate {ITEM}"
    assert git(hub.bare, "rev-parse", f"{MAIN}^2") == hub.tip(ITEM_REFS + ITEM)
    assert "- [x] 7. mengupdate – Admin" in hub.board()


def test_the_merge_starts_the_publication_and_nothing_else_does(walked):
    _, runner, _ = walked
    assert runner.asked() == [f"workflow run terbit.yml --repo {github_office.REPOSITORY} --ref main"]


def test_the_publication_builds_deploys_and_proves_the_page(walked, tmp_path):
    hub, runner, _ = walked
    with served(runner.top / "pages", hub.site):
        ran = runner.publish()
    assert ran.code == 0, ran.out
    assert f"{ITEM}: terbukti tayang" in ran.out
    assert len(_seen(runner.top / "pages", tmp_path)) == 8
    audit = _audit(hub, tmp_path)
    assert (audit["putusan"], audit["lintasan"][0]["tindakan"][-1]["tindakan"]) == ("terbukti", "tayang")


def test_the_record_is_proven_like_any_other(walked, tmp_path):
    hub, _, _ = walked
    audit = _audit(hub, tmp_path)
    assert (audit["putusan"], audit["temuan"]) == ("terbukti", [])
    rows = [row for row in audit["lintasan"][0]["tindakan"] if row["langkah"]]
    assert [row["langkah"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    kinds = "komentar", "ulasan", "komentar", "ulasan", "komentar", "ulasan", "ulasan"
    assert tuple(row["peristiwa"].split(" ")[1] for row in rows) == kinds


def test_no_run_shows_the_recorders_key(walked):
    hub, _, ran = walked
    key = (hub.keys / "pencatat").read_text("utf-8").splitlines()
    shown = "\n".join(one.out for one in ran)
    assert len(key) > 3
    assert [line for line in key[1:-1] if line in shown] == []


def test_githubs_own_client_reads_what_the_workflows_did(walked):
    """`gh`, which nobody here wrote: the merged pull request, the review that was step 7, and the thread."""
    hub, _, _ = walked

    def gh(path, query):
        address = f"repos/{github_office.REPOSITORY}/{path}"
        token = {"GH_TOKEN": "token-rina"}
        around = environment(GH_HOST="github.localhost", http_proxy=hub.address, HOME=str(hub.bare.parent), **token)
        ended = subprocess.run(
            [TOOLS / "gh", "api", address, "--jq", query], env=around, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.splitlines()

    number = hub.number
    assert gh(f"pulls/{number}", "[.state, .merged, .merge_commit_sha] | @csv") == [
        f'"closed",true,"{git(hub.bare, "rev-parse", MAIN)}"'
    ]
    assert gh(f"pulls/{number}/reviews", ".[-1].user.login") == ["sari-kantor"]
    assert len(gh(f"issues/{number}/comments", '.[] | select(.body | startswith("Tercatat")) | .id')) == 7


@pytest.fixture(scope="module")
def second(walked):
    """A second round that was begun and waits for Sekretaris to hand it in."""
    hub, runner, _ = walked
    hub.branch = "rina-patch-2"
    hub.begin("rina", {"index.md": cast.COMPLETE["index.md"] + "\nSebuah kalimat lagi.\n"})
    return hub, runner


def test_what_may_not_count_is_answered_and_records_nothing(second):
    hub, runner = second
    before, stranger = hub.refs(), hub.comment("orang", "/lanjut")
    assert runner.comment(stranger).code == 0
    assert "Nomor akun GitHub ini bukan milik petugas" in hub.thread()[-1]
    said = hub.comment("rina", "/papan")
    hub.ask("rina", "PATCH", f"issues/comments/{said['id']}", {"body": "/lanjut"})
    assert runner.comment(said).code == 0
    assert "Komentar ini sudah diubah" in hub.thread()[-1]
    assert hub.refs() == before


def test_talk_starts_no_command(second):
    hub, runner = second
    thread = hub.thread()
    ran = runner.comment(hub.comment("rina", "Terima kasih, Pak."))
    assert (ran.code, "sopan github" in ran.out) == (0, False)
    assert len(hub.thread()) == len(thread) + 1


def test_a_signal_that_lies_finds_no_act(second):
    """The signal comes from the pull request: another shape of its name, and a review that was counted already."""
    hub, runner = second
    before = hub.refs()
    assert runner.signalled("Telaah 1 1; sopan github gabung").code != 0
    old = requests.get(
        f"{hub.address}/repos/{github_office.REPOSITORY}/pulls/1/reviews",
        headers={"Authorization": "Bearer token-rina"},
        timeout=20,
    ).json()[0]
    assert runner.signalled(f"Telaah {hub.number} {old['id']}").code == 0
    assert hub.refs() == before


def test_the_daily_round_proves_the_ledger_and_finds_what_was_moved_behind_it(second):
    hub, runner = second
    assert runner.daily().code == 0
    kept = hub.tip(ITEM_REFS + ITEM)
    git(hub.bare, "update-ref", ITEM_REFS + ITEM, f"{MAIN}~1")
    ran = runner.daily()
    git(hub.bare, "update-ref", ITEM_REFS + ITEM, kept)
    assert ran.code != 0
    assert "[audit-ref]" in ran.out


def test_a_change_of_the_gates_own_workflow_is_judged_by_mains(second):
    hub, runner = second
    assert runner.judge().code == 0
    hub.edit("rina", {"gerbang.yml": "on: push\n"}, folder=".github/workflows")
    ran = runner.judge()
    assert ran.code != 0
    assert "di luar" in hub.board()


def _audit(hub, folder):
    git(folder, "clone", "--quiet", "--no-checkout", f"file://{hub.bare}", "klon")
    git(folder / "klon", "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    said = sopan("audit", "--format", "json", at=folder / "klon")
    assert said.code == 0, said
    return json.loads(said.out)


def _seen(folder, profile):
    """The rows of the record on the item's page, as Chromium shows it."""
    if browser.CHROMIUM is None:
        pytest.skip(browser.HINT)
    with browser.served(folder) as site:
        words = [browser.CHROMIUM, "--headless", *browser.FLAGS, f"--user-data-dir={profile / 'profil'}", "--dump-dom"]
        page = f"{site.address}informasi/{ITEM}/"
        seen = subprocess.run([*words, page], capture_output=True, text=True, check=True, timeout=90).stdout
    tables = list(html5lib.parse(seen, namespaceHTMLElements=False).iter("table"))
    rows = [row for one in tables if "sopan-riwayat" in one.attrib.get("class", "") for row in one.find("tbody")]
    assert rows, seen[:3000]
    return rows
