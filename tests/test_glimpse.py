"""The short way of reading a commit says what the long way says, of whatever bytes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopan import acts, commits, evidence, glimpse, trailer

OID, TREE, PARENT = "c" * 40, "a" * 40, "b" * 40
DIGEST = "sha256:" + "0" * 64
ARMOR = b"-----BEGIN SSH SIGNATURE-----\n" + b"A" * 70 + b"\nBBBB\n-----END SSH SIGNATURE-----\n"
ITEM = {trailer.ITEM: "2026/contoh"}
BLOCKS = {
    "langkah": ITEM | {trailer.STEP: "3", trailer.CONTENT: DIGEST},
    "kembali": ITEM | {trailer.RETURN: "3", trailer.CONTENT: DIGEST},
    "terima": ITEM | {trailer.START: "12"},
    "batal": ITEM | {trailer.CANCEL: "ya"},
    "selaras": ITEM | {trailer.RENEW: "ya"},
    "rawat": {trailer.MAINTENANCE: "setuju", trailer.CONTENT: DIGEST},
    "kerja": {},
    "urutan lain": {trailer.CONTENT: DIGEST, trailer.STEP: "3"} | ITEM,
}
SHORT = {"langkah", "kembali", "terima"}


def raw(block=BLOCKS["langkah"], note="Catatan.", *, parents=(PARENT,), offset=420, name="Rina"):
    at = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(minutes=offset)))
    message = commits.compose("Langkah 3", note, block)
    payload = commits.build(tree=TREE, parents=parents, who=(name, "rina@kantor.example"), at=at, message=message)
    return commits.attach(payload, ARMOR)


def the_long_way(data):
    commit, _ = commits.parse(OID, data)
    if commit is None:
        return None
    return {
        "oid": OID,
        "parents": commit.parents,
        "kind": acts.kind(commit),
        "step": acts.step(commit),
        "item": commit.trailers.get(trailer.ITEM),
        "named_content": commit.trailers.get(trailer.CONTENT),
        "event": evidence.read(commit.trailers),
        "dated": commit.dated,
        "signature": commit.signature,
        "note": commit.note,
    }


def seen(data):
    found = glimpse.read(OID, data)
    return None if found is None else found._asdict()


@pytest.mark.parametrize("kind", BLOCKS)
@pytest.mark.parametrize("parents", [(PARENT,), (PARENT, TREE)])
def test_every_form_of_act(kind, parents):
    data = raw(BLOCKS[kind], parents=parents)
    assert seen(data) == the_long_way(data)
    assert seen(data) is not None
    assert (glimpse._COMMON.fullmatch(data) is not None) == (kind in SHORT)


@pytest.mark.parametrize(
    ("about", "legal"),
    [
        ({"note": ""}, True),
        ({"note": "Dua\n\nalinea — dan garis panjang."}, True),
        ({"note": "SOP-Langkah: 4"}, False),
        ({"note": "sop-langkah : 4"}, False),
        ({"note": "--- potong"}, False),
        ({"name": "José"}, True),
        ({"name": "a\tb"}, False),
        ({"offset": 0}, True),
        ({"offset": 14 * 60}, True),
        ({"offset": 14 * 60 + 15}, False),
        ({"offset": 421}, False),
        ({"parents": ()}, True),
    ],
)
def test_what_decides_whether_it_is_canonical(about, legal):
    data = raw(**about)
    assert seen(data) == the_long_way(data)
    assert (seen(data) is not None) == legal


PIECES = st.sampled_from(
    [
        b"\n",
        b"\n\n",
        b" ",
        b"\r",
        b"\0",
        b"SOP-Isi: ",
        b"sop-x:",
        b"---",
        b"> 1 +0700\n",
        b"gpgsig ",
        b"\xc3\xa9",
        b"\xff",
        b"0",
    ]
)


@given(data=st.data(), kind=st.sampled_from(sorted(BLOCKS)))
def test_changed_bytes_are_read_alike(data, kind):
    whole = raw(BLOCKS[kind])
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 12)))
        whole = whole[:start] + data.draw(PIECES | st.binary(max_size=4)) + whole[end:]
    assert seen(whole) == the_long_way(whole)


def test_the_claimed_instant_keeps_its_zone():
    assert seen(raw())["dated"].astimezone(UTC).hour == 1
