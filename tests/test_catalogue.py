"""The open catalogue of attacks, each by a real push and by `sopan gerbang`, with the nearest legal move behind it."""

import subprocess
import sys
from collections import defaultdict
from datetime import timedelta, timezone
from pathlib import Path

import html5lib
import pytest

import catalogue
import moves
from catalogue import ATTACKS, ELSEWHERE, FAMILIES, GOLDEN, LEGAL
from desks import TOP, environment
from moves import BUTIR
from sopan import body as item_body
from sopan import commits, document, item, item_path, strict_yaml, trees
from sopan.attachments import limits
from sopan.rules import privacy
from sopan.rules import trees as tree_rules
from sopan.server import bounded
from sopan.site import body
from sopan.trees import FILE_MODE, TREE_MODE, Entry
from test_cases import CASES
from test_personal_data import NEVER_ISSUED

TOLD_HERE = defaultdict(list)
for one in ATTACKS:
    TOLD_HERE[one.id].append(one)


@pytest.mark.parametrize("case", TOLD_HERE)
def test_an_attack_is_refused_at_both_doors_and_its_legal_neighbour_accepted(office, case):
    for attack in TOLD_HERE[case]:
        office.begin("main", BUTIR)
        attack.play(office)
        answer = office.both(attack.ref)
        assert (answer.code, sorted(answer.rules)) == (1, sorted(attack.rules)), (attack.name, answer.said)
    office.begin("main", BUTIR)
    LEGAL[case[0]](office)
    assert office.both(BUTIR).said == []


def test_the_whole_catalogue_is_played():
    listed = {f"{family}{number}" for family, last in FAMILIES.items() for number in range(1, last + 1)}
    assert listed == {*GOLDEN, *TOLD_HERE, *ELSEWHERE}
    assert {case[0] for case in TOLD_HERE} <= set(LEGAL)
    for folder in (name for names in GOLDEN.values() for name in names):
        assert {file.name for file in (CASES / folder).iterdir()} == {"harapan.txt", "kasus.yml", "kembar.yml"}
    for place in ELSEWHERE.values():
        file, _, name = place.partition("::")
        assert f"def {name}(" in Path(__file__).with_name(file).read_text("utf-8")


def test_the_page_tells_these_counts():
    """The table of keamanan.md is what benchmarks/attacks.py printed, for the catalogue as it stands."""
    page = (TOP / "docs/pengembang/keamanan.md").read_text("utf-8")
    rows = (catalogue.row(family, *catalogue.counts(family)) for family in FAMILIES)
    assert "\n".join([catalogue.HEADING, *rows]) in page


# -- time --------------------------------------------------------------------------------------------------------------


def test_one_instant_in_two_zones_is_one_instant(office):
    """Author and committer at UTC and at UTC+7, then the next step in the same second, written at UTC+9."""
    office.step(1, raw=("+0700\ncommitter", "+0000\ncommitter"))
    office.step(2, at=office.at.astimezone(JAYAPURA).isoformat())
    lines = office.forge.history.commit(office.tip(BUTIR)).decode().splitlines()
    assert [line.rpartition(" ")[2] for line in lines if line.startswith(("author", "committer"))] == ["+0900"] * 2
    assert office.both(BUTIR).said == []


# -- trees -------------------------------------------------------------------------------------------------------------

JAYAPURA = timezone(timedelta(hours=9))
UNWRITABLE = (b"..", b".", b".git", b".GIT", b"git~1", ".g\u200cit".encode(), b"a/b")


