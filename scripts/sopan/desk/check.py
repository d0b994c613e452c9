"""`periksa`: the item in the work tree by the rules that the gate will use, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sopan import item, strict_yaml
from sopan.desk import files
from sopan.errors import Refused
from sopan.finding import Finding, found
from sopan.history import History
from sopan.policy import ITEMS_FOLDER, Policy
from sopan.rules import items, screening


def edited(history: History) -> list[str]:
    """The items whose folders differ from the last commit of this work tree."""
    status = history.run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ITEMS_FOLDER)
    paths = [line[3:] for line in status.split("\0") if line]
    return sorted({name for path in paths if (name := item.identity(path)) is not None})


def findings(top: Path, identity: str, policy: Policy, *, complete: bool) -> Iterator[Finding]:
    """Everything that the gate would say of the item as it lies in the work tree."""
    folder = item.folder(identity)
    held = files.read(top / folder)
    sizes = {name: len(data) for name, data in held.items() if name != item.INDEX}
    judged = items.judge(policy, folder, held.get(item.INDEX), sizes, complete=complete)
    screened = (
        found for name, data in held.items() for found in screening.of_file(policy.office, f"{folder}/{name}", data)
    )
    yield from dict.fromkeys([*judged, *screened])


def to_confirm(top: Path, identity: str, policy: Policy) -> list[Finding]:
    """What will have to be confirmed of the item as it lies in the work tree, by the step after the completing one."""
    folder = item.folder(identity)
    held = files.read(top / folder)
    return screening.to_confirm(policy.office, {f"{folder}/{name}": data for name, data in held.items()})


def fill_in(top: Path, identity: str, policy: Policy) -> None:
    """Complete the front matter with the office's defaults, in the file itself, where the officer sees them."""
    file = top / item.folder(identity) / item.INDEX
    if not file.is_file():
        raise Refused([found("index-tiada", file=item.folder(identity)).sentence()])
    parts, wrong = item.split(file.read_bytes(), str(file))
    document, more = strict_yaml.load(parts.front, str(file), first_line=2) if parts else (None, [])
    if parts is None or document is None or wrong or more:
        raise Refused([finding.sentence() for finding in (*wrong, *more)])
    fields = item.complete_with(document.data, policy.office.defaults)
    file.write_bytes(item.write(fields, parts.body.decode()))
