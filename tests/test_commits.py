"""Raw commits: one way to write them, and every other way that git stores told apart."""

import subprocess
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopan import commits, trailer

TREE, PARENT, OID = "a" * 40, "b" * 40, "c" * 40
AT = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=7)))
DIGEST = "sha256:" + "0" * 64
STEP = {trailer.ITEM: "2026/contoh", trailer.STEP: "1", trailer.CONTENT: DIGEST}
MESSAGE = commits.compose("Langkah 1", "Catatan.", STEP)
SIGNATURE = b"-----BEGIN SSH SIGNATURE-----\nAAAA\nBBBB\n-----END SSH SIGNATURE-----\n"


def raw(message=MESSAGE, *, at=AT, parents=(PARENT,)):
    return commits.build(tree=TREE, parents=parents, who=("Rina Contoh", "rina@kantor.example"), at=at, message=message)


def rules(data):
    commit, findings = commits.parse(OID, data)
    assert (commit is None) == bool(findings)
    return [finding.rule for finding in findings]


def test_what_is_built_reads_back():
    commit, findings = commits.parse(OID, commits.attach(raw(), SIGNATURE))
    assert findings == []
    assert (commit.tree, commit.parents, commit.subject, commit.note) == (TREE, (PARENT,), "Langkah 1", "Catatan.")
    assert dict(commit.trailers) == STEP
    assert commit.author == commit.committer == commits.Identity("Rina Contoh", "rina@kantor.example", AT)
    assert commit.signature == SIGNATURE
    assert commit.payload == raw()
    assert (commit.number(trailer.STEP), commit.number(trailer.START)) == (1, None)


def test_an_unsigned_commit_is_its_own_payload():
    commit, _ = commits.parse(OID, raw())
    assert commit.signature is None
    assert commit.payload == raw()


def test_a_plain_message_has_no_trailers_and_all_of_its_note():
    commit, findings = commits.parse(OID, raw("Konsep pertama\n\nSatu.\n\nDua: tiga\n"))
    assert findings == []
    assert (commit.subject, commit.note, dict(commit.trailers)) == ("Konsep pertama", "Satu.\n\nDua: tiga", {})


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_parents_in_their_order(number):
    parents = tuple(str(digit) * 40 for digit in range(number))
    assert commits.parse(OID, raw(parents=parents))[0].parents == parents


@pytest.mark.parametrize(
    "kinds",
    [
        {trailer.ITEM: "2026/contoh", trailer.START: "2"},
        STEP,
        {trailer.ITEM: "2026/contoh", trailer.RETURN: "1", trailer.CONTENT: DIGEST},
        {trailer.ITEM: "2026/contoh", trailer.CANCEL: "ya"},
        {trailer.ITEM: "2026/contoh", trailer.RENEW: "ya"},
        {trailer.MAINTENANCE: "setuju", trailer.CONTENT: DIGEST},
        {trailer.MAINTENANCE: "gabung", trailer.CONTENT: DIGEST},
    ],
)
def test_the_acts_and_nothing_between_them(kinds):
    assert rules(raw(commits.compose("Judul", "", kinds))) == []
    for key in kinds:
        fewer = {name: value for name, value in kinds.items() if name != key}
        assert rules(raw(commits.compose("Judul", "", fewer))) == ["trailer-susunan"]
    assert rules(raw(commits.compose("Judul", "", kinds | {trailer.MAINTENANCE: "setuju", trailer.CANCEL: "ya"}))) == [
        "trailer-susunan"
    ]


HEADERS = {
    "no author": (b"author Rina", b"writer Rina"),
    "encoding": (b"\n\nLangkah", b"\nencoding UTF-8\n\nLangkah"),
    "mergetag": (b"\n\nLangkah", b"\nmergetag object x\n type commit\n\nLangkah"),
    "gpgsig-sha256": (b"\n\nLangkah", b"\ngpgsig-sha256 x\n\nLangkah"),
    "parent after author": (b"\n\nLangkah", b"\nparent " + b"b" * 40 + b"\n\nLangkah"),
    "capital oid": (b"tree aaaa", b"tree AAAA"),
    "short oid": (b"tree aaaa", b"tree aaa"),
    "two trees": (b"tree ", b"tree " + b"a" * 40 + b"\ntree "),
    "blank line missing": (b"\n\nLangkah", b"\nLangkah"),
}


@pytest.mark.parametrize("change", HEADERS.values(), ids=HEADERS)
def test_headers_of_no_closed_list(change):
    old, new = change
    assert old in raw()
    assert rules(raw().replace(old, new, 1)) == ["komit-kepala"]


