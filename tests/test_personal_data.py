"""Personal data is found however it is set, and its nearest lawful twin is left alone. Nobody's data stands here:
every positive example is put together while the tests run."""

# ruff: noqa: E501 - one example, one line

import subprocess
import sys
from itertools import pairwise

import pytest

import clean_corpus
from desks import environment
from sopan import number_forms, personal_data
from sopan.personal_data import Allowed, Degree, Hit, Kind

SUFFIX = "010190"
NIK = "190101" + SUFFIX + "0001"
NEVER_ISSUED = NIK[:12] + "0000"
WOMAN = "317305" + "7112" + "990123"
MOBILE = "0812" + "345" + "67890"
NPWP = "09.254.294" + ".3-407" + ".000"
NIP = "19650101" + "199003" + "1" + "001"


def cut(*sizes):
    """A setting: groups of these sizes, joined by a mark."""

    def setting(digits, mark):
        places = [sum(sizes[:number]) for number in range(len(sizes) + 1)]
        return mark.join(digits[a:b] for a, b in pairwise(places))

    return setting


def in_script(zero):
    return lambda digits: "".join(chr(ord(zero) + int(digit)) for digit in digits)


FOURS, PARTS, BIRTH, SINGLE = cut(4, 4, 4, 4), cut(2, 2, 2, 6, 4), cut(6, 6, 4), cut(*[1] * 16)
SETTINGS = {
    "plain": lambda d: d,
    "blanks": lambda d: FOURS(d, " "),
    "points": lambda d: FOURS(d, "."),
    "dashes": lambda d: FOURS(d, "-"),
    "long-dashes": lambda d: FOURS(d, " – "),
    "strokes": lambda d: FOURS(d, "/"),
    "underscores": lambda d: FOURS(d, "_"),
    "no-break-blanks": lambda d: FOURS(d, "\u00a0"),
    "structure": lambda d: PARTS(d, "."),
    "birth": lambda d: BIRTH(d, "-"),
    "single-blanks": lambda d: SINGLE(d, " "),
    "single-points": lambda d: SINGLE(d, "."),
    "zero-width": lambda d: FOURS(d, "\u200b"),
    "joiner-everywhere": lambda d: SINGLE(d, "\u200d"),
    "soft-hyphen": lambda d: cut(7, 9)(d, "\u00ad"),
    "word-joiner": lambda d: cut(3, 13)(d, "\u2060"),
    "bidi": lambda d: f"\u202d{d}\u202c",
    "variation": lambda d: cut(5, 11)(d, "\ufe0f"),
    "struck-through": lambda d: SINGLE(d, "\u0336"),
    "keycaps": lambda d: SINGLE(d, "\ufe0f\u20e3"),
    "hangul-filler": lambda d: cut(5, 11)(d, "\u3164"),
    "strong": lambda d: f"{d[:5]}**{d[5:9]}**{d[9:]}",
    "emphasis": lambda d: f"*{d[:1]}*{d[1:]}",
    "code": lambda d: f"`{d[:8]}``{d[8:]}`",
    "escaped": lambda d: FOURS(d, r"\-"),
    "line-break": lambda d: cut(9, 7)(d, "\n"),
    "blank-line": lambda d: cut(8, 8)(d, "\n\n"),
    "hard-break": lambda d: cut(6, 10)(d, "  \n"),
    "indented-break": lambda d: FOURS(d, "\n    "),
    "odd-break": lambda d: cut(13, 3)(d, " "),
    "three-groups": lambda d: cut(1, 10, 5)(d, "-"),
    "fullwidth": in_script("\uff10"),
    "arabic": in_script("\u0660"),
    "persian": in_script("\u06f0"),
    "devanagari": in_script("\u0966"),
    "mathematical": in_script("\U0001d7ce"),
    "superscript": lambda d: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(c)] for c in d),
    "with-a-note": lambda d: d + "²",
    "in-words": lambda d: f"nomornya {d}, tercatat",
    "in-a-list": lambda d: f"1. {FOURS(d, ' ')}",
    "beside-a-date": lambda d: f"{FOURS(d, ' ')} 12 Januari 2026",
    "in-a-comment": lambda d: f"<!-- {d} -->",
    "glued-to-its-name": lambda d: f"NIK{d}",
    "behind-its-name": lambda d: "NIK: " + cut(1, 4, 2, 3, 4, 2)(d, " "),
    "behind-its-name-in-thousands": lambda d: "NIK " + cut(1, 3, 3, 3, 3, 3)(d, "."),
}


