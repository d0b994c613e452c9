"""Templates as Jinja compiled them, kept from one publication to the next: compiling them takes half a second.

They are code of ours, kept as no other program's data is: below git's own folder, where hooks lie too. With them are
kept the names of the theme's other files, which are few and lie among fifteen thousand icons that no site has as files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import orjson
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from sopan.site.kept_parts import Parts


class KeptTemplates(BytecodeCache):
    """The templates of one environment, named to tell them from those of others; a changed text is compiled anew."""

    def __init__(self, parts: Parts, name: str) -> None:
        self._parts, self._name = parts, name

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002  Jinja's signature
        """By the template's name alone: each publication has its files in a folder of its own."""
        return f"templat-{self._name}-{name.replace('/', '-')}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what was kept of this very text."""
        kept = self._parts.kept(bucket.key, bucket.checksum)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja compiled."""
        self._parts.keep(bucket.key, bucket.checksum, bucket.bytecode_to_string())


@dataclass(frozen=True)
class KeptNames:
    """The theme's files, where they are asked for in place of Jinja's environment: as they were found once."""

    env: Environment
    parts: Parts

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """The names of all that the filter passes, which is the same each time."""
        names = self.parts.part(
            "berkas-tema", "", lambda: orjson.dumps(self.env.list_templates(filter_func=filter_func))
        )
        return cast("list[str]", orjson.loads(names))
