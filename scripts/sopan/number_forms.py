"""The forms of Indonesian personal numbers, as strings of ASCII digits: what each must hold to be one.

Sources: PP 37/2007 art. 37 (NIK), the ministry's codes of provinces, BKN's form of the NIP, the tax office's NPWP
(nine digits closed by a Luhn digit, three of the tax office, three of the branch; since 2024 with a leading 0).
"""

from __future__ import annotations

import re
from datetime import date

NPWP_DIGITS = 15

_PROVINCES = frozenset(
    map(
        str,
        (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)),
    )
)
_WOMEN = 40  # is added to the day of birth
_CENTURIES = (1900, 2000)
_LAST_REGENCY = "79"  # regencies are numbered from 01, cities from 71
_CONTRACT_MONTH = "21"  # stands in the month's place for employees by contract (PPPK)
_BIRTHS = (1940, 2015)
_APPOINTMENTS = (1960, 2099)
_TREASURY = "00"  # NPWP of the state's own treasurers
_COUNTRY = "62"
_MOBILE = re.compile(r"08[1-9][0-9]{7,10}")
_LANDLINE = re.compile(r"0[2-79][0-9]{1,2}[0-9]{5,8}")
_OFFICIAL = re.compile(r"[0-9]{8}[0-9]{6}[12][0-9]{3}")


def is_nik(digits: str) -> bool:
    """Whether these are a NIK or the number of a family card (KK): region, date of birth or issue, serial number."""
    if digits[:2] not in _PROVINCES or digits[12:] == "0000" or "00" in {digits[2:4], digits[4:6]}:
        return False
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    return any(_is_date(century + year, month, day % _WOMEN if day > _WOMEN else day) for century in _CENTURIES)


def is_likely_nik(digits: str) -> bool:
    """Whether a NIK names a regency and a district that the ministry could have numbered."""
    return is_nik(digits) and max(digits[2:4], digits[4:6]) <= _LAST_REGENCY


def is_nip(digits: str) -> bool:
    """Whether these are an official's NIP: date of birth, month of appointment, sex, serial number."""
    if not _OFFICIAL.fullmatch(digits):
        return False
    birth, appointed = int(digits[:4]), int(digits[8:12])
    in_time = _BIRTHS[0] <= birth <= _BIRTHS[1] and _APPOINTMENTS[0] <= appointed <= _APPOINTMENTS[1]
    month = digits[12:14]
    appointable = month == _CONTRACT_MONTH or 1 <= int(month) <= 12  # noqa: PLR2004 - months
    return in_time and birth < appointed and appointable and _is_date(birth, int(digits[4:6]), int(digits[6:8]))


def may_be_npwp(digits: str) -> bool:
    """Whether these are as many digits as an NPWP has (15, or 16 with the leading 0), and not a treasurer's."""
    old = _old_npwp(digits)
    return len(old) == NPWP_DIGITS and not old.startswith(_TREASURY)


def is_npwp(digits: str) -> bool:
    """Whether these may be an NPWP and its check digit holds."""
    return may_be_npwp(digits) and luhn(_old_npwp(digits)[:9])


def is_plain_npwp(digits: str) -> bool:
    """Whether digits without any mark of an NPWP are one all the same: a tax office, and no branch, as persons have."""
    return is_npwp(digits) and digits[-3:] == "000" and digits[-6:-3] != "000"


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check of the others."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def national(digits: str) -> str:
    """A telephone number as it is dialled inside the country: 62 or 0062 becomes 0, with or without a 0 after it."""
    abroad = digits.removeprefix("00")
    return "0" + abroad[2:].removeprefix("0") if abroad[:2] == _COUNTRY else digits


def is_mobile(digits: str) -> bool:
    """Whether these are a mobile number, dialled from inside or outside the country; its 0 may be left out."""
    return _MOBILE.fullmatch(f"0{digits}" if digits.startswith("8") else national(digits)) is not None


def is_landline(digits: str) -> bool:
    """Whether these are a fixed line with its area code, dialled from inside or outside the country."""
    return _LANDLINE.fullmatch(national(digits)) is not None


def _old_npwp(digits: str) -> str:
    return digits.removeprefix("0") if len(digits) == NPWP_DIGITS + 1 else digits


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
