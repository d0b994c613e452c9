"""A schema that is told at once to be one is one to `jsonschema` too, however it was changed."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from policy_files import TOP, schema
from sopan import policy, schema_plain

NAMES = [name.removesuffix(".schema.json") for name in policy.SCHEMA_NAMES]
KEYS = [
    *schema_plain._INNER,
    *schema_plain._WORDS,
    "prefixItems",
    "minimum",
    "$dynamicRef",
    "$anchor",
    "dependentRequired",
]
PARTS = st.sampled_from([None, True, False, 0, -1, 1.5, "", "#", "#/$defs/x", "a b", "(", "[0-9]+", "string", "a"])
VALUES = st.recursive(
    PARTS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("type", "pattern", "x")), inner, max_size=2)
    ),
    max_leaves=4,
)


def judged(value):
    try:
        Draft202012Validator.check_schema(value)
    except SchemaError:
        return False
    return True


def places(node):
    """Every object and list within, itself first."""
    yield node
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, (dict, list)):
            yield from places(inner)


@pytest.mark.parametrize("name", NAMES)
def test_the_repositorys_own_are_told_at_once(name, monkeypatch):
    assert schema_plain.holds(schema(name))
    monkeypatch.setattr(Draft202012Validator, "check_schema", lambda _: pytest.fail("the long way"))
    content = (TOP / "schemas" / f"{name}.schema.json").read_bytes()
    assert policy._schema.__wrapped__(content) == json.loads(content)


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "teks"},
        {"required": "a"},
        {"properties": {"a": 1}},
        {"pattern": "("},
        {"minLength": -1},
        {"allOf": []},
        [],
        1,
    ],
)
def test_what_is_none_is_refused(wrong):
    assert not judged(wrong)
    assert not schema_plain.holds(wrong)
    assert policy._schema.__wrapped__(json.dumps(wrong).encode()) is None


def test_what_lies_very_deep_is_left_to_the_long_way():
    deep = {"type": "string"}
    for _ in range(20):
        deep = {"items": deep}
    assert not schema_plain.holds(deep)
    assert policy._schema.__wrapped__(json.dumps(deep).encode()) == deep


@given(data=st.data(), name=st.sampled_from(NAMES))
def test_no_other_is_told_at_once(data, name):
    changed = copy.deepcopy(schema(name))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from([one for one in places(changed) if one]))
        if isinstance(place, dict):
            place[data.draw(st.sampled_from([*place, *KEYS]))] = data.draw(VALUES)
        else:
            place[data.draw(st.integers(0, len(place) - 1))] = data.draw(VALUES)
    assert judged(changed) or not schema_plain.holds(changed)
