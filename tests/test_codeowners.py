"""CODEOWNERS mirrors sop.yml, and drift is named line by line."""

import pytest

from policy_files import OTHER, TOP, edited, schema, sentences
from sopan import codeowners, office, sop

FILE = TOP / "CODEOWNERS"


def wanted(sop_file):
    the_sop, _ = sop.load(sop_file, schema("sop"))
    the_office, _ = office.load((TOP / "kantor.yml").read_bytes(), schema("kantor"), schema("informasi"))
    return codeowners.expected(the_sop, the_office)


@pytest.fixture(scope="module")
def ours():
    return wanted((TOP / "sop.yml").read_bytes())


@pytest.mark.parametrize("folder", [TOP, OTHER], ids=["repository", "made-up"])
def test_the_file_beside_an_sop_has_no_drift(folder):
    expected = wanted((folder / "sop.yml").read_bytes())
    assert codeowners.drift((folder / "CODEOWNERS").read_bytes(), expected) == []


def test_items_have_the_acting_roles_in_order_and_policy_its_keepers():
    lines = dict(line.split(" ", 1) for line in wanted((OTHER / "sop.yml").read_bytes()).splitlines() if "@" in line)
    acting = [f"@bappeda-bangka/{role}" for role in ("loket", "analis", "penelaah", "kepala-dinas")]
    keepers = "@bappeda-bangka/analis @bappeda-bangka/kepala-dinas"
    assert lines.pop("/docs/informasi/") == " ".join(acting)
    assert lines == dict.fromkeys(
        ["*", "/sop.yml", "/petugas.yml", "/kantor.yml", "/kalender/", "/CODEOWNERS", "/schemas/"], keepers
    )


def test_a_forge_that_goes_by_the_last_match_reads_what_is_meant(ours):
    patterns = [line.split()[0] for line in ours.splitlines() if line and not line.startswith("#")]
    assert patterns[0] == "*"
    assert all(pattern.startswith("/") for pattern in patterns[1:])


def test_a_role_that_joins_the_sop_is_drift():
    changed = wanted(edited(OTHER / "sop.yml", ("pemeliharaan: [analis,", "pemeliharaan: [loket, analis,")))
    found = codeowners.drift((OTHER / "CODEOWNERS").read_bytes(), changed)
    assert {finding.rule for finding in found} == {"codeowners-berbeda"}


def test_an_absent_file_is_drift(ours):
    assert sentences(codeowners.drift(None, ours)) == [
        "CODEOWNERS: Berkas kebijakan ini tidak ada; kembalikan dari versi sebelumnya. [kebijakan-berkas-hilang]"
    ]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            ("/kalender/ @bappeda-bangka/sekretaris", "/kalender/ @lain/sekretaris"),
            (
                "CODEOWNERS baris 9: Tertulis '/kalender/ @lain/sekretaris @bappeda-bangka/kabid"
                " @bappeda-bangka/admin',"
                " seharusnya '/kalender/ @bappeda-bangka/sekretaris @bappeda-bangka/kabid @bappeda-bangka/admin';"
                " tulis ulang dengan `sopan codeowners --tulis`. [codeowners-berbeda]"
            ),
        ),
        (
            ("/kalender/ @", "/arsip/\n/kalender/ @"),
            (
                "CODEOWNERS baris 9: Baris '/arsip/' tidak berasal dari sop.yml;"
                " tulis ulang dengan `sopan codeowners --tulis`. [codeowners-lebih]"
            ),
        ),
        (
            ("/kalender/ @bappeda-bangka/sekretaris @bappeda-bangka/kabid @bappeda-bangka/admin\n", ""),
            (
                "CODEOWNERS baris 9: Di sini kurang baris"
                " '/kalender/ @bappeda-bangka/sekretaris @bappeda-bangka/kabid @bappeda-bangka/admin';"
                " tulis ulang dengan `sopan codeowners --tulis`. [codeowners-kurang]"
            ),
        ),
    ],
    ids=["changed", "added", "removed"],
)
def test_a_changed_line_is_named_with_what_belongs_there(ours, edit, expected):
    assert sentences(codeowners.drift(edited(FILE, edit), ours)) == [expected]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"* @lain/siapa\r\n"])
def test_no_content_at_all_is_drift_and_not_an_accident(ours, content):
    assert codeowners.drift(content, ours)


def test_a_missing_last_newline_is_drift(ours):
    assert [finding.rule for finding in codeowners.drift(ours.removesuffix("\n").encode(), ours)] == [
        "codeowners-kurang"
    ]


def test_only_the_first_differences_are_named(ours):
    turned = "\n".join(line if index % 2 else f"{line}x" for index, line in enumerate(ours.split("\n")))
    assert len(codeowners.drift(turned.encode(), ours)) == codeowners.SHOWN_DIFFERENCES
