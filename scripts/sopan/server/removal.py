"""`server buang`: a branch that must not be kept is recorded as removed, deleted, and its objects are destroyed.

The record comes first, while git holds the ref: a crash leaves a branch that the ledger calls removed, and running the
command again finishes. No push is let in meanwhile, so that pruning cannot take what a push has just stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sopan import gate, item, ledger, ledger_index, quoting
from sopan.errors import SopanError
from sopan.history import ITEM_REFS, MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind
from sopan.server import recording, spool, store
from sopan.server.home import STORE, Home

_HEADS = "refs/heads/"


@dataclass(frozen=True)
class Removal:
    """What became of a branch: how many objects are gone, how many stay because another branch holds the same.

    `shared_with` are the other branches that hold some of its commits.
    """

    branch: str
    destroyed: int
    kept: int
    shared_with: tuple[str, ...]


def remove(home: Home, history: History, branch: str, *, reason: str, at: datetime) -> Removal:
    """Remove an item's or maintenance branch (`butir/…`, `rawat/…`) from refs and store; the record stays."""
    ref, said = _ref(branch), quoting.quote(" ".join(reason.split()))
    if not said:
        raise SopanError("Alasan masih kosong; tulis mengapa cabang dibuang, tanpa data pribadinya, dengan --alasan.")
    with home.lock(STORE):
        recording.drain(home, history)
        if any(spool.entries(home.spool)):
            raise SopanError("Ada kiriman yang sedang berjalan; tunggu sebentar, lalu ulangi perintah ini.")
        with home.lock("agenda"):
            return _remove(home, history, ref, reason=said, at=at)


def _remove(home: Home, history: History, ref: str, *, reason: str, at: datetime) -> Removal:
    head, last = history.resolve(ref), ledger_index.read(history).last(ref)
    recorded = last is not None and last.kind is RecordKind.REMOVAL
    _require_removable(history, ref, head, recorded=recorded)
    doomed, shared = (store.contents(history, ref), _shared(history, ref)) if head else (frozenset[str](), ())
    if head:
        with store.deleting(history, ref, head):
            if not recorded:
                record = Record(kind=RecordKind.REMOVAL, at=at, ref=ref, old=head, new=NO_OBJECT, reason=reason)
                ledger.append(history, home.key, [record])
    store.forget(history)
    kept = store.kept(history, doomed)
    if kept and (left := kept - store.reached(history)):
        raise SopanError(f"{len(left)} objek cabang ini masih tersimpan; periksa berkas .keep di objects/pack.")
    return Removal(ref.removeprefix(_HEADS), len(doomed - kept), len(kept), shared)


def _ref(branch: str) -> str:
    """The full name of a branch that may be removed."""
    ref = _HEADS + branch.strip().removeprefix(_HEADS)
    if ref == MAIN:
        raise SopanError("main tidak dapat dibuang; yang dapat hanya cabang butir atau rawat yang belum digabung.")
    if not item.is_identity(ref.removeprefix(ITEM_REFS)) and not gate.is_maintenance(ref):
        shown = quoting.quote(branch)
        raise SopanError(f"“{shown}” bukan cabang butir atau rawat; tulis seperti butir/2026/rencana-kerja.")
    return ref


def _require_removable(history: History, ref: str, head: str | None, *, recorded: bool) -> None:
    name = ref.removeprefix(_HEADS)
    if head is None and not recorded:
        raise SopanError(f"Cabang {name} tidak ada di server; periksa namanya dengan `git branch`.")
    if head is not None and history.is_ancestor(head, MAIN):
        raise SopanError(f"Cabang {name} sudah digabung ke main, jadi riwayatnya tidak dapat dibuang.")


def _shared(history: History, ref: str) -> tuple[str, ...]:
    """The other branches that hold commits of this one which are not on `main`."""
    mine = history.graph(ref, without=(MAIN,)).keys()
    others = [other for other in history.refs(_HEADS) if other not in {ref, MAIN}]
    held = [other for other in others if not mine.isdisjoint(history.graph(other, without=(MAIN,)))]
    return tuple(other.removeprefix(_HEADS) for other in held)