IDENTITIES = {
    "offset too far east": (b"+0700", b"+1415"),
    "offset too far west": (b"+0700", b"-1215"),
    "odd minutes": (b"+0700", b"+0710"),
    "offset of nowhere": (b"+0700", b"+9959"),
    "five digits": (b"+0700", b"+07000"),
    "year 5138": (b"> 1772413200", b"> 99999999999"),
    "negative": (b"> 1772413200", b"> -1"),
    "leading zero": (b"> 1772413200", b"> 01772413200"),
    "no e-mail": (b" <rina@kantor.example>", b""),
    "blank in e-mail": (b"<rina@", b"<rina @"),
    "direction of reading": (b"Rina", "Ri\N{RIGHT-TO-LEFT OVERRIDE}na".encode()),
    "not UTF-8": (b"Rina", b"Rin\xff"),
}


@pytest.mark.parametrize("change", IDENTITIES.values(), ids=IDENTITIES)
@pytest.mark.parametrize("nth", [0, 1], ids=["author", "committer"])
def test_identities_that_git_stores_and_nobody_has(change, nth):
    old, new = change
    head, *rest = raw().split(old)
    assert len(rest) == 2
    assert rules(head + (new if nth == 0 else old) + rest[0] + (new if nth == 1 else old) + rest[1]) == [
        "komit-identitas"
    ]


@pytest.mark.parametrize("offset", [-12, -3.5, 0, 5.75, 7, 9, 14])
def test_real_offsets_and_the_same_instant(offset):
    commit, findings = commits.parse(OID, raw(at=AT.astimezone(timezone(timedelta(hours=offset)))))
    assert findings == []
    assert commit.author.at == AT
    assert commit.author.at.utcoffset() == timedelta(hours=offset)


BLOCK = MESSAGE.removeprefix("Langkah 1\n\nCatatan.\n\n")
MESSAGES = {
    "prose after the block": (f"Langkah 1\n\n{BLOCK}\nProsa.\n", ["trailer-letak"]),
    "the subject alone": ("SOP-Langkah: 1\n", ["trailer-letak"]),
    "block without a subject": (BLOCK, ["trailer-letak"]),
    "two blocks": (f"Judul\n\nSOP-Langkah: 2\n\n{BLOCK}", ["trailer-letak"]),
    "in the note, in other letters": (f"Judul\n\nsop-langkah : 2\n\n{BLOCK}", ["trailer-letak"]),
    "git's end of a message": (f"Judul\n\n--- x\n\n{BLOCK}", ["trailer-letak"]),
    "blank line at the end": (f"Judul\n\n{BLOCK}\n", ["trailer-akhir"]),
    "no newline at the end": (f"Judul\n\n{BLOCK[:-1]}", ["trailer-akhir"]),
    "blank before the colon": (MESSAGE.replace("Langkah:", "Langkah :"), ["trailer-bentuk"]),
    "two blanks after it": (MESSAGE.replace("Langkah:", "Langkah: "), ["trailer-bentuk"]),
    "folded": (MESSAGE.replace("Langkah: 1", "Langkah: 1\n 2"), ["trailer-bentuk"]),
    "twice": (MESSAGE.replace("SOP-Langkah: 1\n", "SOP-Langkah: 1\nSOP-Langkah: 2\n"), ["trailer-ganda"]),
    "another spelling": (MESSAGE.replace("SOP-Langkah", "sop-langkah"), ["trailer-tak-dikenal"]),
    "a key of the forger": (MESSAGE.replace("SOP-Isi", "SOP-Bypass: ya\nSOP-Isi"), ["trailer-tak-dikenal"]),
    "a key of others": (MESSAGE.replace("SOP-Isi", "Signed-off-by: Rina\nSOP-Isi"), ["trailer-tak-dikenal"]),
    "carriage returns": (MESSAGE.replace("\n", "\r\n"), ["pesan-karakter"]),
    "a bell": (MESSAGE.replace("Catatan", "Cata\atan"), ["pesan-karakter"]),
    "an escape": (MESSAGE.replace("Catatan", "\x1b[31mCatatan"), ["pesan-karakter"]),
    "a tab": (MESSAGE.replace("Catatan", "\tCatatan"), ["pesan-karakter"]),
    "no width": (MESSAGE.replace("Catatan", "Cata\N{ZERO WIDTH SPACE}tan"), ["pesan-karakter"]),
    "not composed": (MESSAGE.replace("Catatan", "Cafe\N{COMBINING ACUTE ACCENT}"), ["pesan-karakter"]),
}


@pytest.mark.parametrize(("message", "expected"), MESSAGES.values(), ids=MESSAGES)
def test_messages_that_two_readers_could_read_two_ways(message, expected):
    assert rules(raw(message)) == expected


