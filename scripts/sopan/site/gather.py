"""Reads the facts of the site from a work tree: its files, and the record in its repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sopan import item, ledger, policy, record, record_cache
from sopan.chain import Round
from sopan.errors import SopanError
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.policy import Policy
from sopan.record_cache import Reading
from sopan.site import facts, kept_record, kept_volumes, read_items
from sopan.site.checkout import Checkout
from sopan.site.chronicle import Chronicle, Origins
from sopan.site.facts import SiteFacts, Volumes
from sopan.site.kept_parts import Parts
from sopan.trees import TREE_MODE, Entry


def gather(tree: Path, checkout: Checkout | None = None, basis: str = "") -> SiteFacts:
    """The facts of the work tree `tree`; SopanError with every sentence at once where its files are at fault.

    With a `checkout` only what is new is read and told that was not before by the same `basis`.
    """
    rules = policy_of(tree)
    return _onto(checkout, rules, basis) if checkout else _anew(tree, rules)


def _anew(tree: Path, rules: Policy) -> SiteFacts:
    with closing(History(tree)) as history:
        commit = history.resolve("HEAD")
        if commit is None:
            raise SopanError(
                "Repositori ini belum mempunyai komit; simpan dahulu isinya sebagai komit, lalu bangun lagi."
            )
        reading = _recorded(history, rules, commit)
        known = _told(history, rules, reading, reading.genesis or commit, Parts())
        return SiteFacts(policy=rules, volumes=_found(tree, rules, known), chronicle=known, commit=commit)


def _onto(checkout: Checkout, rules: Policy, basis: str) -> SiteFacts:
    reading = kept_record.read(checkout, rules, basis)
    start = reading.genesis or checkout.commit
    known = _told(checkout.copy, rules, reading, start, Parts(checkout.origin, f"{basis} {start}"))
    volumes = kept_volumes.read(checkout, rules, known, basis)
    return SiteFacts(policy=rules, volumes=volumes, chronicle=known, commit=checkout.commit)


def _told(history: History, rules: Policy, reading: Reading, start: str, parts: Parts) -> Chronicle:
    past = _Past(history, start, rules)
    return Chronicle(rules, reading, Origins(past.notes, past.had), parts)


def _recorded(history: History, rules: Policy, commit: str) -> Reading:
    book = ledger.until(ledger.read(history), commit)
    return record_cache.reading(record.read(history, rules, book, main=commit, branches={}))


@dataclass(frozen=True)
class _Past:
    """The commit from which the office began; without a ledger, the one that is shown."""

    history: History
    start: str
    rules: Policy

    def had(self, identity: str) -> bool:
        year, slug = identity.encode().split(b"/")
        if year not in self._opened:
            self._opened[year] = self._below(self._years[year]) if year in self._years else {}
        folder = self._opened[year].get(slug)
        return folder is not None and any(file.name == item.INDEX.encode() for file in self.history.tree(folder.oid))

    @cached_property
    def _years(self) -> Mapping[bytes, Entry]:
        """Every year of which an item was there then."""
        found = self.history.find(self.history.tree_of(self.start), ITEMS_FOLDER)
        return self._below(found) if found else {}

    @cached_property
    def _opened(self) -> dict[bytes, Mapping[bytes, Entry]]:
        """Every folder of an item that was there then, by name, of the years that somebody asked for."""
        return {}

    def _below(self, entry: Entry) -> Mapping[bytes, Entry]:
        """The folders in a folder; none where it is a file."""
        inside = self.history.tree(entry.oid) if entry.mode == TREE_MODE else ()
        return {one.name: one for one in inside if one.mode == TREE_MODE}

    def notes(self, rounds: Sequence[Round]) -> list[str]:
        """What each round's own version says has changed; a first and only version changed nothing."""
        return [""] if len(rounds) == 1 else [self._note(one) for one in rounds]

    def _note(self, one: Round) -> str:
        file = f"{item.folder(one.item)}/{item.INDEX}"
        content = self.history.read(one.merge or "", file)
        schema = self.rules.schemas[policy.ITEM_SCHEMA]
        parsed = item.read(content, file, schema, complete=False)[0] if content is not None else None
        return parsed.change_note if parsed is not None else ""


def _found(tree: Path, rules: Policy, known: Chronicle) -> Volumes:
    folders = sorted((tree / ITEMS_FOLDER).glob("*/*"))
    return facts.volumes(facts.entry(facts.found(one), known) for one in read_items.read(folders, rules))


def policy_of(tree: Path) -> Policy:
    """The policy that lies in a work tree; SopanError with every finding against it."""

    def read(name: str) -> bytes | None:
        path = tree / name
        return path.read_bytes() if path.is_file() else None

    def list_files(name: str) -> Sequence[str]:
        return sorted(path.name for path in (tree / name).glob("*") if path.is_file())

    rules, findings = policy.load(read, list_files)
    read_items.refuse(findings)
    if rules is None:
        raise SopanError("Berkas kebijakan tidak terbaca; jalankan `sopan periksa` untuk melihat sebabnya.")
    return rules
