"""Settled rounds are told as they were, and every report is the one that a whole reading would give."""

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from calendars import at
from rounds import HOLDERS, REGISTER, SOP, Story
from site_office import make_policy
from sopan import kept_log, timing, timing_cache, timing_report, turns, view
from sopan.chain import Kind, Round
from sopan.history import MAIN, History
from sopan.ledger import Record, RecordKind, append
from sopan.record_cache import Reading
from sopan.timing_cache import Settled

BEGIN = at("2026-11-23 08.00")
ITEMS = ("2026/rencana-kerja", "2026/laporan", "2026/statistik")


def told(office):
    history = History(office.home.folder)
    return view.told(history, view.look(history))


def whole(office):
    history = History(office.home.folder)
    seen = view.look(history)
    return measured(seen.policy, view.recorded(history, seen).rounds)


def settled(office):
    """How many rounds are kept as settled."""
    kept = kept_log.load(office.home.folder / timing_cache.FILE)
    return len(kept.rows) if kept else 0


def proven(office):
    """The server sees the last merge live."""
    seen = Record(kind=RecordKind.LIVE, at=office.at, new=office.server(MAIN), item=office.item, address="x")
    append(office.archive, office.home.key, [seen])


# -- grown in every way ------------------------------------------------------------------------------------------------


@dataclass
class Chronicle:
    """Rounds as they grow, minute by minute: what a reading gives at any moment of it."""

    clock: int = 0
    open: dict[str, Story] = field(default_factory=dict)
    closed: list[Round] = field(default_factory=list)

    def now(self):
        return (BEGIN + timedelta(minutes=self.clock)).strftime("%Y-%m-%d %H.%M")

    def reading(self):
        opened = tuple(story.round() for story in self.open.values() if story.acts)
        lines = (b"",) * len(self.closed)
        return Reading(lines, dict(enumerate(self.closed)), opened, {}, "pangkal")

    def go_on(self, chance):
        """One act of one item, or the proof that a page is live; often several within a minute."""
        self.clock += chance.choice((0, 0, 1, 4, 30))
        item = chance.choice(ITEMS)
        rounds = sum(one.item == item for one in self.closed)
        story = self.open.setdefault(item, Story(item=item, number=rounds + 1))
        due = turns.standing(SOP, story.round()).due.number
        begun = bool(story.acts) and story.acts[-1].kind is Kind.START
        unproven = [place for place, one in enumerate(self.closed) if one.live_at is None]
        if unproven and chance.random() < 0.1:
            place = chance.choice(unproven)
            self.closed[place] = replace(self.closed[place], live_at=BEGIN + timedelta(minutes=self.clock))
        elif not begun and chance.random() < 0.6:
            story.starts(due, self.now())
        elif due > 3 and chance.random() < 0.1:
            story.returns(3, self.now(), HOLDERS[SOP.step(due).role.code])
        elif chance.random() < 0.01:
            del self.open[item]  # the server removed the branch
        else:
            story.makes(due, self.now())
            if due == SOP.last.number:
                self.closed.append(self.open.pop(item).round())


@pytest.mark.parametrize("seed", range(40))
def test_it_tells_what_a_whole_reading_tells_however_it_grew(seed):
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    rules = replace(make_policy(), register=REGISTER)
    chronicle, kept = Chronicle(), Settled("", "", {}, frozenset())
    settled = concurrent = 0
    for _ in range(150):
        chronicle.go_on(chance)
        if chance.random() < 0.2:
            reading = chronicle.reading()
            every, kept = timing_cache.follow(rules, reading, kept)
            assert every == measured(rules, (*reading.rounds.values(), *reading.opened))
            settled += len(kept.rounds)
            concurrent += b"".join(one.text for one in every).count(b'"bersamaan":true')
    assert settled
    assert concurrent


def measured(rules, rounds):
    """What a reading from the beginning tells."""
    report = timing.measure(rounds, sop=rules.sop, calendar=rules.calendar, register=rules.register)
    return list(timing_report.tell(report))


def test_a_settled_round_is_not_measured_again(office, monkeypatch):
    office.publish()
    proven(office)
    before = told(office)
    measured = []
    monkeypatch.setattr(timing, "_round", lambda _terms, walk, _concurrent: measured.append(walk))
    assert (told(office), measured) == (before, [])
    assert settled(office) == 1


def test_rounds_that_are_kept_by_a_process_beside_are_the_same(office, monkeypatch):
    office.publish()
    proven(office)
    before, folder = told(office), office.home.folder / "sopan"
    kept = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix in {".jsonl", ".log"}}
    assert len(kept) == 4
    for name in kept:
        (folder / name).unlink()
    monkeypatch.setattr(timing_cache, "_WORTH_TWO", 1)
    assert told(office) == before
    assert {name: (folder / name).read_bytes() for name in kept} == kept


def test_a_round_whose_page_was_not_seen_is_not_settled(office):
    office.publish()
    assert told(office) == whole(office)
    assert settled(office) == 0


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-9], lambda data: data.replace(b"menit", b"menig"), lambda _: b""]
)
def test_a_damaged_one_is_made_anew(office, damage):
    office.publish()
    proven(office)
    before = told(office)
    file = kept_log.beside(office.home.folder / timing_cache.FILE)
    good = file.read_bytes()
    file.write_bytes(damage(good))
    assert told(office) == before
    assert file.read_bytes() == good


def test_another_policy_measures_anew(office):
    office.publish()
    proven(office)
    before = told(office)
    shorter = office.edited("sop.yml", ('teks: 20 Menit, nilai: "20"', 'teks: 21 Menit, nilai: "21"'))
    office.maintenance({"sop.yml": shorter, **risen(office)}, "budi", "sari")
    assert told(office) == whole(office) != before


def risen(office):
    return {"petugas.yml": office.edited("petugas.yml", ("versi: '1'", "versi: '2'"))}


def test_an_older_main_tells_only_its_own(office):
    office.publish()
    proven(office)
    told(office)
    genesis = office.genesis
    history = History(office.home.folder)
    (office.home.folder / "sopan" / "riwayat.jsonl").unlink()
    seen = view.look(history)
    rounds = timing_cache.told(history, seen.policy, main=genesis, branches={})
    assert rounds == []
