"""Cells of spreadsheets: what they are called, and numbers as a person would write them."""

from __future__ import annotations

import re

_EXPONENT = re.compile(r"-?\d(?:\.\d+)?[eE]\+?\d{1,2}")
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


def column(number: int) -> str:
    """The letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_reference(text: str) -> bool:
    """Whether a text is a cell's name, such as B7."""
    return bool(_REFERENCE.fullmatch(text))


def number(text: str) -> str:
    """A number with all its digits: programs store 16 of them as 1.9010101010100001E15."""
    return str(int(float(text))) if _EXPONENT.fullmatch(text) and float(text).is_integer() else text
