"""The command `sopan`: the commands of the officers, of the office and of the server under one name."""

from __future__ import annotations

import sys

from sopan.cli import boundary
from sopan.cli.indonesian import group
from sopan.cli.rooms import Rooms

_ROOMS = Rooms(
    {
        "officer": ("serahkan", "terima", "lanjut", "kembalikan", "tarik", "batalkan", "selaraskan", "papan"),
        "checking": ("periksa",),
        "own_key": ("petugas",),
        "upkeep": ("rawat",),
        "judging": ("gerbang",),
        "publishing": ("terbit",),
        "office": ("codeowners", "templat"),
        "times": ("waktu",),
        "times_told": ("laporan",),
        "calendars": ("kalender",),
        "audit": ("audit",),
        "server": ("server",),
        "github": ("github",),
    }
)


@group(
    "sopan",
    _ROOMS,
    context_settings={"help_option_names": ["-h", "--bantuan", "--help"], "max_content_width": 110},
)
def sopan() -> None:
    """Sopan: tata kelola informasi publik menurut SOP, langkah demi langkah, tercatat dan terbukti."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run one command and give its exit code."""
    return boundary.guarded(lambda: sopan.main(words, prog_name="sopan", standalone_mode=False))
