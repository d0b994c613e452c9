"""Why a command of git failed, for people who read no English: the usual cases in Indonesian, each with its cure.

What is sought is what git, and ssh for it, print in the locale that `history` sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sopan.errors import NO_RIGHT, NO_ROOM

# The first that is found counts: what git says of a connection comes with more general words behind it.
_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        r"Could not resolve host|Name or service not known|failure in name resolution": (
            "alamat server tidak ditemukan; periksa sambungan internet, lalu ulangi"
        ),
        r"Host key verification failed|HOST IDENTIFICATION HAS CHANGED": (
            "server yang menjawab bukan yang dikenal komputer ini; jangan diteruskan, hubungi teknisi"
        ),
        r"Permission denied \((publickey|keyboard|password)": (
            "server tidak mengenal kunci Anda; minta teknisi mendaftarkannya di server"
        ),
        r"Connection (refused|timed out|reset|closed)|Operation timed out|No route to host|Network is unreachable": (
            "server tidak menjawab; periksa sambungan, lalu ulangi"
        ),
        r"does not appear to be a git repository|[Rr]epository .*not found": (
            "repositori kantor tidak ada di alamat server; periksa sambungan, atau minta teknisi memeriksa alamat itu"
        ),
        r"No space left on device|[Dd]isk quota exceeded": f"{NO_ROOM}; kosongkan sebagian, lalu ulangi",
        r"\.lock': File exists": "git lain sedang bekerja di folder ini; tunggu sampai selesai, lalu ulangi",
        r"[Pp]ermission denied|insufficient permission": f"{NO_RIGHT} pada repositori; minta bantuan teknisi",
        r"object file .* is empty|is corrupt|bad object|data stream error": (
            "repositori ini rusak; minta teknisi memulihkannya atau membuat klon baru"
        ),
        r"hung up unexpectedly|early EOF|[Bb]roken pipe": "sambungan ke server terputus; ulangi",
        r"\[rejected\]|non-fast-forward|fetch first|cannot lock ref": "cabang itu baru saja bergerak; ulangi",
    }
)
_TELLING = ("fatal: ", "error: ")


def reason(printed: str) -> str:
    """A clause that says why git failed and what to do, by what it printed; git's own words where they are no usual."""
    known = (clause for pattern, clause in _KNOWN.items() if re.search(pattern, printed))
    return next(known, None) or f"{next(_own_words(printed))}; ulangi, dan bila berulang beri tahu teknisi"


def _own_words(printed: str) -> Iterator[str]:
    """The lines that say why, the likeliest first: git explains itself in further lines."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    for start in _TELLING:
        yield from (line.removeprefix(start).removesuffix(".") for line in lines if line.startswith(start))
    yield from (line.removesuffix(".") for line in reversed(lines))
    yield "git tidak menyebut sebabnya"
