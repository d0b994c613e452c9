"""What happened, read from a real office: every round of every item, merged or open."""

import pytest

from desks import git
from sopan import ledger, policies, record, turns
from sopan.chain import Evidence, Kind
from sopan.history import ITEM_REFS, LEDGER, MAIN

ITEM, OTHER = "2026/rencana-kerja", "2026/lain"


def read(office, *, book=None):
    """The record of the server's repository."""
    history = office.archive
    main = office.server(MAIN)
    heads = {ref.removeprefix(ITEM_REFS): oid for ref, oid in history.refs(ITEM_REFS).items()}
    book = ledger.read(history) if book is None else book
    return record.read(history, policies.policy_at(history, main), book, main=main, branches=heads)


def told(done):
    return [f"{act.kind.value} {act.step or ''}".strip() for act in done.acts]


WHOLE = ["langkah 1", "langkah 2", "langkah 3", "langkah 4", "langkah 5", "langkah 6", "terbit 7"]


def test_an_office_without_items_has_no_rounds(office):
    whole = read(office)
    assert (whole.rounds, dict(whole.heads), whole.genesis) == ((), {}, office.genesis)


def test_a_published_round(office):
    office.publish()
    (done,) = read(office).rounds
    assert (done.item, done.number, done.merge, done.live_at) == (ITEM, 1, office.server(MAIN), None)
    assert told(done) == WHOLE
    assert [act.officer for act in done.acts] == ["rina", "budi", "sari", "budi", "rina", "budi", "sari"]
    assert {act.at for act in done.acts} == {office.at}
    assert {act.evidence for act in done.acts} == {Evidence.LEDGER}


def test_an_open_round_with_its_standing(office):
    office.step(1)
    office.start(2, "tono")
    office.give_back(1, "budi")
    office.step(1)
    office.sent("butir")
    whole = read(office)
    (done,) = whole.rounds
    assert whole.heads == {ITEM: office.tip("butir")}
    assert (done.merge, told(done)) == (None, ["langkah 1", "terima 2", "kembali 1", "langkah 1"])
    standing = turns.standing(policies.policy_at(office.archive, office.genesis).sop, done)
    assert (standing.due.number, standing.attempt) == (2, 2)


def test_rounds_of_two_items_that_crossed(office):
    office.upto(3)
    office.turn_to(OTHER)
    office.publish()
    office.turn_to(ITEM)
    for n in (4, 5, 6):
        office.step(n)
    office.merge()
    office.sent("main")
    office.maintenance({"README.md": "Baru.\n"}, "budi", "sari")
    office.wait(days=1)
    office.begin("main")
    office.step(1)
    office.step(2)
    office.sent("butir")
    rounds = read(office).rounds
    assert [(done.item, done.number, done.merge is None) for done in rounds] == [
        (OTHER, 1, False), (ITEM, 1, False), (ITEM, 2, True),
    ]  # fmt: skip
    assert [told(done) for done in rounds] == [WHOLE, WHOLE, ["langkah 1", "langkah 2"]]


def test_a_renewal_does_not_take_over_what_main_brought(office):
    office.upto(2)
    office.turn_to(OTHER)
    office.publish()
    office.turn_to(ITEM)
    office.renew("sari")
    office.upto(6, push=False)
    office.merge()
    office.sent("main")
    rounds = read(office).rounds
    assert [done.item for done in rounds] == [OTHER, ITEM]
    assert told(rounds[1]) == ["langkah 1", "langkah 2", "selaras", *WHOLE]


def test_receipts_date_what_claims_do_not(office):
    office.step(1)
    office.wait(minutes=4)
    office.sent("butir")
    (act,) = read(office).rounds[0].acts
    assert (act.at - act.dated).total_seconds() == 240


def test_without_a_ledger_everything_is_a_claim(office):
    office.publish()
    git(office.home.folder, "update-ref", "-d", LEDGER)
    whole = read(office)
    assert whole.genesis is None
    acts = [act for done in whole.rounds if done.item == ITEM for act in done.acts]
    assert {act.evidence for act in acts} == {Evidence.CLAIM}
    assert {act.at == act.dated for act in acts} == {True}
    assert acts[-1].kind is Kind.PUBLISH


@pytest.mark.parametrize(("seconds", "fine"), [(-1, False), (0, True)])
def test_claims_of_the_future_are_not_reported(office, seconds, fine):
    office.publish()
    git(office.home.folder, "update-ref", "-d", LEDGER)
    rounds = [done for done in read(office).rounds if done.item == ITEM]
    last = rounds[0].acts[-1]
    now = last.dated.replace(second=last.dated.second + seconds)
    said = [office.forge.named(finding.sentence()) for finding in record.claims(tuple(rounds), now)]
    assert said == ([] if fine else [
        ("komit <langkah 7>: komit bertanggal 2026-03-02 08:02:20+07:00, sesudah saat ini; "
        "tanpa agenda penerimaan, waktunya tidak dapat dilaporkan. [waktu-depan]")
    ])  # fmt: skip


def test_claims_that_run_backwards_are_not_reported(office):
    office.step(1)
    office.step(2, at="2026-03-02T08:00:19+07:00")
    line = office.archive
    git(line.folder, "fetch", "--quiet", str(office.forge.folder), f"{office.tip('butir')}:{office.ref('butir')}")
    rounds = read(office, book=ledger.Ledger()).rounds
    mine = tuple(done for done in rounds if done.item == ITEM and done.merge is None)
    said = [office.forge.named(finding.sentence()) for finding in record.claims(mine)]
    assert said == [
        (
            "komit <langkah 2>: komit bertanggal 2026-03-02 08:00:19+07:00, lebih dahulu dari komit sebelumnya "
            "(2026-03-02 08:00:20+07:00); periksa jam komputer, lalu buat ulang tindakan ini. [waktu-mundur]"
        )
    ]
    assert list(record.claims(tuple(done for done in read(office).rounds if done.merge))) == []
