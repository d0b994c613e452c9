"""One month on one page that an office head can sign: Markdown, and HTML that prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from babel.dates import format_date

from sopan import summary_report, timing_words
from sopan.policy import Policy
from sopan.summary_report import Sheet
from sopan.timing_figures import Report
from sopan.timing_summary import Summary

BLANK = "." * 40
_STYLE = (
    "@page{size:A4;margin:18mm}body{font:10pt/1.45 sans-serif;max-width:174mm;margin:auto;color:#000}"
    "h1{font-size:14pt}h2{font-size:11pt;break-after:avoid}table{border-collapse:collapse;width:100%;font-size:8pt}"
    "th,td{border:.4pt solid #555;padding:2pt 4pt;text-align:left;vertical-align:top}tr{break-inside:avoid}"
    "thead{display:table-header-group}.ttd{margin:12mm 0 0 auto;width:80mm;break-inside:avoid}"
)


@dataclass(frozen=True)
class Monthly:
    """A month's report in words: `lead` are sentences, `sheets` its tables, `signature` the lines below."""

    title: str
    lead: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    signature: tuple[str, ...]


def make(rules: Policy, report: Report, summary: Summary, month: str) -> Monthly:
    """The report of `month` (`2026-11`) from what was received in it."""
    named = format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale=timing_words.LOCALE)
    by = [summary_report.sheet(summary, name) for name in ("langkah", "peran", "jenis")]
    return Monthly(
        title=f"Laporan pelaksanaan SOP, {named}",
        lead=tuple(_lead(rules, report, summary, named)),
        sheets=tuple(told for told in (*by, summary_report.waiting(summary), _published(report)) if told.rows),
        notes=tuple(f"{figure.name}: {figure.meaning}" for figure in timing_words.FIGURES.values()),
        signature=("Mengetahui,", f"Kepala {rules.office.name}", "", "", BLANK, f"NIP {BLANK}"),
    )


def as_markdown(told: Monthly) -> str:
    """The report as Markdown."""
    lines = [f"# {told.title}", "", *_spaced(told.lead)]
    for table in told.sheets:
        lines += [f"## {table.name}", "", *summary_report.as_markdown(table), ""]
    lines += ["## Arti setiap angka", "", *(f"- {note}" for note in told.notes), ""]
    return "\n".join([*lines, *(f"{line}  " for line in told.signature)])


def as_html(told: Monthly) -> str:
    """The report as one page of HTML without scripts, for a browser's print command."""
    parts = [f"<h1>{escape(told.title)}</h1>", *(f"<p>{escape(line)}</p>" for line in told.lead)]
    for table in told.sheets:
        parts += [f"<h2>{escape(table.name)}</h2>", _table(table)]
    notes = "".join(f"<li>{escape(note)}</li>" for note in told.notes)
    signed = "<br>".join(escape(line) for line in told.signature)
    parts += ["<h2>Arti setiap angka</h2>", f"<ul>{notes}</ul>", f'<p class="ttd">{signed}</p>']
    head = f'<meta charset="utf-8"><title>{escape(told.title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="id"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _lead(rules: Policy, report: Report, summary: Summary, named: str) -> Iterator[str]:
    yield f"{rules.office.name}. SOP nomor {report.sop.number}: {report.sop.name}."
    if not report.rounds:
        yield f"Tidak ada langkah SOP yang diterima pada bulan {named}."
        return
    yield summary_report.rounds(summary.rounds)
    yield (
        "Angka dihitung dari saat server menerima setiap langkah, dalam waktu kerja menurut kalender kantor. "
        "Yang tidak terbukti oleh riwayat disebut tidak terukur, bukan nol."
    )


def _published(report: Report) -> Sheet:
    rows = [
        (one.item, str(one.number), timing_words.instant(one.publication.merged_at, report.calendar.zone))
        for one in report.rounds
        if one.publication
    ]
    return Sheet("Informasi yang terbit", ("butir", "putaran", "terbit"), tuple(rows))


def _spaced(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        yield from (line, "")


def _table(told: Sheet) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in told.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in told.rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
