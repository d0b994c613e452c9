"""Whatever the bytes are, a parser answers: a short run with fixed seeds; benchmarks/fuzz.py runs on as one likes."""

import random

import pytest

from fuzzed import NASTY, answer, parsers, spoiled

ROUNDS = 60


@pytest.mark.parametrize("name", parsers())
def test_a_seed_is_answered_and_so_is_whatever_it_is_spoiled_to(name):
    parser, chance = parsers()[name], random.Random(name)  # noqa: S311 - not for secrets
    assert all(answer(parser, seed) for seed in parser.seeds)
    answered = [answer(parser, spoiled(chance.choice(parser.seeds), chance)) for _ in range(ROUNDS)]
    assert len(answered) == ROUNDS


@pytest.mark.parametrize("name", parsers())
def test_nasty_bytes_alone(name):
    for data in (b"", *NASTY):
        answer(parsers()[name], data)


def test_a_key_that_is_written_twice_hides_nothing_and_breaks_nothing():
    """Found by fuzzing: what stood below the first writing is no value of the document any more."""
    screen = parsers()["screening"]
    text = b"---\njudul: A\nkontak:\n  unit: B\nkontak: C\n---\nIsi.\n"
    assert answer(screen, text)
    assert answer(screen, text.replace(b"kontak: C\n", b""))


def test_what_escapes_is_seen():
    """The twin: a parser that raises what it does not announce fails the run."""
    broken = type(parsers()["YAML"])((b"x",), lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        answer(broken, b"x")
