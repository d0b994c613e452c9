"""`periksa`: the item in the work tree by the rules that the gate will use, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sopan import item, limited, strict_yaml
from sopan.attachments import Examined, cleaning
from sopan.desk import files, place, worktree
from sopan.errors import Refused, SopanError
from sopan.finding import Finding, found
from sopan.history import History
from sopan.policy import Policy
from sopan.rules import items, screening
from sopan.view import View

Held = Mapping[str, tuple[bytes, Examined | None]]  # an item's files by their paths, attachments with what is in them


def edited(history: History, seen: View) -> list[str]:
    """The items whose folders in this work tree hold what was not handed in."""
    changed = {item.identity(path) for path in worktree.changed(history)}
    return sorted(name for name in changed if name is not None and files.edited(history, seen, name))


def must_be_complete(history: History, seen: View, identity: str) -> bool:
    """Whether the item awaits the step that completes it, or a later one; what is wrong with its branch stays aside."""
    sop = seen.policy.sop
    here, _ = place.look(history, seen, identity)
    due = here.standing.due if here else sop.first
    return due.number >= sop.completing.number


def held(top: Path, identity: str) -> Held:
    """The item as it lies in the work tree, its attachments examined, by paths from the top."""
    read = files.read(top / item.folder(identity))
    return _examined({f"{item.folder(identity)}/{name}": data for name, data in read.items()})


def document(file: Path) -> Held:
    """One file that is not in an item yet, examined, by its name."""
    if not file.is_file():
        raise SopanError(f"Berkas {file} tidak ditemukan; periksa nama dan letaknya.")
    return _examined({file.name: file.read_bytes()})


def findings(here: Held, identity: str, policy: Policy, *, complete: bool) -> Iterator[Finding]:
    """Everything that the gate would say of the item as it lies in the work tree."""
    folder = item.folder(identity)
    index = f"{folder}/{item.INDEX}"
    sizes = {file.removeprefix(f"{folder}/"): len(data) for file, (data, _) in here.items() if file != index}
    judged = items.judge(policy, folder, here[index][0] if index in here else None, sizes, complete=complete)
    yield from dict.fromkeys([*items.exempt(policy, folder), *judged, *screened(here, policy)])


def screened(here: Held, policy: Policy) -> Iterator[Finding]:
    """What must not be published in these files."""
    for file, (data, examined) in here.items():
        yield from screening.of_file(policy.office, file, data, examined)


def to_confirm(here: Held, policy: Policy) -> list[Finding]:
    """What will have to be confirmed of the item as it lies in the work tree, by the step after the completing one."""
    return screening.to_confirm(policy.office, here)


def scans(here: Held) -> list[str]:
    """The attachments with pages that whoever completes the item has to read by eye."""
    return [file for file, (_, examined) in here.items() if examined is not None and examined.scanned]


def clean(top: Path, here: Held) -> tuple[dict[str, list[str]], Held]:
    """Take the names of their makers out of attachments, in the files themselves; tells what of which, and the rest."""
    taken: dict[str, list[str]] = {}
    now = {file: data for file, (data, _) in here.items()}
    for file, (data, examined) in here.items():
        fields = cleaning.fields(examined) if examined is not None else []
        if fields and (cleaned := cleaning.clean(file, data)) != data:
            (top / file).write_bytes(cleaned)
            taken[file], now[file] = fields, cleaned
    return taken, _examined(now) if taken else here


def _examined(read: Mapping[str, bytes]) -> Held:
    names = [file for file in read if Path(file).name != item.INDEX]
    answers = limited.screen([(Path(file).name, read[file]) for file in names])
    known = dict(zip(names, answers, strict=True))
    return {file: (data, known.get(file)) for file, data in read.items()}


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
