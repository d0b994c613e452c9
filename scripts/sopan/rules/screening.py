"""Every commit before its first receipt, screened for what must not enter the history even for a while.

A later commit that takes it out again does not help: the objects stay. So each commit's words, the names of the files
that it brings and their texts are judged, not only the content of the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from sopan import acts, item, legible, strict_yaml
from sopan import body as bodies
from sopan.attachments import Examined
from sopan.chain import Kind
from sopan.commits import Commit
from sopan.document import Path, Value
from sopan.finding import Finding, found
from sopan.front_matter import Parts
from sopan.history import NO_OBJECT, History
from sopan.office import Office
from sopan.policy import Policy
from sopan.rules import attached as attached_files
from sopan.rules import privacy, trees
from sopan.rules.attached import Attached, Stored

_EXEMPT = "dikecualikan"
_CLASS = "klasifikasi"


@dataclass(frozen=True)
class Passage:
    """A piece of text to screen: at a line of its file, or at a place in words."""

    text: str
    line: int | None = None
    where: str = ""


def brought(history: History, folder: str, commit: Commit, parent_tree: str) -> list[Stored]:
    """The files that a commit brings into the item's folder; a renewal brings what stands on main already."""
    if acts.kind(commit) is Kind.RENEW:
        return []
    before, after = (_folder_tree(history, tree, folder) for tree in (parent_tree, commit.tree))
    return [
        Stored(f"{folder}/{change.path.decode(errors='replace')}", change.new.oid)
        for change in history.changes(before, after)
        if change.new is not None and change.new.mode != trees.SUBMODULE_MODE
    ]


def of_commit(attached: Attached, policy: Policy, folder: str, commit: Commit, parent_tree: str) -> Iterator[Finding]:
    """Everything in the words of a commit and in what it brings into the item's folder that must not be published."""
    yield from of_message(commit, policy.office)
    for stored in brought(attached.history, folder, commit, parent_tree):
        data = attached.history.blob(stored.oid)
        yield from of_file(policy.office, stored.file, data, attached.of(stored), commit=commit.oid)


def of_message(commit: Commit, office: Office) -> Iterator[Finding]:
    """What must not be published in the subject and the note of a commit; its trailers have forms of their own."""
    text = f"{commit.subject}\n{commit.note}"
    yield from privacy.of_text(
        text, commit=commit.oid, file=None, first_line=None, office=office, where="catatan komit"
    )


def of_file(
    office: Office, file: str, data: bytes, examined: Examined | None, *, commit: str | None = None
) -> Iterator[Finding]:
    """What must not be published in one file of an item, its name included; attachments are `examined` before."""
    yield from privacy.of_name(file, commit=commit, office=office)
    if examined is not None:
        yield from attached_files.faults(examined, file, commit=commit)
    if _is_index(file) and len(data) > item.MAXIMUM_BYTES:
        yield found("butir-naskah-besar", commit=commit, file=file, ukuran=len(data), batas=item.MAXIMUM_BYTES)
        return
    if _is_index(file) and (line := _exempt_line(data, file)) is not None:
        yield found("butir-dikecualikan", commit=commit, file=file, line=line)
    told = _of_views(_views(file, data, examined), office, file, commit)
    yield from islice(told, privacy.SHOWN_FINDINGS)


def _of_views(views: Iterable[Iterable[Passage]], office: Office, file: str, commit: str | None) -> Iterator[Finding]:
    """What is refused in any of the ways in which a file is read; a later way repeats nothing."""
    told: set[tuple[str, str]] = set()
    for passages in views:
        findings = [finding for passage in passages for finding in _refused(passage, office, file, commit)]
        yield from (finding for finding in findings if (finding.rule, finding.message) not in told)
        told |= {(finding.rule, finding.message) for finding in findings}


def to_confirm(
    office: Office, files: Mapping[str, tuple[bytes, Examined | None]], *, commit: str | None = None
) -> list[Finding]:
    """What an officer has to confirm in the files of an item, by their paths: each number once in each file."""
    findings = (
        finding
        for file, (data, examined) in files.items()
        for passages in _views(file, data, examined)
        for passage in passages
        for finding in _confirmable(passage, office, file, commit)
    )
    return list({(finding.file, finding.message): finding for finding in findings}.values())


