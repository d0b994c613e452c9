"""Reads the facts of the site from a work tree: its files, and the record in its repository."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeAlias

from sopan import item, kept_named, ledger, policy, record, record_cache
from sopan.chain import Round
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.policy import Policy
from sopan.record_cache import Reading
from sopan.site import chronicle, facts, kept_chronicle, kept_items, kept_record, search_records
from sopan.site.checkout import Checkout
from sopan.site.chronicle import Chronicle, Origins, Told
from sopan.site.facts import Entry, Found, SiteFacts, StoredFile, Whole
from sopan.site.kept_parts import Parts
from sopan.trees import TREE_MODE
from sopan.trees import Entry as TreeEntry

_Telling: TypeAlias = Callable[[Mapping[str, Told]], Chronicle]

def gather(tree: Path, checkout: Checkout | None = None, basis: str = "") -> SiteFacts:
    """The facts of the work tree `tree`; SopanError with every sentence at once where its files are at fault.

    With a `checkout` only what is new is read and told that was not before by the same `basis`.
    """
    rules = policy_of(tree)
    history = History(tree)
    commit = history.resolve("HEAD")
    if commit is None:
        raise SopanError("Repositori ini belum mempunyai komit; simpan dahulu isinya sebagai komit, lalu bangun lagi.")
    if checkout is None:
        reading, items = _recorded(history, rules, commit), _found(tree, rules)
    else:
        reading, items = kept_record.read(checkout, rules, basis), _kept(checkout, rules, basis)
    past, parts = _Past(history, reading.genesis or commit, rules), Parts(checkout.origin if checkout else None, basis)
    told = _told(rules, reading, [one.card.id for one in items], past, parts)
    known = told({}) if checkout is None else _kept_chronicle(checkout, f"{basis} {reading.genesis or commit}", told)
    entries = tuple(Entry(past=known.told[one.card.id].past, **vars(one)) for one in items)
    return SiteFacts(policy=rules, entries=entries, chronicle=known, commit=commit)


def _recorded(history: History, rules: Policy, commit: str) -> Reading:
    book = ledger.until(ledger.read(history), commit)
    return record_cache.reading(record.read(history, rules, book, main=commit, branches={}))


def _told(rules: Policy, reading: Reading, items: Sequence[str], past: _Past, parts: Parts) -> _Telling:
    return partial(chronicle.tell, rules, reading, items, Origins(past.notes, past.had), keep=parts.part)


def _kept_chronicle(checkout: Checkout, basis: str, tell: _Telling) -> Chronicle:
    """What is told of the record, as it was told before where nothing of that has changed; all is kept."""
    file = checkout.origin / kept_chronicle.FILE
    kept = kept_named.load(file, basis)
    before = {item: kept_chronicle.read(row) for item, row in kept.rows.items()}
    now = tell(before)
    rows = {i: kept.rows[i] if one is before.get(i) else kept_chronicle.row(i, one) for i, one in now.told.items()}
    if rows != kept.rows:
        kept_named.save(file, basis, rows, kept)
    return now


@dataclass(frozen=True)
class _Past:
    """The commit from which the office began; without a ledger, the one that is shown."""

    history: History
    start: str
    rules: Policy

    @cached_property
    def years(self) -> Mapping[bytes, Mapping[bytes, str]]:
        """Every folder of an item that was there then, by year and name."""
        found = self.history.find(self.history.tree_of(self.start), ITEMS_FOLDER)
        years = self._below(found) if found else ()
        return {year.name: {one.name: one.oid for one in self._below(year)} for year in years}

    def had(self, identity: str) -> bool:
        year, slug = identity.encode().split(b"/")
        folder = self.years.get(year, {}).get(slug)
        return folder is not None and any(file.name == item.INDEX.encode() for file in self.history.tree(folder))

    def _below(self, entry: TreeEntry) -> Iterable[TreeEntry]:
        """The folders in a folder; none where it is a file."""
        inside = self.history.tree(entry.oid) if entry.mode == TREE_MODE else ()
        return (one for one in inside if one.mode == TREE_MODE)

    def notes(self, rounds: Sequence[Round]) -> list[str]:
        """What each round's own version says has changed; a first and only version changed nothing."""
        return [""] if len(rounds) == 1 else [self._note(one) for one in rounds]

    def _note(self, one: Round) -> str:
        file = f"{item.folder(one.item)}/{item.INDEX}"
        content = self.history.read(one.merge or "", file)
        schema = self.rules.schemas[policy.ITEM_SCHEMA]
        parsed = item.read(content, file, schema, complete=False)[0] if content is not None else None
        return parsed.change_note if parsed is not None else ""


def _found(tree: Path, rules: Policy) -> list[Found]:
    return [facts.found(one) for one in _read(sorted((tree / ITEMS_FOLDER).glob("*/*")), rules)]


def _kept(checkout: Checkout, rules: Policy, basis: str) -> list[Found]:
    """Every item: as it was read before where its folder is the same, else from the work tree; all are kept."""
    top, ids, file = checkout.tree / ITEMS_FOLDER, checkout.folders, checkout.origin / kept_items.FILE
    before = kept_named.load(file, basis)
    kept = {name: row for name, row in before.rows.items() if kept_items.is_of(row, name, ids.get(name, ""))}
    new = sorted((name for name in ids if name not in kept), key=_parts)
    checkout.bring(frozenset(new))
    for one in _with_texts(_read([top / name for name in new], rules)):
        kept[one.item.id] = kept_items.row(one, ids[one.item.id])
    if new or kept.keys() != before.rows.keys():
        kept_named.save(file, basis, kept, before)
    return [kept_items.read(kept[name], top) for name in sorted(kept, key=_parts)]


def _with_texts(found: Sequence[Whole]) -> Iterator[Whole]:
    """The same, with what readers see of the attachments."""
    named = [{attachment.name for attachment in one.item.attachments} for one in found]
    attached = (file for names, one in zip(named, found, strict=True) for file in one.files if file.name in names)
    read = iter(search_records.with_texts(attached))
    for names, one in zip(named, found, strict=True):
        yield replace(one, files=tuple(next(read) if file.name in names else file for file in one.files))


def _parts(identity: str) -> list[str]:
    return identity.split("/")


def _read(folders: Iterable[Path], rules: Policy) -> list[Whole]:
    good, findings = list[Whole](), list[Finding]()
    for folder in folders:
        parsed, problems = read_item(folder, rules)
        findings += problems
        if parsed is not None:
            good.append(Whole(parsed, stored(folder)))
    _refuse(findings)
    return good


def stored(folder: Path) -> tuple[StoredFile, ...]:
    """The files of an item's folder by name."""
    return tuple(_stored(path) for path in _files(folder))


def read_item(folder: Path, rules: Policy) -> tuple[item.Item | None, list[Finding]]:
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


def policy_of(tree: Path) -> Policy:
    """The policy that lies in a work tree; SopanError with every finding against it."""

    def read(name: str) -> bytes | None:
        path = tree / name
        return path.read_bytes() if path.is_file() else None

    def list_files(name: str) -> Sequence[str]:
        return sorted(path.name for path in (tree / name).glob("*") if path.is_file())

    rules, findings = policy.load(read, list_files)
    _refuse(findings)
    if rules is None:
        raise SopanError("Berkas kebijakan tidak terbaca; jalankan `sopan periksa` untuk melihat sebabnya.")
    return rules


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise SopanError("\n".join(one.sentence() for one in findings))
