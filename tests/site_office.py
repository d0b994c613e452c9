"""Hand-made facts for the tests of the site: the repository's own policy, three made-up officers, made-up items."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sopan import item, policy_files, record_cache
from sopan.chain import Act, Evidence, Kind, Round
from sopan.officers import Appointment, Officer, Register, Window
from sopan.record import Record
from sopan.site import facts, gather, read_items
from sopan.site.chronicle import Chronicle, Origins
from sopan.site.facts import SiteFacts, volumes
from sopan.site.kept_parts import Parts

ROOT = Path(__file__).parent.parent
OPEN = Window(None, None)
OFFICERS = {"sekretaris": "Rina Contoh", "kabid": "Budi Contoh", "admin": "Sari Contoh"}
COMMIT = "c0ffee" + "0" * 34
UNKEPT = Parts()
POLICY_PATHS = ("mkdocs.yml", *policy_files.POLICY_FILES, "docs/index.md", "docs/assets", "scripts")
GUIDES, RULES, SHOWN_RULES = Path("docs/panduan"), Path("docs/panduan/aturan"), 3

AWAL = """\
---
judul: Rencana Kerja Tahun 2026
klasifikasi: setiap_saat
unit_asal: Sekretariat
bukan_dikecualikan: "ya"
---

## Isi

Rencana kerja tahun 2026.
"""


def make_policy():
    """The repository's policy, with one officer in each internal role."""
    rules = gather.policy_of(ROOT)
    officers = tuple(Officer(code, name, f"{code}@kantor.go.id", "", ()) for code, name in OFFICERS.items())
    posts = tuple(Appointment(code, code, "", "SK 1/2026", OPEN) for code in OFFICERS)
    return replace(rules, register=Register(1, officers, posts, (), ()))


def act(kind, at, officer, *, step=None, evidence=Evidence.LEDGER):
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return Act(
        commit=f"{abs(hash((kind, at, officer))):040x}"[:40],
        kind=kind,
        at=moment,
        dated=moment,
        evidence=evidence,
        officer=officer,
        roles=frozenset({officer}),
        content="sha256:" + "0" * 64,
        step=step,
        note="alasan",
    )


STORY = (
    (Kind.STEP, "2026-11-23T08:05+07:00", "sekretaris", 1),
    (Kind.START, "2026-11-23T08:10+07:00", "kabid", 2),
    (Kind.RETURN, "2026-11-23T08:12+07:00", "kabid", 1),
    (Kind.START, "2026-11-23T08:20+07:00", "sekretaris", 1),
    (Kind.STEP, "2026-11-23T08:23+07:00", "sekretaris", 1),
    (Kind.START, "2026-11-23T08:30+07:00", "kabid", 2),
    (Kind.STEP, "2026-11-23T08:34+07:00", "kabid", 2),
    (Kind.START, "2026-11-23T08:40+07:00", "admin", 3),
    (Kind.STEP, "2026-11-23T09:20+07:00", "admin", 3),
    (Kind.STEP, "2026-11-23T13:30+07:00", "kabid", 4),
    (Kind.STEP, "2026-11-23T13:34+07:00", "sekretaris", 5),
    (Kind.STEP, "2026-11-23T13:38+07:00", "kabid", 6),
    (Kind.START, "2026-11-23T13:40+07:00", "admin", 7),
    (Kind.PUBLISH, "2026-11-23T13:48+07:00", "admin", 7),
)


def make_round(identity, *, live=None, evidence=Evidence.LEDGER):
    """A round with one return: step 3 too slow, steps 4 to 6 without a start."""
    acts = tuple(act(kind, at, officer, step=step, evidence=evidence) for kind, at, officer, step in STORY)
    live_at = datetime.fromisoformat(live) if live else None
    return Round(item=identity, number=1, acts=acts, merge="1234567890" + "a" * 30, live_at=live_at)


def write_item(tree, identity, content, **files):
    """The folder of an item in a work tree; files are given as `nama_csv=b"..."`."""
    folder = tree / "docs" / "informasi" / identity
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(content, encoding="utf-8")
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def make_tree(path, *, every_rule=False):
    """A work tree without items that mkdocs can build: everything that the site is made of, but few pages of rules.

    There are some three hundred of them, all alike; they would be nearly all of what a build costs. `every_rule` asks
    for them nevertheless.
    """
    guides = [(GUIDES / file.name).as_posix() for file in (ROOT / GUIDES).glob("*.md")]
    rules = [RULES.as_posix()] if every_rule else _few_rules(path)
    for name in (*POLICY_PATHS, *guides, *rules):
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(ROOT / name)
    return path


def _few_rules(path):
    """The pages of the first rules; their index, which is written here, lists no other."""
    index = (ROOT / RULES / "index.md").read_text("utf-8")
    rules = re.findall(r"^- \[.*\]\((.*\.md)\)", index, re.MULTILINE)
    hidden = set(rules[SHOWN_RULES:])
    lines = [line for line in index.splitlines(keepends=True) if not any(f"]({name})" in line for name in hidden)]
    (path / RULES).mkdir(parents=True)
    (path / RULES / "index.md").write_text("".join(lines), "utf-8")
    return [(RULES / name).as_posix() for name in rules[:SHOWN_RULES]]


def make_facts(tree, rules, rounds=(), *, stood_before=True, parts=UNKEPT):
    """Facts about the items that lie in `tree`, read as a build reads them; the history is given by hand."""
    found = []
    for folder in sorted((tree / "docs" / "informasi").glob("*/*")):
        parsed, findings = read_items.read_one(folder, rules)
        assert not findings
        found.append(facts.found(facts.Whole(parsed, read_items.stored(folder))))
    told = make_chronicle(rules, rounds, stood_before=stood_before, parts=parts)
    entries = [facts.entry(one, told) for one in found]
    return SiteFacts(policy=rules, volumes=volumes(entries), chronicle=told, commit=COMMIT)


def of_entries(facts, entries, **others):
    """The same facts about these entries."""
    return replace(facts, volumes=volumes(entries), **others)


def rows_of(table):
    """All rows of a table that comes in stretches."""
    return [row for stretch in table.stretches for row in stretch.rows()]


def changed(entry, **fields):
    """The same item with other fields."""
    return replace(entry, **vars(facts.found(facts.Whole(replace(entry.item, **fields), entry.files))))


def make_chronicle(rules, rounds=(), *, stood_before=True, notes=(), parts=UNKEPT):
    """What is told of these rounds; `notes` say what changed with each, where anything is said."""
    origins = Origins(notes=lambda mine: notes or ("",) * len(mine), had=lambda _: stood_before)
    reading = record_cache.reading(Record(tuple(rounds), {}, None))
    return Chronicle(rules, reading, origins, parts)


def hostile_item(title, **fields):
    """An item whose front matter holds hostile values, written by the same writer as honest ones."""
    base = {
        "judul": title,
        "klasifikasi": "setiap_saat",
        "unit_asal": "Sekretariat",
        "bukan_dikecualikan": "ya",
        **fields,
    }
    return item.write(base, "\nIsi.\n").decode()
