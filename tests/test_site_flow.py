from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib
import pytest

import site_office as so
from sopan.site import flow, sop_page
from sopan.sop import Role, Sop, StandardTime, Step

CLERK, JUDGE, CITIZEN = Role("juru", "Juru Tulis", True), Role("hakim", "Hakim", True), Role("warga", "Warga", False)


def step(number, role, *onward, symbol="proses", time=None):
    return Step(number, f"Kalimat {number}", f"kerja-{number}", role, symbol, onward, "", time, "", "", False, None)


def branching(unit="menit"):
    """A made-up SOP with a decision that goes back and an outsider at the start."""
    steps = (
        step(1, CITIZEN, 2, symbol="terminator"),
        step(2, CLERK, 3, time=StandardTime(10, "menit")),
        step(3, JUDGE, 4, 2, symbol="keputusan", time=StandardTime(2, unit)),
        step(4, CLERK, symbol="terminator"),
    )
    roles = {role.code: role for role in (CITIZEN, CLERK, JUDGE)}
    return Sop("1", "SOP Contoh", steps, roles, (), frozenset(), {})


@pytest.fixture(scope="module")
def sop():
    return so.make_policy().sop


def test_every_step_stands_in_its_role_s_column_and_below_the_step_before(sop):
    drawing = flow.draw(sop)
    centres = {column.lines: column.centre for column in drawing.columns}

    assert [node.step.number for node in drawing.nodes] == [one.number for one in sop.steps]
    assert [node.x for node in drawing.nodes] == [centres[(n.step.role.name,)] for n in drawing.nodes]
    assert sorted(node.y for node in drawing.nodes) == [node.y for node in drawing.nodes]


def test_arrows_join_the_symbols_that_the_sop_joins(sop):
    drawing = flow.draw(sop)
    assert [(arrow.source, arrow.target) for arrow in drawing.arrows] == [(n, n + 1) for n in range(1, 8)]


def test_an_arrow_that_goes_back_runs_around_the_outside():
    drawing = flow.draw(branching())
    back = next(arrow for arrow in drawing.arrows if (arrow.source, arrow.target) == (3, 2))
    points = [tuple(map(int, point.split(","))) for point in back.points.split()]
    second, third = drawing.nodes[1], drawing.nodes[2]

    assert points[0] == (third.right, third.y)
    assert points[-1] == (second.x, second.top)
    assert max(x for x, _ in points) > max(column.left + column.width for column in drawing.columns)
    assert max(x for x, _ in points) < drawing.width


def test_the_drawing_says_itself_in_words():
    assert flow.draw(branching()).words == (
        "Langkah 1: Warga kerja-1, lalu ke langkah 2. Langkah 2: Juru Tulis kerja-2, lalu ke langkah 3. "
        "Langkah 3: Hakim kerja-3, lalu ke langkah 4 dan 2. Langkah 4: Juru Tulis kerja-4, selesai."
    )


def test_standard_times_of_one_unit_add_up_and_others_do_not(sop):
    assert str(sop_page.total(sop)) == "55 menit"
    assert str(sop_page.total(branching())) == "12 menit"
    assert sop_page.total(branching(unit="hari kerja")) is None


def test_the_page_draws_the_three_symbols_and_names_itself_for_those_who_do_not_see(sop):
    steps = (*sop.steps[:3], replace(sop.steps[3], symbol="keputusan"), *sop.steps[4:])
    html = str(sop_page.html(replace(sop, steps=steps)))
    svg = ET.fromstring(html[html.index("<svg") : html.index("</svg>") + len("</svg>")])

    named = {svg.find(f"*[@id='{anchor}']").tag for anchor in svg.attrib["aria-labelledby"].split()}
    assert (svg.attrib["role"], named) == ("img", {"title", "desc"})
    assert len(svg.findall("rect[@class='simbol ujung']")) == 2
    assert len(svg.findall("rect[@class='simbol']")) == 5
    assert len(svg.findall("polygon[@class='simbol']")) == 1


def test_the_page_holds_every_value_of_the_source_and_shows_what_is_empty(sop):
    page = html5lib.parseFragment(str(sop_page.html(sop)), namespaceHTMLElements=False)
    shown = " ".join(" ".join("".join(page.itertext()).split()).split("#"))
    source = {key: value for key, value in sop.text.items() if key not in {"skema", "sumber", "tambahan"}}
    missing = [value for value in leaves(source) if " ".join(value.split()) not in shown]

    assert missing == []
    assert shown.count("tidak diisi pada naskah sumber") >= 7
    assert "Jabatan: tidak diisi pada naskah sumber" in shown


def leaves(value, key=""):
    """Every text that a reader must find; codes and numbers that only order or repeat are left out."""
    if isinstance(value, dict):
        return [leaf for k, inner in value.items() for leaf in leaves(inner, k)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner, key)]
    return [value] if value and key not in {"kode", "nilai", "satuan", "nomor_kolom"} else []
