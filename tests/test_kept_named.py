"""Rows by name are read back whole or not at all; what did not change is not written again, and waste is bounded."""

from __future__ import annotations

import random

import pytest

from sopan import kept_log, kept_named


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sopan" / "baris.jsonl"


def row(name, text):
    return f"{name}\t{text}".encode()


def kept(file, basis="dasar"):
    return kept_named.load(file, basis)


def save(file, rows, *, changed=()):
    """Keep these rows as a program does: those that were kept and did not change are the very objects that it read."""
    before = kept(file)
    now = {name: before.rows[name] if before.rows.get(name) == one else one for name, one in rows.items()}
    assert set(changed) == {name for name, one in now.items() if one is not before.rows.get(name)}
    kept_named.save(file, "dasar", now, before)


def test_what_is_kept_is_read_back_under_its_basis_alone(file):
    rows = {"b": row("b", "dua"), "a": row("a", "satu\nbaris\tdan tab")}
    save(file, rows, changed=("a", "b"))
    assert dict(kept(file).rows) == rows
    assert kept(file, "lain") == kept_named.Named({}, None)
    assert kept(file.with_name("tiada")) == kept_named.Named({}, None)


@pytest.mark.parametrize("place", [lambda file: file, kept_log.beside])
def test_what_is_damaged_is_not_believed(file, place):
    save(file, {"a": row("a", "satu")}, changed="a")
    whole = place(file).read_bytes()
    place(file).write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])
    assert kept(file).rows == {}


def test_only_what_is_new_is_written(file):
    rows = {name: row(name, name * 100) for name in "abcdef"}
    save(file, rows, changed=rows)
    log = kept_log.beside(file)
    before = log.read_bytes()
    rows |= {"c": row("c", "lain"), "g": row("g", "baru")}
    save(file, rows, changed="cg")
    assert dict(kept(file).rows) == rows
    assert log.read_bytes().startswith(before)
    assert len(log.read_bytes()) == len(before) + len(rows["c"]) + len(rows["g"])


def test_where_one_is_gone_nothing_of_it_stays(file):
    rows = {name: row(name, "isi") for name in "abc"}
    save(file, rows, changed=rows)
    del rows["b"]
    save(file, rows)
    assert dict(kept(file).rows) == rows
    assert b"b\t" not in kept_log.beside(file).read_bytes()


@pytest.mark.parametrize("seed", range(5))
def test_however_often_rows_change_the_log_is_bounded(file, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    rows = {}
    for turn in range(60):
        rows[chance.choice("abcdefgh")] = None
        rows = {name: one or row(name, f"{turn} {'x' * chance.randrange(50)}") for name, one in rows.items()}
        before = kept(file)
        now = {name: before.rows[name] if before.rows.get(name) == one else one for name, one in rows.items()}
        kept_named.save(file, "dasar", now, before)
        assert dict(kept(file).rows) == rows
        used = sum(map(len, rows.values()))
        assert len(kept_log.beside(file).read_bytes()) <= 2 * used + 200
