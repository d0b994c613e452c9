"""Every act by every person after every legal beginning of up to nine acts: the gate and the oracle, one by one.

Beginnings that cannot be told apart by any rule are followed once: those with the same step due, the same last step and
maker, the same people who took it up, the same parts played in the round, and the same state of its life. What no rule
looks at (instants, earlier attempts, which text it is) is left out, which is what keeps the model exhaustive and small.
"""

from collections import Counter
from dataclasses import replace

import oracle
from oracle import Deed
from rounds import SOP
from sopan import chain, chain_rules
from test_model import ITEM, OTHER_ITEM, _act, register_of, rules_of

LENGTH = 9
RULES, REGISTER = rules_of(SOP), register_of(SOP)
PEOPLE = ("sekretaris-1", "kabid-1", "kabid-2", "admin-1", "serba", "tamu")
PLAYERS = ("sekretaris-1", "kabid-1", "kabid-2", "admin-1", "serba")  # who make the beginnings
NUMBERS = (0, *(step for step, _, _ in RULES.steps), 8, 9)
NAMED = {"langkah", "terbit", "kembali"}


def extensions(content):
    """Every one act after a beginning, in every way that it can be right or wrong."""
    for who in PEOPLE:
        for text in (content, content + "+"):
            yield Deed("kerja", None, who, text, ITEM, None)
        for kind in ("langkah", "terbit", "terima", "kembali"):
            for step in NUMBERS:
                yield Deed(kind, step, who, content, ITEM, content if kind in NAMED else None)
        for kind in ("langkah", "terbit"):
            for step in NUMBERS[1:8]:
                yield Deed(kind, step, who, content + "+", ITEM, content + "+")
                yield Deed(kind, step, who, content + "+", ITEM, content)
        for step in NUMBERS[1:8]:
            yield Deed("langkah", step, who, content, OTHER_ITEM, content)
            yield Deed("kembali", step, who, content, ITEM, content, reason=False)
            yield Deed("kembali", step, who, content + "+", ITEM, content + "+")
        for kind in ("batal", "selaras"):
            for text in (content, content + "+"):
                yield Deed(kind, None, who, text, ITEM, None)
        yield Deed("batal", None, who, content, ITEM, None, reason=False)
        yield Deed("batal", None, who, content, OTHER_ITEM, None)


def known(standing):
    """What rules look at in a standing."""
    made = standing.made and (standing.made.step, standing.made.officer)
    life = (standing.begun, standing.cancelled, standing.whole)
    return (standing.due.number, made, standing.started, standing.parts, life)


def after(standing, number, deed):
    return chain_rules.follow(SOP, REGISTER, ITEM, standing, (_act(RULES, number, deed),))


def test_no_act_is_judged_otherwise_than_by_the_oracle():
    tried, disagreed = Counter(), []
    beginnings = {known(chain.opening(SOP, "")): ([], chain.opening(SOP, ""))}
    seen = set(beginnings)
    for length in range(LENGTH + 1):
        longer = {}
        for deeds, standing in beginnings.values():
            for deed in extensions(standing.content):
                following, wrong = after(standing, length, deed)
                legal = oracle.legal(RULES, ITEM, [*deeds, deed])
                tried[deed.kind, legal] += 1
                if legal != (wrong == []):
                    disagreed.append((deeds, deed, [finding.rule for finding in wrong]))
                if legal and deed.officer in PLAYERS and known(following) not in seen:
                    seen.add(known(following))
                    longer[known(following)] = ([*deeds, deed], replace(following, content=deed.content))
        beginnings = longer
    assert disagreed == []
    assert all(tried[kind, legal] for kind in {kind for kind, _ in tried} for legal in (True, False)), tried
    assert tried.total() > 500_000
    assert len({kind for kind, _ in tried}) == len(chain.Kind)
    assert len(seen) > 900
