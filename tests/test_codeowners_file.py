"""Our reader against GitHub's documented rules, case by case, and against a reader that others wrote."""

import json
from pathlib import Path

import pytest
from codeowners import CodeOwners

from sopan import codeowners_file

TABLE = json.loads((Path(__file__).parent / "data/github/codeowners-cases.json").read_text("utf-8"))
CASES = {case["id"]: case for case in TABLE["cases"]}
PEER = "pypi:codeowners"
MORE = [  # what the table leaves out: gitignore(5), where GitHub's page defers to it
    ("/docs/**/*.md @a", "docs/x/y/z.md", ["@a"]),
    ("/docs/**/*.md @a", "docs/z.md", ["@a"]),
    ("**/arsip/** @a", "x/arsip/y.pdf", ["@a"]),
    ("**/arsip/** @a", "x/arsip", []),
    ("a/**/ @a", "a/b/c.md", ["@a"]),
    ("a/**/ @a", "a/b.md", []),
    ("*/ @a", "b.md", []),
    ("*/ @a", "x/b.md", ["@a"]),
    ("docs/*/ @a", "docs/x/b.md", ["@a"]),
    ("docs/*/ @a", "docs/b.md", []),
    ("/docs/a\\*.md @a", "docs/a*.md", ["@a"]),
    ("/docs/a\\*.md @a", "docs/ab.md", []),
    ("/a.b @a", "axb", []),
    ("? @a", "/", []),
    ("a** @a", "x/abc/d", ["@a"]),
    ("/a?b @a", "a/b", []),
    ("/docs/ @org/tim.satu b@contoh.go.id", "docs/x", ["@org/tim.satu", "b@contoh.go.id"]),
    ("/docs/ @org/", "docs/x", []),
    ("/docs/ @org/a/b", "docs/x", []),
    ("\ufeff* @a", "x", ["@a"]),
    ("#* @a", "x", []),
    ("/informasi-é/ @a", "informasi-é/x", ["@a"]),
]


def owners(text, path):
    return list(codeowners_file.owners(codeowners_file.parse(text.encode()), path))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_case_of_githubs_rules(case):
    assert owners(case["codeowners"], case["path"]) == case["expected"]


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if PEER not in case["disagree"]], ids=lambda c: c["id"]
)
def test_a_reader_of_others_agrees_where_the_table_says_so(case):
    peers = [name for _, name in CodeOwners(case["codeowners"]).of(case["path"])]
    assert owners(case["codeowners"], case["path"]) == peers


@pytest.mark.parametrize(("text", "path", "expected"), MORE)
def test_a_further_case(text, path, expected):
    assert owners(text, path) == expected


@pytest.mark.parametrize("case", [case for case in TABLE["file_level"] if "files" in case], ids=lambda c: c["id"])
def test_the_first_of_three_places_counts_alone(case):
    files = {name: text.encode() for name, text in case["files"].items()}
    _, content = codeowners_file.locate(files.get)
    assert list(codeowners_file.owners(codeowners_file.parse(content), case["path"])) == case["expected"]
    assert codeowners_file.locate({}.get) is None


def test_a_file_over_three_mebibytes_owns_nothing_and_its_twin_does():
    rule = b"\n* @org/admin\n"
    largest = b"#" * (codeowners_file.LARGEST - len(rule)) + rule
    assert codeowners_file.owners(codeowners_file.parse(largest), "a.md") == ("@org/admin",)
    assert codeowners_file.owners(codeowners_file.parse(b"#" + largest), "a.md") == ()
