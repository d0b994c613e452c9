"""The pages that law and custom expect of a PPID: classes, planning, service, request, objection, corrections, privacy.

What only the office knows stands in the part `layanan` of kantor.yml and is shown as to be filled in where it is
absent. An article of a law is named where its text was checked, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby
from types import MappingProxyType

from markupsafe import Markup

from sopan.site import mended, outline, render, words, year_parts
from sopan.site.body import Heading
from sopan.site.facts import Entry, SiteFacts
from sopan.site.outline import Excerpt
from sopan.sop import Role, Sop
from sopan.workyear import Hours, Year

FOLDER = "layanan"
NOT_FILLED = "belum diisi oleh kantor"
REPORT_KIND = "laporan_layanan_informasi"
LATEST_PLANS = 5
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)<a class="headerlink"')

Values = Mapping[str, object]


@dataclass(frozen=True)
class Topic:
    """A page: its address below the site, what it is called, and what it is for in one sentence."""

    address: str
    template: str
    title: str
    description: str

    @property
    def source(self) -> str:
        """The path that the page pretends to have in `docs/`."""
        return f"{self.address}index.md"

    @property
    def trail(self) -> Sequence[tuple[str, str]]:
        """What lies between the first page and this one."""
        if self.address.startswith("informasi/"):
            return [("informasi/", "Daftar informasi")]
        return [] if self == INDEX else [(INDEX.address, INDEX.title)]


@dataclass(frozen=True)
class Plan:
    """A kind of planning document: its full name, what it is, and the latest of that kind in force."""

    anchor: str
    name: str
    meaning: str
    latest: Excerpt


INDEX = Topic(f"{FOLDER}/", "indeks", "Layanan informasi", "Hak Anda atas informasi publik dan cara memakainya.")
CLASSES: Mapping[str, Topic] = MappingProxyType(
    {
        code: Topic(f"informasi/{code.replace('_', '-')}/", "kelas", f"Informasi {name.lower()}", meaning)
        for (code, name), meaning in zip(words.CLASSES.items(), words.CLASS_MEANINGS.values(), strict=True)
    }
)
_BASES = {
    "berkala": "Badan publik mengumumkan informasi ini secara berkala, paling sedikit enam bulan sekali (UU 14/2008 "
    "Pasal 9).",
    "serta_merta": "Informasi yang dapat mengancam hajat hidup orang banyak dan ketertiban umum diumumkan tanpa "
    "penundaan (UU 14/2008 Pasal 10).",
    "setiap_saat": "Informasi ini wajib tersedia setiap saat (UU 14/2008 Pasal 11).",
}
_TOPICS = tuple(
    Topic(f"{FOLDER}/{slug}/", template, title, description)
    for slug, template, title, description in (
        ("permohonan", "permohonan", "Tata cara permohonan", "Cara meminta informasi yang belum ada di situs ini."),
        ("formulir-permohonan", "formulir-permohonan", "Formulir permohonan informasi", "Untuk dicetak dan diisi."),
        ("keberatan", "keberatan", "Tata cara keberatan", "Bila permohonan ditolak, lambat, atau tidak sesuai."),
        ("formulir-keberatan", "formulir-keberatan", "Formulir keberatan", "Untuk dicetak dan diisi."),
        ("sengketa", "sengketa", "Penyelesaian sengketa", "Ke mana bila keberatan tidak menyelesaikan masalah."),
        ("waktu-layanan", "waktu", "Waktu layanan", "Jam layanan, jam kerja, dan waktu menjawab permohonan."),
        ("maklumat-pelayanan", "maklumat", "Maklumat pelayanan", "Janji kantor ini kepada masyarakat."),
        ("ppid", "ppid", "PPID dan kontak", "Siapa yang mengelola informasi di kantor ini dan cara menghubunginya."),
        ("perencanaan", "perencanaan", "Dokumen perencanaan", "Rencana pembangunan daerah dan rencana kantor."),
        ("dikecualikan", "dikecualikan", "Informasi yang dikecualikan", "Apa artinya, dan apa yang dapat dilakukan."),
        ("laporan", "laporan", "Laporan layanan informasi", "Laporan tahunan tentang layanan informasi publik."),
        ("lapor-kekeliruan", "lapor", "Laporkan kekeliruan", "Bila isi sebuah halaman atau berkas keliru."),
        ("ralat-dan-pencabutan", "ralat", "Ralat dan pencabutan", "Yang diperbaiki, dicabut, atau digantikan."),
        ("aksesibilitas", "aksesibilitas", "Aksesibilitas", "Agar situs ini dapat dipakai semua orang."),
        ("privasi", "privasi", "Kebijakan privasi", "Apa yang situs ini ketahui tentang pengunjungnya."),
        ("tentang", "tentang", "Tentang situs ini", "Kantor ini, cara kerja situs, dan pemakaian ulang."),
    )
)
TOPICS = (INDEX, *_TOPICS)
_PLANS = (
    ("rpjpd", "Rencana Pembangunan Jangka Panjang Daerah (RPJPD)", "Arah pembangunan daerah selama 20 tahun."),
    ("rpjmd", "Rencana Pembangunan Jangka Menengah Daerah (RPJMD)", "Penjabaran selama 5 tahun masa kepala daerah."),
    ("rkpd", "Rencana Kerja Pemerintah Daerah (RKPD)", "Rencana pemerintah daerah untuk satu tahun."),
    ("renstra_pd", "Rencana Strategis Perangkat Daerah (Renstra)", "Rencana perangkat daerah selama 5 tahun."),
    ("renja_pd", "Rencana Kerja Perangkat Daerah (Renja)", "Rencana perangkat daerah untuk satu tahun."),
    ("musrenbang", "Musyawarah Perencanaan Pembangunan (Musrenbang)", "Forum yang menyusun rencana bersama warga."),
    ("evaluasi_perencanaan", "Evaluasi perencanaan", "Hasil pelaksanaan dibandingkan dengan rencananya."),
)


def plan(facts: SiteFacts, terbit: Callable[[Entry], str]) -> Mapping[str, Callable[[], tuple[Topic, Markup]]]:
    """How to make each page, by its source; `terbit` says when an item was published."""
    every = (*CLASSES.values(), *TOPICS)
    return {topic.source: partial(_page, facts, topic, terbit) for topic in every}


def headings(html: Markup) -> Iterable[Heading]:
    """The sections of a page."""
    return [Heading(2, anchor, str(Markup(text).unescape())) for anchor, text in _HEADING.findall(html)]  # noqa: S704 - our own page


def _page(facts: SiteFacts, topic: Topic, terbit: Callable[[Entry], str]) -> tuple[Topic, Markup]:
    html = render.page(
        f"layanan/{topic.template}.html",
        root="../" * topic.address.count("/"),
        topic=topic,
        office=facts.policy.office,
        sop=facts.policy.sop,
        terbit=terbit,
        empty=NOT_FILLED,
        **_values(facts, topic),
    )
    return topic, html


def _values(facts: SiteFacts, topic: Topic) -> Values:
    """What a page shows beside the office's own facts."""
    made: Mapping[str, Callable[[SiteFacts], Values]] = {
        "indeks": lambda _: {"topics": _TOPICS},
        "perencanaan": lambda facts: {"plans": [_plan(facts, *one) for one in _PLANS]},
        "waktu": _hours,
        "ppid": lambda facts: {"roles": _roles(facts.policy.sop)},
        "dikecualikan": lambda facts: {"exempt": sorted(set(facts.policy.office.exempt.values()))},
        "laporan": lambda facts: {"latest": _of_kind(facts, REPORT_KIND)},
        "ralat": mended.latest,
        "kelas": lambda facts: _class(facts, next(code for code, one in CLASSES.items() if one == topic)),
    }
    return made[topic.template](facts) if topic.template in made else {}


