"""SSH signatures judged in this process, for whole histories, at a fraction of the cost of starting `ssh-keygen`.

Only what is certain is said: types, key sizes and algorithms beyond OpenSSH's common ones are UNKNOWN, and `ssh-keygen`
decides. Who may sign and when is policy and is not asked here. Formats: RFC 8709 (Ed25519), RFC 8332 (RSA with SHA-2),
RFC 5656 (ECDSA).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from sopan import signature, sshsig
from sopan.sshsig import Signature

SMALLEST_RSA_BITS = 2048  # shorter keys are ssh-keygen's to judge; policy admits none of them
_RSA_HASHES: Mapping[bytes, hashes.HashAlgorithm] = MappingProxyType(
    {b"rsa-sha2-256": hashes.SHA256(), b"rsa-sha2-512": hashes.SHA512()}
)
_CURVES: Mapping[bytes, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = MappingProxyType(
    {
        b"nistp256": (ec.SECP256R1(), hashes.SHA256()),
        b"nistp384": (ec.SECP384R1(), hashes.SHA384()),
        b"nistp521": (ec.SECP521R1(), hashes.SHA512()),
    }
)


class Verdict(Enum):
    """What can be said of a signature: it holds, it does not, or somebody else must judge it."""

    GOOD = "sah"
    BAD = "rusak"
    UNKNOWN = "tak ternilai"


def verify(line: str, payload: bytes, armored: bytes, namespace: str = signature.NAMESPACE) -> Verdict:
    """Whether `armored` is a signature by the key `line` (`type base64`) over `payload` in this namespace."""
    read = sshsig.parse(armored)
    if read is None or read.namespace != namespace.encode() or read.line != line:
        return Verdict.BAD
    check = _CHECKS.get(line.partition(" ")[0])
    if check is None:
        return Verdict.UNKNOWN
    try:
        check(read, read.signed(hashlib.new(read.hash, payload).digest()))
    except InvalidSignature:
        return Verdict.BAD
    except (ValueError, struct.error, UnsupportedAlgorithm):  # a key that this library does not take
        return Verdict.UNKNOWN
    return Verdict.GOOD


def verified(principal: str, line: str, payload: bytes, armored: bytes) -> bool:
    """The same answer as `signature.verified`, mostly without a process: a no is said by `ssh-keygen` alone."""
    return verify(line, payload, armored) is Verdict.GOOD or signature.verified(principal, line, payload, armored)


def _ed25519(read: Signature, signed: bytes) -> None:
    _, key = sshsig.strings(read.key)
    _require(read.algorithm == b"ssh-ed25519")
    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(read.value, signed)


def _rsa(read: Signature, signed: bytes) -> None:
    """Leading zeros of the number may be missing, which OpenSSH forgives."""
    _, exponent, modulus = (int.from_bytes(field) for field in sshsig.strings(read.key))
    if modulus.bit_length() < SMALLEST_RSA_BITS:
        raise ValueError(modulus.bit_length())
    _require(read.algorithm in _RSA_HASHES)
    key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    value = read.value.rjust((modulus.bit_length() + 7) // 8, b"\0")
    key.verify(value, signed, padding.PKCS1v15(), _RSA_HASHES[read.algorithm])


def _ecdsa(read: Signature, signed: bytes) -> None:
    kind, name, point = sshsig.strings(read.key)
    if kind != b"ecdsa-sha2-" + name:
        raise ValueError(name)
    curve, digest = _CURVES[name]
    key = ec.EllipticCurvePublicKey.from_encoded_point(curve, point)
    _require(read.algorithm == kind)
    key.verify(encode_dss_signature(*_numbers(read.value)), signed, ec.ECDSA(digest))


def _numbers(value: bytes) -> tuple[int, int]:
    """The two numbers of an ECDSA signature, which are positive."""
    try:
        r, s = (int.from_bytes(number, signed=True) for number in sshsig.strings(value))
    except (ValueError, struct.error) as error:
        raise InvalidSignature from error
    _require(min(r, s) > 0)
    return r, s


def _require(condition: bool) -> None:  # noqa: FBT001 - a condition is what it takes
    if not condition:
        raise InvalidSignature


_CHECKS: Mapping[str, Callable[[Signature, bytes], None]] = MappingProxyType(
    {"ssh-ed25519": _ed25519, "ssh-rsa": _rsa} | {f"ecdsa-sha2-{name.decode()}": _ecdsa for name in _CURVES}
)
