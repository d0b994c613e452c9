"""What a spreadsheet's formula or a document's field must not do: reach for programs, files or addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopan.attachments import addresses
from sopan.attachments.examined import Fault, fault

_REACHING = re.compile(
    r"\b(DDE|WEBSERVICE|FILTERXML|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|IMAGE|IMPORT[A-Z]+"
    r"|STOCKHISTORY)\s*\(|\||\.(xl[a-z]{1,2}|ods|csv)\]|'[a-z]+://|file:|\\\\",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|IMPORT|DATABASE|RD|MACROBUTTON|HTMLCONTROL)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bHYPERLINK\s*\(\s*(\"(?P<address>[^\"]*)\")?", re.IGNORECASE)
_FIELD_LINK = re.compile(r"\bHYPERLINK\s+(?!\\)\"?(?P<address>[^\"\s]*)", re.IGNORECASE)
_LITERAL = re.compile(r"\"[^\"]*\"|\{[^{}]*\}")  # strings, and arrays (OpenDocument parts their rows with |)
_JOINT = re.compile(r"\"\s*&\s*\"")


def joined(formula: str) -> str:
    """A formula with the strings that it puts together put together, as its reader sees them."""
    return _JOINT.sub("", formula)


def of_cell(formula: str, place: str) -> Iterator[Fault]:
    """Whether a cell's formula starts a program (DDE), reads another file, or links to something unsafe."""
    if _REACHING.search(_LITERAL.sub('""', formula)):
        yield fault("lampiran-rumus-luar", tempat=place)
    for link in _LINK.finditer(formula):
        address = link["address"]
        if address is not None and not _followed(address):
            yield fault("lampiran-tautan", alamat=addresses.shown(address))


def of_field(instruction: str, place: str) -> Iterator[Fault]:
    """Whether a field of a text document fetches something or starts a program."""
    if _FIELD.match(instruction):
        yield fault("lampiran-rumus-luar", tempat=place)
    for link in _FIELD_LINK.finditer(instruction):
        if not _followed(link["address"]):
            yield fault("lampiran-tautan", alamat=addresses.shown(link["address"]))


def _followed(address: str) -> bool:
    return address.startswith("#") or addresses.scheme(address) in addresses.SECURE
