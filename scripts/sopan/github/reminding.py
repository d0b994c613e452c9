"""The nightly round: who lets an item wait beyond the SOP's time is reminded in its thread, once a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sopan import timing, timing_words, view, worktime
from sopan.errors import Refused
from sopan.finding import Finding
from sopan.github import checking, pulls, thread
from sopan.github import place as places
from sopan.github.place import Place
from sopan.github.pulls import Pull
from sopan.policy import Policy
from sopan.timing_figures import Waiting

_OF_BRANCHES = frozenset({"audit-ref", "audit-ref-asing"})  # whose sentences begin with the branch
_MARK = "<!-- sopan: pengingat {day} -->"


@dataclass(frozen=True)
class Reminder:
    """An overdue item, and the pull request in which it is told; None where there is none that is open."""

    item: str
    pull: Pull | None
    text: str


def overdue(place: Place) -> list[Reminder]:
    """Every open item whose awaited step exceeds the SOP's time, in working time."""
    seen = view.look(place.history)
    rules = seen.policy
    rounds = view.opened(place.history, seen).rounds
    now = place.instant(place.now)  # a forge's clock may be ahead of this machine's
    waiting = timing.board(rounds, sop=rules.sop, calendar=rules.calendar, register=rules.register, now=now)
    late = [one for one in waiting if _is_late(rules, one, now)]
    threads = _threads(place) if late else {}
    return [Reminder(one.item, threads.get(one.item), _text(place, rules, one)) for one in late]


def remind(place: Place, reminder: Reminder) -> bool:
    """Write in the thread, unless that was done today; gives whether it was written."""
    if reminder.pull is None:
        return False
    mark = _mark(place)
    said = place.rest.pages(f"issues/{reminder.pull.number}/comments")
    if any(str(one.get("body") or "").startswith(mark) and one["user"]["type"] == pulls.BOT for one in said):
        return False
    checking.answer(place, reminder.pull, f"{mark}\n{reminder.text}")
    return True


def alarms(place: Place, findings: Sequence[Finding]) -> list[Finding]:
    """What an audit found, without the branches of open pull requests: what lies there unrecorded is a draft."""
    drafts = tuple(f"{pull.branch} " for pull in pulls.open_pulls(place.rest)) if findings else ()
    return [one for one in findings if not (one.rule in _OF_BRANCHES and one.message.startswith(drafts))]


def _is_late(rules: Policy, one: Waiting, now: datetime) -> bool:
    return (
        one.since is not None
        and one.standard is not None
        and not worktime.within(rules.calendar, one.since, now, one.standard)
    )


def _threads(place: Place) -> Mapping[str, Pull]:
    """The open pull requests by the item that each is about; what is about none is told elsewhere."""
    return dict(_items(place))


def _items(place: Place) -> Iterator[tuple[str, Pull]]:
    for pull in pulls.open_pulls(place.rest):
        try:
            yield places.branch_of(place, pull).item, pull
        except Refused:
            continue


def _text(place: Place, rules: Policy, one: Waiting) -> str:
    step = rules.sop.step(one.step)
    holders = rules.register.holders(step.role.code, place.now)
    names = ", ".join(officer.name for officer in holders) or "belum ada pejabatnya"
    since = timing_words.instant(one.since, rules.office.zone) if one.since else "-"
    return (
        f"Pengingat: langkah {step.number} ({step.action}) oleh {step.role.name} ({thread.safe(names)}) ditunggu sejak "
        f"{since}, sudah {timing_words.figure(one.elapsed)}, sedangkan waktu bakunya {one.standard}."
    )


def _mark(place: Place) -> str:
    return _MARK.format(day=place.now.astimezone(place.policy.office.zone).date().isoformat())
