"""The command `sopan`: one place that prints, one boundary that catches.

Results go to standard output, notices to standard error. Exit codes: 0 clean, 1 refused or findings, 2 cannot judge.
"""

from __future__ import annotations

import sys
import traceback

import click

from sopan.cli import office, officer, server
from sopan.cli.words import notice
from sopan.errors import Refused, SopanError, cause

CLEAN, REFUSED, CANNOT_JUDGE = 0, 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--bantuan", "--help"], "max_content_width": 110})
def sopan() -> None:
    """Sopan: tata kelola informasi publik menurut SOP, langkah demi langkah, tercatat dan terbukti."""


for _commands in (officer.COMMANDS, office.COMMANDS, (server.server,)):
    for _command in _commands:
        sopan.add_command(_command)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run one command and give its exit code; whatever goes wrong, nothing passes as approved."""
    try:
        answer = sopan.main(words, prog_name="sopan", standalone_mode=False)
    except Refused as refusal:
        for sentence in refusal.sentences:
            notice(sentence)
        return REFUSED
    except (SopanError, OSError, click.UsageError, click.exceptions.Abort) as error:
        notice(_why(error))
        return CANNOT_JUDGE
    except Exception:  # noqa: BLE001 - the one boundary: an unforeseen fault must refuse, not pass
        traceback.print_exc()
        notice("Sopan berhenti karena kesalahan yang tidak terduga; tidak ada yang disetujui. Laporkan pesan di atas.")
        return CANNOT_JUDGE
    return answer if isinstance(answer, int) else CLEAN


def _why(error: Exception) -> str:
    """What kept a command from going on, in one sentence."""
    if isinstance(error, OSError):
        place = error.filename or "Tempat kerja"
        return f"{place} tidak dapat dibaca atau ditulis: {cause(error)}; perbaiki, lalu ulangi."
    if isinstance(error, click.UsageError):
        return f"Perintah tidak dimengerti: {error.format_message()} Lihat `sopan --bantuan`."
    return "Dihentikan; tidak ada yang diubah." if isinstance(error, click.exceptions.Abort) else str(error)
