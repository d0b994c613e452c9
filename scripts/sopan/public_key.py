"""SSH public keys as officers paste them: the type and base64 of a `.pub` file, read strictly.

Layouts of the key blob: RFC 4253 section 6.6 (RSA), RFC 5656 section 3.1 (ECDSA), RFC 8709 section 4 (Ed25519).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterator
from typing import TypeAlias

from sopan.quoting import Own

SMALLEST_RSA_BITS = 3072  # 128 bits of strength (NIST SP 800-57 part 1) is what the other types give
_RSA = "ssh-rsa"
_ED25519 = "ssh-ed25519"
_ED25519_BYTES = 32
_POINT_BYTES = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
_UNCOMPRESSED = b"\x04"
_TYPE_WORD = re.compile(r"(ssh|ecdsa|sk)-[a-z0-9.@-]{1,40}")
TYPES = (_ED25519, *(f"ecdsa-sha2-{curve}" for curve in _POINT_BYTES), _RSA)

Fault: TypeAlias = tuple[str, dict[str, object]]


def normal(text: str) -> str:
    """`type base64` of a pasted key, without its comment; two writings of one key are equal after this."""
    return " ".join(text.split()[:2])


def fingerprint(line: str) -> str:
    """The fingerprint of a public key (`type base64`), as `ssh-keygen -l` prints it."""
    digest = hashlib.sha256(base64.b64decode(line.split()[1])).digest()
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def fault(text: str) -> Fault | None:
    """The rule that a pasted key breaks, with the values of its sentence; None for a key that may be used."""
    kind, _, data = normal(text).partition(" ")
    if not _TYPE_WORD.fullmatch(kind):
        return "kunci-bukan-publik", {}  # perhaps a private key: nothing of it may be printed
    if kind not in TYPES:
        return "kunci-jenis", {"jenis": kind, "boleh": Own(", ".join(TYPES))}
    fields = _fields(data)
    if not fields or fields[0] != kind.encode() or not _well_formed(kind, fields[1:]):
        return "kunci-rusak", {"jenis": kind}
    if kind == _RSA and _bits(fields[2]) < SMALLEST_RSA_BITS:
        return "kunci-rsa-pendek", {"bit": _bits(fields[2]), "batas": SMALLEST_RSA_BITS}
    return None


def _well_formed(kind: str, fields: list[bytes]) -> bool:
    if kind == _ED25519:
        return [len(field) for field in fields] == [_ED25519_BYTES]
    if kind == _RSA:
        return [_is_positive(field) for field in fields] == [True, True]
    curve = kind.rpartition("-")[2]
    return (
        len(fields) == 2  # noqa: PLR2004 - the curve's name and the point, see RFC 5656
        and fields[0] == curve.encode()
        and len(fields[1]) == _POINT_BYTES[curve]
        and fields[1].startswith(_UNCOMPRESSED)
    )


def _is_positive(mpint: bytes) -> bool:
    return int.from_bytes(mpint, "big", signed=True) > 0


def _bits(mpint: bytes) -> int:
    return int.from_bytes(mpint, "big").bit_length()


def _fields(data: str) -> list[bytes]:
    """The fields of the blob in canonical base64; empty when it is damaged."""
    try:
        blob = base64.b64decode(data, validate=True)
        fields = list(_split(blob))
    except (binascii.Error, struct.error, ValueError):
        return []
    return fields if base64.b64encode(blob).decode() == data else []


def _split(blob: bytes) -> Iterator[bytes]:
    """The length-prefixed fields of SSH's wire format; ValueError or struct.error when cut short."""
    while blob:
        (length,) = struct.unpack_from(">I", blob)
        if len(blob) < 4 + length:
            raise ValueError(length)
        yield blob[4 : 4 + length]
        blob = blob[4 + length :]
