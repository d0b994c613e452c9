"""`sopan github …`: what workflows call, and what the office's engineer calls once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from sopan import audit
from sopan.audit import Pins
from sopan.cli.indonesian import group
from sopan.cli.words import SIMULATE, here, notice, result
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.github import app, checking, place, publishing, pulls, recording, reminding, rest, setup, surroundings
from sopan.github.place import Place
from sopan.github.rest import Rest

TOKEN = click.option(
    "--token-berkas", "token", type=click.Path(path_type=Path), help="Berkas berisi token; bawaan GITHUB_TOKEN."
)
KEY = click.option("--kunci", "key", type=click.Path(path_type=Path), required=True, help="Kunci pribadi pencatat.")
PULL = click.option("--usulan", "number", type=click.IntRange(1), required=True, help="Nomor usulan (pull request).")


@dataclass(frozen=True)
class _Reached:
    """GitHub reached, and the repository around the working folder fetched on demand."""

    rest: Rest

    def place(self, *, begun: bool = True) -> Place:
        """The repository as GitHub holds it now; `begun`: with a ledger."""
        return place.open_place(here(), self.rest, datetime.now(tz=UTC).replace(microsecond=0), begun=begun)


def _reach(token: Path | None) -> _Reached:
    return _Reached(rest.connect(app.acting(surroundings.read(token))))


@group("github")
def github() -> None:
    """GitHub sebagai rumah kedua: mencatat tindakan, menilai usulan, dan menggabungkan."""


@github.command("catat")
@click.option("--peristiwa", "event", type=click.Path(path_type=Path), help="Berkas peristiwa issue_comment.")
@click.option("--usulan", "number", type=click.IntRange(1), help="Nomor usulan yang ditelaah.")
@click.option("--ulasan", "review", type=click.IntRange(1), help="Nomor telaah yang dibaca ulang.")
@KEY
@TOKEN
@SIMULATE
def record(
    event: Path | None, number: int | None, review: int | None, key: Path, token: Path | None, *, simulate: bool
) -> None:
    """Mencatat tindakan yang dibawa komentar atau telaah, dan menjawabnya pada usulan."""
    if number is not None and review is not None:
        about: recording.Wanted | None = recording.Wanted(number, None, review, None)
    elif event is not None:
        about = recording.wanted(event)
    else:
        raise SopanError("Sebut peristiwanya dengan --peristiwa, atau telaahnya dengan --usulan dan --ulasan.")
    if about is None:
        result("Bukan komentar pada usulan; tidak ada yang dicatat.")
        return
    reached = _reach(token)
    _tell(reached, recording.record(reached.place, reached.rest, key, about, simulate=simulate))


@github.command("gerbang")
@PULL
@TOKEN
def check(number: int, token: Path | None) -> int:
    """Menilai sebuah usulan tanpa menjalankan isinya, lalu memasang status dan komentarnya."""
    reached = _reach(token)
    here_now = reached.place()
    verdict = checking.check(here_now, pulls.pull(reached.rest, number))
    result(verdict.words)
    _annotate(verdict.findings)
    for sentence in verdict.sentences:
        notice(sentence)
    return 1 if verdict.state == checking.RED else 0


@github.command("gabung")
@PULL
@KEY
@TOKEN
@SIMULATE
def join(number: int, key: Path, token: Path | None, *, simulate: bool) -> None:
    """Menggabungkan usulan yang langkah terakhirnya sudah diberikan tetapi terputus."""
    reached = _reach(token)
    _tell(reached, recording.again(reached.place(), key, number, simulate=simulate))


@github.command("terbit")
@click.option("--ke", "live", type=click.Path(path_type=Path), required=True, help="Folder situs yang dibangun.")
@click.option("--tayang", "proves", is_flag=True, help="Baca kembali halaman yang sudah tayang dan catat buktinya.")
@click.option(
    "--tunggu", "wait", type=click.IntRange(0, 900), default=0, help="Paling lama menunggu tayang, dalam detik."
)
@KEY
@TOKEN
def publish(live: Path, key: Path, token: Path | None, wait: int, *, proves: bool) -> int:
    """Menilai main sekali lagi, mencatatnya, lalu membangun situs; atau membuktikan bahwa halamannya tayang."""
    here_now = _reach(token).place()
    if not proves:
        for line in publishing.build(here_now, key, live.absolute()):
            result(line)
        return 0
    proofs = publishing.prove(here_now, key, live.absolute(), wait)
    for proof in proofs:
        result(f"{proof.item}: {'terbukti tayang' if proof.pending is None else f'belum terbukti: {proof.pending}'}")
    return 1 if any(proof.pending for proof in proofs) else 0


@github.command("siapkan")
@click.option("--kunci", "key", type=click.Path(path_type=Path), help="Kunci pencatat; memulai agenda penerimaan.")
@click.option("--aplikasi", "application", type=click.IntRange(1), help="Nomor aplikasi GitHub yang memasang status.")
@TOKEN
@SIMULATE
def prepare(key: Path | None, application: int | None, token: Path | None, *, simulate: bool) -> int:
    """Menyiapkan repositori: aturan, label, Pages, lingkungan pencatat, dan agenda penerimaan."""
    here_now = _reach(token).place(begun=False)
    left = 0
    for change in (*setup.changes(here_now, application), *setup.genesis(here_now, key)):
        if change.make is None:
            left += 1
            notice(change.words)
            continue
        if not simulate:
            change.make()
        result(f"{'Akan dibenahi' if simulate else 'Dibenahi'}: {change.words}")
    return 1 if left else 0


@github.command("periksa")
@click.option("--aplikasi", "application", type=click.IntRange(1), help="Nomor aplikasi GitHub yang memasang status.")
@TOKEN
def inspect(application: int | None, token: Path | None) -> int:
    """Memeriksa repositori di GitHub: aturan, tim, akun, kunci, dan agenda; yang kurang disebut satu per satu."""
    here_now = _reach(token).place(begun=False)
    changes = [change.words for change in (*setup.changes(here_now, application), *setup.genesis(here_now, None))]
    wrong = [*changes, *setup.faults(here_now)]
    for sentence in wrong or ["Tidak ada yang perlu diperbaiki."]:
        result(sentence)
    if changes:
        notice("Setelan di GitHub dibenahi dengan `sopan github siapkan`.")
    return 1 if wrong else 0


@github.command("ingatkan")
@TOKEN
@SIMULATE
def remind(token: Path | None, *, simulate: bool) -> int:
    """Mengingatkan giliran yang melampaui waktu baku pada usulannya, lalu membuktikan agenda."""
    here_now = _reach(token).place()
    for reminder in reminding.overdue(here_now):
        written = not simulate and reminding.remind(here_now, reminder)
        result(f"{reminder.item}: {reminder.text}{' Ditulis pada usulannya.' if written else ''}")
    examined = audit.examine(here_now.history, Pins(), lambda records, _: records)
    alarms = reminding.alarms(here_now, examined.findings)
    for finding in alarms:
        result(finding.sentence())
    return 1 if alarms else 0


def _tell(reached: _Reached, done: recording.Done) -> None:
    """What became of it; the workflow is told when there is something to publish."""
    result(done.words)
    output = reached.rest.surroundings.output
    if done.merged and output is not None:
        with output.open("a", encoding="utf-8") as file:
            file.write("terbit=ya\n")


def _annotate(findings: Sequence[Finding]) -> None:
    """A workflow command for each finding that has a file: GitHub shows it at the line."""
    for finding in findings:
        if finding.file is not None:
            place_of = f"file={_property(finding.file)},line={finding.line or 1}"
            result(f"::error {place_of},title={_property(finding.rule)}::{_text(finding.message)}")


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")


COMMANDS = (github,)
