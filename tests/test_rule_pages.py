"""Every rule has a page with its sentence as people meet it, the reason and the cure; what is printed leads there."""

import ast
import json
import re
import shlex
from string import Formatter

import click
import pytest

import site_office as so
from sopan import messages
from sopan.cli import words
from sopan.finding import Finding
from sopan.site import build
from test_site_guides import SHOWN, command_of

FOLDER = so.ROOT / "docs" / words.RULE_PAGES
INDEX = FOLDER / "index.md"
PAGES = {page.stem: page.read_text("utf-8") for page in sorted(FOLDER.glob("*.md")) if page != INDEX}
PACKAGE = so.ROOT / "scripts/sopan"
WORDINGS = PACKAGE / "messages.py"
MODULES = [ast.parse(file.read_text("utf-8")) for file in sorted(PACKAGE.rglob("*.py")) if file != WORDINGS]
PARTS = ["Contoh pesan", "Mengapa", "Yang perlu dilakukan"]
MAKE_FINDINGS = {"found", "fault", "refuse", "about", "say", "Finding", "Fault", "Stopped"}
RULE_ID = re.compile(r"[a-z]+(-[a-z0-9]+)+")
SITE = "https://informasi.kantor.go.id/"


# -- The pages ------------------------------------------------------------------------------------------------------


def parts(page):
    """The title, and each part below its heading."""
    title, *rest = page.removeprefix("# ").split("\n## ")
    below = (one.partition("\n") for one in rest)
    return title.strip(), {heading.strip(): text.strip("\n") for heading, _, text in below}


def fixed_parts(template):
    """What any filling of the template fits; a place may stand before it."""
    pieces = Formatter().parse(template)
    sentence = (re.escape(text) + ("" if field is None else ".*") for text, field, *_ in pieces)
    return re.compile(f"(?:[^:]+: )?{''.join(sentence)}")


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert sorted(PAGES) == sorted(messages.RULES)


@pytest.mark.parametrize("rule", sorted(PAGES))
def test_a_page_shows_the_sentence_the_reason_and_the_cure(rule):
    title, below = parts(PAGES[rule])
    assert title
    assert list(below) == PARTS
    example = below["Contoh pesan"].removeprefix("    ")
    sentence, _, shown_rule = example.rpartition(" ")
    assert "\n" not in example
    assert shown_rule == f"[{rule}]"
    assert fixed_parts(messages.RULES[rule]).fullmatch(sentence)
    assert re.search(r"^Sumber: .+\.$", below["Mengapa"], re.MULTILINE)
    assert below["Yang perlu dilakukan"].startswith("1. ")


@pytest.mark.parametrize("rule", sorted(PAGES))
def test_a_page_is_short(rule):
    assert 8 <= sum(bool(line.strip()) for line in PAGES[rule].splitlines()) <= 20


@pytest.mark.parametrize("rule", sorted(rule for rule, page in PAGES.items() if SHOWN.search(page)))
def test_a_command_on_a_page_exists_with_its_options(rule):
    for shown in SHOWN.findall(PAGES[rule]):
        command, rest = command_of(shlex.split(shown))
        assert not isinstance(command, click.Group), shown
        known = {option for one in command.params for option in one.opts} | {"--bantuan"}
        assert {word for word in rest if word.startswith("--")} <= known


def test_a_drifted_sentence_would_be_seen():
    fits = fixed_parts("komit bertanggal {tanggal}, sesudah saat ini; periksa.").fullmatch
    assert fits("komit 4e1f0c2b7a: komit bertanggal 2026-12-01, sesudah saat ini; periksa.")
    assert fits("komit bertanggal 2026-12-01, sesudah saat ini; periksa.")
    assert not fits("komit 4e1f0c2b7a: komit tertanggal 2026-12-01, sesudah saat ini; periksa.")


# -- The index ------------------------------------------------------------------------------------------------------


def sections():
    """The rules below each heading of messages.py, in its order."""
    table = WORDINGS.read_text("utf-8").partition("RULES: dict[str, str] = {\n")[2].partition("\n}\n")[0]
    texts = re.split(r"^    # ", table, flags=re.MULTILINE)
    groups = (re.findall(r'^    "([a-z0-9-]+)":', text, re.MULTILINE) for text in texts)
    return [group for group in groups if group]


