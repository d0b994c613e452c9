"""The workflows, read as data: by tools made for it and by our own rules; each rule also finds what was made wrong."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import site_office as so
import workflows

FOLDER = so.ROOT / ".github/workflows"
NAMES = sorted(file.stem for file in FOLDER.glob("*.yml"))
TOOLS = Path(sys.executable).parent
SHA = "08c6903cd8c0fde910a37f88322edcfb5dd907a8"
KEY = "${{ secrets.SOPAN_KUNCI_PENCATAT }}"


def _text(name):
    return (FOLDER / f"{name}.yml").read_text("utf-8")


def _run(tool, *words, at=so.ROOT):
    ended = subprocess.run(
        [TOOLS / tool, *map(str, words)], cwd=at, capture_output=True, text=True, check=False, timeout=60
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_every_workflow_that_is_there_is_known_and_no_other():
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.yml" for name in workflows.TRIGGERS}
    assert {name for name, _ in workflows.RIGHTS} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_holds_to_every_rule(name):
    assert workflows.faults(workflows.read(name, _text(name))) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("gerbang", "synchronize, ", "", "starts on"),
        ("gerbang", "pull_request_target", "pull_request", "starts on"),
        ("gerbang", "    branches: [main]\n", "    branches: [main]\n    paths: [docs/**]\n", "starts on"),
        ("catat", "types: [created]", "types: [created, edited]", "starts on"),
        ("catat", "workflows: [Telaah]", "workflows: [Telaah, Uji]", "starts on"),
        ("gerbang", "permissions: {}", "permissions: write-all", "rights by default"),
        ("gerbang", "permissions: {}\n", "", "rights by default"),
        ("gerbang", "contents: read", "contents: write", "rights of menilai"),
        ("telaah", "    permissions: {}\n", "    permissions:\n      statuses: write\n", "rights of memberi-tahu"),
        ("uji", "contents: read", "contents: read\n      id-token: write", "rights of menguji"),
        ("gerbang", f"@{SHA} # v5.0.0", "@v5", "action: uses"),
        ("gerbang", f"@{SHA} # v5.0.0", f"@{SHA[:12]} # v5.0.0", "action: uses"),
        ("catat", "actions/checkout@", "seseorang/checkout@", "action: uses"),
        ("catat", "persist-credentials: false", "persist-credentials: true", "credentials or depth"),
        ("uji", "          persist-credentials: false\n", "", "credentials or depth"),
        ("gerbang", "fetch-depth: 0", "fetch-depth: 1", "credentials or depth"),
        ("gerbang", "ref: main", "ref: ${{ github.event.pull_request.head.sha }}", "a checkout of the change"),
        ("gerbang", "ref: main", "ref: refs/pull/7/head", "the change's own commit"),
        ("catat", "          ref: main\n", "", "a checkout of the change"),
        ("gerbang", "run: ./scripts/install", "run: git fetch origin x && git checkout FETCH_HEAD", "the change's own"),
        ("gerbang", '--usulan "$USULAN"', "--usulan ${{ github.event.pull_request.title }}", "expression in Nilai"),
        ("telaah", "echo 'Telaah", "echo ${{ github.event.review.body }} 'Telaah", "expression in Beri tahu"),
        ("gerbang", "${{ github.token }}", "${{ secrets.LAIN }}", "secret secrets.LAIN"),
        ("gerbang", "${{ github.token }}", KEY, "a key outside its environment"),
        ("catat", "    environment: pencatat\n", "", "a key outside its environment"),
        (
            "catat",
            "    environment: pencatat\n",
            f"    environment: pencatat\n    env:\n      A: {KEY}\n",
            "every step",
        ),
        ("uji", "      - name: Uji\n", f"      - name: Uji\n        env:\n          A: {KEY}\n", "a key outside"),
        ("gerbang", "${{ vars.SOPAN_APLIKASI && 'pencatat' || '' }}", "lain", "a key outside its environment"),
        ("catat", "    timeout-minutes: 15\n", "", "no end of mencatat"),
        ("catat", "cancel-in-progress: false", "cancel-in-progress: true", "may be cancelled"),
        ("ingatkan", "contents: read", "contents: write", "rights of mengingatkan"),
        ("terbit", "branches: [main]", "branches: ['**']", "starts on"),
        ("terbit", "    environment: pencatat\n", "", "a key outside its environment"),
        ("terbit", "pages: write", "pages: write\n      contents: write", "rights of menyebarkan"),
        ("terbit", "--tayang", "--hidup", "no such command: terbit --hidup"),
        ("terbit", "cancel-in-progress: false", "cancel-in-progress: true", "may be cancelled"),
        ("telaah", "concurrency:\n  group: telaah-${{ github.event.review.id }}\n", "concurrency:\n", "no group"),
        ("gerbang", "ubuntu-24.04", "self-hosted", "where or how menilai runs"),
        (
            "uji",
            "        run: .ci/run",
            "        continue-on-error: true\n        run: .ci/run",
            "where or how menguji",
        ),
        ("gerbang", "    timeout-minutes", "    if: github.actor != 'x'\n    timeout-minutes", "may be skipped"),
        (
            "gerbang",
            "      - name: Nilai\n",
            "      - name: Nilai\n        if: github.actor != 'x'\n",
            "may be skipped",
        ),
        ("uji", "name: Menguji perkakas", "name: gerbang", "called as the required status"),
        ("gerbang", "  menilai:", "  gerbang:", "called as the required status"),
        ("gerbang", "github gerbang --usulan", "github nilai --usulan", "no such command: nilai"),
        ("catat", "--ulasan", "--telaah", "no such command: catat --telaah"),
    ],
)
def test_a_workflow_that_was_made_wrong_is_found(name, old, new, fault):
    text = _text(name)
    assert old in text
    found = workflows.faults(workflows.read(name, text.replace(old, new)))
    assert any(fault in one for one in found), found


def test_the_review_that_is_signalled_is_read_as_two_numbers_and_nothing_else():
    """The script's own pattern, in bash: a run's name comes from the change."""
    script = workflows.read("catat", _text("catat")).jobs["mencatat"]["steps"][-1]["run"]
    (line,) = [line.strip() for line in script.splitlines() if "JUDUL" in line]
    said = line.removeprefix("if ! ").removesuffix("; then")

    def numbers(title):
        words = ["bash", "-c", f'{said} && echo "${{BASH_REMATCH[1]}} ${{BASH_REMATCH[2]}}"']
        return subprocess.run(words, env={"JUDUL": title}, capture_output=True, text=True, check=False).stdout.strip()

    assert numbers("Telaah 7 8004") == "7 8004"
    wrong = "Telaah 7", "Telaah 7 8 9", "Telaah 7 8\n", "telaah 7 8", "Telaah 07 8", "Telaah 7 $(id)", "x Telaah 7 8"
    assert [title for title in wrong if numbers(title)] == []


@pytest.fixture
def spoiled(tmp_path):
    """A copy of the folder in which one workflow may be spoiled."""
    shutil.copytree(so.ROOT / ".github", tmp_path / ".github")

    def spoil(name, old, new):
        file = tmp_path / f".github/workflows/{name}.yml"
        assert old in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        return tmp_path

    return spoil


ZIZMOR = "--offline", "--no-progress", "--persona", "pedantic", ".github"


def test_zizmor_finds_nothing_and_would(spoiled):
    assert _run("zizmor", *ZIZMOR)[0] == 0
    wrong = spoiled("catat", '--peristiwa "$GITHUB_EVENT_PATH"', "${{ github.event.comment.body }}")
    code, said = _run("zizmor", *ZIZMOR, at=wrong)
    assert code
    assert "template-injection" in said


def test_actionlint_finds_nothing_and_would(spoiled):
    assert _run("actionlint", "-no-color", *FOLDER.glob("*.yml")) == (0, "")
    wrong = spoiled("catat", "github.event.comment.id", "github.kejadian.comment.id")
    code, said = _run("actionlint", "-no-color", wrong / ".github/workflows/catat.yml")
    assert code
    assert '"kejadian"' in said


@pytest.mark.parametrize(
    ("schema", "name", "old", "new"),
    [
        ("github-workflows", "workflows/gerbang.yml", "timeout-minutes: 10", "timeout-minutes: lama"),
        ("github-issue-forms", "ISSUE_TEMPLATE/kekeliruan.yml", "type: textarea", "type: kotak"),
        ("github-issue-config", "ISSUE_TEMPLATE/config.yml", "false", "tidak"),
    ],
)
def test_githubs_own_shapes_are_kept_and_checked(schema, name, old, new, tmp_path):
    ours = so.ROOT / ".github" / name
    assert _run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", ours)[0] == 0
    wrong = tmp_path / "salah.yml"
    wrong.write_text(ours.read_text("utf-8").replace(old, new), "utf-8")
    assert _run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", wrong)[0] == 1


def test_the_runner_reads_them_strictly(spoiled):
    words = "--validate", "--strict", "-W", ".github/workflows"
    assert _run("act", *words)[0] == 0
    assert _run("act", *words, at=spoiled("catat", "types: [created]", "types: [dibuat]"))[0]
