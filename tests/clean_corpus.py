"""Realistic official texts without anybody's data, made from the hand-written ones in `tests/data/bersih`."""

# ruff: noqa: E501, S311 - one kind of value, one line; the dice only vary examples

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

TOP = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "data" / "bersih"
ROUNDS = 15
SEED = 2026

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
PLACES = ("Mendo Barat", "Merawang", "Puding Besar", "Sungailiat", "Pemali", "Bakam", "Belinyu", "Riau Silip")
TOPICS = ("alat tulis kantor", "perjalanan dinas", "cetak dan penggandaan", "pemeliharaan jalan", "bibit lada", "air minum",
          "Pertanian dan perikanan", "Industri pengolahan", "Jasa pendidikan", "data perencanaan", "sewa gedung")  # fmt: skip
UNITS = ("paket", "orang", "kali", "m2", "km", "unit", "rim", "OB")
NUMBER = re.compile(r"[0-9][0-9.,:/-]*")
_WORD = re.compile(r"\{(\w+)\}")


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def values(dice: random.Random) -> dict[str, Callable[[], str]]:
    """A maker of fresh values for each word of the templates."""

    def n(low: int, high: int) -> int:
        return dice.randint(low, high)

    def amount() -> int:
        return n(1, 999) * 10 ** n(3, 9) + dice.choice((0, n(0, 999_999)))

    def day() -> int:
        return n(1, 28)

    def year() -> str:
        return str(n(2018, 2030))

    def hour() -> str:
        return f"{n(7, 16):02}.{dice.choice((0, 15, 30, 45)):02}"

    def account() -> str:
        return f"{n(4, 6)}.{n(1, 3)}.{n(1, 5):02}.{n(1, 12):02}.{n(1, 9):02}.{n(1, 120):04}"

    def activity() -> str:
        return f"{n(1, 8)}.{n(1, 25):02}.{n(1, 6):02}.2.{n(1, 12):02}.{n(1, 30):04}"

    def district() -> str:
        return f"19.01.{n(1, 8):02}"

    return {
        "sk": lambda: dice.choice((f"188.45/{n(1, 900)}/BAPPEDA/{year()}", f"050/{n(1, 99)}/BAPPEDA/{year()}", f"050.13/{n(1, 99)}/BAPPEDA/2019")),
        "surat": lambda: dice.choice((f"000.7.2/{n(1, 2000):04}/BAPPEDA/{year()}", f"005/{n(1, 900)}/{dice.choice('IVX')}/{year()}", f"08{n(10, 99)}/{n(1, 300)}/{year()}")),
        "dpa": lambda: f"DPA/A.1/5.01.5.05.0.00.01.0000/{n(1, 9):03}/{year()}",
        "opd": lambda: f"5.01.5.05.0.00.{n(1, 30):02}.0000",
        "subkegiatan": activity,
        "akun": account,
        "gabungan": lambda: f"{activity()}.{account()}",
        "kode16": lambda: f"501505{n(0, 9_999_999_999):010}",
        "rupiah": lambda: dice.choice(("Rp", "Rp ", "Rp. ")) + thousands(amount()) + dice.choice(("", ",00", ",-")),
        "ribuan": lambda: thousands(amount()),
        "ribuan_kecil": lambda: thousands(n(100, 320_000)),
        "polos": lambda: str(amount()) + dice.choice(("", ".00", f".{n(0, 99):02}")),
        "persen": lambda: f"{n(0, 120)},{n(0, 99):02}",
        "desimal": lambda: f"{dice.random():.4f}",
        "pecahan": lambda: repr(dice.random() * 10 ** n(0, 5)),
        "lintang": lambda: repr(-1.5 - dice.random()),
        "bujur": lambda: repr(105.5 + dice.random()),
        "utm": lambda: f"{n(600_000, 699_999)}.{n(0, 999):03} {n(9_780_000, 9_830_000)}.{n(0, 999):03}",
        "tahun": year,
        "tanggal": lambda: f"{day()} {dice.choice(MONTHS)} {year()}",
        "tanggal_angka": lambda: f"{day():02}-{n(1, 12):02}-{year()}",
        "iso": lambda: f"{year()}-{n(1, 12):02}-{day():02}",
        "jam": hour,
        "jam_iso": lambda: f"{n(0, 23):02}:{n(0, 59):02}:{n(0, 59):02}",
        "nama_berkas": lambda: f"laporan_{year()}-{n(1, 12):02}-{day():02}_{year()}-{n(1, 12):02}-{day():02}.csv",
        "satu": lambda: str(n(1, 9)),
        "kecil": lambda: str(n(1, 60)),
        "tiga": lambda: str(n(100, 999)),
        "empat": lambda: str(n(1000, 9999)),
        "volume": lambda: thousands(n(1, 9000)),
        "pos": lambda: str(n(33211, 33282)),
        "telepon": lambda: dice.choice((f"(0717) 9{n(1000, 9999)}", f"0717-9{n(1000, 9999)}", f"(0717) 4{n(10000, 99999)}")),
        "callcenter": lambda: dice.choice(("1500-007", "0800-1-500-911", "14045")),
        "surel": lambda: f"{dice.choice(('info', 'ppid', 'bappeda'))}@{dice.choice(('bangka.go.id', 'bappeda.bangka.go.id'))}",
        "kecamatan": district,
        "desa": lambda: f"{district()}.{n(1, 2)}0{n(1, 15):02}",
        "nama_kecamatan": lambda: dice.choice(PLACES),
        "uraian": lambda: dice.choice(TOPICS),
        "satuan": lambda: dice.choice(UNITS),
        "tender": lambda: str(n(1_000_000, 99_999_999)),
        "rup": lambda: str(n(20_000_000, 60_000_000)),
        "kbli": lambda: str(n(41011, 71209)),
        "spm": lambda: f"19.01/04.0/{n(1, 2000):06}/LS/5.01.5.05.0.00.01.0000/P{n(1, 4)}/{n(1, 12)}/{year()}",
        "barang": lambda: f"1.3.1.01.{n(1, 9):02}.{n(1, 20):02}.{n(1, 30):03}",
        "register": lambda: f"{n(1, 9000):06}",
        "nop": lambda: f"19.01.{n(1, 80):03}.{n(1, 20):03}.{n(1, 40):03}-{n(1, 900):04}.0",
        "publikasi": lambda: f"19010.{n(20, 26)}{n(1, 40):02}",
        "katalog": lambda: f"{n(1101, 9302)}{n(1, 4):03}.1901",
        "issn": lambda: f"{n(1000, 2999)}-{n(1000, 9999)}",
        "isbn": lambda: f"978-602-{n(1000, 9999)}-{n(10, 99)}-{n(0, 9)}",
        "sha": lambda: f"{dice.getrandbits(256):064x}",
        "uuid": lambda: "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}".format(*(dice.getrandbits(b) for b in (32, 16, 16, 16, 48))),
    }  # fmt: skip


def made() -> Iterator[tuple[str, str]]:
    """Every template filled in several times, each time anew: a name and the text."""
    for template in sorted(TEMPLATES.glob("*.txt")):
        for number in range(ROUNDS):
            makers = values(random.Random(f"{SEED} {template.name} {number}"))
            lines = (line for row in template.read_text("utf-8").split("\n") for line in _rows(row))
            yield (
                f"{template.stem}-{number}",
                "\n".join(_WORD.sub(lambda m, by=makers: by[m[1]](), line) for line in lines),
            )


def own() -> Iterator[tuple[str, str]]:
    """The texts of this repository that people read: items, guides, pages for engineers, the SOP and its data."""
    for pattern in ("docs/**/*.md", "docs/**/*.csv", "*.md", "*.yml", "kalender/*.yml", "schemas/*.json"):
        for file in sorted(TOP.glob(pattern)):
            yield file.relative_to(TOP).as_posix(), file.read_text("utf-8")


def _rows(row: str) -> list[str]:
    times = re.match(r"@([0-9]+) ", row)
    return [row[times.end() :]] * int(times[1]) if times else [row]
