"""How pages say dates, instants, sizes and coded values in Indonesian. Durations are worded by `timing_report`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from sopan.office import Office
from sopan.timing_words import LOCALE

NOT_FILLED = "tidak diisi"
_KILO = 1000
_PAIR = 2
_UNITS = ("B", "kB", "MB", "GB")

CLASSES = {"berkala": "Berkala", "serta_merta": "Serta-merta", "setiap_saat": "Setiap saat"}
CLASS_MEANINGS = {
    "berkala": "Diumumkan secara teratur, paling sedikit setiap enam bulan.",
    "serta_merta": "Diumumkan tanpa penundaan karena menyangkut hajat hidup orang banyak dan ketertiban umum.",
    "setiap_saat": "Selalu tersedia dan dapat diminta kapan saja.",
}
_SHORT_FORMS = ("SOP", "RPJPD", "RPJMD", "RKPD", "LKjIP", "IKU", "LKPJ", "LPPD", "PD")
_ABBREVIATIONS = {word.lower(): word for word in _SHORT_FORMS}


def instant(at: datetime, office: Office) -> str:
    """`17 Agustus 2026 pukul 13.05 WIB`, in the office's own zone."""
    local = format_datetime(at.astimezone(office.zone), "d MMMM y 'pukul' HH.mm", locale=LOCALE)
    return f"{local} {office.zone_label}"


@cache
def day(value: date) -> str:
    """`17 Agustus 2026`."""
    return format_date(value, "d MMMM y", locale=LOCALE)


def iso_day(value: str) -> str:
    """`2026-08-17`, as front matter holds it, in words; an empty value says so."""
    return day(date.fromisoformat(value)) if value else NOT_FILLED


@cache
def size(count: int) -> str:
    """A file's size with a decimal comma: `1,2 kB` (1 kB is 1000 bytes)."""
    amount, unit = float(count), 0
    while amount >= _KILO and unit < len(_UNITS) - 1:
        amount, unit = amount / _KILO, unit + 1
    return f"{format_decimal(amount, '#,##0.#', locale=LOCALE)} {_UNITS[unit]}"


@cache
def coded(value: str) -> str:
    """A coded value as people read it: `data_statistik` is `Data statistik`, `renstra_pd` is `Renstra PD`."""
    return capitalised(" ".join(_ABBREVIATIONS.get(word, word) for word in value.split("_")))


def capitalised(text: str) -> str:
    """`text` with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def enumerated(values: Sequence[object]) -> str:
    """`1, 2, dan 3`; `1 dan 2`."""
    texts = [str(value) for value in values]
    if len(texts) <= _PAIR:
        return " dan ".join(texts)
    return f"{', '.join(texts[:-1])}, dan {texts[-1]}"
