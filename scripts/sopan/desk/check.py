"""`periksa`: the item in the work tree by the rules that the gate will use, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sopan import item, strict_yaml
from sopan.desk import files, place
from sopan.errors import Refused
from sopan.finding import Finding, found
from sopan.history import History
from sopan.policy import Policy
from sopan.rules import items, screening
from sopan.view import View


def edited(history: History, seen: View) -> list[str]:
    """The items whose folders in this work tree hold what was not handed in."""
    changed = {item.identity(path) for path in files.changed(history)}
    return sorted(name for name in changed if name is not None and files.edited(history, seen, name))


def must_be_complete(history: History, seen: View, identity: str) -> bool:
    """Whether the item awaits the step that completes it, or a later one; what is wrong with its branch stays aside."""
    sop = seen.policy.sop
    here, _ = place.look(history, seen, identity)
    due = here.standing.due if here else sop.first
    return due.number >= sop.completing.number


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
