"""Commit objects as raw bytes: parsed against a closed list of headers and trailers, and built the same way.

Git's own parsers forgive (case, folding, duplicates, CR); what is evidence here must not be read two ways. A message
is canonical when git's `%(trailers)` and `interpret-trailers` read it as `parse` does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

from sopan import trailer
from sopan.finding import Finding, found

MESSAGE_BYTES = 8 * 1024
HEADER_BYTES = 64 * 1024

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
    trailers, body, trailer_findings = trailer.read(oid, message)
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
