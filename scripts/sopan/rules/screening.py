"""Every commit before its first receipt, screened for what must not enter the history even for a while.

A later commit that takes it out again does not help: the objects stay. So each commit's words, the names of the files
that it brings and their texts are judged, not only the content of the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from sopan import acts, item, legible, strict_yaml
from sopan import body as bodies
from sopan.chain import Kind
from sopan.commits import Commit
from sopan.finding import Finding, found
from sopan.front_matter import Parts
from sopan.history import NO_OBJECT, History
from sopan.office import Office
from sopan.policy import Policy
from sopan.rules import privacy, trees
from sopan.strict_yaml import Value

_EXEMPT = "dikecualikan"
_CLASS = "klasifikasi"


@dataclass(frozen=True)
class Passage:
    """A piece of text to screen: at a line of its file, or at a place in words."""

    text: str
    line: int | None = None
    where: str = ""


def of_commit(history: History, policy: Policy, folder: str, commit: Commit, parent_tree: str) -> Iterator[Finding]:
    """Everything in the words of a commit and in what it brings into the item's folder that must not be published."""
    yield from of_message(commit, policy.office)
    if acts.kind(commit) is Kind.RENEW:  # brings what stands on main already
        return
    before, after = (_folder_tree(history, tree, folder) for tree in (parent_tree, commit.tree))
    for change in history.changes(before, after):
        if change.new is not None and change.new.mode != trees.SUBMODULE_MODE:
            file = f"{folder}/{change.path.decode(errors='replace')}"
            yield from of_file(policy.office, file, history.blob(change.new.oid), commit=commit.oid)


def of_message(commit: Commit, office: Office) -> Iterator[Finding]:
    """What must not be published in the subject and the note of a commit; its trailers have forms of their own."""
    text = f"{commit.subject}\n{commit.note}"
    yield from privacy.of_text(
        text, commit=commit.oid, file=None, first_line=None, office=office, where="catatan komit"
    )


def of_file(office: Office, file: str, data: bytes, *, commit: str | None = None) -> Iterator[Finding]:
    """What must not be published in one file of an item, its name included."""
    yield from privacy.of_name(file, commit=commit, office=office)
    if _is_index(file) and len(data) > item.MAXIMUM_BYTES:
        yield found("butir-naskah-besar", commit=commit, file=file, ukuran=len(data), batas=item.MAXIMUM_BYTES)
        return
    if _is_index(file) and _is_exempt(data, file):
        yield found("butir-dikecualikan", commit=commit, file=file)
    told: set[tuple[str, str]] = set()
    for passages in _views(file, data):
        findings = [finding for passage in passages for finding in _refused(passage, office, file, commit)]
        yield from (finding for finding in findings if (finding.rule, finding.message) not in told)
        told |= {(finding.rule, finding.message) for finding in findings}


def to_confirm(office: Office, files: Mapping[str, bytes], *, commit: str | None = None) -> list[Finding]:
    """What an officer has to confirm in the files of an item, by their paths: each number once in each file."""
    findings = (
        finding
        for file, data in files.items()
        for passages in _views(file, data)
        for passage in passages
        for finding in _confirmable(passage, office, file, commit)
    )
    return list({(finding.file, finding.message): finding for finding in findings}.values())


def confirmation(history: History, policy: Policy, folder: str, commit: Commit) -> list[Finding]:
    """What the step after the completing one must confirm in its note, and does not."""
    files = trees.files(history, commit.tree, folder)
    held = {f"{folder}/{name}": history.blob(oid) for name, oid in files.items()}
    return privacy.confirmation(to_confirm(policy.office, held, commit=commit.oid), commit.note)


def texts_of(name: str, data: bytes) -> tuple[Passage, ...]:
    """The texts in an attachment, with their places in words."""
    del name, data
    return ()


def _folder_tree(history: History, tree: str, folder: str) -> str | None:
    oid = trees.folder_tree(history, tree, folder)
    return None if oid == NO_OBJECT else oid


def _is_index(file: str) -> bool:
    return file.rpartition("/")[2] == item.INDEX


def _views(file: str, data: bytes) -> Iterator[list[Passage]]:
    """The ways in which a file is read: index.md as its source, its values and its rendered text; else its texts."""
    if not _is_index(file):
        yield list(texts_of(file.rpartition("/")[2], data))
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
        for path, line in document.lines.items():
            value: Value = document.data
            for key in path:
                value = value[key]  # type: ignore[index]  # a path of this very document
            if isinstance(value, str):
                yield Passage(value, line)


def _rendered(parts: Parts) -> Iterator[Passage]:
    """The body as its readers see it, and where its links lead."""
    for line, text in bodies.plain(parts.body.decode("utf-8", errors="replace")):
        yield Passage(unquote(text), parts.body_line + line)


def _is_exempt(data: bytes, file: str) -> bool:
    """Whether the front matter names the class that must not be here, however it is written."""
    parts, _ = item.split(data, file)
    front = parts.front if parts else data
    document, _ = strict_yaml.load(front, file)
    if document is not None and _EXEMPT in str(document.data.get(_CLASS)).casefold():
        return True
    lines = legible.read(front.decode("utf-8", errors="replace").casefold()).text.split("\n")
    return any(_EXEMPT in line for line in lines if line.lstrip("\"'{ ").startswith(_CLASS))


def _refused(passage: Passage, office: Office, file: str, commit: str | None) -> Iterator[Finding]:
    return privacy.of_text(
        passage.text, commit=commit, file=file, first_line=passage.line, office=office, where=passage.where
    )


def _confirmable(passage: Passage, office: Office, file: str, commit: str | None) -> Iterator[Finding]:
    return privacy.to_confirm(
        passage.text, commit=commit, file=file, first_line=passage.line, office=office, where=passage.where
    )
