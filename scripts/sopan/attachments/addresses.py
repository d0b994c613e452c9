"""Where a document may point: addresses that a reader can be sent to, and nothing that runs or fetches by itself."""

from __future__ import annotations

import re
import unicodedata

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
SECURE = frozenset({"https:", "mailto:"})
WEB = SECURE | {"http:"}


def scheme(address: str) -> str:
    """The scheme with its colon, as a lenient reader would see it; "//" for a server without one, "" for none."""
    seen = "".join(c for c in address if unicodedata.category(c)[0] != "C" and not c.isspace()).lower()
    if seen.replace("\\", "/").startswith("//"):
        return "//"
    found = _SCHEME.match(seen)
    return found.group() if found else ""


def shown(address: str) -> str:
    """An address as a finding names it: short, without what may be personal in its query."""
    return address.partition("?")[0][:80]
