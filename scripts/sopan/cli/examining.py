"""What `sopan periksa` says of named items and documents, and what it fills in or cleans on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sopan import view
from sopan.cli.handing_in import names_file
from sopan.cli.words import EXAMPLE, item_name, notice, verdict
from sopan.desk import check
from sopan.desk.check import Held
from sopan.finding import Finding
from sopan.history import History
from sopan.policy import Policy
from sopan.rules.attached import READ_BY_EYE
from sopan.rules.privacy import CONFIRMATION
from sopan.view import View


def examined(history: History, names: Sequence[str], form: str, *, complete: bool, clean: bool, full: bool) -> int:
    """Examine items and documents by name, or every item that is being edited; gives the exit code."""
    seen = view.look(history)
    site = seen.policy.office.site
    documents = [Path(name) for name in names if names_file(name)]
    chosen = [item_name(name) for name in names if not names_file(name)]
    if not names and not (chosen := check.edited(history, seen)):
        notice(f"Tidak ada butir yang Anda sunting; sebutkan butirnya, misalnya `sopan periksa {EXAMPLE}`.")
        return verdict([], form, site=site) if form == "json" else 0
    if complete:
        _complete(history.folder, chosen, seen.policy)
    findings = [finding for document in documents for finding in _document(document, seen.policy, clean=clean)]
    for name in chosen:
        findings += _item(history, seen, name, clean=clean, full=full)
    return verdict(findings, form, site=site)


def _complete(top: Path, names: Sequence[str], rules: Policy) -> None:
    for name in names:
        check.fill_in(top, name, rules)
        notice(f"{name}: yang kosong diisi dengan bawaan kantor.")


def _document(document: Path, rules: Policy, *, clean: bool) -> list[Finding]:
    """What the gate would say of one file as an attachment, wherever it lies."""
    held = _cleaned(document.parent, check.document(document)) if clean else check.document(document)
    return list(check.screened(held, rules))


def _item(history: History, seen: View, name: str, *, clean: bool, full: bool) -> list[Finding]:
    held = check.held(history.folder, name)
    if clean:
        held = _cleaned(history.folder, held)
    whole = full or check.must_be_complete(history, seen, name)
    for sentence in _awaited(held, name, seen.policy):
        notice(sentence)
    return list(check.findings(held, name, seen.policy, complete=whole))


def _cleaned(top: Path, held: Held) -> Held:
    """What lies there after cleaning; says of each file what was taken out."""
    taken, after = check.clean(top, held)
    for file, fields in taken.items():
        notice(f"{file}: dibersihkan dari {', '.join(fields)}.")
    if not taken:
        notice("Tidak ada lampiran yang perlu atau dapat dibersihkan.")
    return after


def _awaited(held: Held, name: str, rules: Policy) -> Iterator[str]:
    """What officers will have to say of the item in the notes of later steps."""
    completing = rules.sop.completing
    confirming = rules.sop.following(completing)
    if scans := check.scans(held):
        yield (
            f"{name}: {len(scans)} lampiran memuat hasil pindaian yang perlu dibaca {completing.role.name} pada "
            f"langkah {completing.number}, dengan kata “{READ_BY_EYE}” pada catatannya."
        )
    if told := check.to_confirm(held, rules):
        yield (
            f"{name}: {len(told)} NIP atau nomor telepon di dalamnya perlu dikonfirmasi {confirming.role.name} pada "
            f"langkah {confirming.number}, dengan kata “{CONFIRMATION}” pada catatannya."
        )