NOTHING = Allowed()


def found(text, allowed=NOTHING):
    return [(hit.kind, hit.degree, hit.line, hit.masked) for hit in personal_data.hits(text, allowed=allowed)]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("digits", [NIK, WOMAN], ids=["man", "woman"])
def test_a_nik_is_found_however_it_is_set(setting, digits):
    masked = digits[:4] + "********" + digits[-4:]
    assert found(setting(digits)) == [(Kind.NIK, Degree.REFUSED, 1, masked)]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_number_that_was_never_issued_is_none(setting):
    assert found(setting(NEVER_ISSUED)) == []


STRUCTURE = {  # place in the NIK, digits that no NIK has there, digits that one may have
    "province": (0, "20", "21"),
    "regency": (2, "00", "79"),
    "district": (4, "00", "01"),
    "day-32": (6, "32", "31"),
    "day-of-a-woman": (6, "72", "71"),
    "month-13": (8, "13", "12"),
    "leap-day": (6, "300290", "290292"),
}


@pytest.mark.parametrize(("place", "none", "one"), STRUCTURE.values(), ids=STRUCTURE)
def test_each_part_of_a_nik_is_checked(place, none, one):
    def with_part(part):
        return NIK[:place] + part + NIK[place + len(part) :]

    assert found(with_part(none)) == []
    assert [hit[0] for hit in found(with_part(one))] == [Kind.NIK]