def _class(facts: SiteFacts, code: str) -> Values:
    latest = outline.excerpt(facts, f"kelas={code}")
    return {"name": words.CLASSES[code], "basis": _BASES[code], "latest": latest}


def _of_kind(facts: SiteFacts, kind: str, at_most: int = year_parts.LATEST) -> Excerpt:
    return outline.excerpt(facts, f"jenis={kind}", at_most=at_most)


def _plan(facts: SiteFacts, kind: str, name: str, meaning: str) -> Plan:
    return Plan(kind.replace("_", "-"), name, meaning, _of_kind(facts, kind, LATEST_PLANS))


def _roles(sop: Sop) -> Sequence[tuple[Role, str]]:
    """Each internal role with its steps, in the order in which they first act."""
    order = {role: place for place, role in enumerate(dict.fromkeys(step.role.code for step in sop.chain))}
    steps = sorted(sop.chain, key=lambda step: (order[step.role.code], step.number))
    grouped = groupby(steps, key=lambda step: step.role)
    return [(role, words.enumerated([step.number for step in mine])) for role, mine in grouped]


def _hours(facts: SiteFacts) -> Values:
    """The hours of the year in which the site was made, or of the latest that the office has laid down."""
    years = facts.policy.calendar.years
    year = years.get(facts.updated.year) or years[max(years)]
    return {"year": year.number, "hours": list(_week(year))}


def _week(year: Year) -> Iterable[tuple[str, str, str]]:
    for day, usual, ramadan in zip(_DAYS, year.week, year.ramadan_week, strict=True):
        yield day, _said(usual), _said(ramadan)


def _said(hours: Hours) -> str:
    """`07.30–12.00 dan 13.00–16.00`; a day off says so."""
    return words.enumerated([f"{_clock(start)}–{_clock(end)}" for start, end in hours]) or "libur"


def _clock(since_midnight: timedelta) -> str:
    hours, minutes = divmod(since_midnight // timedelta(minutes=1), 60)
    return f"{hours:02}.{minutes:02}"
