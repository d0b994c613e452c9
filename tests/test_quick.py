"""What is read or judged the quick way, against the long way that decides."""

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

import mutations
from policy_files import TOP, schema
from sopan import body, item, schema_quick, strict_yaml, yaml_quick
from sopan import schema as slow
from sopan.schema_faults import FORMATS

COMPLETE = (TOP / "tests/data/butir_lengkap.md").read_text("utf-8")
FRONT = item.split(COMPLETE.encode(), "x")[0].front.decode()
FIELDS = strict_yaml.load(FRONT.encode(), "x")[0].data
ITEMS = schema("informasi")
LEVEL = {"$ref": "#/$defs/lengkap"}
TIMES = 300


def agree(text):
    quick = yaml_quick.read(text, 2)
    if quick is None:
        return False
    assert strict_yaml.closely(text, "x", 2, []) == (quick, [])
    return True


def test_front_matter_read_quickly_is_what_the_long_way_reads():
    chance = random.Random(1)  # noqa: S311  no secret
    spoilt = [mutations.words(FRONT, chance) for _ in range(TIMES)]

    assert agree(FRONT)
    assert 0 < sum(map(agree, spoilt)) < TIMES


@given(st.text(alphabet="ab:[]{}-?!&*<>|'\"%@ \n\t#,.~", max_size=60))
@example("a: b\n...\n")
@example("a: &x\n")
@example('{"a":!x b}')
@example("a: b !c & d * e\n")
def test_odd_yaml_is_read_quickly_only_where_nothing_is_refused(text):
    agree(text)


@pytest.mark.parametrize(
    "bomb", ["[" * 30_000, "- " * 30_000, "? " * 30_000, "-\t" * 30_000], ids=lambda bomb: bomb[:2]
)
def test_nesting_is_never_followed_into_the_depth(bomb):
    assert yaml_quick.read(f"a:\n {bomb}", 1) is None
    assert yaml_quick.read(f"a:\n {bomb[:2]}", 1) is None or bomb[0] != "["


def test_verdicts_are_those_of_jsonschema():
    chance = random.Random(2)  # noqa: S311  no secret
    quick = schema_quick.compiled(ITEMS, LEVEL)
    judge = Draft202012Validator(ITEMS, format_checker=FORMATS).evolve(schema=LEVEL)
    spoilt = [FIELDS, *(mutations.values(FIELDS, chance) for _ in range(TIMES))]

    verdicts = [quick(fields) for fields in spoilt]

    assert verdicts == [judge.is_valid(fields) for fields in spoilt]
    assert 0 < sum(verdicts) < TIMES


@pytest.mark.parametrize("name", ["petugas", "sop", "kalender", "kantor"])
def test_schemas_of_other_files_are_compiled_too(name):
    whole = schema(name)

    assert schema_quick.compiled(whole, whole) is not None


EVERY = {
    "minProperties": 1, "maxProperties": 2, "additionalProperties": {"type": "string"},
    "properties": {
        "a": {"oneOf": [{"const": "x"}, {"enum": ["x", "y"]}]}, "b": {"anyOf": [{"const": ""}, {"$ref": "#"}]},
    },
    "if": {"required": ["a"]}, "else": {"required": ["c"]}, "propertyNames": {"pattern": "^[a-c]+$"},
}  # fmt: skip


@pytest.mark.parametrize(
    "value", [{}, {"a": "x"}, {"a": "y"}, {"b": ""}, {"b": "", "c": "z"}, {"c": "", "d": ""}, {"c": []}, {"b": {}}, []]
)
def test_verdicts_on_the_rarer_keywords(value):
    assert schema_quick.compiled(EVERY, EVERY)(value) == Draft202012Validator(EVERY).is_valid(value)


@pytest.mark.parametrize("form", ["date", "date-time"])
@pytest.mark.parametrize(
    "text",
    ["2026-02-28", "2026-02-30", "20260228", "2026-W09-6", "٢٠٢٦-02-28", "2026-02-28\n", "", "2026-02-28T08:00+07:00",
     "2026-02-28T08:00:00", "2026-02-28T08:00:00Z", "2026-02-28T25:00:00Z", []],
)  # fmt: skip
def test_dates_and_times_are_those_of_jsonschema(form, text):
    part = {"format": form}
    assert schema_quick.compiled(part, part)(text) == FORMATS.conforms(text, form)


@pytest.mark.parametrize(
    "part",
    [
        {"not": {}},
        {"format": "uri"},
        {"type": "number"},
        {"enum": [1]},
        {"$ref": "lain.json"},
        {"properties": {"a": {"$id": "x"}}},
    ],
)
def test_what_is_not_known_is_left_to_jsonschema(part):
    assert schema_quick.compiled(part, part) is None
    document, _ = strict_yaml.load(b"a: 'x'", "x")
    assert len(slow.check(document, {"properties": {"a": {"not": {}}}}, "x")) == 1


class EveryLink(MarkdownIt):
    def validateLink(self, _url):  # noqa: N802  # markdown-it's own name
        return True


def counted(text):
    """What the whole grammar finds: HTML, first headings, links and pictures that lead nowhere."""
    tokens = EveryLink().configure("commonmark", {"html": True, "maxNesting": body.NESTING}).enable("table").parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    return {
        "isi-html": sum(token.type in {"html_block", "html_inline"} for token in (*tokens, *inner)),
        "isi-judul-ganda": sum(token.type == "heading_open" and token.tag == "h1" for token in tokens),
        "isi-tautan": sum(token.attrs.get("href") == "x:y" for token in inner),
        "isi-gambar": sum(token.attrs.get("src") == "x:y" for token in inner),
    }


BITS = ("# ", "#", "=", "\n", "\n\n", "- ", "> ", "1. ", "a", " ", "    ", "\t", "<b>", "<", "[a](x:y)", "![a](x:y)",
        "|", "[a]: x:y\n", "[a]", "`", "<x:y>", "&#35; ", "\\", "***")  # fmt: skip


@given(st.lists(st.sampled_from(BITS), max_size=14).map("".join))
@example("a\n===")
@example("- - # a")
@example("1) # a")
def test_a_body_has_the_faults_that_the_whole_grammar_finds(text):
    rules = [finding.rule for finding in body.read(text, "x", 1).findings]

    assert {rule: rules.count(rule) for rule in counted(text)} == counted(text)


@pytest.mark.parametrize("levels", [8, 9])
def test_a_deep_list_is_found_and_one_that_is_just_deep_enough_is_not(levels):
    text = "".join(f"{'  ' * level}- a\n" for level in range(levels + 1))

    assert [finding.rule for finding in body.read(text, "x", 1).findings] == ["isi-bersarang"] * (levels == 9)
