import pytest
from hypothesis import given
from hypothesis import strategies as st

import refusals
from sopan import strict_yaml

FILE = "kantor.yml"

DEEPEST = b"a: " + b"[" * 11 + b"]" * 11
TOO_DEEP = "kantor.yml baris 1: Data bertingkat lebih dari 12 tingkat; susun lebih datar. [yaml-terlalu-dalam]"
TOO_LARGE = "kantor.yml: Data sebesar 65537 bita melebihi batas 65536 bita; ringkas isinya. [yaml-terlalu-besar]"

LIMITS = [
    pytest.param(b"a: " + b"[" * 12 + b"]" * 12, DEEPEST, [TOO_DEEP], id="too deep"),
    pytest.param(b"[" * 60_000, DEEPEST, [TOO_DEEP], id="depth bomb"),
    pytest.param(b"a: " + b"x" * 65_534, b"a: " + b"x" * 65_533, [TOO_LARGE], id="too large"),
]


@pytest.mark.parametrize(("bad", "good", "sentences"), LIMITS + refusals.read("yaml_refusals.txt"))
def test_what_is_refused_and_its_legal_twin(bad, good, sentences):
    assert [finding.sentence() for finding in strict_yaml.load(bad, FILE)[1]] == sentences

    document, findings = strict_yaml.load(good, FILE)
    assert findings == []
    assert isinstance(document.data, dict)


def test_every_fault_is_named_at_once():
    content = "a: &x 1\nb: *x\na: !t 2\n<<: c\nd: x\u2028y\n? {e: f}\n: g\n".encode()

    document, findings = strict_yaml.load(content, FILE)

    assert [(finding.line, finding.rule) for finding in findings] == [
        (5, "teks-pemisah-baris"),
        (1, "yaml-jangkar"),
        (2, "yaml-rujukan"),
        (3, "yaml-kunci-ganda"),
        (3, "yaml-tag"),
        (4, "yaml-kunci-gabung"),
        (6, "yaml-kunci-bukan-teks"),
    ]
    assert document.data == {"a": "1", "b": "", "d": "x\N{REPLACEMENT CHARACTER}y"}


def test_every_scalar_is_a_string():
    content = b"no: yes\n1: 0123\ntrue: null\nd: 2026-02-30\ne: 12:30\nf: 19.01\ng:\nh: .nan\ni: ~\nj: [on, 1e3]\n"

    document, findings = strict_yaml.load(content, FILE)

    assert findings == []
    assert document.data == {
        "no": "yes", "1": "0123", "true": "null", "d": "2026-02-30", "e": "12:30", "f": "19.01", "g": "", "h": ".nan",
        "i": "~", "j": ["on", "1e3"],
    }  # fmt: skip


def test_every_path_has_its_line():
    content = b"# catatan\na: 1\nlangkah:\n  - urut: x\n    nama: y\n  -\n    urut: z\nb: |\n  satu\n  dua\nc: d\n"

    document, findings = strict_yaml.load(content, FILE, first_line=10)

    assert findings == []
    assert document.lines == {
        (): 11, ("a",): 11, ("langkah",): 12, ("langkah", 0): 13, ("langkah", 0, "urut"): 13,
        ("langkah", 0, "nama"): 14, ("langkah", 1): 16, ("langkah", 1, "urut"): 16, ("b",): 17, ("c",): 20,
    }  # fmt: skip
    assert document.line(("langkah", 1, "tiada")) == 16


def test_a_syntax_fault_counts_lines_of_the_whole_file():
    findings = strict_yaml.load(b"a: b: c\n", "index.md", first_line=2)[1]

    assert [(finding.rule, finding.line) for finding in findings] == [("yaml-titik-dua", 2)]


SIGNS = "ab:[]{}-?!&*<>|'\"%@ \n\t\r#,.\0\u2028é"


@given(st.binary(max_size=200) | st.text(alphabet=SIGNS, max_size=60).map(str.encode))
def test_no_input_is_answered_with_a_crash(content):
    document, findings = strict_yaml.load(content, FILE)

    assert (document is not None) or findings
    assert all(finding.file == FILE for finding in findings)
