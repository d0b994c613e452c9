"""The officers' acts: one signed commit each, judged here and then sent; a refusal leaves nothing behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sopan import statements
from sopan.branches import folder_digest
from sopan.chain import Kind
from sopan.desk import drafts, files, layout
from sopan.desk.drafts import Draft
from sopan.desk.place import Desk, Place, now, place, refreshed
from sopan.errors import Refused
from sopan.history import ITEM_REFS, MAIN, NO_OBJECT
from sopan.item import folder
from sopan.sop import Step


@dataclass(frozen=True)
class Done:
    """An act that the server took: the commit, what the server said meanwhile, and where the item stands now.

    `commit` is None where nothing was left to do but to lay the branch out again.

    `not_shown` says why the work tree does not show the item's branch, empty where it does; None where the act did not
    ask for it.
    """

    place: Place
    commit: str | None
    said: tuple[str, ...]
    not_shown: str | None = None


def start(desk: Desk, item: str, *, simulate: bool) -> Done:
    """`terima`: I begin the step that awaits me; once begun, its content is only shown again."""
    here = _my_turn(desk, item)
    if here.head and desk.me.id in here.standing.started:
        return Done(here, None, (), None if simulate else layout.lay_out(desk, item, here.head))
    head = here.head or desk.seen.main
    due = here.standing.due
    message = statements.start(item, due).message()
    return _do(desk, here, _on_branch(desk, here, desk.history.tree_of(head), message), simulate=simulate, show=True)


def step(desk: Desk, item: str, note: str, *, contents: Mapping[str, bytes] | None = None, simulate: bool) -> Done:
    """`lanjut` and `serahkan`: I finish the step that awaits me; `contents` replace the item's files."""
    here = _my_turn(desk, item)
    due = here.standing.due
    if due == desk.seen.policy.sop.last:
        return _do(desk, here, _merge(desk, here, note), simulate=simulate)
    tree = desk.history.tree_of(here.head or desk.seen.main)
    if due.changes_content:
        handed_in = files.for_step(desk, here) if contents is None else contents
        tree = files.tree_with(desk.history, tree, item, handed_in)
    draft = _on_branch(desk, here, tree, _step_message(desk, due, item, note, tree))
    return _do(desk, here, draft, simulate=simulate, show=due.changes_content)


def give_back(desk: Desk, item: str, target: int | None, reason: str, *, simulate: bool) -> Done:
    """`kembalikan`: back to an earlier step, by default the SOP's own for the awaited one."""
    here = place(desk, item)
    number = target if target is not None else here.standing.due.returns_to
    if number is None:
        raise Refused([f"Langkah {here.standing.due.number} tidak mempunyai langkah tujuan pengembalian."])
    return _back(desk, here, number, reason, simulate=simulate)


def recall(desk: Desk, item: str, reason: str, *, simulate: bool) -> Done:
    """`tarik`: I take back the step that I made last."""
    here = place(desk, item)
    made = here.standing.made
    if made is None or made.step is None or made.officer != desk.me.id:
        raise Refused([f"Langkah terakhir pada {item} bukan langkah Anda, jadi tidak ada yang dapat Anda tarik."])
    return _back(desk, here, made.step, reason, simulate=simulate)


def cancel(desk: Desk, item: str, reason: str, *, simulate: bool) -> Done:
    """`batalkan`: this submission ends; the next begins at the first step."""
    here = place(desk, item)
    message = statements.cancel(item, reason).message()
    return _do(desk, here, _on_branch(desk, here, _head_tree(desk, here), message), simulate=simulate)


def renew(desk: Desk, item: str, note: str, *, simulate: bool) -> Done:
    """`selaraskan`: take `main` as it is now; the chain starts anew. The former content is laid out again as edits."""
    here = place(desk, item)
    former = files.committed(desk.history, here.head, item)
    main = desk.seen.main
    message = statements.renew(item, note).message()
    parents = (here.head or main, main)
    draft = Draft(ITEM_REFS + item, here.head or NO_OBJECT, parents, desk.history.tree_of(main), message)
    done = _do(desk, here, draft, simulate=simulate, show=True)
    if done.not_shown == "":
        files.put(desk, item, former)
    return done


