"""The page *Kinerja SOP*: how long the steps take against the SOP's standard, month by month, and where items wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from sopan import summary_report, timing_words, worktime
from sopan.site import charts, render, spreadsheet
from sopan.site.body import Heading
from sopan.site.charts import Bar, Row
from sopan.site.chronicle import Chronicle
from sopan.site.facts import SiteFacts
from sopan.site.spreadsheet import Book, Stretch, Table
from sopan.summary_report import Sheet
from sopan.timing_figures import Judgement
from sopan.timing_summary import Group, Summary

TITLE = "Kinerja SOP"
DEFINITIONS = "arti-angka"
LATEST_MONTHS = 24
BY_ITEM = "butir"
_MARKS = {Judgement.WITHIN: "sesuai", Judgement.EXCEEDED: "melampaui", Judgement.UNMEASURED: "takterukur"}


@dataclass(frozen=True)
class Section:
    """A chart with the table behind it."""

    anchor: str
    title: str
    chart: Markup
    sheet: Sheet


def html(facts: SiteFacts) -> tuple[Markup, tuple[Heading, ...]]:
    """The page's body and its headings."""
    told = facts.summary
    sections = [_steps(told), _months(told), _waits(told)] if told.steps else []
    tables = [summary_report.sheet(told, by) for by in ("peran", "jenis")] if told.steps else []
    body = render.page(
        "performance.html",
        root="../",
        title=TITLE,
        sop=facts.policy.sop,
        rounds=summary_report.rounds(told.rounds),
        sections=sections,
        tables=tables,
        months=LATEST_MONTHS,
        figures=timing_words.FIGURES,
        definitions=DEFINITIONS,
    )
    headings = [Heading(2, one.anchor, one.title) for one in sections]
    return body, (*headings, Heading(2, DEFINITIONS, "Arti setiap angka"))


def book(facts: SiteFacts) -> Book:
    """Every table of the page, for its downloads."""
    told = facts.summary
    groupings = (_by_item(facts.chronicle) if by == BY_ITEM else _by(told, by) for by in timing_words.GROUPINGS)
    return Book("kinerja", [*groupings, spreadsheet.table(summary_report.waiting(told))])


def _by(told: Summary, by: str) -> Table:
    return spreadsheet.table(summary_report.sheet(told, by))


def _by_item(told: Chronicle) -> Table:
    """By item: of each year those are written anew of which something else is told."""
    about = summary_report.sheet_of(BY_ITEM, ())
    stretches = [Stretch(year, of.made_of, partial(told.rows, year)) for year, of in told.years.items()]
    return Table(about.name, about.heads, stretches)


def _steps(told: Summary) -> Section:
    rows = tuple(Row(group.name, _against_standard(group)) for group in told.steps)
    said = "; ".join(
        f"{group.name}: waktu baku {group.standard or 'tidak ditulis'}, lama pengerjaan "
        f"{summary_report.spread(group.work)}"
        for group in told.steps
    )
    title = "Waktu setiap langkah terhadap waktu baku"
    return Section(
        "per-langkah", title, charts.bars("langkah", title, said, rows), summary_report.sheet(told, "langkah")
    )


def _against_standard(group: Group) -> tuple[Bar, ...]:
    allowed = worktime.allowance(group.standard) if group.standard else None
    median = group.work.median
    written = Bar(allowed.total_seconds() if allowed else 0, f"baku {group.standard or '-'}", "baku")
    if median is None:
        return (written, Bar(0, timing_words.UNMEASURED, "ukur"))
    return (written, Bar(median.total_seconds(), f"median {timing_words.length(median)}", "ukur"))


def _months(told: Summary) -> Section:
    rows = tuple(Row(group.name, tuple(_judged(group))) for group in told.months[-LATEST_MONTHS:])
    said = "; ".join(f"{row.label}: {', '.join(bar.text for bar in row.bars)}" for row in rows)
    title = "Penilaian langkah dari bulan ke bulan"
    every = summary_report.sheet(told, "bulan")
    sheet = replace(every, rows=every.rows[-LATEST_MONTHS:])
    return Section("per-bulan", title, charts.bars("bulan", title, said, rows), sheet)


def _judged(group: Group) -> Iterator[Bar]:
    for judgement in Judgement:
        count = group.judged.get(judgement, 0)
        yield Bar(count, f"{count} {judgement.value}", _MARKS[judgement])


def _waits(told: Summary) -> Section:
    rows = tuple(
        Row(one.name, (Bar(one.total.total_seconds(), timing_words.length(one.total), "ukur"),)) for one in told.waits
    )
    said = "; ".join(f"{one.name}: {timing_words.length(one.total)} dalam {one.times} kali" for one in told.waits)
    title = "Di mana butir menunggu"
    return Section("menunggu", title, charts.bars("menunggu", title, said, rows), summary_report.waiting(told))
