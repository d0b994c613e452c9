"""The text that GitHub puts into a new pull request, derived from sop.yml: the chain, and what each person writes."""

from __future__ import annotations

from collections.abc import Iterator

from sopan.finding import Finding, found
from sopan.sop import Sop, Step

FILE = ".github/PULL_REQUEST_TEMPLATE.md"
_HEADER = "<!-- Ditulis dari sop.yml oleh perintah `sopan templat`; jangan diubah dengan tangan. -->"
_HEADS = ("Langkah", "Pelaksana", "Waktu baku", "Komentar")
_WORDS = (
    "`/terima`: saya mulai mengerjakan langkah yang menunggu saya; waktunya dihitung sejak itu.",
    "`/kembalikan 3 alasannya`: kembali ke langkah 3; tanpa angka ke langkah yang lazim.",
    "`/tarik alasannya`: langkah yang baru saja saya buat ditarik.",
    "`/papan`: giliran siapa, dan sudah berapa lama.",
)
_BEFORE = (
    "Informasi ini bukan informasi yang dikecualikan.",
    "Naskah dan lampirannya tidak memuat data pribadi.",
)


def expected(sop: Sop) -> str:
    """The whole text of the template."""
    return "".join(f"{line}\n" for line in _lines(sop))


def drift(actual: bytes | None, wanted: str) -> list[Finding]:
    """Whether the file (None: absent) says something else than the `wanted` text."""
    return [] if actual == wanted.encode() else [found("templat-berbeda", file=FILE)]


def _lines(sop: Sop) -> Iterator[str]:
    yield from (
        _HEADER,
        "",
        f"Usulan ini menempuh SOP nomor {sop.number}. Setiap tindakan ditulis sebagai komentar di sini;",
    )
    yield from ("yang diterima dijawab dan dicatat, yang ditolak dijawab dengan sebabnya.", "")
    yield _row(*_HEADS)
    yield "|" + "---|" * len(_HEADS)
    yield from (
        _row(step.label, step.role.name, str(step.standard_time or "-"), _comment(sop, step)) for step in sop.chain
    )
    yield from ("", *(f"- {word}" for word in _WORDS), "", "Sebelum diserahkan:", "")
    yield from (f"- [ ] {sentence}" for sentence in _BEFORE)


def _comment(sop: Sop, step: Step) -> str:
    return "`/lanjut`, yang sekaligus menerbitkan" if step == sop.last else "`/lanjut catatannya`"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
