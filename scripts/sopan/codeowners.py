"""CODEOWNERS derived from sop.yml: whom a forge asks to look. The gate never goes by it (GitHub asks any one owner)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from sopan import messages
from sopan.finding import Finding, found
from sopan.item_path import ITEMS_FOLDER
from sopan.office import Office
from sopan.policy_files import CODEOWNERS_FILE, POLICY_FILES
from sopan.quoting import Own
from sopan.sop import Sop

SHOWN_DIFFERENCES = 3
_HEADER = (
    "# Siapa yang dimintai telaah. Ditulis dari sop.yml oleh perintah `sopan codeowners`; jangan diubah dengan tangan.",
    "# GitHub meminta salah satu pemilik sebuah baris; gerbang Sopan meminta setiap peran menurut urutan SOP.",
    "",
)
_RULES = {"replace": "codeowners-berbeda", "delete": "codeowners-lebih", "insert": "codeowners-kurang"}


def expected(sop: Sop, office: Office) -> str:
    """The whole text of CODEOWNERS. The last line that matches a path counts on GitHub, so the general one is first."""
    keepers = [code for code in sop.roles if code in sop.maintainers]
    acting = list(dict.fromkeys(step.role.code for step in sop.chain))
    lines = [
        *_HEADER,
        _line("*", keepers, office),
        _line(f"/{ITEMS_FOLDER}/", acting, office),
        *(_line(f"/{path}", keepers, office) for path in POLICY_FILES),
    ]
    return "".join(f"{line}\n" for line in lines)


def drift(actual: bytes | None, wanted: str) -> list[Finding]:
    """The first places where the file (None: absent) differs from the `wanted` text."""
    if actual is None:
        return [found("kebijakan-berkas-hilang", file=CODEOWNERS_FILE)]
    written = actual.decode("utf-8", errors="replace").split("\n")
    return list(islice(_differences(written, wanted.split("\n")), SHOWN_DIFFERENCES))


def _differences(written: list[str], wanted: list[str]) -> Iterator[Finding]:
    for kind, start, _, right, _ in SequenceMatcher(None, written, wanted, autojunk=False).get_opcodes():
        if kind != "equal":
            values = {"tertulis": _first(written[start:]), "benar": Own(_first(wanted[right:]))}
            message = messages.say(_RULES[kind], **values)
            yield Finding(_RULES[kind], message, file=CODEOWNERS_FILE, line=start + 1)


def _first(lines: list[str]) -> str:
    return lines[0] if lines else ""


def _line(pattern: str, roles: list[str], office: Office) -> str:
    return " ".join([pattern, *(f"@{office.github_organisation}/{role}" for role in roles)])
