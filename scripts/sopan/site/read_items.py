"""Items as they lie in a work tree, each with its files; all that is at fault in them is told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from sopan import item, policy
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.item_path import ITEMS_FOLDER
from sopan.policy import Policy
from sopan.site.facts import StoredFile, Whole


def read(folders: Iterable[Path], rules: Policy) -> list[Whole]:
    """The items in these folders; SopanError with every sentence where one is at fault."""
    good, findings = list[Whole](), list[Finding]()
    for folder in folders:
        parsed, problems = read_one(folder, rules)
        findings += problems
        if parsed is not None:
            good.append(Whole(parsed, stored(folder)))
    refuse(findings)
    return good


def stored(folder: Path) -> tuple[StoredFile, ...]:
    """The files of an item's folder by name."""
    return tuple(_stored(path) for path in _files(folder))


def read_one(folder: Path, rules: Policy) -> tuple[item.Item | None, list[Finding]]:
    """The item in `folder`: its front matter by the schema of step 1, its attachments by the office's limits."""
    file = f"{ITEMS_FOLDER}/{folder.parent.name}/{folder.name}/{item.INDEX}"
    if not (folder / item.INDEX).is_file():
        raise SopanError(f"Berkas {file} tidak ada; tambahkan, atau hapus {folder.name} dari {ITEMS_FOLDER}.")
    content = (folder / item.INDEX).read_bytes()
    parsed, findings = item.read(content, file, rules.schemas[policy.ITEM_SCHEMA], complete=False)
    if parsed is None:
        return None, findings
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}
    return parsed, [*findings, *item.check_folder(parsed, sizes, rules.office.limits)]


def _files(folder: Path) -> list[Path]:
    """The files below `folder` by name; a symbolic link could show what lies outside the repository."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    for path in paths:
        if path.is_symlink():
            raise SopanError(f"Berkas {path.name} di {folder.name} adalah tautan simbolik; ganti dengan berkas biasa.")
    return paths


def _stored(path: Path) -> StoredFile:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return StoredFile(path.name, path, path.stat().st_size, digest.hexdigest())


def refuse(findings: Sequence[Finding]) -> None:
    """SopanError with all findings, where there are any."""
    if findings:
        raise SopanError("\n".join(one.sentence() for one in findings))
