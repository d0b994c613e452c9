"""Random chains against an independent oracle, and random chains through the real gate.

A random legal chain passes; each single mutation of one is judged as the oracle judges it, and the mutations that can
never be legal are refused without asking it.
"""

from dataclasses import replace as changed_act
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import oracle
from cast import AWAL
from oracle import Deed
from rounds import OTHER_SOP, SOP, appointment, register
from sopan import chain, chain_rules
from sopan.chain import Act, Evidence, Kind

ITEM, OTHER_ITEM = "2026/contoh", "2026/lain"
KINDS = {kind.value: kind for kind in Kind}
START = datetime(2026, 3, 2, 1, tzinfo=UTC)


def people_of(the_sop):
    """Two holders of each role, one who holds all, one who holds none."""
    roles = dict.fromkeys(step.role.code for step in the_sop.chain)
    holds = {f"{role}-{n}": frozenset({role}) for role in roles for n in (1, 2)}
    return holds | {"serba": frozenset(roles), "tamu": frozenset()}


def rules_of(the_sop):
    steps = tuple((step.number, step.role.code, step.changes_content) for step in the_sop.chain)
    return oracle.Rules(steps, people_of(the_sop), the_sop.separated)


def register_of(the_sop):
    holds = people_of(the_sop)
    posts = [appointment(role, person) for person, roles in holds.items() for role in sorted(roles)]
    guest = register(appointment(the_sop.first.role.code, "tamu")).officers
    whole = register(*posts)
    return changed_act(whole, officers=(*whole.officers, *guest))


SOPS = {
    "bangka": (SOP, rules_of(SOP), register_of(SOP)),
    "lain": (OTHER_SOP, rules_of(OTHER_SOP), register_of(OTHER_SOP)),
}


def judged(world, deeds):
    """The rules that the code under test says are broken."""
    the_sop, rules, people = world
    acts = tuple(_act(rules, number, deed) for number, deed in enumerate(deeds))
    return [finding.rule for finding in chain_rules.follow(the_sop, people, ITEM, chain.opening(the_sop, ""), acts)[1]]


def _act(rules, number, deed):
    at = START + timedelta(minutes=number)
    return Act(
        commit=f"{number:040x}", kind=KINDS[deed.kind], at=at, dated=at, evidence=Evidence.LEDGER, officer=deed.officer,
        roles=rules.holds[deed.officer], content=deed.content, step=deed.step,
        item=None if deed.kind == "kerja" else deed.item,
        named_content=deed.named, note="alasan" if deed.reason else "",
    )  # fmt: skip


@st.composite
def legal_chains(draw, world, most=22):
    """A chain that the oracle accepts, grown deed by deed; it may end anywhere."""
    _, rules, _ = world
    deeds, due, content, drafts = [], 0, "", 0
    casting = {role: draw(st.sampled_from([f"{role}-1", f"{role}-2"])) for _, role, _ in rules.steps}
    for _ in range(draw(st.integers(1, most))):
        number, role, free = rules.steps[due]
        who, last = casting[role], due == len(rules.steps) - 1
        options = ["maju"] * 6 + ["terima", "selaras", "batal"] + ["kembali"] * (due > 0) + ["kerja"] * free
        choice = draw(st.sampled_from(options))
        if choice == "kerja" or (choice == "maju" and free):
            drafts += 1
            content = f"isi {drafts}"
        step = {"maju": number, "terima": number}.get(choice)
        if choice == "kembali":
            step = draw(st.sampled_from([n for n, _, _ in rules.steps[:due]]))
        kind = ("terbit" if last else "langkah") if choice == "maju" else choice
        named = content if kind in {"langkah", "terbit", "kembali"} else None
        deed = Deed(kind, step, who, content, ITEM, named)
        if not oracle.legal(rules, ITEM, [*deeds, deed]):
            continue
        deeds.append(deed)
        if kind == "terbit":
            break
        numbers = [n for n, _, _ in rules.steps]
        due = (
            {"langkah": due + 1, "batal": 0, "selaras": 0}.get(kind, due) if kind != "kembali" else numbers.index(step)
        )
    assume(deeds)
    return deeds


WORLD = pytest.mark.parametrize("world", SOPS.values(), ids=SOPS)


@WORLD
@given(data=st.data())
def test_a_random_legal_chain_passes(world, data):
    deeds = data.draw(legal_chains(world))
    assert judged(world, deeds) == []


@WORLD
@given(data=st.data())
def test_every_single_mutation_is_judged_as_the_oracle_judges_it(world, data):
    _, rules, _ = world
    deeds = data.draw(legal_chains(world))
    mutant = data.draw(mutations(deeds, rules))
    assert (judged(world, mutant) == []) == oracle.legal(rules, ITEM, mutant)


