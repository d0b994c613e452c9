"""Commands for the office and for other programs: judge, publish, check CODEOWNERS and calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from sopan import codeowners, codeowners_file, gate, ledger_index, proposal_template, publish, view
from sopan.cli.indonesian import command
from sopan.cli.words import FORMAT, here, instant, notice, report, result, results, verdict
from sopan.desk import place
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.history import MAIN, NO_OBJECT, History
from sopan.moves import Move
from sopan.policy import CODEOWNERS_FILE
from sopan.view import View

_BRANCH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@command("gerbang")
@click.option("--dasar", "base", required=True, metavar="REV", help="Ujung ref sebelum kiriman, atau main bagi cabang.")
@click.option("--ujung", "head", required=True, metavar="REV", help="Ujung ref sesudah kiriman.")
@click.option("--ref", "ref", default=MAIN, help="Ref yang hendak bergerak.", show_default=True)
@click.option("--pada", "at", metavar="WAKTU", help="Saat diterima, bagi komit yang belum ada di agenda.")
@FORMAT
def judge(base: str, head: str, ref: str, at: str | None, form: str) -> int:
    """Menilai apakah sebuah ref boleh bergerak; putusannya sama dengan putusan server."""
    full = ref if ref.startswith("refs/") else f"refs/heads/{ref}"
    try:
        history = History(here())
        history.require_whole()
        seen = view.look(history)
        findings = _judge(history, seen, full, base, head, instant(at) or place.now())
    except SopanError as error:
        if form == "json":  # a program that reads the verdict must not mistake silence for consent
            verdict([found("tak-ternilai", sebab=error)], form, site="")
        raise
    return verdict(findings, form, site=seen.policy.office.site)


def _judge(history: History, seen: View, ref: str, base: str, head: str, at: datetime) -> list[Finding]:
    old, new = _commit(history, base), _commit(history, head)
    main = old if ref == MAIN or old in history.first_parents(seen.main) else seen.main
    move = Move(ref, NO_OBJECT if ref != MAIN and main == old else old, new)
    book = ledger_index.read(history)
    return gate.judge(history, move, main=main, receipts=book, removed=book.removed, at=at)


@command("terbit")
@click.option("--ke", "live", type=click.Path(path_type=Path), help="Folder situs yang tayang.")
@click.option("--cabang", "branch", metavar="NAMA", help="Cabang repositori ini, bagi penyedia situs statis.")
def publish_site(live: Path | None, branch: str | None) -> None:
    """Menerbitkan main ke sebuah folder, seketika dan utuh, atau ke sebuah cabang."""
    if (live is None) == (branch is None):
        raise SopanError("Sebut salah satu: --ke dengan foldernya, atau --cabang dengan nama cabangnya.")
    history = History(here())
    history.require_whole()
    if live is not None:
        published = publish.publish(history, lambda: view.look(history).main, live.absolute())
        if published.whole:
            notice(f"Seluruh situs dibangun: {published.whole}.")
        result(f"Terbit: {live} kini berisi main {published.commit[:10]} (rilis {published.release.name}).")
    elif branch is not None:
        main = view.look(history).main
        made = publish.to_branch(history, main, _free(branch))
        result(f"Terbit: cabang {branch} kini {made[:10]} dan memuat situs dari main {main[:10]}.")


def _free(branch: str) -> str:
    """A branch that is no branch of the office's own."""
    if not _BRANCH.fullmatch(branch) or branch == "main":
        raise SopanError(f"“{branch}” tidak dapat dipakai sebagai cabang situs; pakai misalnya gh-pages.")
    return branch


@command("codeowners")
@click.argument("paths", metavar="[BERKAS]…", nargs=-1)
@click.option("--tulis", "write", is_flag=True, help="Tulis ulang CODEOWNERS dari sop.yml dan kantor.yml.")
def owners(paths: tuple[str, ...], *, write: bool) -> int:
    """Memeriksa apakah CODEOWNERS mencerminkan peran pada sop.yml, atau menyebut pemilik BERKAS menurut GitHub."""
    history = History(here())
    if paths and write:
        raise SopanError("Sebut berkas, atau tulis ulang dengan --tulis; tidak keduanya sekaligus.")
    if paths:
        results(_owned(history, paths))
        return 0
    rules = place.policy_on_disk(history.folder)
    file = history.folder / CODEOWNERS_FILE
    wanted = codeowners.expected(rules.sop, rules.office)
    if write:
        file.write_text(wanted, encoding="utf-8")
        notice("CODEOWNERS ditulis ulang.")
    findings = codeowners.drift(file.read_bytes() if file.is_file() else None, wanted)
    report(findings)
    return 1 if findings else 0


@command("templat")
@click.option("--tulis", "write", is_flag=True, help="Tulis ulang templat dari sop.yml.")
def template(*, write: bool) -> int:
    """Memeriksa apakah templat pull request mencerminkan sop.yml."""
    folder = History(here()).folder
    file, wanted = folder / proposal_template.FILE, proposal_template.expected(place.policy_on_disk(folder).sop)
    if write:
        file.parent.mkdir(exist_ok=True)
        file.write_text(wanted, encoding="utf-8")
        notice("Templat pull request ditulis ulang.")
    findings = proposal_template.drift(file.read_bytes() if file.is_file() else None, wanted)
    report(findings)
    return 1 if findings else 0


def _owned(history: History, paths: tuple[str, ...]) -> Iterator[str]:
    """A line for each path (from the top of the repository) with its owners, by the file that GitHub would read."""

    def read(name: str) -> bytes | None:
        file = history.folder / name
        return file.read_bytes() if file.is_file() else None

    located = codeowners_file.locate(read)
    if located is None:
        raise SopanError("Berkas CODEOWNERS tidak ada; tulis dengan `sopan codeowners --tulis`.")
    place, content = located
    if place != CODEOWNERS_FILE:
        notice(f"GitHub membaca {place} dan mengabaikan {CODEOWNERS_FILE}; hapus {place}.")
    lines = codeowners_file.parse(content)
    for path in paths:
        yield f"{path}: {' '.join(codeowners_file.owners(lines, path)) or 'tanpa pemilik'}\n"


def _commit(history: History, revision: str) -> str:
    if revision == NO_OBJECT:
        return NO_OBJECT
    oid = history.resolve(revision)
    if oid is None:
        raise SopanError(f"Revisi {revision} tidak ditemukan di repositori ini; ambil dahulu dengan `git fetch`.")
    return oid


COMMANDS = (judge, publish_site, owners, template)
