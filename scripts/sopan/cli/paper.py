"""Where tables are printed."""

from __future__ import annotations

import sys

from rich.console import Console

PIPED_WIDTH = 160


def console() -> Console:
    """Where tables go: as wide as the terminal, and wide enough when piped."""
    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=PIPED_WIDTH)
