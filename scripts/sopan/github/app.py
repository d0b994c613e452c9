"""The office's own GitHub App, where it has one: its key gets a token of one hour, for this repository alone."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sopan.errors import SopanError
from sopan.github import rest
from sopan.github.surroundings import Surroundings

_EARLIER, _LATER = timedelta(minutes=1), timedelta(minutes=9)  # GitHub allows ten, and its clock may be behind


def acting(surroundings: Surroundings) -> Surroundings:
    """The same surroundings with the App's token; unchanged where the office has no App."""
    if not surroundings.application:
        return surroundings
    claim = _claim(surroundings.application, _key(surroundings.application_key), datetime.now(tz=UTC))
    speaks = rest.connect(replace(surroundings, token=claim))
    place = f"app/installations/{speaks.get('installation')['id']}/access_tokens"
    given = speaks.post_outside(place, {"repositories": [surroundings.repository.partition("/")[2]]})
    return replace(surroundings, token=str(given["token"]))


def _key(text: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(text.strip().encode() + b"\n", password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise SopanError("Kunci aplikasi GitHub tidak terbaca; isi SOPAN_KUNCI_APLIKASI dengan berkas .pem-nya, utuh.")
    return key


def _claim(application: str, key: RSAPrivateKey, now: datetime) -> str:
    """What an App says of itself: its number and two instants, signed (a JSON Web Token, RS256)."""
    told = {"iat": int((now - _EARLIER).timestamp()), "exp": int((now + _LATER).timestamp()), "iss": application}
    text = f"{_part({'alg': 'RS256', 'typ': 'JWT'})}.{_part(told)}"
    return f"{text}.{_plain(key.sign(text.encode(), PKCS1v15(), SHA256()))}"


def _part(data: object) -> str:
    return _plain(json.dumps(data, separators=(",", ":")).encode())


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
