"""An audit in words: one line an act that a reader can check, and one that sums up; or the same for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from sopan import timing_words
from sopan.audit import Audit
from sopan.audit_steps import Line, Passage
from sopan.finding import Finding

FORMAT = "audit/1"


def as_text(audit: Audit, passages: Sequence[Passage]) -> Iterator[str]:
    """The findings; or, where there are none, every act of every passage. The last line sums up."""
    if audit.findings:
        yield from (finding.sentence() for finding in audit.findings)
        yield f"Tidak terbukti: {len(audit.findings)} temuan, {_extent(audit)}."
        return
    zone = _zone(audit)
    for passage in passages:
        yield from (f"{_name(passage)}: {_line(line, zone)}" for line in passage.lines)
    first, last = audit.told.mains[0], audit.told.mains[-1]
    yield f"Terbukti: {_count(passages)}, dari pangkal {first} sampai {last}, {_extent(audit)}."


def as_json(audit: Audit, passages: Sequence[Passage]) -> str:
    """The whole audit; instants in the office's zone, keys that stay."""
    proven = not audit.findings
    data = {
        "skema": FORMAT,
        "putusan": "terbukti" if proven else "tidak terbukti",
        "pangkal": audit.book.records[0].new if audit.book.records else None,
        "main": audit.told.mains[-1] if audit.told.mains else None,
        "agenda": {"catatan": len(audit.book.records), "ujung": audit.book.tip},
        "kunci_server": audit.key,
        "lintasan": [_passage(passage, _zone(audit)) for passage in passages] if proven else [],
        "temuan": [_finding(finding) for finding in audit.findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _extent(audit: Audit) -> str:
    return f"agenda {len(audit.book.records)} catatan, kunci server {audit.key}"


def _count(passages: Sequence[Passage]) -> str:
    items = {passage.item for passage in passages if passage.item}
    return f"{len(items)} butir, {sum(passage.steps for passage in passages)} langkah"


def _zone(audit: Audit) -> ZoneInfo:
    return audit.policies.of(audit.told.mains[-1]).office.zone


def _name(passage: Passage) -> str:
    if not passage.item:
        return f"pemeliharaan {passage.number}"
    return f"{passage.item} putaran {passage.number}" + ("" if passage.merge else " (berjalan)")


def _line(line: Line, zone: ZoneInfo) -> str:
    who = f"{line.officer} ({line.role})" if line.role else line.officer
    when = timing_words.instant(line.at, zone)
    evidence = f"catatan agenda {line.receipt} {line.evidence}"
    event = line.event and f"bukti {line.event}"
    parts = [line.act, who, when, f"komit {line.commit}", line.content, evidence, event]
    return ", ".join(part for part in parts if part)


def _passage(passage: Passage, zone: ZoneInfo) -> dict[str, object]:
    return {
        "butir": passage.item or None,
        "nomor": passage.number,
        "penggabungan": passage.merge,
        "tindakan": [_row(line, zone) for line in passage.lines],
    }


def _row(line: Line, zone: ZoneInfo) -> dict[str, object]:
    return {
        "tindakan": line.act,
        "langkah": line.step,
        "petugas": line.officer,
        "peran": line.role or None,
        "diterima": line.at.astimezone(zone).isoformat(),
        "komit": line.commit,
        "isi": line.content or None,
        "catatan": line.receipt,
        "bukti": line.evidence,
        "peristiwa": line.event or None,
    }


def _finding(finding: Finding) -> dict[str, object]:
    """A finding as `sopan gerbang` gives it."""
    return {
        "aturan": finding.rule,
        "pesan": finding.message,
        "commit": finding.commit,
        "berkas": finding.file,
        "baris": finding.line,
    }
