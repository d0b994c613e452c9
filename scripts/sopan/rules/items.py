"""The item itself: its front matter, its text, and its attachments, as they stand in a commit or a work tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sopan import item
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.policy import ITEM_SCHEMA, Policy
from sopan.rules import trees


def validity(history: History, policy: Policy, folder: str, commit: Commit, *, complete: bool) -> Iterator[Finding]:
    """Everything wrong with the item in `folder` of this commit, at the level that its step asks for."""
    files = trees.files(history, commit.tree, folder)
    sizes = {name: history.size(oid) for name, oid in files.items() if name != item.INDEX}
    index = history.blob(files[item.INDEX]) if item.INDEX in files else None
    findings = judge(policy, folder, index, sizes, complete=complete)
    yield from (replace(finding, commit=commit.oid) for finding in findings)


def exempt(policy: Policy, folder: str) -> Iterator[Finding]:
    """The office's own list of exempt information names this item: by its whole path, or by its name for every year."""
    year, _, name = folder.removeprefix(f"{ITEMS_FOLDER}/").partition("/")
    listed = policy.office.exempt
    for path in {f"{year}/{name}", name} & listed.keys():
        yield found("butir-daftar-dikecualikan", file=folder, dasar=listed[path])


def judge(
    policy: Policy, folder: str, index: bytes | None, sizes: Mapping[str, int], *, complete: bool
) -> Iterator[Finding]:
    """Everything wrong with an item: its index.md (None where there is none) and the sizes of its other files."""
    if index is None:
        yield found("index-tiada", file=folder)
        return
    read, findings = item.read(index, f"{folder}/{item.INDEX}", policy.schemas[ITEM_SCHEMA], complete=complete)
    yield from findings
    if read is not None:
        yield from item.check_folder(read, sizes, policy.office.limits)
