"""What is kept in a log comes back whole or not at all, and what is new is written behind what was there."""

import pytest

from sopan import kept_lines, kept_log


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sopan" / "isi.jsonl"


def save(file, head, rows, before=None):
    kept_log.save(file, head, rows if before else dict(enumerate(rows)), before)


def told(file):
    kept = kept_log.load(file)
    return None if kept is None else (kept.head, [bytes(row) for row in kept.rows])


def test_rows_come_back_as_they_were(file):
    assert told(file) is None
    save(file, b"kepala", [b"satu", b"baris\nganda", b"tiga"])
    assert told(file) == (b"kepala", [b"satu", b"baris\nganda", b"tiga"])
    save(file, b"", [])
    assert told(file) == (b"", [])


def test_what_stays_is_not_written_again(file):
    save(file, b"1", [b"satu", b"dua"])
    log = kept_log.beside(file)
    place, before = log.stat().st_ino, kept_log.load(file)
    save(file, b"2", {2: b"tiga", 1: b"DUA"}, before)
    assert told(file) == (b"2", [b"satu", b"DUA", b"tiga"])
    assert (log.stat().st_ino, log.read_bytes()) == (place, b"satuduaDUAtiga")
    before = kept_log.load(file)
    save(file, b"3", {}, before)
    assert told(file) == (b"3", [b"satu", b"DUA", b"tiga"])
    assert log.read_bytes() == b"satuduaDUAtiga"


def test_no_damaged_byte_is_believed(file):
    save(file, b"kepala", [b"satu", b"dua"])
    for spoilt in (file, kept_log.beside(file)):
        good = spoilt.read_bytes()
        for place in range(len(good)):
            spoilt.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
            assert kept_log.load(file) is None
            spoilt.write_bytes(good[:place])
            assert kept_log.load(file) is None
        spoilt.write_bytes(good)
    assert told(file) == (b"kepala", [b"satu", b"dua"])
    kept_log.beside(file).unlink()
    assert kept_log.load(file) is None


def test_what_was_never_finished_is_written_over(file):
    save(file, b"1", [b"satu"])
    with kept_log.beside(file).open("ab") as log:
        log.write(b"terputus di tengah jalan")
    before = kept_log.load(file)
    save(file, b"2", {1: b"dua"}, before)
    assert told(file) == (b"2", [b"satu", b"dua"])
    assert kept_log.beside(file).read_bytes() == b"satudua"


def test_who_comes_second_writes_nothing(file):
    save(file, b"1", [b"satu"])
    one, other = kept_log.load(file), kept_log.load(file)
    save(file, b"2", {1: b"dua"}, one)
    save(file, b"3", {1: b"tiga"}, other)
    assert told(file) == (b"2", [b"satu", b"dua"])


@pytest.mark.parametrize("lines", [[b"kepala"], [b"kepala", b"baris", b"baris"], [b"kepala", b"3 abc", b"[]"]])
def test_a_file_of_another_form_is_not_believed(file, lines):
    save(file, b"kepala", [b"satu"])
    kept_lines.save(file, lines)
    assert kept_log.load(file) is None


def test_where_nothing_can_be_written_nothing_is_kept(file):
    file.parent.mkdir()
    kept_log.beside(file).mkdir()
    save(file, b"kepala", [b"satu"])
    assert kept_log.load(file) is None
