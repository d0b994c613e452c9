"""An item (*butir informasi*): `index.md` with front matter and body, read by one grammar for gate, commands and site.

This module is the door: paths, types, front matter and the folder's rules live in modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sopan import body as bodies
from sopan import messages, plain_text, schema, strict_yaml
from sopan.document import Document
from sopan.finding import Finding, found
from sopan.front_matter import Parts, complete_with, split, write
from sopan.item_folder import EXTENSIONS, check_folder
from sopan.item_path import INDEX, folder, identity, is_identity, slugify
from sopan.item_types import Attachment, Correction, Item, Link, Period, Withdrawal, from_document

__all__ = [
    "EXTENSIONS", "INDEX", "Attachment", "Correction", "Item", "Link", "Period", "Withdrawal", "check_folder",
    "complete_with", "folder", "identity", "is_identity", "read", "slugify", "split", "write",
]  # fmt: skip

COMPLETE_LEVEL = "lengkap"
MAXIMUM_BYTES = 256 * 1024


def read(
    content: bytes, file: str, schema_of_items: Mapping[str, object], *, complete: bool
) -> tuple[Item | None, list[Finding]]:
    """Read index.md at `file` (from the top of the repository) and find everything that is wrong with it.

    `complete` asks for the level that holds from the SOP's last content step on. The item is None where its front
    matter cannot be trusted; an item may come with findings about its body, and must not be published then.
    """
    name = identity(file)
    if name is None or file != f"{folder(name)}/{INDEX}":
        return None, [found("butir-alamat", file=file, alamat=file)]
    if len(content) > MAXIMUM_BYTES:
        return None, [found("butir-naskah-besar", file=file, ukuran=len(content), batas=MAXIMUM_BYTES)]
    parts, findings = split(content, file)
    if parts is None:
        return None, findings
    text, body_findings = plain_text.read(parts.body, file, first_line=parts.body_line)
    body = bodies.read(text or "", file, parts.body_line)
    document, front_findings = _front(parts, file, schema_of_items, complete=complete)
    findings += front_findings
    item = None
    if document is not None and text is not None and not front_findings:
        item = from_document(document, name, file, body=text, body_line=parts.body_line, targets=body.targets)
        findings += _contradictions(item, document)
    return item, [*findings, *body_findings, *body.findings]


def _front(
    parts: Parts, file: str, schema_of_items: Mapping[str, object], *, complete: bool
) -> tuple[Document | None, list[Finding]]:
    document, findings = strict_yaml.load(parts.front, file, first_line=2)
    if document is None:
        return None, findings
    if "dikecualikan" in str(document.data.get("klasifikasi")).casefold():
        # What must not be here at all is not judged further, and nothing more of it is quoted.
        return None, [found("butir-dikecualikan", file=file, line=document.line(("klasifikasi",)))]
    level = COMPLETE_LEVEL if complete else None
    return document, findings + schema.check(document, schema_of_items, file, definition=level)


def _contradictions(item: Item, document: Document) -> Iterator[Finding]:
    """Find what a schema cannot say: fields that are each right and do not go together."""

    def about(rule: str, key: str, **values: str) -> Finding:
        return Finding(rule, messages.say(rule, **values), file=item.file, line=document.line((key,)))

    if not item.body.strip() and not item.attachments:
        yield found("butir-tanpa-isi", file=item.file, line=item.body_line)
    if item.reviewed and item.created and item.reviewed < item.created:
        yield about("butir-tinjauan-mundur", "ditinjau_terakhir", tinjau=str(item.reviewed), buat=str(item.created))
    if item.period and item.period.end < item.period.start:
        yield about("butir-periode-mundur", "periode", mulai=str(item.period.start), selesai=str(item.period.end))
    happened = str(item.emergency.get("waktu_kejadian", ""))[: len("2026-11-23")]
    if item.holds_until and item.holds_until.isoformat() < happened:
        yield about("butir-berlaku-mundur", "serta_merta", sampai=str(item.holds_until), kejadian=happened)
    for key, other in (("menggantikan", item.replaces), ("digantikan_oleh", item.replaced_by)):
        if other == item.id:
            yield about("butir-ganti-diri", key, butir=other)
