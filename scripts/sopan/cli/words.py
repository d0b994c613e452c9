"""How the command line speaks: findings, notices and options that several commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import click

from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.item_path import is_identity

EXAMPLE = "2026/rencana-kerja"
RULE_PAGES = "panduan/aturan"

FORMAT = click.option("--format", "form", type=click.Choice(["teks", "json"]), default="teks", help="Bentuk keluaran.")
SIMULATE = click.option("--simulasi", "simulate", is_flag=True, help="Tunjukkan tanpa melakukan.")
KEY = click.option("--kunci", "key", type=click.Path(path_type=Path), help="Kunci pribadi yang menandatangani.")


def here() -> Path:
    """The repository around the working folder: people stand in an item's folder as often as at the top."""
    place = Path.cwd()
    around = (folder for folder in (place, *place.parents) if (folder / ".git").exists() or _is_bare(folder))
    return next(around, place)


def _is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()


def result(text: str) -> None:
    """Say what was asked for."""
    click.echo(text)


def results(parts: Iterable[str]) -> None:
    """Say what was asked for, part by part as it is made."""
    sys.stdout.writelines(parts)


def data(parts: Iterable[bytes]) -> None:
    """Say what was asked for, where it is data and already bytes."""
    sys.stdout.buffer.writelines(parts)


def notice(text: str) -> None:
    """Say what the person should know beside the result."""
    click.echo(text, err=True)


def verdict(findings: Sequence[Finding], form: str, *, site: str) -> int:
    """Print a verdict in the form that other programs read, or as sentences; gives the exit code.

    People are told besides where the rules are explained: on the office's `site`, or in the repository where it is "".
    """
    if form == "json":
        rows = [
            {"aturan": f.rule, "pesan": f.message, "commit": f.commit, "berkas": f.file, "baris": f.line}
            for f in findings
        ]
        result(json.dumps({"putusan": "tolak" if findings else "terima", "temuan": rows}, ensure_ascii=False))
    else:
        report(findings)
        if findings:
            notice(f"Penjelasan aturan: {_rule_page(findings, site)}")
    return 1 if findings else 0


def _rule_page(findings: Sequence[Finding], site: str) -> str:
    """Where the one rule that the findings break is explained, or all rules are listed."""
    rules = {finding.rule for finding in findings}
    only = rules.pop() if len(rules) == 1 else None
    if site:
        return f"{site}{RULE_PAGES}/{only}/" if only else f"{site}{RULE_PAGES}/"
    return f"docs/{RULE_PAGES}/{only or 'index'}.md"


def report(findings: Sequence[Finding]) -> None:
    """Print findings as sentences, or that there are none."""
    for finding in findings:
        result(finding.sentence())
    if not findings:
        result("Tidak ada yang perlu diperbaiki.")


def instant(text: str | None) -> datetime | None:
    """An ISO instant with its zone, as options give it."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise SopanError(f"Waktu “{text}” tidak terbaca; tulis seperti 2026-11-23T08:00:00+07:00.") from error
    if at.tzinfo is None:
        raise SopanError(f"Waktu “{text}” tanpa zona; tulis seperti 2026-11-23T08:00:00+07:00.")
    return at


def item_name(text: str) -> str:
    """An item's identity as people type it: blanks, capitals, a leading path or a trailing slash are forgiven."""
    name = text.strip().lower().removeprefix("docs/informasi/").removeprefix("butir/").strip("/")
    if not is_identity(name):
        raise SopanError(f"Butir “{text}” tidak terbaca; tulis <tahun>/<nama>, seperti {EXAMPLE}.")
    return name
