"""Public keys: what `ssh-keygen` and other programs make is read; what is no whole, trusted key is not."""

import base64
import struct
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sopan import public_key

CURVES = {"nistp256": ec.SECP256R1(), "nistp384": ec.SECP384R1(), "nistp521": ec.SECP521R1()}


def line_of(private):
    return private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def blob(*fields):
    return b"".join(struct.pack(">I", len(field)) + field for field in fields)


def key(kind, *fields):
    return f"{kind} {base64.b64encode(blob(kind.encode(), *fields)).decode()}"


ED25519 = key("ssh-ed25519", b"\x01" * 32)
MODULUS = b"\x00\x80" + b"\x01" * 383


@pytest.mark.parametrize("curve", CURVES)
def test_keys_of_every_curve_are_taken(curve):
    assert public_key.fault(line_of(ec.generate_private_key(CURVES[curve]))) is None


def test_keys_of_the_other_types_are_taken():
    assert public_key.fault(line_of(ed25519.Ed25519PrivateKey.generate())) is None
    assert public_key.fault(line_of(rsa.generate_private_key(65537, 3072))) is None


def test_a_key_as_ssh_keygen_writes_it_is_taken_with_its_comment(tmp_path):
    file = tmp_path / "kunci"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "rani di meja", "-f", file], check=True)
    text = file.with_suffix(".pub").read_text()
    assert public_key.fault(text) is None
    assert public_key.normal(text) == text.removesuffix(" rani di meja\n")


def test_one_bit_less_than_enough_is_too_short():
    short = b"\x7f" + b"\x01" * 383
    assert public_key.fault(key("ssh-rsa", b"\x01\x00\x01", short)) == (
        "kunci-rsa-pendek",
        {"bit": 3071, "batas": 3072},
    )
    assert public_key.fault(key("ssh-rsa", b"\x01\x00\x01", MODULUS)) is None


@pytest.mark.parametrize(
    "text",
    [
        "ssh-ed25519",
        "ssh-ed25519 bukan-base64",
        ED25519[:-4],
        ED25519.replace("AAAA", "AAAB", 1),
        key("ecdsa-sha2-nistp256", b"nistp256", b"\x04" * 65).rstrip("="),
        key("ssh-ed25519", b"\x01" * 31),
        key("ssh-ed25519", b"\x01" * 32, b"lebih"),
        key("ssh-ed25519"),
        "ssh-rsa " + ED25519.split()[1],
        key("ssh-rsa", b"\x01\x00\x01"),
        key("ssh-rsa", b"\x01\x00\x01", MODULUS[1:]),
        key("ssh-rsa", b"", MODULUS),
        key("ecdsa-sha2-nistp256", b"nistp384", b"\x04" * 65),
        key("ecdsa-sha2-nistp256", b"nistp256", b"\x04" * 64),
        key("ecdsa-sha2-nistp256", b"nistp256", b"\x02" + b"\x04" * 64),
        key("ecdsa-sha2-nistp256", b"nistp256"),
    ],
)
def test_a_damaged_key_is_refused(text):
    assert public_key.fault(text) == ("kunci-rusak", {"jenis": text.split()[0]})


@pytest.mark.parametrize("kind", ["ssh-dss", "sk-ssh-ed25519@openssh.com", "ssh-ed448", "ecdsa-sha2-nistp224"])
def test_other_types_are_refused_by_name(kind):
    rule, values = public_key.fault(key(kind, b"\x01" * 32))
    assert (rule, values["jenis"]) == ("kunci-jenis", kind)


@pytest.mark.parametrize(
    "text",
    ["-----BEGIN OPENSSH PRIVATE KEY-----", "b3BlbnNzaC1rZXktdjEAAAAA", 'command="sh" ' + ED25519, "", "SSH-ED25519 A"],
)
def test_what_may_be_a_secret_is_not_quoted(text):
    assert public_key.fault(text) == ("kunci-bukan-publik", {})
