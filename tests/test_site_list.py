"""The list by year: no page grows with the number of items, every item in force has its row, and old places stay."""

import re

import pytest

import site_office as so
from sopan.site import list_pages, pages, year_parts

GONE = (
    '\npencabutan:\n  tanggal: "2026-01-02"\n  alasan: Keliru\n  dasar: Surat 1/2026\ndigantikan_oleh: 2026/b-1\n---\n'
)
CLASSES, YEARS = ("berkala", "setiap_saat"), 4


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """Facts of one item in force and one withdrawn, of which many are made."""
    tree = so.make_tree(tmp_path_factory.mktemp("pohon"))
    so.write_item(tree, "2026/a", so.AWAL.replace("unit_asal", "jenis_dokumen: rkpd\nunit_asal"))
    so.write_item(tree, "2026/gone", so.AWAL.replace("\n---\n", GONE))
    return so.make_facts(tree, so.make_policy())


def many(seeds, number):
    """So many items over some years, and as many withdrawn ones."""
    entries = []
    for one in range(number):
        year, code = str(2026 - one % YEARS), CLASSES[one // YEARS % len(CLASSES)]
        for name, seed in zip("bc", seeds.entries, strict=True):
            entries.append(so.changed(seed, id=f"{year}/{name}-{one}", year=year, classification=code))
    return so.of_entries(seeds, entries)


@pytest.fixture(scope="module")
def big(seeds):
    return many(seeds, YEARS * (year_parts.ROWS + 1))


def sizes(facts):
    plan = pages.plan(facts)
    shown = [source for source in plan if not re.match(r"informasi/(ralat-)?\d{4}", source)]
    return {source: len(plan[source]().html) for source in shown}


def test_no_page_but_the_parts_of_the_list_grows(seeds, big):
    small, large = sizes(many(seeds, 120)), sizes(big)
    assert {source: (small[source], size) for source, size in large.items() if size > small[source] * 1.03} == {}


def test_a_year_stands_in_parts_that_hold_each_item_in_force_once_under_its_number(big):
    plan = pages.plan(big)
    first, second = (str(plan[f"informasi/{name}/index.md"]().html) for name in ("2026", "2026-2"))
    linked = [re.findall(r'rowheader"><a href="../../informasi/(2026/b-\d+)/"', html) for html in (first, second)]
    assert [len(found) for found in linked] == [year_parts.ROWS, 1]
    assert sorted(linked[0] + linked[1]) == sorted(entry.item.id for entry in big.volumes["2026"].in_force)
    assert f'data-label="No">{year_parts.ROWS + 1}</td>' in second
    assert 'href="../../informasi/2026-2/"' in first
    assert "informasi/2026-3/index.md" not in plan


def test_another_row_is_another_input_of_its_page_alone_and_what_is_said_around_the_rows_of_all(big):
    def others(entry, **fields):
        """The pages that are made of something else once the item has other fields."""
        entries = tuple(so.changed(one, **fields) if one is entry else one for one in big.entries)
        now = made_of(so.of_entries(big, entries))
        return {name for name, digest in made_of(big).items() if now[name] != digest}

    def made_of(facts):
        return dict(page for year in facts.volumes for page in list_pages.made_of(facts, year).items())

    last = big.volumes["2026"].in_force[-1]
    assert others(last, summary="Lain") == {"2026-2"}
    assert others(big.volumes["2026"].in_force[0], summary="Lain") == {"2026"}
    assert others(last, origin_unit="Unit lain") == {"2026", "2026-2"}


def test_everything_withdrawn_is_reached_from_the_page_of_corrections(big):
    plan = pages.plan(big)
    leading = str(plan["layanan/ralat-dan-pencabutan/index.md"]().html)
    told = [plan[f"informasi/ralat-2025{part}/index.md"]().html for part in ("", "-2", "-3")]
    assert 'href="../../informasi/ralat-2025/">2025</a> (402)' in leading
    assert sum(html.count("Keliru") for html in told) == year_parts.ROWS + 1


def test_a_year_whose_items_are_all_withdrawn_keeps_its_page_and_the_list_its_anchor(seeds):
    _, gone = seeds.entries
    facts = so.of_entries(seeds, (gone,))
    plan = pages.plan(facts)
    assert "Tidak ada informasi yang berlaku dari tahun ini." in plan["informasi/2026/index.md"]().html
    assert 'id="tahun-2026"' in plan[pages.LIST]().html
