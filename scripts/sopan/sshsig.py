"""The bytes of an SSH signature, read strictly: armor, the fields of `SSHSIG` version 1, and nothing behind them.

The form is OpenSSH's PROTOCOL.sshsig, in the one armor that `ssh-keygen` writes: anybody could make a second commit out
of a signed one by breaking the lines elsewhere. What this refuses is no signature to Sopan, even where a tool would
forgive it.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_ARMOR = re.compile(rb"-----BEGIN SSH SIGNATURE-----\n(?P<body>(?:[A-Za-z0-9+/=]+\n)+)-----END SSH SIGNATURE-----\n?")
_WIDTH = 70  # of an armor's lines
_MAGIC = b"SSHSIG"
_VERSION = struct.pack(">I", 1)
_HASHES = (b"sha256", b"sha512")
_FIELDS = 5  # key, namespace, reserved, hash, signature
_ED25519 = b"ssh-ed25519"
_ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493

# As ssh-keygen wraps it: 88 letters, of which 70 on the first line, are the 66 bytes that end in the whole key.
ED25519_KEY = re.compile(rb"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1[^\n]{34}\n[^\n]{18}")
ED25519_KEY_ENDS = len(b"-----BEGIN SSH SIGNATURE-----\n") + 70 + 1 + 18


@dataclass(frozen=True)
class Signature:
    """What an armored signature holds: the signer's key, and `value` by `algorithm` over a digest named by `hash`."""

    key: bytes
    namespace: bytes
    hash: str
    algorithm: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The key as public key files write it (`type base64`)."""
        return f"{next(strings(self.key)).decode('ascii')} {base64.b64encode(self.key).decode()}"

    def signed(self, digest: bytes) -> bytes:
        """The bytes that the key signed, for the digest of a message."""
        return _MAGIC + b"".join(map(string, (self.namespace, b"", self.hash.encode(), digest)))


@lru_cache(maxsize=16)  # whose key, whether its time, whether it holds: each asks anew
def parse(armored: bytes) -> Signature | None:
    """The signature in these bytes; None when they are not exactly one."""
    match = _ARMOR.fullmatch(armored)
    if match is None:
        return None
    try:
        blob = base64.b64decode(match["body"].replace(b"\n", b""), validate=True)
        key, namespace, reserved, name, inner = _exactly(_FIELDS, _after_version(blob))
        algorithm, value = _exactly(2, inner)
        next(strings(key)).decode("ascii")
    except (binascii.Error, struct.error, ValueError, StopIteration):
        return None
    if reserved or name not in _HASHES or (algorithm == _ED25519 and not _least(value)):
        return None
    if match["body"] != wrapped(base64.b64encode(blob)):
        return None
    return Signature(key, namespace, name.decode(), algorithm, value)


def string(data: bytes) -> bytes:
    """A string in SSH's wire format: its length, then its bytes."""
    return struct.pack(">I", len(data)) + data


def strings(data: bytes) -> Iterator[bytes]:
    """The length-prefixed strings of SSH's wire format; struct.error or ValueError when cut short."""
    position = 0
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        position += 4 + length
        if position > len(data):
            raise ValueError(length)
        yield data[position - length : position]


def _least(value: bytes) -> bool:
    """Whether the number of an Ed25519 signature is below the group's order (RFC 8032, section 5.1.7).

    ssh-keygen takes greater ones too, by which anybody could make a second commit out of a signed one.
    """
    return int.from_bytes(value[32:], "little") < _ED25519_ORDER


def wrapped(text: bytes) -> bytes:
    """The lines of an armor that hold this text, as `ssh-keygen` breaks them, each ended."""
    return b"".join(text[at : at + _WIDTH] + b"\n" for at in range(0, len(text), _WIDTH))


def _after_version(blob: bytes) -> bytes:
    start = _MAGIC + _VERSION
    if not blob.startswith(start):
        raise ValueError(blob[: len(start)])
    return blob[len(start) :]


def _exactly(count: int, data: bytes) -> list[bytes]:
    """All strings of `data`, which are so many; ValueError otherwise."""
    found = list(strings(data))
    if len(found) != count:
        raise ValueError(len(found))
    return found
