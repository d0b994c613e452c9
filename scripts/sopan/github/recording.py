"""From an event to a record: what was said is read again from GitHub, judged, recorded, and answered in the thread."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from sopan.copies import copy_of
from sopan.errors import Refused, SopanError
from sopan.github import acting, checking, merging, orders, pulls, thread, upkeep
from sopan.github import place as places
from sopan.github.acting import Act
from sopan.github.orders import Order, Unknown, Verb
from sopan.github.place import Place
from sopan.github.pulls import Pull, Said
from sopan.github.rest import Rest
from sopan.history import MAIN, MAINTENANCE_REFS

Open: TypeAlias = Callable[[], Place]
"""What fetches the repository, once it is known that somebody wants something."""


@dataclass(frozen=True)
class Done:
    """What became of a word, and whether `main` moved by it, so that there is something to publish."""

    words: str
    merged: bool = False


@dataclass(frozen=True)
class Wanted:
    """What an event points at: a comment or a review of a pull request, and the words that it was sent with."""

    pull: int
    comment: int | None
    review: int | None
    body: str | None


def wanted(file: Path) -> Wanted | None:
    """What the event is about; None where it asks nothing of us. Only numbers and the words are taken from it."""
    try:
        event = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise SopanError(f"Peristiwa {file} tidak terbaca sebagai JSON; periksa alur kerjanya.") from error
    if not isinstance(event, dict) or event.get("action") != "created":
        return None
    issue, comment = event.get("issue"), event.get("comment")
    if not isinstance(issue, dict) or not isinstance(comment, dict) or "pull_request" not in issue:
        return None
    return Wanted(int(issue["number"]), int(comment["id"]), None, str(comment.get("body") or ""))


def record(open_place: Open, rest: Rest, key: Path, about: Wanted, *, simulate: bool) -> Done:
    """Record what was wanted and answer in the thread; gives in words what became of it."""
    said = _said(rest, about)
    if said is None:
        return Done(thread.GONE)
    order = acting.order_of_review(said) if about.review is not None else orders.parse(about.body or said.body)
    if order is None:
        return Done("Bukan perintah; tidak ada yang dicatat.")
    for attempt in range(1, places.ATTEMPTS + 1):
        place = open_place()
        try:
            return _judged(place, key, about, said, order, simulate=simulate)
        except places.Overtaken:
            if attempt == places.ATTEMPTS:
                raise
        except Refused as refusal:
            if not simulate:
                rest.post(f"issues/{about.pull}/comments", {"body": thread.refused(refusal.sentences)})
            return Done("\n".join(refusal.sentences))
    raise SopanError("Pencatatan tidak selesai; ulangi perintah ini.")


def _judged(place: Place, key: Path, about: Wanted, said: Said, order: Order | Unknown, *, simulate: bool) -> Done:
    """What was said stands as it was sent, and asks for something that there is; then it is done."""
    if said.bot:
        raise Refused([thread.BOT])
    if about.body not in {None, said.body}:
        raise Refused([thread.EDITED])
    if isinstance(order, Unknown):
        raise Refused([thread.unknown(order)])
    return _do(place, key, pulls.pull(place.rest, about.pull), said, order, simulate=simulate)


def again(place: Place, key: Path, number: int, *, simulate: bool) -> Done:
    """Make the merge whose act was given and whose run was interrupted: the last fitting word in the thread counts."""
    pull = pulls.pull(place.rest, number)
    merging.recorded(place, key)
    said = [*pulls.comments(place.rest, number), *pulls.reviews(place.rest, number)]
    for one in sorted(said, key=lambda word: word.at, reverse=True):
        order = orders.parse(one.body) if one.kind == pulls.COMMENT else acting.order_of_review(one)
        if isinstance(order, Order) and order.verb is Verb.STEP and not one.bot and pull.open:
            return _do(place, key, pull, one, order, simulate=simulate)
    return Done("Tidak ada yang perlu digabungkan.")


def _said(rest: Rest, about: Wanted) -> Said | None:
    if about.review is not None:
        return pulls.review(rest, about.pull, about.review)
    return pulls.comment(rest, about.comment or 0)


def _do(place: Place, key: Path, pull: Pull, said: Said, order: Order, *, simulate: bool) -> Done:
    """The act: nothing but the board moves nothing; the last step is the merge."""
    if order.verb is Verb.BOARD:
        if not simulate:
            checking.check(place, pull)
        return Done("Papan usulan diperbarui.")
    if order.verb is Verb.RESTORE:
        return _restore(place, pull, said, simulate=simulate)
    merging.recorded(place, key)
    place = _at_main(place)
    if pull.ref.startswith(MAINTENANCE_REFS):
        return _upkeep(place, key, pull, said, order, simulate=simulate)
    act = acting.understood(place, pull, said, order)
    if order.verb is Verb.STEP and act.branch.standing.due == place.policy.sop.last:
        return _merge(place, key, act, simulate=simulate)
    at = place.instant(said.at)
    made = acting.commit(place, key, act, at)
    what = acting.told(act)
    if simulate:
        return Done(f"Simulasi: {what}.")
    acting.record(place, key, act, made, at)
    places.fetch(place.history, place.rest)
    moved = replace(pull, head=made)
    verdict = checking.check(place, moved)
    standing = verdict.standing or act.branch.standing
    checking.answer(place, moved, thread.done(place.policy, what, standing, place.now))
    return Done(f"Tercatat: {what}.")


def _upkeep(place: Place, key: Path, pull: Pull, said: Said, order: Order, *, simulate: bool) -> Done:
    """A maintenance branch: approved by a second officer, then merged by its author or approver."""
    wanted = upkeep.understood(place, pull, said, order)
    at = place.instant(place.now if wanted.approved else said.at)
    if simulate:
        return Done(f"Simulasi: {wanted.told}.")
    if wanted.approved:
        merging.merge(place, key, upkeep.joining(place, wanted), at)
    else:
        pull = upkeep.approve(place, key, wanted, at)
        places.fetch(place.history, place.rest)
        checking.check(place, pull)
    checking.answer(place, pull, f"Tercatat: {wanted.told}.")
    return Done(f"Tercatat: {wanted.told}.", merged=wanted.approved)


def _restore(place: Place, pull: Pull, said: Said, *, simulate: bool) -> Done:
    if simulate:
        return Done("Simulasi: cabang usulan dikembalikan ke keadaan yang terakhir tercatat.")
    acting.restore(place, pull, said)
    places.fetch(place.history, place.rest)
    checking.check(place, pulls.pull(place.rest, pull.number))
    checking.answer(place, pull, thread.RESTORED)
    return Done(thread.RESTORED)


def _merge(place: Place, key: Path, act: Act, *, simulate: bool) -> Done:
    what = acting.told(act)
    if simulate:
        return Done(f"Simulasi: {what}, dengan penggabungan.")
    merge = merging.merge(place, key, merging.of_item(place, act), place.instant(place.now))
    whole = replace(act.branch.standing, whole=True)
    checking.tell(place, act.pull, thread.board(place.policy, whole, (), place.now))
    checking.answer(place, act.pull, thread.done(place.policy, what, whole, place.now))
    return Done(f"Digabungkan sebagai {merge[:10]}: {what}.", merged=True)


def _at_main(place: Place) -> Place:
    """The place after the ledger was brought up to `main`."""
    return replace(place, main=place.history.resolve(copy_of(MAIN)) or place.main)
