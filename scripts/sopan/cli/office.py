"""`sopan codeowners`, `sopan templat`: what forges read of an office, held equal to its SOP."""

from __future__ import annotations

from collections.abc import Iterator

import click

from sopan import codeowners, codeowners_file, proposal_template
from sopan.cli.indonesian import command
from sopan.cli.words import here, notice, report, results
from sopan.desk import place
from sopan.errors import SopanError
from sopan.history import History
from sopan.policy_files import CODEOWNERS_FILE


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


COMMANDS = (owners, template)
