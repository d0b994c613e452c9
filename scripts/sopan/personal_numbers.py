"""Personal numbers by their own structure and by how they are set.

Budget codes, decree numbers, sums and rows of statistics hold as many digits; what tells them apart is that nobody
breaks a NIK into thousands or into codes. Where a word such as NIK or HP stands in front, the setting does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import re2

from sopan import number_forms
from sopan.digit_windows import Digits, Window
from sopan.personal_kinds import Allowed, Kind, Span, masked_digits

_NIK_WORD = re2.compile(
    r"(?i)(?:^|[^a-z])(nik|nkk|e?-?ktp|no\.? ?kk|nomor kk|kartu keluarga|kartu tanda penduduk|induk kependudukan)"
    r"(?:[^a-z]|$)"
)
_NPWP_WORD = re2.compile(r"(?i)(npwp|pokok wajib pajak)")
_PHONE_WORD = re2.compile(
    r"(?i)(?:^|[^a-z])(hp|wa|whats ?app|ponsel|handphone|seluler|hub|hubungi|te?le?pe?o?n?|cp|contact person|narahubung"
    r"|kontak|sms)(?:[^a-z]|$)"
)
_LINE_WORD = re2.compile(r"(?i)(?:^|[^a-z])(te?le?pe?o?n?|faks?|fax|faksimile?|phone)(?:[^a-z]|$)")
_LICENCE_WORD = re2.compile(r"(?i)(?:^|[^a-z])(nib|induk berusaha|nisn|isbn|issn|kode|tender)(?:[^a-z]|$)")
# These three look at a few characters only.
_MONEY = re.compile(r"(?i)(?:rp|idr)[. ]{0,2}$")
_FROM_ABROAD = re.compile(r"\+ ?\(?$")
_TIGHT = re.compile(r"[0-9][.,\-]$")

_FEW_GROUPS = 3
_LONG_GROUP = 8  # digits; whoever writes so many at once writes one number
_NOT_DECIMAL = frozenset({(8, 8), (12, 4)})  # a NIK with one point; a measured value has other sizes
_NPWP_SETTINGS = frozenset({(2, 3, 3, 1, 3, 3), (3, 3, 3, 1, 3, 3)})
_POINTED = frozenset({"."})
_NPWP_ENDS = frozenset({("-", "."), (" ", "."), (".", ".")})
_PHONE_JOINS = (frozenset({" ", "-", ")", "(", ")-"}), frozenset({"."}), frozenset({"_"}))
_SHORTEST_PHONE_GROUP = 2
_OPERATOR_DIGITS = 3  # 0812 with or without its 0

_MOBILE_TOTALS = range(9, 17)  # without the 0 in front, or with 0062 and that 0
_LANDLINE_TOTALS = range(8, 15)


@dataclass(frozen=True)
class _Text:
    """The digits of one text, and where the words end that say what a number is."""

    digits: Digits
    nik: Sequence[int]
    npwp: Sequence[int]
    phone: Sequence[int]
    line: Sequence[int]
    licence: Sequence[int]

    def is_amount(self, window: Window) -> bool:
        """Whether a window is a sum of money: Rp in front of it, or set in thousands."""
        return window.in_thousands or _MONEY.search(self.digits.before(window, 6)) is not None

    def follows(self, words: Sequence[int], window: Window) -> bool:
        """Whether such a word stands in front of the window."""
        return self.digits.follows(words, window)


def spans(text: str, known: Allowed) -> Iterator[Span]:
    """Personal numbers in a text, the more certain kinds first; a later one may overlap an earlier one."""
    patterns = (_NIK_WORD, _NPWP_WORD, _PHONE_WORD, _LINE_WORD, _LICENCE_WORD)
    seen = _Text(Digits(text), *([match.end(1) for match in pattern.finditer(text)] for pattern in patterns))

    def each(kind: Kind, totals: Sequence[int], form: Callable[[str], bool], setting: _Setting) -> Iterator[Span]:
        for window in seen.digits.windows(totals, form):
            if setting(seen, window):
                yield Span(window.start, window.end, kind, masked_digits(window.digits))

    def is_mobile(digits: str) -> bool:
        return number_forms.is_mobile(digits) and number_forms.national(digits) not in known.phones

    def is_landline(digits: str) -> bool:
        return number_forms.is_landline(digits) and number_forms.national(digits) not in known.phones

    yield from each(Kind.NIP, (18,), number_forms.is_nip, _any_setting)
    yield from each(Kind.NPWP, (15, 16), number_forms.may_be_npwp, _set_as_npwp)
    yield from each(Kind.NIK, (16,), number_forms.is_nik, _set_as_nik)
    yield from _longest(each(Kind.MOBILE, _MOBILE_TOTALS, is_mobile, _set_as_mobile))
    yield from _longest(each(Kind.LANDLINE, _LANDLINE_TOTALS, is_landline, _set_as_landline))


_Setting = Callable[[_Text, Window], bool]


def _longest(found: Iterator[Span]) -> Iterator[Span]:
    """Of the spans that begin at one place, the longest."""
    yield from {span.start: span for span in found}.values()


def _any_setting(seen: _Text, window: Window) -> bool:
    """Two dates and a serial number are evidence enough."""
    del seen
    return not window.listed


def _set_as_nik(seen: _Text, window: Window) -> bool:
    if seen.follows(seen.nik, window):
        return True
    if seen.digits.is_fraction(window) or seen.is_amount(window) or (window.listed and not window.single):
        return False
    if len(window.sizes) == 1:
        return True
    return number_forms.is_likely_nik(window.digits) and _broken_up(seen.digits, window)


def _broken_up(digits: Digits, window: Window) -> bool:
    """Whether the groups look like one number that somebody has broken up, and not like a row or a code."""
    if not (window.uniform and digits.stands_alone(window)):
        return False
    if window.joins == (".",):
        return window.sizes in _NOT_DECIMAL
    few = len(window.sizes) <= _FEW_GROUPS and max(window.sizes) >= _LONG_GROUP
    return few or window.single or all(size % 2 == 0 for size in window.sizes)


def _set_as_npwp(seen: _Text, window: Window) -> bool:
    if window.sizes in _NPWP_SETTINGS and not seen.follows(seen.npwp, window):
        pointed = _POINTED.issuperset(window.joins[:3]) and window.joins[3:] in _NPWP_ENDS
        return pointed or _apart_as_npwp(seen, window)
    if seen.follows(seen.npwp, window):
        return not seen.is_amount(window) and not _is_budget_code(window)
    plain = len(window.sizes) == 1 and number_forms.is_plain_npwp(window.digits)
    return plain and not (seen.digits.is_fraction(window) or seen.is_amount(window))


def _apart_as_npwp(seen: _Text, window: Window) -> bool:
    """Whether a row of groups as long as those of an NPWP is one: its check digit holds, and no row goes on."""
    sure = number_forms.is_plain_npwp if " " in window.joins else number_forms.is_npwp
    return window.uniform and sure(window.digits) and seen.digits.stands_alone(window)


def _is_budget_code(window: Window) -> bool:
    return window.sizes[0] == 1 and set(window.joins) == {"."} and not window.single


def _set_as_mobile(seen: _Text, window: Window) -> bool:
    if window.listed or seen.is_amount(window) or seen.follows(seen.licence, window):
        return False
    return seen.follows(seen.phone, window) or _looks_mobile(seen, window)


def _looks_mobile(seen: _Text, window: Window) -> bool:
    """Whether the setting alone says so, where no word does."""
    if "/" in window.joins or window.digits.startswith("8"):
        return False
    if _FROM_ABROAD.search(seen.digits.before(window, 3)):
        return True
    if _TIGHT.search(seen.digits.before(window, 2)):
        return False
    if len(window.sizes) == 1:  # a round sum may begin like a number dialled from abroad
        return window.digits.startswith("0") or not window.digits.endswith("000")
    return _grouped_as_phone(seen.digits, window)


def _grouped_as_phone(digits: Digits, window: Window) -> bool:
    """Whether the operator's digits stand together in front, or all digits apart: dates and codes are set otherwise."""
    if not any(joins.issuperset(window.joins) for joins in _PHONE_JOINS):
        return False
    if window.single:
        return window.uniform and digits.stands_alone(window)
    if window.digits.startswith("62"):  # an ordinary number in a row may begin so
        return set(window.joins) == {"-"} or window.sizes[:2] == (len("62"), _OPERATOR_DIGITS)
    return min(window.sizes[:2]) >= _OPERATOR_DIGITS and min(window.sizes) >= _SHORTEST_PHONE_GROUP


def _set_as_landline(seen: _Text, window: Window) -> bool:
    if "/" in window.joins or window.listed or seen.follows(seen.licence, window):
        return False
    if window.digits.startswith("62"):
        return _FROM_ABROAD.search(seen.digits.before(window, 3)) is not None
    bracketed = seen.digits.before(window, 1) == "(" and window.joins[:1] in {(")",), (")-",)}
    return bracketed or (seen.follows(seen.line, window) and not _is_hours(window))


def _is_hours(window: Window) -> bool:
    """Whether the groups are hours and minutes, as in 07.30-16.00."""
    return set(window.sizes) == {2}