@pytest.mark.parametrize("value", ["0", "-1", "+1", "01", "1 2", "1_0", "1000", "satu", "２", "²", "1.0"])
@pytest.mark.parametrize("key", [trailer.STEP, trailer.START, trailer.RETURN])
def test_a_number_is_one_run_of_plain_digits(key, value):
    trailers = {trailer.ITEM: "2026/contoh", key: value} | ({} if key == trailer.START else {trailer.CONTENT: DIGEST})
    assert rules(raw(commits.compose("Judul", "", trailers))) == ["trailer-nilai"]
    assert rules(raw(commits.compose("Judul", "", trailers | {key: "10"}))) == []


@pytest.mark.parametrize(
    "item", ["contoh", "26/contoh", "2026/Contoh", "2026/contoh/", "../contoh", "2026/a--b", "2026/-a"]
)
def test_an_item_is_named_by_year_and_slug(item):
    assert rules(raw(commits.compose("Judul", "", STEP | {trailer.ITEM: item}))) == ["trailer-nilai"]


def test_a_message_of_eight_kibibytes_and_one_byte_more():
    room = commits.MESSAGE_BYTES - len(commits.compose("Judul", "x", STEP).encode()) + 1
    assert rules(raw(commits.compose("Judul", "x" * room, STEP))) == []
    assert rules(raw(commits.compose("Judul", "x" * (room + 1), STEP))) == ["pesan-panjang"]


def test_everything_wrong_is_said_at_once():
    data = raw(MESSAGE.replace("Langkah: 1", "Langkah: 01").replace("SOP-Isi", "SOP-Lain: x\nSOP-Isi"))
    assert rules(data.replace(b"+0700", b"+9900")) == ["komit-identitas", "trailer-nilai", "trailer-tak-dikenal"]


def test_a_quoted_value_is_masked():
    _, findings = commits.parse(OID, raw(MESSAGE.replace("Langkah: 1", "Langkah: 1901010101010001")))
    assert findings[0].sentence() == (
        f"komit {OID[:10]}: nilai SOP-Langkah “1901************” tidak berbentuk baku; "
        "bentuk yang benar: SOP-Butir <tahun>/<nama>, langkah sebuah angka, SOP-Isi sha256:…, "
        "SOP-Rawat setuju atau gabung, SOP-Bukti github …, lainnya ya. [trailer-nilai]"
    )


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    rules(data)


@given(st.integers(0, len(raw()) - 1), st.binary(max_size=3), st.integers(0, 3))
def test_any_damage_is_read_or_refused(position, put, cut):
    whole = raw()
    rules(whole[:position] + put + whole[position + cut :])


LINE = st.text(st.characters(blacklist_categories=["C", "Zl", "Zp"], max_codepoint=0x2FF), max_size=30)


@settings(max_examples=30)  # each asks git
@given(st.lists(LINE, max_size=6), st.dictionaries(st.sampled_from(sorted(STEP)), LINE, max_size=3))
def test_what_is_accepted_git_reads_as_we_do(lines, changed):
    message = commits.compose("Judul", "\n".join(lines), STEP | changed)
    commit, _ = commits.parse(OID, raw(message))
    if commit is not None:
        read = subprocess.run(
            ["git", "interpret-trailers", "--parse"], input=message.encode(), capture_output=True, check=True
        )
        expected = "".join(f"{key}: {value}\n" for key, value in commit.trailers.items())
        assert read.stdout.decode() == expected


def test_git_itself_accepts_what_is_built(tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    words = ["git", "-C", str(tmp_path), "hash-object", "-t", "commit", "--stdin", "-w"]
    data = commits.attach(raw(parents=()), SIGNATURE)
    oid = subprocess.run(words, input=data, capture_output=True, check=True).stdout.decode().strip()
    shown = ["git", "-C", str(tmp_path), "log", "-1", "--format=%an <%ae> %at %ct %s%n%(trailers)", oid]
    text = subprocess.run(shown, capture_output=True, check=True, text=True).stdout
    assert (
        text.split("\n")[0]
        == f"Rina Contoh <rina@kantor.example> {int(AT.timestamp())} {int(AT.timestamp())} Langkah 1"
    )
    assert text.split("\n", 1)[1].strip() == BLOCK.strip()


def test_an_instant_is_compared_and_not_its_writing():
    assert raw(at=AT) != raw(at=AT.astimezone(UTC))
    here, there = (commits.parse(OID, raw(at=at))[0] for at in (AT, AT.astimezone(UTC)))
    assert here.author.at == there.author.at