PAIRS = {  # what must be found (kind, masked), and its nearest lawful twin
    "nip": (NIP, Kind.NIP, "1965**********1001", NIP[:4] + "13" + NIP[6:]),
    "nip-spaced": (cut(8, 6, 1, 3)(NIP, " "), Kind.NIP, "1965**********1001", cut(8, 6, 1, 3)(NIP[:14] + "3" + NIP[15:], " ")),
    "nip-by-contract": (NIP[:12] + "21" + NIP[14:], Kind.NIP, "1965**********1001", NIP[:12] + "13" + NIP[14:]),
    "npwp": (NPWP, Kind.NPWP, "0925***********", "00" + NPWP[2:]),
    "npwp-plain": (NPWP.translate({46: None, 45: None}), Kind.NPWP, "0925***********", "0" * 15),
    "npwp-16": ("0" + NPWP.translate({46: None, 45: None}), Kind.NPWP, "0092********7000", "0" * 16),
    "npwp-named": ("NPWP 1234" + "56789" + "012345", Kind.NPWP, "1234***********", "DPA 1234" + "56789" + "012345"),
    "mobile": (MOBILE, Kind.MOBILE, "0812********", "0" + "2" + MOBILE[2:]),
    "mobile-dashed": (cut(4, 4, 4)(MOBILE, "-"), Kind.MOBILE, "0812********", "08-12-2025 07.30"),
    "mobile-blanks": (cut(4, 4, 4)(MOBILE, " "), Kind.MOBILE, "0812********", "0812/345/2026"),
    "mobile-points": (cut(4, 4, 4)(MOBILE, "."), Kind.MOBILE, "0812********", "0,8123456789"),
    "mobile-abroad": ("+62 " + cut(3, 4, 4)(MOBILE[1:], "-"), Kind.MOBILE, "6281*********", "62.812.345.678"),
    "mobile-abroad-plain": ("62" + MOBILE[1:], Kind.MOBILE, "6281*********", "62" + "812" + "345" + "000"),
    "mobile-bracket": ("(0812) 345" + "67890", Kind.MOBILE, "0812********", "(2026) 34567890"),
    "mobile-single": (cut(*[1] * 12)(MOBILE, " "), Kind.MOBILE, "0812********", "0 8 1 2 3 4 5 6 7"),
    "mobile-named": ("HP. " + cut(2, 2, 2, 2, 2, 2)(MOBILE, " "), Kind.MOBILE, "0812********", "NIB " + MOBILE),
    "mobile-chat": ("wa.me/62" + MOBILE[1:], Kind.MOBILE, "6281*********", "Rp 62812345678"),
    "email": ("nama.orang@" + "gmail.com", Kind.EMAIL, "n***@gmail.com", "nama.orang@bangka.go.id"),
    "email-like-official": ("nama@" + "bangka.go.id.com", Kind.EMAIL, "n***@bangka.go.id.com", "nama@sub.bangka.go.id"),
    "email-suffix": ("nama@" + "bangkago.id", Kind.EMAIL, "n***@bangkago.id", "NAMA@BANGKA.GO.ID"),
    "email-fullwidth": ("nama＠" + "gmail.com", Kind.EMAIL, "n***@gmail.com", "nama＠bangka.go.id"),
    "email-hidden": ("nama\u200b@" + "gmail\u00ad.com", Kind.EMAIL, "n***@gmail.com", "@bappedabangka"),
    "email-spelt": ("nama [at] gmail [dot] " + "com", Kind.EMAIL, "n***@gmail.com", "nama [at] bangka.go.id"),
    "email-words": ("nama at gmail dot " + "com", Kind.EMAIL, "n***@gmail.com", "rapat at 09.00"),
    "email-blanks": ("nama @ gmail " + ".com", Kind.EMAIL, "n***@gmail.com", "b***@gmail.com"),
    "account": ("Nomor rekening BRI: 0012-01-" + "012345-50-1", Kind.ACCOUNT, "0012***********", "Kode rekening 5.1.02.01.01.0024"),
    "account-short": ("No. Rek. 145.30" + ".00001", Kind.ACCOUNT, "1453******", "No. Rek. 5.1.02.01.01.0024 Belanja"),
    "account-at-bank": ("Bank Mandiri a.n. Budi 169-00-" + "0123456-7", Kind.ACCOUNT, "1690*********", "Bank Mandiri senilai 2.500.000.000"),
    "passport": ("paspor nomor A12" + "34567", Kind.PASSPORT, "A*******", "paspor menurut PP 31 Tahun 2013"),
    "birth": ("Tempat, tanggal lahir: Sungailiat, 1 Januari " + "1990", Kind.BIRTH, "**************", "Tempat, tanggal lahir: ........"),
    "birth-short": ("TTL: Belinyu, 01-01-" + "1990", Kind.BIRTH, "**********", "hari lahir Pancasila, 1 Juni 1945"),
    "landline": ("(0717) 92" + "534", Kind.LANDLINE, "0717*****", "(2026) 92534"),
    "landline-named": ("Telepon: 0717-92" + "534", Kind.LANDLINE, "0717*****", "Nomor: 0717-92534"),
    "landline-abroad": ("+62 717 92" + "534", Kind.LANDLINE, "6271******", "62 717 92534"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "masked", "twin"), PAIRS.values(), ids=PAIRS)
def test_each_kind_is_found_and_its_twin_is_not(text, kind, masked, twin):
    degree = Degree.CONFIRM if kind in {Kind.NIP, Kind.LANDLINE} else Degree.REFUSED
    assert found(f"Perihal {text}, selesai.") == [(kind, degree, 1, masked)]
    assert found(f"Perihal {twin}, selesai.") == []


