"""The block of trailers that ends a message: which keys there are, what each may say, and which make one act together.

Each is spelt in one way and stands once; what else looks like a trailer, anywhere in the message, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sopan.finding import Finding, found

ITEM = "SOP-Butir"
STEP = "SOP-Langkah"
START = "SOP-Terima"
RETURN = "SOP-Kembali"
CANCEL = "SOP-Batal"
RENEW = "SOP-Selaras"
CONTENT = "SOP-Isi"
MAINTENANCE = "SOP-Rawat"
EVIDENCE = "SOP-Bukti"
SEAL = "SOP-Segel"
YES = "ya"
APPROVE = "setuju"
JOIN = "gabung"

_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_ID = "[1-9][0-9]{0,18}"
_DAY = (  # of this century, and one that the calendar has
    "(?:20[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))|20(?:[02468][048]|[13579][26])-02-29)"
)
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_VALUES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        ITEM: re.compile(r"[0-9]{4}/[a-z0-9]+(?:-[a-z0-9]+)*"),
        STEP: _NUMBER,
        START: _NUMBER,
        RETURN: _NUMBER,
        CANCEL: re.compile(YES),
        RENEW: re.compile(YES),
        CONTENT: re.compile(r"sha256:[0-9a-f]{64}"),
        MAINTENANCE: re.compile(f"{APPROVE}|{JOIN}"),
        EVIDENCE: re.compile(rf"github (?:komentar|ulasan) {_ID} akun={_ID} pada={_DAY}T{_CLOCK}Z head=[0-9a-f]{{40}}"),
        SEAL: re.compile(r"(?:[A-Za-z0-9+/]{4}){40,700}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
    }
)
_FORMS: frozenset[frozenset[str]] = frozenset(
    frozenset(keys)
    for keys in (
        (),
        (ITEM, START),
        (ITEM, STEP, CONTENT),
        (ITEM, RETURN, CONTENT),
        (ITEM, CANCEL),
        (ITEM, RENEW),
        (MAINTENANCE, CONTENT),
        (ITEM, START, EVIDENCE),
        (ITEM, STEP, CONTENT, EVIDENCE),
        (ITEM, RETURN, CONTENT, EVIDENCE),
        (ITEM, CANCEL, EVIDENCE),
        (ITEM, RENEW, EVIDENCE),
        (ITEM, STEP, CONTENT, EVIDENCE, SEAL),
        (MAINTENANCE, CONTENT, EVIDENCE),
        (MAINTENANCE, CONTENT, EVIDENCE, SEAL),
    )
)
_TRAILER = re.compile(r"(?P<key>[A-Za-z-]+): (?P<value>\S(?:.*\S)?)")
_LOOKS_LIKE_TRAILER = re.compile(r"\s*sop-[a-z-]*\s*:", re.IGNORECASE)


def read(oid: str, message: str) -> tuple[dict[str, str], str, list[Finding]]:
    """The trailers of the last paragraph and the text before it; SOP keys anywhere else are findings."""
    body, _, last = message.rstrip("\n").rpartition("\n\n")
    if not _claims_trailers(last) or not body.strip():
        stray = _claims_trailers(message)
        return {}, message.strip("\n"), [found("trailer-letak", commit=oid)] if stray else []
    findings = list(_block_findings(oid, last.split("\n")))
    if _claims_trailers(body) or any(line.startswith("---") for line in body.split("\n")):
        findings.append(found("trailer-letak", commit=oid))
    forge_made = any(line.startswith(f"{SEAL}: ") for line in last.split("\n"))  # a forge ends a message its own way
    if not (forge_made or message.endswith("\n")) or message.endswith("\n\n"):
        findings.append(found("trailer-akhir", commit=oid))
    return ({} if findings else dict(_pairs(last.split("\n")))), body, findings


def _claims_trailers(text: str) -> bool:
    return any(_LOOKS_LIKE_TRAILER.match(line) for line in text.split("\n"))


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if match := _TRAILER.fullmatch(line):
            yield match["key"], match["value"]


def _block_findings(oid: str, lines: list[str]) -> Iterator[Finding]:
    """Each line is one known trailer in exact spelling, each key once, and the keys together are one act."""
    pairs = list(_pairs(lines))
    keys = [key for key, _ in pairs]
    if len(pairs) != len(lines):
        yield found("trailer-bentuk", commit=oid)
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield found("trailer-ganda", commit=oid, kunci=key)
    for key, value in pairs:
        if key not in _VALUES:
            yield found("trailer-tak-dikenal", commit=oid, kunci=key, daftar=", ".join(_VALUES))
        elif not _VALUES[key].fullmatch(value):
            yield found("trailer-nilai", commit=oid, kunci=key, nilai=value)
    if len(pairs) == len(lines) and set(keys) <= set(_VALUES) and frozenset(keys) not in _FORMS:
        yield found("trailer-susunan", commit=oid, kunci=", ".join(keys))
