"""`sopan kalender …`: the office's working calendars."""

from __future__ import annotations

import click

from sopan.cli.indonesian import group
from sopan.cli.words import FORMAT, here, notice, verdict
from sopan.desk import place
from sopan.errors import SopanError
from sopan.history import History


@group("kalender")
def calendars() -> None:
    """Kalender kerja kantor: jam kerja, libur, cuti bersama, dan Ramadan."""


@calendars.command("periksa")
@click.argument("years", metavar="[TAHUN]…", type=int, nargs=-1)
@FORMAT
def check(years: tuple[int, ...], form: str) -> int:
    """Membandingkan kalender/ dengan paket holidays; perbedaannya diputuskan menurut SKB, bukan menurut paket itu."""
    from sopan import calendar_check  # noqa: PLC0415 - holidays of all the world load slowly, and one command needs them

    rules = place.policy_on_disk(History(here()).folder)
    missing = [year for year in years if year not in rules.calendar.years]
    if missing:
        named = ", ".join(map(str, missing))
        raise SopanError(f"Belum ada kalender untuk {named}; tambahkan kalender/<tahun>.yml dahulu.")
    findings = list(calendar_check.differences(rules.calendar, list(years) or None))
    if findings and form == "teks":
        notice("Paket holidays bukan hukum: cocokkan setiap perbedaan dengan SKB tahun itu.")
    return verdict(findings, form, site=rules.office.site)


COMMANDS = (calendars,)
