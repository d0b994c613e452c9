"""`kalender/<tahun>.yml`: read strictly, checked across its parts, and turned into a `Year`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypedDict, cast

from sopan import messages, strict_yaml
from sopan import schema as schemas
from sopan.document import Document, Path
from sopan.finding import Finding
from sopan.workyear import Basis, DayOff, Fast, Hours, Year

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
YES = "ya"
CERTAIN, ESTIMATED = "pasti", "perkiraan"
CHECKED = "sudah diperiksa"


class Span(TypedDict):
    """Working hours without a break in them, clocks written with a point: "07.30"."""

    mulai: str
    selesai: str


class Month(TypedDict):
    """Ramadan's first and last day in the year."""

    mulai: str
    sampai: str
    perkiraan: str


class Ramadan(TypedDict):
    """When the fast is, and the hours that hold in it."""

    masa: list[Month]
    jam_kerja: Mapping[str, list[Span]]


class Day(TypedDict):
    """A day without working hours."""

    tanggal: str
    nama: str
    perkiraan: str


class Decree(TypedDict):
    """Where something in this file comes from."""

    tentang: str
    naskah: str
    kepastian: str


class YearFile(TypedDict):
    """The whole file, once its schema holds."""

    skema: str
    tahun: str
    status: str
    dasar: list[Decree]
    jam_kerja: Mapping[str, list[Span]]
    ramadan: Ramadan
    libur: list[Day]
    cuti_bersama: list[Day]


def file_name(number: int) -> str:
    """The year's file, from the top of the repository."""
    return f"kalender/{number}.yml"


def load_year(number: int, content: bytes, schema: Mapping[str, object]) -> tuple[Year | None, list[Finding]]:
    """The year as its file has it, and everything wrong there; any finding means that it must not be used."""
    document, findings = strict_yaml.load(content, file_name(number))
    if document is None:
        return None, findings
    findings += schemas.check(document, schema, file_name(number))
    if not findings:
        findings += _Checks(document, number).findings()
    return (None if findings else _year(cast("YearFile", document.data))), findings


class _Checks:
    """What a schema cannot say of a year: dates and hours that must agree with each other."""

    def __init__(self, document: Document, number: int) -> None:
        self._document, self._number = document, number
        self._file = cast("YearFile", document.data)

    def findings(self) -> list[Finding]:
        checks = (self._number_agrees(), self._hours(), self._fasts(), self._dates(), self._status())
        return sorted((f for check in checks for f in check), key=lambda finding: finding.line or 0)

    def _found(self, rule: str, path: Path, **values: object) -> Finding:
        line = self._document.line(path)
        return Finding(rule, messages.say(rule, **values), file=file_name(self._number), line=line)

    def _number_agrees(self) -> Iterator[Finding]:
        """The year in the file is the year of its name."""
        if self._file["tahun"] != str(self._number):
            yield self._found("kalender-tahun", ("tahun",), tertulis=self._file["tahun"], tahun=self._number)

    def _hours(self) -> Iterator[Finding]:
        """Hours run forward without overlap, and a week has some."""
        weeks: tuple[tuple[Path, Mapping[str, list[Span]]], ...] = (
            (("jam_kerja",), self._file["jam_kerja"]),
            (("ramadan", "jam_kerja"), self._file["ramadan"]["jam_kerja"]),
        )
        for path, week in weeks:
            if not any(week.values()):
                yield self._found("kalender-tanpa-jam", path)
            for weekday in WEEKDAYS:
                yield from self._day_hours((*path, weekday), week[weekday])

    def _day_hours(self, path: Path, spans: list[Span]) -> Iterator[Finding]:
        closed = ""
        for index, span in enumerate(spans):
            if span["mulai"] >= span["selesai"]:
                yield self._found("kalender-jam-mundur", (*path, index), hari=path[-1], **span)
            elif span["mulai"] < closed:
                values = {"hari": path[-1], "mulai": span["mulai"], "sebelum": closed}
                yield self._found("kalender-jam-tumpang", (*path, index), **values)
            closed = span["selesai"]

    def _fasts(self) -> Iterator[Finding]:
        """Ramadan begins before it ends."""
        for index, month in enumerate(self._file["ramadan"]["masa"]):
            if month["mulai"] > month["sampai"]:
                values = {"mulai": month["mulai"], "sampai": month["sampai"]}
                yield self._found("kalender-ramadan-mundur", ("ramadan", "masa", index), **values)

    def _dates(self) -> Iterator[Finding]:
        """Every date lies in the year; a day off stands there once."""
        seen: set[str] = set()
        for path, day in self._dated():
            if not day.startswith(f"{self._number}-"):
                yield self._found("kalender-luar-tahun", path, tanggal=day, tahun=self._number)
            if day in seen and path[0] != "ramadan":
                yield self._found("kalender-tanggal-ganda", path, tanggal=day)
            if path[0] != "ramadan":
                seen.add(day)

    def _dated(self) -> Iterator[tuple[Path, str]]:
        for index, month in enumerate(self._file["ramadan"]["masa"]):
            yield ("ramadan", "masa", index, "mulai"), month["mulai"]
            yield ("ramadan", "masa", index, "sampai"), month["sampai"]
        for index, day in enumerate(self._file["libur"]):
            yield ("libur", index, "tanggal"), day["tanggal"]
        for index, day in enumerate(self._file["cuti_bersama"]):
            yield ("cuti_bersama", index, "tanggal"), day["tanggal"]

    def _status(self) -> Iterator[Finding]:
        """The year is an estimate exactly as long as one of its dates is."""
        entries = [*self._file["ramadan"]["masa"], *self._file["libur"], *self._file["cuti_bersama"]]
        right = ESTIMATED if any(entry["perkiraan"] == YES for entry in entries) else CERTAIN
        if self._file["status"] != right:
            yield self._found("kalender-status", ("status",), tertulis=self._file["status"], seharusnya=right)


def _year(file: YearFile) -> Year:
    return Year(
        number=int(file["tahun"]),
        basis=tuple(Basis(d["tentang"], d["naskah"], d["kepastian"] == CHECKED) for d in file["dasar"]),
        week=_week(file["jam_kerja"]),
        ramadan=tuple(_fast(month) for month in file["ramadan"]["masa"]),
        ramadan_week=_week(file["ramadan"]["jam_kerja"]),
        days_off=(
            *(_day_off(day, collective=False) for day in file["libur"]),
            *(_day_off(day, collective=True) for day in file["cuti_bersama"]),
        ),
    )


def _week(week: Mapping[str, list[Span]]) -> tuple[Hours, ...]:
    return tuple(tuple((_clock(s["mulai"]), _clock(s["selesai"])) for s in week[day]) for day in WEEKDAYS)


def _clock(written: str) -> timedelta:
    hours, minutes = written.split(".")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _fast(month: Month) -> Fast:
    return Fast(date.fromisoformat(month["mulai"]), date.fromisoformat(month["sampai"]), month["perkiraan"] == YES)


def _day_off(day: Day, *, collective: bool) -> DayOff:
    return DayOff(date.fromisoformat(day["tanggal"]), day["nama"], collective, day["perkiraan"] == YES)
