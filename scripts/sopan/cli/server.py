"""`sopan server …`: prepare, receive, record, serve over ssh, watch, inspect."""

from __future__ import annotations

from sopan.cli.indonesian import group
from sopan.cli.rooms import Rooms

_ROOMS = Rooms(
    {
        "server_gate": ("terima",),
        "server_record": ("catat",),
        "server_door": ("kunci", "pintu"),
        "server_publishing": ("jaga",),
        "server_making": ("siapkan", "pulihkan", "saji"),
        "server_upkeep": ("periksa", "perbaiki", "rilis", "buang"),
    }
)


@group("server", _ROOMS)
def server() -> None:
    """Server kantor: gerbang, agenda penerimaan, dan penerbitan."""


COMMANDS = (server,)
