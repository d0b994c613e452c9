"""An item's folder as a whole: whether the files beside index.md are those it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sopan.finding import Finding, found
from sopan.item_path import INDEX, folder, is_file_name
from sopan.item_types import Attachment, Item
from sopan.office import Limits
from sopan.quoting import Own

EXTENSIONS = ("pdf", "xlsx", "csv", "docx", "ods", "odt", "png", "jpg", "jpeg")

_LEAVES_FOLDER = re.compile(r"[/\\%:]|\.\.")


def check_folder(item: Item, names: Mapping[str, int], limits: Limits) -> list[Finding]:
    """Compare what `item` names with the other files of its folder (`names`: path within the folder to bytes).

    index.md may be among the `names` or not; the limits are about what lies beside it.
    """
    findings = [finding for number in range(len(item.attachments)) for finding in _named(item, number, names)]
    findings += _unnamed(item, names)
    findings += _dead_links(item, names)
    findings += _beyond_limits(item, names, limits)
    return findings


def _named(item: Item, number: int, names: Mapping[str, int]) -> Iterator[Finding]:
    attachment = item.attachments[number]
    if any(earlier.name == attachment.name for earlier in item.attachments[:number]):
        yield _about(item, attachment, "lampiran-ganda")
    elif rule := _name_fault(attachment.name):
        yield _about(item, attachment, rule)
    elif attachment.name not in names:
        yield _about(item, attachment, "lampiran-tidak-ada")
    elif names[attachment.name] == 0:
        yield _about(item, attachment, "lampiran-kosong")


def _name_fault(name: str) -> str | None:
    if _LEAVES_FOLDER.search(name):
        return "lampiran-keluar-folder"
    if name == INDEX:
        return "lampiran-butir-sendiri"
    if not is_file_name(name):
        return "lampiran-nama"
    return None if name.rpartition(".")[2] in EXTENSIONS and "." in name else "lampiran-jenis"


def _about(item: Item, attachment: Attachment, rule: str) -> Finding:
    kinds = Own(", ".join(EXTENSIONS))
    proposal = _proposal(attachment.name)
    return found(rule, file=item.file, line=attachment.line, berkas=attachment.name, jenis=kinds, usul=proposal)


def _proposal(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    return f"{'-'.join(words[:-1])}.{words[-1]}" if len(words) > 1 else "laporan.pdf"


def _unnamed(item: Item, names: Mapping[str, int]) -> Iterator[Finding]:
    listed = {attachment.name for attachment in item.attachments} | {INDEX}
    for name in sorted(set(names) - listed):
        rule = "butir-subfolder" if "/" in name else "lampiran-tak-disebut"
        yield found(rule, file=f"{folder(item.id)}/{name}", berkas=name)


def _dead_links(item: Item, names: Mapping[str, int]) -> Iterator[Finding]:
    for target, line in item.targets:
        # The site publishes a page in the place of index.md, so a link to that file would lead nowhere.
        if target not in names or target == INDEX:
            yield found("isi-tautan-mati", file=item.file, line=line, berkas=target)


def _beyond_limits(item: Item, names: Mapping[str, int], limits: Limits) -> Iterator[Finding]:
    sizes = {name: size for name, size in names.items() if name != INDEX}
    for name, size in sorted(sizes.items()):
        if size > limits.attachment_bytes:
            path = f"{folder(item.id)}/{name}"
            yield found("lampiran-terlalu-besar", file=path, ukuran=size, batas=limits.attachment_bytes)
    total = sum(sizes.values())
    if total > limits.item_bytes:
        yield found("butir-terlalu-besar", file=folder(item.id), ukuran=total, batas=limits.item_bytes)
    if len(sizes) > limits.attachments:
        yield found("lampiran-terlalu-banyak", file=folder(item.id), jumlah=len(sizes), batas=limits.attachments)
