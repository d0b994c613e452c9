"""Every sentence that refuses something, by rule id: the one place where a rule becomes Indonesian words.

A sentence says what is wrong, quotes the person's own value, and says what would be right. The place
(file, line, commit) is added by `finding`. Values are shown through `quote`, which never lets personal data
or control characters through.
"""

from __future__ import annotations

import re
import unicodedata

SHOWN_CHARACTERS = 80

RULES: dict[str, str] = {
    # Data files (strict YAML and schemas)
}

_LONG_DIGITS = re.compile(r"\d(?:[ .\-/]?\d){7,}")


def say(rule: str, **values: object) -> str:
    """The sentence of `rule`; a KeyError here means that the rule was never worded."""
    return RULES[rule].format(**{name: quote(value) for name, value in values.items()})


def quote(value: object) -> str:
    """`value` safe to print: no control characters, at most 80 characters, runs of 8 and more digits masked."""
    printable = "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    masked = _LONG_DIGITS.sub(_mask, printable)
    return masked if len(masked) <= SHOWN_CHARACTERS else masked[: SHOWN_CHARACTERS - 1] + "…"


def _mask(match: re.Match[str]) -> str:
    digits = match.group()
    return digits[:4] + "*" * (len(digits) - 4)
