"""Signatures over raw bytes: who signed, and what a forger can put into the armor."""

import base64
import struct
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopan import signature, signers
from sopan.errors import SopanError
from sopan.officers import Key, Officer, Register, Window

PAYLOAD = b"tree 0\nauthor x\n\nLangkah 1\n"
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
OPEN = Window(None, None)


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """A folder with a key pair for each of three people."""
    folder = tmp_path_factory.mktemp("kunci")
    for name in ("rina", "budi", "asing"):
        signature.generate(folder / name, name)
    return folder


@pytest.fixture(scope="session")
def register(keys):
    people = [
        Officer(name, name.title(), f"{name}@kantor.example", "", (Key(signature.public_line(keys / name), OPEN),))
        for name in ("rina", "budi")
    ]
    return Register(1, tuple(people), (), (), ())


def test_the_signer_is_the_owner_of_the_key(keys, register):
    made = signature.sign(PAYLOAD, keys / "rina")
    assert signature.key_of(made) == signature.public_line(keys / "rina")
    assert signers.officer_of(register, made) == "rina"
    assert signers.officer_of(register, signature.sign(PAYLOAD, keys / "asing")) is None
    assert signers.officer_of(register, None) is None


def test_a_signature_holds_for_one_key_one_person_and_every_byte(keys):
    made = signature.sign(PAYLOAD, keys / "rina")
    rina, budi = (signature.public_line(keys / name) for name in ("rina", "budi"))
    assert signature.verified("rina", rina, PAYLOAD, made)
    assert not signature.verified("rina", budi, PAYLOAD, made)
    assert not signature.verified("rina", rina, PAYLOAD + b" ", made)
    assert not signature.verified("rina", rina, PAYLOAD, signature.sign(PAYLOAD, keys / "budi"))


@pytest.mark.parametrize(("kind", "bits"), [("ecdsa", "256"), ("ecdsa", "521"), ("rsa", "3072")])
def test_other_kinds_of_keys_sign_as_well(tmp_path, kind, bits):
    file = tmp_path / "kunci"
    words = ["ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", "", "-f", str(file)]
    subprocess.run(words, check=True)
    made = signature.sign(PAYLOAD, file)
    assert signature.verified("rina", signature.public_line(file), PAYLOAD, made)
    assert not signature.verified("rina", signature.public_line(file), PAYLOAD[1:], made)


def test_a_signature_for_another_purpose_is_none(keys, register):
    words = ["ssh-keygen", "-Y", "sign", "-q", "-n", "file", "-f", str(keys / "rina")]
    made = subprocess.run(words, input=PAYLOAD, capture_output=True, check=True).stdout
    assert signature.key_of(made) is None
    assert signers.officer_of(register, made) is None


@pytest.mark.parametrize("minutes", [-1, 0, 59, 60])
def test_a_key_holds_from_its_first_instant_to_before_its_last(keys, register, minutes):
    window = Window(NOW, NOW + timedelta(hours=1))
    (key,) = register.officers[0].keys
    rina = replace(register.officers[0], keys=(replace(key, window=window),))
    made = signature.sign(PAYLOAD, keys / "rina")
    timed = replace(register, officers=(rina, register.officers[1]))
    assert signers.key_valid(timed, made, NOW + timedelta(minutes=minutes)) == (0 <= minutes < 60)


def armored(blob):
    text = base64.b64encode(blob)
    body = b"".join(text[at : at + 70] + b"\n" for at in range(0, len(text), 70))
    return b"-----BEGIN SSH SIGNATURE-----\n" + body + b"-----END SSH SIGNATURE-----\n"


def wire(*texts):
    return b"".join(struct.pack(">I", len(text)) + text for text in texts)


KEY = wire(b"ssh-ed25519", b"\1" * 32)
WHOLE = b"SSHSIG" + struct.pack(">I", 1) + wire(KEY, b"git", b"", b"sha512", wire(b"ssh-ed25519", b"\1" * 64))
BROKEN = {
    "nothing": b"",
    "no armor": b"bukan tanda tangan\n",
    "PGP": armored(WHOLE).replace(b"SSH", b"PGP"),
    "text before": b"x\n" + armored(WHOLE),
    "text after": armored(WHOLE) + b"x\n",
    "another magic": armored(WHOLE.replace(b"SSHSIG", b"SSHGIS")),
    "cut short": armored(WHOLE[:30]),
    "a length beyond the end": armored(b"SSHSIG" + struct.pack(">I", 1) + struct.pack(">I", 2**32 - 1)),
    "another namespace": armored(WHOLE.replace(b"git", b"mbx")),
    "a kind that is no text": armored(WHOLE.replace(b"ssh-", b"\xff\xff\xff\xff")),
    "bad padding": armored(WHOLE).replace(b"\n-----END", b"=\n-----END"),
}


def test_the_whole_of_it_reads():
    assert signature.key_of(armored(WHOLE)) == f"ssh-ed25519 {base64.b64encode(KEY).decode()}"


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_no_signature_is_nobodys(register, data):
    assert signature.key_of(data) is None
    assert signers.officer_of(register, data) is None
    assert not signers.key_valid(register, data, NOW)


@given(st.binary(max_size=200))
def test_any_bytes_in_the_armor_are_read_or_nobodys(data):
    signature.key_of(armored(data))
    signature.key_of(data)


def test_a_key_that_cannot_sign_says_so(tmp_path):
    with pytest.raises(SopanError) as caught:
        signature.sign(PAYLOAD, tmp_path / "tiada")
    assert str(caught.value) == (
        f"Kunci {tmp_path / 'tiada'} tidak dapat menandatangani; periksa letak berkas dan kata sandinya."
    )


def test_a_key_is_never_overwritten(keys):
    before = (keys / "rina").read_bytes()
    with pytest.raises(SopanError) as caught:
        signature.generate(keys / "rina", "rina")
    assert (
        str(caught.value) == f"Kunci baru tidak dapat dibuat di {keys / 'rina'}; periksa apakah berkas itu sudah ada."
    )
    assert (keys / "rina").read_bytes() == before


def test_a_public_half_that_is_missing_says_so(tmp_path):
    with pytest.raises(SopanError) as caught:
        signature.public_line(tmp_path / "tiada")
    assert str(caught.value) == (
        f"Kunci publik {tmp_path / 'tiada.pub'} tidak terbaca; buat kunci dengan `sopan petugas kunci`."
    )


def test_without_ssh_keygen_nothing_is_verified(keys, monkeypatch, tmp_path):
    made = signature.sign(PAYLOAD, keys / "rina")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SopanError) as caught:
        signature.verified("rina", signature.public_line(keys / "rina"), PAYLOAD, made)
    assert str(caught.value) == "Perintah ssh-keygen tidak ditemukan; pasang OpenSSH versi 8.9 atau lebih baru."