ORDINARY = {
    "budget-code-of-16": "5.01.02.2.01.0001.5.1.02",
    "budget-code-whole": "5.01.02.2.02.0003.5.1.02.01.01.0024",
    "office-code": "5.01.5.05.0.00.01.0000",
    "state-budget": "3.842.700.000.000.000,00",
    "thousands": "1.901.010.101.900.001",
    "money": "Rp" + NIK,
    "fraction": "0." + NIK,
    "measured": "190101.0101900001",
    "years": "2021 2022 2023 2024 2025",
    "old-years": "1971 1980 1990 2000 2010 2020",
    "a-row-of-numbers": "1234 3411 1112 3456 7812 9012",
    "villages": "19.01.01.1001 19.01.01.1002 19.01.02",
    "coordinates": "-1.883333 106.116667",
    "decree": "188.45/1234/BAPPEDA/2026",
    "seed-decree": "050.13/22/BAPPEDA/2019",
    "isbn": "ISBN 978-602-1234-56-7",
    "dates": "08-12-2025 sampai 09-12-2025",
    "digest": "a1" * 8 + NIK + "b" * 32,
    "form": "NIK: ................ NPWP: __.___.___._-___.___",
    "already-masked": "1901********0001, 0812****567890",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_numbers_are_left_alone(text):
    assert found(text) == []


def test_what_kantor_yml_names_is_allowed_and_nothing_else():
    known = Allowed(frozenset({"071792534", MOBILE}), frozenset({"kantor@" + "gmail.com"}))
    own = f"Telepon (0717) 92534, +62 717 92534, {MOBILE}, +62{MOBILE[1:]}, Kantor@" + "Gmail.com"
    assert found(own, known) == []
    assert [hit[0] for hit in found("Telepon (0717) 92535, HP " + MOBILE[:-1] + "1, lain@" + "gmail.com", known)] == [
        Kind.LANDLINE,
        Kind.MOBILE,
        Kind.EMAIL,
    ]


def test_every_hit_has_its_own_line_and_is_reported_once():
    text = f"satu\n\n\ndua {NIK}\ntiga {MOBILE} dan {MOBILE}\n\nempat {NIP}\n"
    assert found(text) == [
        (Kind.NIK, Degree.REFUSED, 4, "1901********0001"),
        (Kind.MOBILE, Degree.REFUSED, 5, "0812********"),
        (Kind.MOBILE, Degree.REFUSED, 5, "0812********"),
        (Kind.NIP, Degree.CONFIRM, 7, "1965**********1001"),
    ]


def test_no_masked_value_gives_the_number_away():
    for text, *_ in PAIRS.values():
        for hit in personal_data.hits(text, allowed=Allowed()):
            assert "***" in hit.masked
            assert hit.masked not in text


def test_a_path_is_shown_with_what_it_holds_masked():
    assert personal_data.masked(f"docs/2026/nik-{NIK}.pdf") == "docs/2026/nik-****************.pdf"
    assert personal_data.masked("docs/2026/laporan-2026-01-01.pdf") == "docs/2026/laporan-2026-01-01.pdf"


def test_luhn():
    assert number_forms.luhn("79927398713")
    assert not number_forms.luhn("79927398710")


def test_ordinary_official_texts_are_not_refused():
    texts = dict(clean_corpus.made()) | dict(clean_corpus.own())
    assert len(texts) >= 200
    hits = {name: personal_data.hits(text, allowed=Allowed()) for name, text in texts.items()}
    refused = {name: [hit for hit in of_one if hit.degree is Degree.REFUSED] for name, of_one in hits.items()}
    assert {name: of_one for name, of_one in refused.items() if of_one} == {}


def test_the_clean_corpus_would_show_a_nik():
    for name, text in clean_corpus.made():
        lines = text.split("\n")
        lines.insert(2, f"Nama pemohon: {NIK}")
        assert Hit(Kind.NIK, Degree.REFUSED, 3, "1901********0001") in personal_data.hits(
            "\n".join(lines), allowed=Allowed()
        ), name


HOSTILE = (
    "1 ",
    "0 8 1 2 ",
    "a",
    "é@a",
    "a@b.cc ",
    "081-1-",
    "1901.0101.",
    "nik ",
    "bank a ",
    "no rek ",
    "(",
    "*",
    "²1",
    ".-",
)


CPU_SECONDS = 120  # a hundred times what these take; anything worse than linear takes hours
CHILD = f"""
import resource, sys
from sopan import personal_data
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_SECONDS}, {CPU_SECONDS}))
print(len(personal_data.hits((sys.argv[1] * 100_000)[:100_000], allowed=personal_data.Allowed())))
"""


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_hostile_characters_are_answered(piece):
    ended = subprocess.run([sys.executable, "-c", CHILD, piece], env=environment(), capture_output=True, check=False)
    assert (ended.returncode, ended.stdout.strip().isdigit()) == (0, True), ended.stderr
