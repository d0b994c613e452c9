"""What the three guides tell people to type on GitHub is understood as it stands there."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

import site_office as so
from sopan import item
from sopan.github.orders import Order, Verb, parse
from sopan.item_path import identity

GUIDES = so.ROOT / "docs/panduan"
SCHEMA = json.loads((so.ROOT / "schemas/informasi.schema.json").read_text("utf-8"))


def _section(guide):
    text = (GUIDES / f"{guide}.md").read_text("utf-8")
    return re.search(r"\n## Lewat GitHub[^\n]*\n(.*?)(?=\n## |\Z)", text, re.DOTALL)[1]


def _typed(guide):
    return re.findall(r"(?:`|^ {4,})(/[^`\n]+)", _section(guide), re.MULTILINE)


@pytest.mark.parametrize("guide", ["sekretaris", "kabid", "admin"])
def test_every_comment_that_a_guide_shows_is_a_command(guide):
    orders = [parse(text) for text in _typed(guide)]
    assert all(isinstance(one, Order) for one in orders), orders
    assert {one.verb for one in orders} >= {Verb.START, Verb.STEP, Verb.RETURN}
    assert any(one.verb is Verb.RETURN and one.step == 3 and one.text for one in orders)


def test_the_prefilled_link_makes_an_item_that_step_1_accepts():
    (link,) = re.findall(r"https://github\.com/\S+", _section("sekretaris"))
    asked = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert asked["quick_pull"] == ["1"]
    (file,), (text,) = asked["filename"], asked["value"]
    assert identity(file) == "2026/nama-singkat"
    found, findings = item.read(text.encode(), file, SCHEMA, complete=False)
    assert (found.title, findings) == ("Ganti dengan judul", [])
    _, findings = item.read(text.replace("klasifikasi: berkala\n", "").encode(), file, SCHEMA, complete=False)
    assert findings


def test_the_readme_opens_the_same_new_item():
    (link,) = re.findall(r"https://github\.com/<organisasi>/<repositori>(/new/\S+)", _section("sekretaris"))
    readme = (so.ROOT / "README.md").read_text("utf-8")
    assert f"](../..{link})" in readme
