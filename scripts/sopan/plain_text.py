"""Bytes that people wrote, as plain text: UTF-8 in NFC, lines ended by LF, nothing that hides from a reader's eye."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sopan.finding import Finding, found

BOM = b"\xef\xbb\xbf"

_LINE_SEPARATORS = frozenset("\u0085\u2028\u2029")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NONCHARACTERS = 0xFFFE
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf"})


def read(content: bytes, file: str, *, first_line: int = 1) -> tuple[str | None, list[Finding]]:
    """`content` as text and what is wrong with its characters; None where it is no UTF-8.

    A forbidden character stands as U+FFFD in the text, so that reading can go on and name every other fault too.
    `first_line` is the line of `file` at which `content` begins.
    """
    findings = [found("teks-bom", file=file, line=first_line)] if content.startswith(BOM) else []
    content = content.removeprefix(BOM)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + content.count(b"\n", 0, error.start)
        return None, [*findings, found("teks-bukan-utf8", file=file, line=line)]
    if "\r" in text:
        findings.append(found("teks-akhir-baris", file=file, line=first_line + text[: text.index("\r")].count("\n")))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = list(_line_faults(text, file, first_line))
    return "".join(map(_safe, text)) if faults else text, findings + faults


def hidden(text: str) -> tuple[str, str] | None:
    """The rule and the name of the first character in `text` that people cannot see; None where there is none."""
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        if rule := _broken_rule(character):
            return rule, f"U+{ord(character):04X}"
    return None


def _line_faults(text: str, file: str, first_line: int) -> Iterator[Finding]:
    for line, content in enumerate(text.split("\n"), first_line):
        if content.isascii() and content.isprintable():
            continue
        if fault := hidden(content):
            rule, name = fault
            yield found(rule, file=file, line=line, karakter=name)
        if not unicodedata.is_normalized("NFC", content):
            yield found("teks-bukan-nfc", file=file, line=line)


def _broken_rule(character: str) -> str | None:
    if character in _LINE_SEPARATORS:
        return "teks-pemisah-baris"
    if character in _BIDI:
        return "teks-karakter-arah"
    if character in "\n\t":
        return None
    hides = unicodedata.category(character) in _HIDDEN_CATEGORIES or _is_noncharacter(character)
    return "teks-karakter-kendali" if hides else None


def _is_noncharacter(character: str) -> bool:
    return ord(character) & _NONCHARACTERS == _NONCHARACTERS or "\ufdd0" <= character <= "\ufdef"


def _safe(character: str) -> str:
    return "\N{REPLACEMENT CHARACTER}" if _broken_rule(character) else character