@st.composite
def mutations(draw, deeds, rules):
    """The chain with one deed dropped, repeated or swapped, by another, of another kind, step, content or item."""
    place = draw(st.integers(0, len(deeds) - 1))
    deed = deeds[place]
    numbers = st.sampled_from([*(n for n, _, _ in rules.steps), 0, 99])
    change = draw(
        st.sampled_from(["drop", "repeat", "swap", "officer", "kind", "step", "content", "item", "named", "reason"])
    )
    new = {
        "drop": [],
        "repeat": [deed, deed],
        "officer": [deed._replace(officer=draw(st.sampled_from(sorted(rules.holds))))],
        "kind": [deed._replace(kind=draw(st.sampled_from(sorted(KINDS))), step=draw(numbers))],
        "step": [deed._replace(step=draw(numbers))] if deed.step is not None else [deed],
        "content": [deed._replace(content="jahat", named=deed.named and "jahat")],
        "item": [deed._replace(item=OTHER_ITEM)] if deed.kind != "kerja" else [deed],
        "named": [deed._replace(named="jahat")] if deed.named else [deed],
        "reason": [deed._replace(reason=False)],
    }
    if change == "swap":
        return [*deeds[:place], *deeds[place : place + 2][::-1], *deeds[place + 2 :]]
    return [*deeds[:place], *new[change], *deeds[place + 1 :]]


def straight(world):
    """The chain without detours: every step once, by one person a role."""
    _, rules, _ = world
    deeds, content = [], ""
    for number, role, free in rules.steps:
        content = f"isi {number}" if free else content
        kind = "terbit" if number == rules.steps[-1][0] else "langkah"
        deeds.append(Deed(kind, number, f"{role}-1", content, ITEM, content))
    return deeds


STEPS = range(7)


@WORLD
def test_the_straight_chain_passes(world):
    assert judged(world, straight(world)) == []


@WORLD
@pytest.mark.parametrize("place", STEPS)
@pytest.mark.parametrize(
    "mutation", ["drop", "swap", "repeat", "other role", "no role", "other item", "content", "name"]
)
def test_no_mutation_of_the_straight_chain_is_legal(world, place, mutation):
    deeds = straight(world)
    if place >= len(deeds) - (mutation in {"swap", "drop"}):
        place = 0  # a shorter SOP; and a chain without its end is a legal prefix
    deed = deeds[place]
    others = [
        person
        for person, roles in world[1].holds.items()
        if len(roles) == 1 and not roles & world[1].holds[deed.officer]
    ]
    mutants = {
        "drop": [[*deeds[:place], *deeds[place + 1 :]]],
        "swap": [[*deeds[:place], *deeds[place : place + 2][::-1], *deeds[place + 2 :]]],
        "repeat": [[*deeds[: place + 1], *deeds[place:]]],
        "other role": [put(deeds, place, officer=other) for other in others],
        "no role": [put(deeds, place, officer="tamu")],
        "other item": [put(deeds, place, item=OTHER_ITEM)],
        "content": [put(deeds, place, content="jahat")],
        "name": [put(deeds, place, named="jahat")],
    }[mutation]
    assert mutants
    for mutant in mutants:
        assert judged(world, mutant) != []
        assert not oracle.legal(world[1], ITEM, mutant)


def put(deeds, place, **other):
    return [*deeds[:place], deeds[place]._replace(**other), *deeds[place + 1 :]]


# -- the same through real commits and the real gate ----------------------------------------------------------------

CAST = {"sekretaris": "rina", "kabid": "budi", "admin": "sari"}
MOST = 12  # in one push, within the five minutes
REAL = settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def told(office, deeds):
    """Tell a chain to a real office, one commit a deed, and give what the gate says of it."""
    for number, deed in enumerate(deeds):
        by = CAST[deed.officer.rpartition("-")[0]]
        match deed.kind:
            case "kerja":
                # A text that names no attachment: one that an earlier attempt left must go with it.
                office.work(by, files={"index.md": f"{AWAL}\nKonsep {number}.\n", "tabel.csv": None})
            case "terima":
                office.start(deed.step, by)
            case "langkah":
                office.step(deed.step, by)
            case "kembali":
                office.give_back(deed.step, by)
            case "batal":
                office.cancel(by)
            case "selaras":
                office.renew(by)
            case "terbit":
                office.merge(by)
    return office.both("main" if deeds[-1].kind == "terbit" else "butir")


def one_a_role(deeds):
    """The chain as a cast of one person a role would play it, where it stays legal."""
    alone = [deed._replace(officer=f"{deed.officer.rpartition('-')[0]}-1") for deed in deeds]
    assume(oracle.legal(SOPS["bangka"][1], ITEM, alone))
    return alone


@REAL
@given(deeds=legal_chains(SOPS["bangka"], MOST))
def test_a_random_legal_chain_passes_the_real_gate(opened, deeds):
    assert told(opened(), one_a_role(deeds)).said == []


@REAL
@given(deeds=legal_chains(SOPS["bangka"], MOST), data=st.data())
def test_a_random_chain_without_one_of_its_steps_does_not(opened, deeds, data):
    deeds = one_a_role(deeds)
    steps = [place for place, deed in enumerate(deeds[:-1]) if deed.kind == "langkah"]
    assume(steps)
    place = data.draw(st.sampled_from(steps))
    torn = [*deeds[:place], *deeds[place + 1 :]]
    assume(not oracle.legal(SOPS["bangka"][1], ITEM, torn))
    assert told(opened(), torn).code == 1
