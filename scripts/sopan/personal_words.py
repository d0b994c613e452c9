"""Personal data that words make known: e-mail by its form, accounts, passports and births by the words before them."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from sopan.personal_kinds import Allowed, Kind, Span, masked_digits

_ACCOUNT_DIGITS = 9  # the shortest that a bank here issues; a date has eight

_NUMBER_OF_ACCOUNT = re2.compile(
    r"(?i)(?:^|[^a-z])(?:no(?:mor)?\.? ?rek(?:ening)?|norek|virtual account|rek(?:ening)?\.? "
    r"(?:bank|giro|tabungan|koran|bri|bni|bca|btn|bsi|mandiri|atas nama|a\.? ?n))"
    r"[^0-9a-z][^0-9]{0,60}([0-9][0-9 .\-\n]{5,30}[0-9])"
)
_NUMBER_AT_BANK = re2.compile(
    r"(?i)(?:^|[^a-z])(?:bank [a-z]+(?: [a-z]+){0,2}|bri|bni|bca|btn|bsi)[^0-9a-z\n][^0-9\n]{0,40}"
    r"([0-9][0-9\-]{8,24}[0-9])(?:[^0-9]|$)"
)
_BUDGET_CODE = re2.compile(r"^[0-9](?:\.[0-9]{1,4}){3,}(?:[ \n]|$)")
_SUM = re2.compile(r"^[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:[ \n]|$)")
_PASSPORT = re2.compile(
    r"(?i)(?:paspor|passport)(?:[^a-z0-9][^0-9]{0,40})?[^a-z0-9]([a-z]{1,2} ?[0-9]{6,8})(?:[^0-9]|$)"
)
_BIRTH = re2.compile(
    r"(?i)(?:(?:tanggal|tgl)\.? ?(?:ke)?lahir(?:an)?|(?:^|[^a-z])(?:ttl|lahir ?:))[ :=|\n]{0,5}"
    r"(?:[a-z .']{2,30}[,/] ?)?"
    r"([0-9]{1,2}[-/. ](?:[0-9]{1,2}|[a-z]{3,9})[-/. ][0-9]{2,4})"
)

_EMAIL = re2.compile(r"([\pL\pN._%+\-]+)@([\pL\pN\-]+(?:\.[\pL\pN\-]+)+)")
_SPELT_EMAIL = re2.compile(
    r"(?i)([\pL\pN._%+\-]+) ?[\[({<] ?(?:at|et|@) ?[\])}>] ?"
    r"([\pL\pN\-]+(?: ?(?:\.|[\[({<] ?(?:dot|titik|\.) ?[\])}>]) ?[\pL\pN\-]+)+)"
)
_SPACED_EMAIL = re2.compile(
    r"(?i)([\pL\pN._%+\-]+)(?: ?@ ?| (?:at|et) | ?[\[({<] ?a ?[\])}>] ?)"
    r"((?:gmail|yahoo|ymail|hotmail|outlook|icloud|live|rocketmail|proton|protonmail)"
    r"(?:(?: ?\. ?| dot | titik )[a-z]{2,4}){1,2})"
)
_SPELT_DOT = re2.compile(r"(?i) ?[\[({<]? ?(?:\bdot\b|\btitik\b|\.) ?[\])}>]? ?")
# The government's own, and those that RFC 2606 keeps for examples.
_OPEN_DOMAINS = (
    ".go.id",
    ".example",
    ".test",
    ".invalid",
    ".localhost",
    ".example.com",
    ".example.org",
    ".example.net",
)


def spans(text: str, known: Allowed) -> Iterator[Span]:
    """Personal data in a text that words make known; one may overlap another."""
    yield from _accounts(text)
    for match in _PASSPORT.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.PASSPORT, match[1][0] + "*" * (len(match[1]) - 1))
    for match in _BIRTH.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.BIRTH, "*" * len(match[1]))
    yield from _emails(text, known)


def _accounts(text: str) -> Iterator[Span]:
    for pattern in (_NUMBER_OF_ACCOUNT, _NUMBER_AT_BANK):
        for match in pattern.finditer(text):
            digits = "".join(filter(str.isdecimal, match[1]))
            ordinary = _BUDGET_CODE.match(match[1]) or _SUM.match(match[1])
            if len(digits) >= _ACCOUNT_DIGITS and not ordinary:
                yield Span(match.start(1), match.end(1), Kind.ACCOUNT, masked_digits(digits))


def _emails(text: str, known: Allowed) -> Iterator[Span]:
    for pattern in (_EMAIL, _SPELT_EMAIL, _SPACED_EMAIL):
        for match in pattern.finditer(text):
            domain = _SPELT_DOT.sub(".", match[2]).casefold().strip(".-")
            private = not f".{domain}".endswith(_OPEN_DOMAINS)
            if private and f"{match[1]}@{domain}".casefold() not in known.emails:
                yield Span(match.start(), match.end(), Kind.EMAIL, f"{match[1][0]}***@{domain}")