def _my_turn(desk: Desk, item: str) -> Place:
    """Where the item stands, when it is this officer's turn; otherwise whose it is."""
    here = place(desk, item)
    due, register = here.standing.due, desk.seen.policy.register
    if due.role.code not in register.roles_of(desk.me.id, now()):
        names = ", ".join(officer.name for officer in register.holders(due.role.code, now())) or "belum ada pejabatnya"
        turn = f"langkah {due.number}, {due.action}"
        raise Refused([f"Sekarang giliran {due.role.name} ({names}) pada {item}: {turn}. Tidak ada yang diubah."])
    return here


def _back(desk: Desk, here: Place, number: int, reason: str, *, simulate: bool) -> Done:
    tree = _head_tree(desk, here)
    content = folder_digest(desk.history, tree, folder(here.item))
    message = statements.back(here.item, number, reason, content).message()
    return _do(desk, here, _on_branch(desk, here, tree, message), simulate=simulate)


def _merge(desk: Desk, here: Place, note: str) -> Draft:
    """The last step: old `main` with exactly this item's folder replaced."""
    history, main, head = desk.history, desk.seen.main, here.head or desk.seen.main
    entry = history.find(history.tree_of(head), folder(here.item))
    tree = history.replace(history.tree_of(main), folder(here.item), entry)
    message = _step_message(desk, here.standing.due, here.item, note, tree)
    return Draft(MAIN, main, (main, head), tree, message)


def _step_message(desk: Desk, due: Step, item: str, note: str, tree: str) -> str:
    content = folder_digest(desk.history, tree, folder(item))
    return statements.step(item, due, note, content).message()


def _head_tree(desk: Desk, here: Place) -> str:
    return desk.history.tree_of(here.head or desk.seen.main)


def _on_branch(desk: Desk, here: Place, tree: str, message: str) -> Draft:
    """A commit on the item's branch; a new round of an item whose branch exists goes on from `main`."""
    old = desk.seen.heads.get(here.item, NO_OBJECT)
    return Draft(ITEM_REFS + here.item, old, (here.head or desk.seen.main,), tree, message)


def _do(desk: Desk, here: Place, draft: Draft, *, simulate: bool, show: bool = False) -> Done:
    """Sign, judge as the server will, send; only then does anything in the clone change."""
    commit = drafts.judged(desk, draft)
    if simulate:
        return Done(here, commit, ())
    said = drafts.sent(desk, draft, commit)
    after = refreshed(desk)
    not_shown = layout.lay_out(after, here.item, commit) if show else None
    if draft.ref == MAIN:
        return Done(Place(here.item, None, replace(here.standing, whole=True)), commit, said, not_shown)
    return Done(place(after, here.item), commit, said, not_shown)


def require_first(desk: Desk, item: str) -> None:
    """`serahkan` is the first step: elsewhere it explains whose turn it is."""
    due = place(desk, item).standing.due
    if due != desk.seen.policy.sop.first:
        raise Refused(
            [f"{item} sudah diserahkan; sekarang ditunggu langkah {due.number} ({due.action}) oleh {due.role.name}."]
        )


def former_content(desk: Desk, item: str) -> Mapping[str, bytes]:
    """The item's files as they stood before its branch was renewed."""
    here = place(desk, item)
    turned = here.standing.previous
    if turned is None or turned.kind is not Kind.RENEW:
        raise Refused([f"{item} tidak baru diselaraskan; tidak ada isi lama yang dapat diserahkan lagi."])
    former = desk.history.resolve(f"{turned.commit}^1")
    return files.committed(desk.history, former, item)