def with_raw_entries(office, *entries):
    """A tree of `main` in which the item's folder holds entries that git's own commands would not write."""
    whole = office.forge.history
    data = trees.serialise(entries)
    folder = whole.run("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=data)
    return whole.replace(whole.tree_of(office.server("refs/heads/main")), office.folder, Entry(TREE_MODE, b"", folder))


@pytest.mark.parametrize("name", UNWRITABLE)
def test_a_tree_that_git_would_not_write_is_refused(office, name):
    blob = office.forge.blob("a,b\n1,2\n")
    office.work(files={}, tree=with_raw_entries(office, Entry(FILE_MODE, name, blob)))
    alone, pushed = office.gate(BUTIR), office.push(BUTIR)
    assert alone.rules in (["berkas-nama", "lampiran-jenis"], ["berkas-subfolder", "lampiran-jenis"])
    assert not pushed.accepted
    office.work(files={}, tree=with_raw_entries(office, Entry(FILE_MODE, b"git-1.csv", blob)))
    assert office.both(BUTIR).said == []


# -- content -----------------------------------------------------------------------------------------------------------

LOOKS = (
    "Bagan { onclick=alert(1) style=color:red }",
    "## Judul { onclick=alert(1) }",
    '{{ cycler.__init__.__globals__.os.popen("id").read() }} {% include "x" %}',
    f"Kode rekening {NEVER_ISSUED} dan 5.1.02.01.01.0024.",
    "a" * 100_000,
    "a@" * 20_000,
    "(0717) " * 10_000,
)


@pytest.mark.parametrize("text", LOOKS, ids=range(len(LOOKS)))
def test_what_only_looks_dangerous_is_text(office, text):
    moves.written(text)(office)
    assert office.both(BUTIR).said == []
    drawn = html5lib.parseFragment(str(body.render(text).html), namespaceHTMLElements=False)
    assert {name for element in drawn.iter() for name in element.attrib} <= {"id", "class"}


def test_what_decides_how_a_page_is_made_is_no_field(office):
    """The page's own template, icon, navigation and search weight are the site's, whatever an item says."""
    fields = ("template: main.html", "hide: [toc]", "search: {boost: 2}", "title: x", "nav: x", "tags: [a]")
    for field in fields:
        office.begin("main", BUTIR)
        moves.front(field)(office)
        assert office.both(BUTIR).rules == ["skema-tak-dikenal"], field
    office.begin("main", BUTIR)
    moves.front("kata_kunci:\n  - templat")(office)
    assert office.both(BUTIR).said == []


# -- the machine -------------------------------------------------------------------------------------------------------

HOSTILE = """\
[core]
  fsmonitor = "touch {mark}; false"
  hooksPath = {top}
  sshCommand = "touch {mark}"
  quotePath = true
  attributesFile = {top}/attributes
[gpg "ssh"]
  program = true
  allowedSignersFile = /dev/null
[log]
  showSignature = true
[trailer]
  separators = "#"
[diff]
  external = "touch {mark}"
  renames = copies
[alias]
  cat-file = "!touch {mark}"
[safe]
  directory = /nowhere
[i18n]
  commitEncoding = latin1
  logOutputEncoding = utf-16
"""


def told(office, **given):
    """What `sopan gerbang` says as JSON, in a process whose environment is this alone."""
    move = ("--dasar", office.genesis, "--ujung", office.tip(BUTIR), "--ref", office.ref(BUTIR))
    words = [sys.executable, "-m", "sopan", "gerbang", *move, "--pada", office.at.isoformat(), "--format", "json"]
    ended = subprocess.run(words, cwd=office.forge.folder, env=given, capture_output=True, timeout=60, check=False)
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("legal", [True, False])
def test_a_verdict_does_not_hang_on_the_machine(office, tmp_path, legal):
    office.upto(2, push=False)
    office.step(3, by=office.holder(3 if legal else 1))
    home, mark = tmp_path / "rumah", tmp_path / "dijalankan"
    home.mkdir()
    (home / ".gitconfig").write_text(HOSTILE.format(mark=mark, top=tmp_path), "utf-8")
    path = {"PATH": environment()["PATH"], "PYTHONPATH": str(office.home.release)}
    surroundings = (
        *({"TZ": zone} for zone in ("UTC", "Asia/Jakarta", "America/New_York")),
        {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_GLOBAL": str(home / ".gitconfig")},
        {"LC_ALL": "C", "LANG": "tr_TR.UTF-8", "GIT_DIR": "/nowhere", "GIT_TRACE": "1"},
        {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": f"touch {mark}"},
        {"SOURCE_DATE_EPOCH": "0", "FAKETIME": "-1d", "PYTHONHASHSEED": "7", "COLUMNS": "20"},
    )
    verdicts = [told(office, **path, **around) for around in ({}, *surroundings)]
    assert {code for code, _ in verdicts} == {0 if legal else 1}, verdicts
    assert len({said for _, said in verdicts}) == 1
    assert not mark.exists()


def test_what_lies_in_the_clone_runs_nothing(office, tmp_path):
    """A clone's own settings name programs; a judgement starts none of them."""
    office.upto(2, push=False)
    mark = tmp_path / "dijalankan"
    own = office.forge.folder / ".git" / "config"
    own.write_text(own.read_text("utf-8") + HOSTILE.format(mark=mark, top=tmp_path), "utf-8")
    hook = office.forge.folder / ".git" / "hooks" / "post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n", "utf-8")
    hook.chmod(0o755)
    code, said = told(office, PATH=environment()["PATH"], PYTHONPATH=str(office.home.release))
    assert (code, said != b"") == (0, True)
    assert not mark.exists()


def test_the_page_tells_the_limits_of_the_code():
    page = (TOP / "docs/pengembang/keamanan.md").read_text("utf-8")
    mebi = 1024 * 1024
    rows = (
        f"| {bounded.CPU_SECONDS} s, {bounded.WALL_SECONDS} s, {bounded.MEMORY_BYTES // mebi:,} MiB |",
        f"| {commits.HEADER_BYTES:,} bytes, {commits.MESSAGE_BYTES:,} bytes |",
        f"| {tree_rules.NAME_BYTES} bytes, {item_path.MAXIMUM_SLUG} letters |",
        f"| {item.MAXIMUM_BYTES:,} bytes, {strict_yaml.MAXIMUM_BYTES:,} bytes |",
        f"| {document.MAXIMUM_DEPTH}, {item_body.NESTING} |",
        f"| {limits.CPU_SECONDS} s, {limits.WALL_SECONDS} s, {limits.MEMORY_BYTES // mebi} MiB |",
        f"| {tree_rules.SHOWN_CHANGES}, {privacy.SHOWN_FINDINGS} |",
    )
    assert [row for row in rows if row not in page] == []
