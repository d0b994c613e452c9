"""The digest that `SOP-Isi` names: what `sha256sum` would print for the files, digested once more.

An auditor recomputes it with plain tools: one line a file, two blanks between digest and path, sorted by path bytes.
A path that a maintenance branch removes stands with a digest of zeros.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

REMOVED = "0" * 64


def digest(files: Mapping[str, bytes | None]) -> str:
    """`sha256:<64 hex>` over files by path; None stands for a path that was removed."""
    lines = {path.encode(): _hexdigest(data) for path, data in files.items()}
    listing = b"".join(f"{lines[path]}  ".encode() + path + b"\n" for path in sorted(lines))
    return f"sha256:{hashlib.sha256(listing).hexdigest()}"


def _hexdigest(data: bytes | None) -> str:
    return REMOVED if data is None else hashlib.sha256(data).hexdigest()
