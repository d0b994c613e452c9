"""The item itself: its front matter, its text, and its attachments, as they stand in a commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sopan import item
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.history import History
from sopan.policy import ITEM_SCHEMA, Policy
from sopan.rules import trees


def validity(history: History, policy: Policy, folder: str, commit: Commit, *, complete: bool) -> Iterator[Finding]:
    """Everything wrong with the item in `folder` of this commit, at the level that its step asks for."""
    files = trees.files(history, commit.tree, folder)
    file = f"{folder}/{item.INDEX}"
    if item.INDEX not in files:
        yield found("index-tiada", commit=commit.oid, file=folder)
        return
    schema = policy.schemas[ITEM_SCHEMA]
    read, findings = item.read(history.blob(files[item.INDEX]), file, schema, complete=complete)
    if read is not None:
        sizes = {name: history.size(oid) for name, oid in files.items() if name != item.INDEX}
        findings += item.check_folder(read, sizes, policy.office.limits)
    yield from (replace(finding, commit=commit.oid) for finding in findings)
