import json
from pathlib import Path

import pytest

import refusals
from sopan import schema, strict_yaml

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["judul"],
    "properties": {
        "judul": {
            "title": "Judul", "description": "Judul tanpa titik akhir.", "type": "string",
            "minLength": 5, "maxLength": 9, "pattern": "^[a-z]*[a-z]$",
        },
        "kode": {"title": "Kode", "type": "string", "pattern": "[0-9]+"},
        "kelas": {"title": "Kelas", "type": "string", "enum": ["berkala", "serta_merta", "setiap_saat"]},
        "izin": {"title": "Izin", "const": "ya"},
        "tanggal": {"$ref": "#/$defs/tanggal", "title": "Tanggal"},
        "pada": {"title": "Pada", "type": "string", "format": "date-time"},
        "daftar": {"title": "Daftar", "type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True,
                   "items": {"type": "string", "minLength": 1}},
        "orang": {"title": "Orang", "type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/orang"}},
        "unit": {"title": "Unit", "type": "object"},
        "nilai": {"title": "Nilai", "description": "SOP atau kosong.", "anyOf": [{"const": ""}, {"pattern": "^sop$"}]},
        "kunci": {"title": "Kunci", "description": "Paling banyak satu isian.", "type": "object", "maxProperties": 1},
        "bebas": {"title": "Bebas", "type": "object", "maxProperties": 1},
    },
    "if": {"required": ["kelas"], "properties": {"kelas": {"const": "berkala"}}},
    "then": {"required": ["tanggal"]},
    "$defs": {
        "tanggal": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "orang": {"type": "object", "additionalProperties": False, "required": ["nama"],
                  "properties": {"nama": {"title": "Nama", "type": "string", "minLength": 1}}},
        "lengkap": {"allOf": [{"$ref": "#"}, {"required": ["kode"]}]},
    },
}  # fmt: skip


def check(text, definition=None):
    document, faults = strict_yaml.load(text.encode(), "x.yml")
    assert faults == []
    return [finding.sentence() for finding in schema.check(document, SCHEMA, "x.yml", definition=definition)]


@pytest.mark.parametrize(("bad", "good", "sentences"), refusals.read("schema_refusals.txt"))
def test_what_is_refused_and_its_legal_twin(bad, good, sentences):
    assert check(bad) == sentences
    assert check(good) == []


def test_a_definition_is_checked_as_a_level_of_its_own():
    sentence = "x.yml baris 1: Isian 'Kode' (kode) belum ada; tambahkan. [skema-wajib]"

    assert check("judul: abcde", "lengkap") == [sentence]
    assert check("judul: abcde\nkode: '1'", "lengkap") == []


def test_all_faults_come_at_once_in_the_order_of_lines():
    found = check("kelas: bulanan\ndaftar: a\njdul: x\n")

    assert [sentence.split(":")[0] for sentence in found] == [f"x.yml baris {line}" for line in (1, 1, 2, 3)]


def test_personal_data_in_a_value_is_masked():
    number = "1901" * 4

    assert f"'a1901{'*' * 12}'" in "".join(check(f"judul: abcde\nkode: a{number}"))
    assert "'b***@contoh.id'" in "".join(check("judul: abcde\nkode: budi@contoh.id"))


SCHEMAS = sorted((Path(__file__).parent.parent / "schemas").glob("*.json"))


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_the_repositorys_schemas_use_only_what_has_a_sentence(file):
    def walk(node):
        if isinstance(node, dict):
            yield node
            for child in node.values():
                yield from walk(child)
        elif isinstance(node, list):
            for child in node:
                yield from walk(child)

    nodes = list(walk(json.loads(file.read_text())))

    assert {node["type"] for node in nodes if isinstance(node.get("type"), str)} <= {"object", "array", "string"}
    assert {node["format"] for node in nodes if isinstance(node.get("format"), str)} <= {"date", "date-time"}
    patterns = [node["pattern"] for node in nodes if isinstance(node.get("pattern"), str)]
    assert all(pattern.startswith("^") and pattern.endswith("$") for pattern in patterns)