def test_the_index_names_every_page_by_its_title_in_the_order_of_the_sentences():
    listed = [
        re.findall(r"^- \[(.+)\]\((.+)\.md\) `(.+)`$", text, re.MULTILINE)
        for text in INDEX.read_text("utf-8").split("\n## ")[1:]
    ]
    assert [rule for group in sections() for rule in group] == list(messages.RULES)
    assert listed == [[(parts(PAGES[rule])[0], rule, rule) for rule in group] for group in sections()]


def test_titles_tell_the_pages_apart():
    titles = [parts(page)[0] for page in PAGES.values()]
    assert len(set(titles)) == len(titles)


def test_the_guide_for_everybody_leads_to_the_index():
    assert "(aturan/index.md)" in (so.ROOT / "docs/panduan/index.md").read_text("utf-8")


# -- The rules in the code ------------------------------------------------------------------------------------------


def nodes(kind):
    return (node for module in MODULES for node in ast.walk(module) if isinstance(node, kind))


def literals():
    return {node.value for node in nodes(ast.Constant) if isinstance(node.value, str)}


def families():
    """The beginnings of rules that are put together of a family and a kind, such as `f"pribadi-{kind}"`."""
    starts = (node.values[0] for node in nodes(ast.JoinedStr))
    return {one.value for one in starts if isinstance(one, ast.Constant) and re.fullmatch(r"[a-z]+-", one.value)}


def is_found(rule, known, beginnings):
    return rule in known or any(rule.startswith(one) and rule.removeprefix(one) in known for one in beginnings)


def named_rules():
    """The rules that a literal names where a finding is made."""
    for call in nodes(ast.Call):
        maker = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
        if maker.lstrip("_") in MAKE_FINDINGS:
            yield from (one.value for one in call.args if isinstance(one, ast.Constant) and is_rule_id(one.value))


def is_rule_id(value):
    return isinstance(value, str) and RULE_ID.fullmatch(value) is not None


def test_every_rule_is_found_somewhere():
    known, beginnings = literals(), families()
    assert [rule for rule in messages.RULES if not is_found(rule, known, beginnings)] == []


def test_every_finding_has_its_sentence():
    named = set(named_rules())
    assert len(named) > len(messages.RULES) / 2
    assert sorted(named - set(messages.RULES)) == []


# -- The way to the pages -------------------------------------------------------------------------------------------


ONE, OTHER = Finding("isi-html", "Ada."), Finding("isi-tautan", "Ada pula.")


@pytest.mark.parametrize(
    ("findings", "site", "said"),
    [
        ([ONE, ONE], SITE, f"Penjelasan aturan: {SITE}panduan/aturan/isi-html/\n"),
        ([ONE, OTHER], SITE, f"Penjelasan aturan: {SITE}panduan/aturan/\n"),
        ([ONE], "", "Penjelasan aturan: docs/panduan/aturan/isi-html.md\n"),
        ([ONE, OTHER], "", "Penjelasan aturan: docs/panduan/aturan/index.md\n"),
        ([], SITE, ""),
    ],
)
def test_a_refusal_tells_people_where_to_read_more(capsys, findings, site, said):
    assert words.verdict(findings, "teks", site=site) == bool(findings)
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("page", ["isi-html.md", "index.md"])
def test_what_is_named_in_the_repository_is_there(page):
    assert (so.ROOT / f"docs/{words.RULE_PAGES}/{page}").is_file()


def test_programs_are_told_the_verdict_alone(capsys):
    assert words.verdict([ONE], "json", site=SITE) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["putusan"] == "tolak"
    assert shown.err == ""


def test_the_site_has_every_page_at_the_address_that_is_told(tmp_path):
    tree, site = so.make_tree(tmp_path / "pohon", every_rule=True), tmp_path / "situs"
    facts = so.make_facts(tree, so.make_policy())
    build.build(tree, site, facts=facts)
    made = {page.parent.name for page in (site / words.RULE_PAGES).glob("*/index.html")}
    assert made == set(messages.RULES)
    assert (site / words.RULE_PAGES / "index.html").is_file()
