"""Commit objects as raw bytes: parsed against a closed list of headers and trailers, and built the same way.

Git's own parsers forgive (case, folding, duplicates, CR); what is evidence here must not be read two ways. A message
is canonical when git's `%(trailers)` and `interpret-trailers` read it as `parse` does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

from sopan.finding import Finding, found

MESSAGE_BYTES = 8 * 1024
HEADER_BYTES = 64 * 1024

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

_HEADERS = re.compile(
    rb"tree (?P<tree>[0-9a-f]{40})\n"
    rb"(?P<parents>(?:parent [0-9a-f]{40}\n)*)"
    rb"author (?P<author>[^\n]*)\n"
    rb"committer (?P<committer>[^\n]*)\n"
    rb"(?P<signature>gpgsig [^\n]*\n(?: [^\n]*\n)*)?"
    rb"\n"
)
_IDENTITY = re.compile(
    r"(?P<name>[^<>\n]*) <(?P<email>[^<>\s]*)> (?P<epoch>0|[1-9][0-9]{0,10}) (?P<offset>[+-][0-9]{4})"
)
_TRAILER = re.compile(r"(?P<key>[A-Za-z-]+): (?P<value>\S(?:.*\S)?)")
_LOOKS_LIKE_TRAILER = re.compile(r"\s*sop-[a-z-]*\s*:", re.IGNORECASE)
_LATEST_EPOCH = 32_503_680_000  # the year 3000: later ones break other tools long before they mislead a reader


@dataclass(frozen=True)
class Identity:
    """Author or committer: a claim; `at` is aware, with the offset that the person's machine wrote."""

    name: str
    email: str
    at: datetime


@dataclass(frozen=True)
class Commit:
    """A commit whose bytes are canonical. `payload` is what `signature` (armored) signs: the object without it."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: Identity
    committer: Identity
    signature: bytes | None
    payload: bytes
    subject: str
    note: str
    trailers: Mapping[str, str]

    @property
    def dated(self) -> datetime:
        """When it claims to have been made."""
        return self.committer.at

    def number(self, key: str) -> int | None:
        """The step number under a trailer, None where the commit has no such trailer."""
        return int(self.trailers[key]) if key in self.trailers else None


def parse(oid: str, raw: bytes) -> tuple[Commit | None, list[Finding]]:
    """The commit of these bytes, or everything that keeps them from being canonical."""
    match = _HEADERS.match(raw[:HEADER_BYTES])
    if match is None:
        return None, [found("komit-kepala", commit=oid)]
    author, committer = _identity(match["author"]), _identity(match["committer"])
    message, findings = _text(oid, raw[match.end() :])
    if author is None or committer is None:
        findings = [found("komit-identitas", commit=oid), *findings]
    trailers, body, trailer_findings = _trailers(oid, message)
    findings += trailer_findings
    if findings or author is None or committer is None:
        return None, findings
    subject, _, note = body.partition("\n")
    return Commit(
        oid=oid,
        tree=match["tree"].decode(),
        parents=tuple(line[len("parent ") :] for line in match["parents"].decode().splitlines()),
        author=author,
        committer=committer,
        signature=_unfold(match["signature"]),
        payload=raw[: match.start("signature")] + raw[match.end("signature") :] if match["signature"] else raw,
        subject=subject,
        note=note.strip(),
        trailers=MappingProxyType(trailers),
    ), []


def build(*, tree: str, parents: tuple[str, ...], who: tuple[str, str], at: datetime, message: str) -> bytes:
    """The unsigned bytes of a canonical commit by `who` (name, e-mail), dated `at` (aware) as author and committer."""
    stamp = f"{who[0]} <{who[1]}> {int(at.timestamp())} {at.strftime('%z')}"
    lines = [f"tree {tree}", *(f"parent {oid}" for oid in parents), f"author {stamp}", f"committer {stamp}"]
    return ("\n".join(lines) + "\n\n" + message).encode()


def compose(subject: str, note: str, trailers: Mapping[str, str]) -> str:
    """A canonical message: subject, the person's note, the block of trailers."""
    block = "\n".join(f"{key}: {value}" for key, value in trailers.items())
    return "\n\n".join(part for part in (subject.strip(), note.strip(), block) if part) + "\n"


def attach(payload: bytes, signature: bytes) -> bytes:
    """The commit's bytes with an armored SSH signature put where git puts it."""
    headers, _, message = payload.partition(b"\n\n")
    folded = b"gpgsig " + signature.strip().replace(b"\n", b"\n ")
    return headers + b"\n" + folded + b"\n\n" + message


def detach(raw: bytes) -> tuple[bytes, bytes | None]:
    """What `attach` joined: the bytes that were signed, and the armored signature (None where there is none)."""
    match = _HEADERS.match(raw[:HEADER_BYTES])
    if match is None or not match["signature"]:
        return raw, None
    return raw[: match.start("signature")] + raw[match.end("signature") :], _unfold(match["signature"])


def parents(raw: bytes) -> tuple[str, ...]:
    """The parents that the bytes of any commit name, canonical or not."""
    headers, _, _ = raw.partition(b"\n\n")
    lines = headers.decode(errors="replace").split("\n")
    return tuple(line.removeprefix("parent ") for line in lines if line.startswith("parent "))


def _unfold(header: bytes | None) -> bytes | None:
    return header[len(b"gpgsig ") :].replace(b"\n ", b"\n") if header else None


def _identity(raw: bytes) -> Identity | None:
    try:
        match = _IDENTITY.fullmatch(raw.decode())
    except UnicodeDecodeError:
        return None
    if match is None or int(match["epoch"]) > _LATEST_EPOCH:
        return None
    away = offset(match["offset"])
    if away is None or _unprintable(match["name"] + match["email"]):
        return None
    at = datetime.fromtimestamp(int(match["epoch"]), tz=UTC).astimezone(timezone(away))
    return Identity(match["name"], match["email"], at)


def offset(text: str) -> timedelta | None:
    """A real offset from UTC (-12.00 to +14.00, by quarters of an hour), None for what git stores but no place uses."""
    hours, minutes = int(text[1:3]), int(text[3:])
    away = timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1)
    real = minutes in {0, 15, 30, 45} and timedelta(hours=-12) <= away <= timedelta(hours=14)
    return away if real else None


def _text(oid: str, raw: bytes) -> tuple[str, list[Finding]]:
    if len(raw) > MESSAGE_BYTES:
        return "", [found("pesan-panjang", commit=oid, ukuran=len(raw), batas=MESSAGE_BYTES)]
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return "", [found("pesan-utf8", commit=oid)]
    if _unprintable(text.replace("\n", "")) or not unicodedata.is_normalized("NFC", text):
        return "", [found("pesan-karakter", commit=oid)]
    return text, []


def _unprintable(text: str) -> bool:
    """Whether control, bidirectional or other invisible characters hide in the text."""
    if text.isprintable():  # no character of the categories "Other"; most texts end here
        return False
    return any(unicodedata.category(character)[0] == "C" for character in text)


def _trailers(oid: str, message: str) -> tuple[dict[str, str], str, list[Finding]]:
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