def confirmation(attached: Attached, policy: Policy, folder: str, commit: Commit) -> list[Finding]:
    """What the step after the completing one must confirm in its note, and does not."""
    stored = _stored(attached, folder, commit)
    held = {one.file: (attached.history.blob(one.oid), attached.of(one)) for one in stored}
    return privacy.confirmation(to_confirm(policy.office, held, commit=commit.oid), commit.note)


def unread(attached: Attached, folder: str, commit: Commit) -> Iterator[Finding]:
    """The scans of an item that whoever completes it does not say to have read."""
    scans = [one.file for one in _stored(attached, folder, commit) if (seen := attached.of(one)) and seen.scanned]
    return attached_files.unread(scans, commit.note, commit=commit.oid)


def _stored(attached: Attached, folder: str, commit: Commit) -> list[Stored]:
    files = trees.files(attached.history, commit.tree, folder)
    stored = [Stored(f"{folder}/{name}", oid) for name, oid in files.items()]
    attached.examine(stored)
    return stored


def _texts(examined: Examined | None) -> list[Passage]:
    """The texts of an attachment; those that name no place of their own have lines."""
    texts = examined.texts if examined is not None else ()
    return [Passage(text.text, where=text.place) if text.place else Passage(text.text, 1) for text in texts]


def _folder_tree(history: History, tree: str, folder: str) -> str | None:
    oid = trees.folder_tree(history, tree, folder)
    return None if oid == NO_OBJECT else oid


def _is_index(file: str) -> bool:
    return file.rpartition("/")[2] == item.INDEX


def _views(file: str, data: bytes, examined: Examined | None) -> Iterator[list[Passage]]:
    """The ways in which a file is read: index.md as its source, its values and its rendered text; else its texts."""
    if not _is_index(file):
        yield _texts(examined)
        return
    yield [Passage(data.decode("utf-8", errors="replace"), 1)]
    parts, _ = item.split(data, file)
    if parts is not None:
        yield list(_values(parts, file))
        yield list(_rendered(parts))


def _values(parts: Parts, file: str) -> Iterator[Passage]:
    """The front matter's values as its readers get them, escapes undone and folded lines joined."""
    document, _ = strict_yaml.load(parts.front, file, first_line=2)
    if document is not None:
        yield from (Passage(value, document.line(path)) for path, value in _strings(document.data, ()))


def _strings(value: Value, path: Path) -> Iterator[tuple[Path, str]]:
    """Every value that holds no others, with its path."""
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _strings(inner, (*path, key))


def _rendered(parts: Parts) -> Iterator[Passage]:
    """The body as its readers see it, and where its links lead."""
    for line, text in bodies.plain(parts.body.decode("utf-8", errors="replace")):
        yield Passage(unquote(text), parts.body_line + line)


def _exempt_line(data: bytes, file: str) -> int | None:
    """The line at which the front matter names the class that must not be here, however it is written."""
    parts, _ = item.split(data, file)
    front, first = (parts.front, 2) if parts else (data, 1)
    document, _ = strict_yaml.load(front, file, first_line=first)
    if document is not None and _EXEMPT in str(document.data.get(_CLASS)).casefold():
        return document.line((_CLASS,))
    seen = legible.read(front.decode("utf-8", errors="replace").casefold())
    lines = zip(seen.numbers, seen.text.split("\n"), strict=False)
    named = (number for number, line in lines if line.lstrip("\"'{ ").startswith(_CLASS) and _EXEMPT in line)
    return next((first + number - 1 for number in named), None)


def _refused(passage: Passage, office: Office, file: str, commit: str | None) -> Iterator[Finding]:
    return privacy.of_text(
        passage.text, commit=commit, file=file, first_line=passage.line, office=office, where=passage.where
    )


def _confirmable(passage: Passage, office: Office, file: str, commit: str | None) -> Iterator[Finding]:
    return privacy.to_confirm(
        passage.text, commit=commit, file=file, first_line=passage.line, office=office, where=passage.where
    )
