"""An office that was left alone proves clean; whatever somebody changes afterwards is found, and named."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import cast
import offices as made
from desks import git, sopan
from ledgers import Forger
from office import ITEM, START, Office
from sopan import audit, audit_records, item_path, ledger, messages, public_key, signature
from sopan.audit import Pins
from sopan.errors import SopanError
from sopan.history import LEDGER, MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind
from sopan.messages import say
from sopan.policy_files import OFFICERS_FILE

OTHER = "2026/laporan-kinerja"
HOUR = timedelta(hours=1)
NOTHING_KNOWN = Pins()
EXPECTED = Path(__file__).parent / "data" / "audit.txt"
WITHOUT_BUDI = replace(cast.BANGKA, roles={name: held for name, held in cast.BANGKA.roles.items() if name != "budi"})

# What the office's records are about, by their numbers.
GENESIS, FIRST, SECOND, THIRD, MERGE, LIVE, UPKEEP, OPEN = range(8)


def story(office: Office) -> None:
    """One item with a return, published and seen live; then a policy without Budi; then an item that goes on."""
    office.step(1)
    office.sent("butir")
    for n in (2, 3):
        office.start(n)
        office.step(n)
    office.give_back(3, "budi")
    office.sent("butir")
    for n in range(3, 7):
        office.step(n)
    office.sent("butir")
    office.merge()
    office.sent("main")
    merge, address = office.server(MAIN), item_path.page_address(made.SITE, ITEM)
    seen = Record(kind=RecordKind.LIVE, at=office.at, new=merge, item=ITEM, address=address)
    ledger.append(office.archive, office.home.key, [seen])
    office.wait(hours=2)
    office.maintenance({"petugas.yml": cast.register(WITHOUT_BUDI, office.top / "kunci", version=2)}, "rina", "sari")
    office.turn_to(OTHER)
    office.step(1)
    office.step(2, by="tono")
    office.sent("butir")


@dataclass(frozen=True)
class Told:
    """The story's office, and what its commits are called."""

    top: Path
    labels: dict[str, str]


@pytest.fixture(scope="session")
def told(offices, tmp_path_factory) -> Told:
    office = made.copy(offices("bangka"), tmp_path_factory.mktemp("kisah") / "kantor")
    story(office)
    office.close()
    return Told(office.top, dict(office.forge.labels))


@dataclass
class Scene:
    """A copy of the story's server, to be tampered with."""

    folder: Path
    keys: Path
    labels: dict[str, str]

    def __post_init__(self) -> None:
        self.history = History(self.folder)
        self.records = ledger.read(self.history).records
        self.key = public_key.fingerprint(signature.public_line(self.folder / "sopan" / "kunci"))

    def thief(self) -> Forger:
        """Somebody with the server's own key."""
        return Forger(self.history, self.folder / "sopan" / "kunci")

    def stranger(self) -> Forger:
        """Somebody with another key."""
        return Forger(self.history, self.keys / cast.STRANGER)

    def vandal(self) -> Forger:
        """Somebody without any key."""
        return Forger(self.history)

    def found(self, pins: Pins = NOTHING_KNOWN) -> list[str]:
        """The audit's findings, commits by their labels and records by their numbers."""
        findings = audit.examine(self.history, pins, lambda records, _: records).findings
        return [self.named(finding.sentence()) for finding in findings]

    def named(self, text: str) -> str:
        tip = self.history.resolve(LEDGER)
        line = self.history.run("rev-list", "--reverse", tip).splitlines() if tip else []
        for oid, label in {**self.labels, **{oid: f"catatan {n}" for n, oid in enumerate(line)}}.items():
            text = text.replace(oid[:10], f"<{label}>")
        return text

    def label(self, name: str) -> str:
        """The commit of that label."""
        return next(oid for oid, label in self.labels.items() if label == name)


@pytest.fixture
def scene(told, tmp_path):
    shutil.copytree(told.top / "server", tmp_path / "server", symlinks=True)
    built = Scene(tmp_path / "server", told.top / "kunci", told.labels)
    yield built
    built.history.close()


@pytest.fixture
def clone(told, tmp_path):
    """An auditor's own clone, with the ledger."""
    git(tmp_path, "clone", "--quiet", "--no-checkout", f"file://{told.top}/server", "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", "+refs/sopan/*:refs/sopan/*")
    return tmp_path / "klon"


def line(number: int, sentence: str) -> str:
    return f"komit <catatan {number}>: {sentence}"


# -- the twin: nothing was touched -------------------------------------------------------------------------------------


def test_an_untouched_office_proves_clean(scene):
    assert scene.found() == []
    assert scene.found(Pins(scene.records[0].new, scene.key)) == []


def test_the_records_are_the_ones_that_the_tests_speak_of(scene):
    kinds = [RecordKind.GENESIS, *[RecordKind.RECEIPT] * 4, RecordKind.LIVE, *[RecordKind.RECEIPT] * 2]
    assert [one.kind for one in scene.records] == kinds
    assert [scene.labels[one.new] for one in scene.records] == [
        "pangkal", "langkah 1", "kembali 3", "langkah 6", "langkah 7", "langkah 7", "gabung", "langkah 2 (2)",
    ]  # fmt: skip


def test_what_the_audit_prints_can_be_checked(clone, told):
    said = sopan("audit", at=clone)
    lines = [masked(text, told.labels) for text in said.out.splitlines()]
    assert (said.code, lines[:-1]) == (0, EXPECTED.read_text("utf-8").splitlines())
    key = public_key.fingerprint(signature.public_line(told.top / "server" / "sopan" / "kunci"))
    assert lines[-1] == (
        f"Terbukti: 2 butir, 10 langkah, dari pangkal <pangkal> sampai <gabung>, agenda 8 catatan, kunci server {key}."
    )
    assert said.err.splitlines() == [
        "Cocokkan pangkal dan kunci server dengan catatan kantor, atau sebut: --pangkal, --kunci-server.",
        f"Ujung agenda: {git(clone, 'rev-parse', LEDGER)}. Simpan; audit yang berikut harus memuatnya.",
    ]


def masked(text: str, labels: dict[str, str]) -> str:
    """A line with commits by their labels, and without digests and the ids of records."""
    for oid, label in labels.items():
        text = text.replace(oid, f"<{label}>")
    text = re.sub(r"sha256:[0-9a-f]{64}", "<isi>", text)
    return re.sub(r"(catatan agenda \d+) [0-9a-f]{40}", r"\1 <oid>", text)


def test_every_content_that_is_printed_can_be_computed_with_plain_tools(clone):
    rows = json.loads(sopan("audit", "--format", "json", at=clone).out)["lintasan"][0]["tindakan"]
    for row in (row for row in rows if row["langkah"]):
        listed = git(clone, "ls-tree", "-r", "--name-only", row["komit"], f"docs/informasi/{ITEM}/").splitlines()
        digest = f'git cat-file blob "{row["komit"]}:{{}}" | sha256sum | cut -d" " -f1'
        words = [f'printf "%s  {Path(name).name}\\n" "$({digest.format(name)})"' for name in sorted(listed)]
        shell = ["sh", "-c", f"({'; '.join(words)}) | sha256sum"]
        told = subprocess.run(shell, cwd=clone, capture_output=True, text=True, check=True).stdout
        assert f"sha256:{told.split()[0]}" == row["isi"]


def test_the_same_for_programs(clone, told):
    said = sopan("audit", "--format", "json", at=clone)
    data = json.loads(said.out)
    assert said.code == 0
    assert (data["skema"], data["putusan"], data["temuan"]) == ("audit/1", "terbukti", [])
    assert (told.labels[data["pangkal"]], told.labels[data["main"]]) == ("pangkal", "gabung")
    assert data["agenda"] == {"catatan": 8, "ujung": git(clone, "rev-parse", LEDGER)}
    assert [(one["butir"], one["nomor"], one["penggabungan"] is None) for one in data["lintasan"]] == [
        (ITEM, 1, False),
        (None, 1, False),
        (OTHER, 1, True),
    ]
    assert data["lintasan"][0]["tindakan"][0] == {
        "tindakan": "langkah 1 (memberikan)",
        "langkah": 1,
        "petugas": "Rina Contoh",
        "peran": "Sekretaris",
        "diterima": "2026-03-02T08:00:20+07:00",
        "komit": next(oid for oid, label in told.labels.items() if label == "langkah 1"),
        "isi": data["lintasan"][0]["tindakan"][0]["isi"],
        "catatan": 1,
        "bukti": git(clone, "rev-list", "--reverse", LEDGER).splitlines()[1],
        "peristiwa": None,
    }


# -- what the auditor knows from elsewhere -----------------------------------------------------------------------------


def test_the_genesis_and_the_key_can_be_pinned(clone, told):
    genesis = next(oid for oid, label in told.labels.items() if label == "pangkal")
    public = told.top / "server" / "sopan" / "kunci.pub"
    key = public_key.fingerprint(signature.public_line(public))
    for given in (key, str(public)):
        said = sopan("audit", "--pangkal", genesis, "--kunci-server", given, at=clone)
        assert (said.code, len(said.err.splitlines())) == (0, 1)
    other = str(told.top / "kunci" / f"{cast.STRANGER}.pub")
    said = sopan("audit", "--pangkal", "1" * 40, "--kunci-server", other, at=clone)
    stranger = public_key.fingerprint(signature.public_line(told.top / "kunci" / cast.STRANGER))
    assert (said.code, said.out.splitlines()) == (1, [
        (f"agenda ini berpangkal pada {genesis}, bukan {'1' * 40} seperti yang Anda sebut; "
        "pastikan klon ini dari kantor yang dimaksud. [audit-pangkal]"),
        (f"agenda ini ditandatangani kunci {key}, bukan {stranger} seperti yang Anda sebut; "
        "pastikan klon ini dari kantor yang dimaksud. [audit-kunci-server]"),
        f"Tidak terbukti: 2 temuan, agenda 8 catatan, kunci server {key}.",
    ])  # fmt: skip
    said = sopan("audit", "--pangkal", "main", at=clone)
    assert (said.code, said.out) == (2, "")
    assert said.err == "Pangkal “main” bukan nama komit yang lengkap; tulis 40 angka dan huruf a sampai f.\n"


# -- somebody without the server's key ---------------------------------------------------------------------------------


def fields(scene: Scene) -> list[tuple[int, bytes]]:
    """Every line of every record but the signature: headers, subject, received commits, data; by its line break."""
    pieces = []
    for number, record in enumerate(scene.records):
        payload = ledger.serialise(record, scene.records[number - 1].oid if number else None)
        pieces += [(number, row) for row in payload.split(b"\n") if row and payload.count(row) == 1]
    return pieces


def test_any_line_of_any_record_that_changes_is_found(scene):
    vandal, pieces = scene.vandal(), fields(scene)
    tip = scene.history.resolve(LEDGER)
    assert len(pieces) > 100
    for number, row in pieces:
        oid = vandal.edit(number, row, row[:-1] + (b"1" if row[-1:] != b"1" else b"2"))
        findings = audit_records.read(scene.history)[1]
        cut = number if row.startswith(b"parent ") else 0  # no such record is there: the chain begins here
        unsigned = f"komit {oid[:10]}: {UNSIGNED.format(number - cut)}"
        assert unsigned in [finding.sentence() for finding in findings], row
        vandal.point(tip)
    assert scene.found() == []


UNSIGNED = (
    "catatan {} tidak bertanda tangan sah, jadi isinya diubah atau tidak ditulis server; "
    "bandingkan dengan cadangan agenda. [audit-tanda-tangan]"
)


def test_a_dropped_record_breaks_every_later_signature(scene):
    scene.vandal().change(lambda records: [*records[:3], *records[4:]])
    said = scene.found()
    assert said[:4] == [line(number, UNSIGNED.format(number)) for number in (3, 4, 5, 6)]
    assert all("audit-" in one or "waktu-" in one for one in said[4:])


def test_records_signed_by_another_key_are_named(scene):
    scene.stranger().change(lambda records: records, since=6)
    theirs = public_key.fingerprint(signature.public_line(scene.keys / cast.STRANGER))
    assert scene.found() == [
        line(number, f"catatan {number} ditandatangani kunci {theirs}, bukan kunci server {scene.key}; "
             "bandingkan dengan cadangan agenda. [audit-kunci]")
        for number in (6, 7)
    ]  # fmt: skip


def test_a_whole_ledger_by_another_key_is_found_by_who_knows_the_key(scene):
    scene.stranger().change(lambda records: records)
    theirs = public_key.fingerprint(signature.public_line(scene.keys / cast.STRANGER))
    assert scene.found() == []
    assert scene.found(Pins(key=scene.key)) == [
        (f"agenda ini ditandatangani kunci {theirs}, bukan {scene.key} seperti yang Anda sebut; "
        "pastikan klon ini dari kantor yang dimaksud. [audit-kunci-server]")
    ]


def test_a_record_without_signature_or_form_is_found(scene):
    raw = scene.history.commit(scene.records[-1].oid)
    headers, _, rest = raw.partition(b"gpgsig ")
    _, _, message = rest.partition(b"\n\n")
    bare = scene.history.run("hash-object", "-t", "commit", "-w", "--stdin", stdin=headers + b"\n" + message)
    scene.vandal().point(bare)
    assert scene.found() == [line(7, UNSIGNED.format(7))]


# -- somebody with the server's key: what he writes must still be true -------------------------------------------------


def at(number: int, **changes: object):
    """One record with other values; a value may be a function of the scene's records."""

    def change(records):
        values = {name: value(records) if callable(value) else value for name, value in changes.items()}
        return [*records[:number], replace(records[number], **values), *records[number + 1 :]]

    return change


def dated(second: int) -> datetime:
    return datetime(2026, 3, 2, 10, 4, second, tzinfo=START.tzinfo)


RECORDED = datetime(2026, 3, 2, 9, 3, 40, tzinfo=START.tzinfo)  # what the forger wrote
COMPARE = "bandingkan dengan cadangan agenda."
FORGED = {
    "time before the record before": (
        at(SECOND, at=lambda records: records[FIRST].at - timedelta(seconds=10)),
        [
            ("komit <catatan 2>: catatan 2 bertanggal 2026-03-02 01:00:10+00:00, mendahului catatan sebelumnya "
            f"2026-03-02 01:00:20+00:00; {COMPARE} [audit-waktu]")
        ],
    ),
    "time of a merge": (
        at(UPKEEP, at=lambda records: records[LIVE].at + HOUR),
        [
            f"komit <rawat>: {say('waktu-kerja', tanggal=dated(0), awal='awal', akhir=RECORDED)} [waktu-kerja]",
            f"komit <setuju>: {say('waktu-terima', tanggal=dated(20), menit=5, terima=RECORDED)} [waktu-terima]",
            f"komit <gabung>: {say('waktu-terima', tanggal=dated(40), menit=5, terima=RECORDED)} [waktu-terima]",
        ],
    ),
    "where the ref stood": (
        at(SECOND, old=NO_OBJECT),
        [
            (f"komit <catatan 2>: catatan 2 memindahkan butir/{ITEM} dari 0000000000, padahal catatan sebelumnya "
            "meninggalkannya di <langkah 1>; ada catatan yang hilang, ditukar, atau disisipkan. [audit-lama]")
        ],
    ),
    "a receipt left out": (
        at(THIRD, received=lambda records: records[THIRD].received[1:]),
        [
            ("komit <catatan 3>: catatan 3 tidak menyebut komit <langkah 3 (2)>, padahal gerak ini yang pertama "
            "membawanya; waktu terimanya tidak terbukti. [audit-terima-kurang]")
        ],
    ),
    "a receipt of a commit that came later": (
        at(FIRST, received=lambda records: (*records[FIRST].received, records[MERGE].new)),
        [
            ("komit <catatan 1>: catatan 1 menyebut komit <langkah 7>, padahal gerak ini tidak membawanya; "
            "waktu terimanya palsu. [audit-terima-lebih]")
        ],
    ),
    "receipts in another order": (
        at(THIRD, received=lambda records: records[THIRD].received[::-1]),
        [
            f"komit <catatan 3>: catatan 3 menyebut komit <langkah {n}> sebelum induknya; "
            "server menulis induk lebih dahulu. [audit-terima-urutan]"
            for n in (6, 5, 4)
        ],
    ),
    "a ref that no record knows": (
        at(OPEN, ref="refs/heads/butir/2026/lain"),
        [
            ("butir/2026/lain tidak ada di sini, padahal menurut agenda di <langkah 2 (2)>; "
            "ambil ulang semua cabang dari server. [audit-ref-hilang]"),
            (f"butir/{OTHER} tidak pernah dicatat agenda; cabang itu dibuat tanpa gerbang, "
            "jadi periksa siapa yang membuatnya. [audit-ref-asing]"),
        ],
    ),
    "a version of policy that never was": (
        at(OPEN, policy=7),
        [
            ("komit <catatan 7>: catatan 7 menyebut kebijakan versi 7, padahal yang berlaku saat itu versi 2; "
            f"{COMPARE} [audit-kebijakan]")
        ],
    ),
    "a version of policy at a move of main": (
        at(UPKEEP, policy=2),
        [
            ("komit <catatan 6>: catatan 6 menyebut kebijakan versi 2, padahal yang berlaku saat itu versi 1; "
            f"{COMPARE} [audit-kebijakan]")
        ],
    ),
    "a commit that is nowhere": (
        at(OPEN, new="1" * 40, received=()),
        [
            ("komit <catatan 7>: catatan 7 menyebut komit 1111111111 yang tidak ada di repositori ini; "
            "ambil semua cabang dari server, lalu ulangi. [audit-objek]"),
            (f"butir/{OTHER} berada di <langkah 2 (2)>, padahal menurut agenda di 1111111111; ambil ulang cabang dan "
            f"agenda, dan bila tetap begitu, butir/{OTHER} bergerak tanpa catatan. [audit-ref]"),
        ],
    ),
    "a page live that was no merge": (
        at(LIVE, new=lambda records: records[THIRD].new),
        [
            (f"komit <catatan 5>: catatan 5 menyatakan {ITEM} tayang dari <langkah 6>, yang bukan penggabungan "
            "butir itu pada main; bukti tayangnya palsu. [audit-tayang]")
        ],
    ),
    "a page live of another item": (
        at(LIVE, item=OTHER),
        [
            (f"komit <catatan 5>: catatan 5 menyatakan {OTHER} tayang dari <langkah 7>, yang bukan penggabungan "
            "butir itu pada main; bukti tayangnya palsu. [audit-tayang]")
        ],
    ),
    "a page live elsewhere": (
        at(LIVE, address="https://lain.contoh.go.id/"),
        [
            (f"komit <catatan 5>: catatan 5 menyatakan {ITEM} tayang di https://lain.contoh.go.id/, padahal alamatnya "
            f"{made.SITE}informasi/{ITEM}/; bukti tayangnya palsu. [audit-tayang-alamat]")
        ],
    ),
    "a field that its kind does not use": (
        at(LIVE, policy=1),
        [f"komit <catatan 5>: catatan 5 tidak berbentuk seperti yang ditulis server; {COMPARE} [audit-bentuk]"],
    ),
    "a second genesis": (
        lambda records: [*records, replace(records[GENESIS], at=records[-1].at)],
        [
            ("komit <catatan 8>: catatan 8 menyatakan pangkal sekali lagi, padahal pangkal hanya ada di catatan 0; "
            f"{COMPARE} [audit-pangkal-ganda]")
        ],
    ),
    "a record left out": (
        lambda records: [*records[:SECOND], *records[THIRD:]],
        [
            (f"komit <catatan 2>: catatan 2 memindahkan butir/{ITEM} dari <kembali 3>, padahal catatan sebelumnya "
            "meninggalkannya di <langkah 1>; ada catatan yang hilang, ditukar, atau disisipkan. [audit-lama]"),
        ],
    ),
    "a record twice": (
        lambda records: [*records, records[OPEN]],
        [
            (f"komit <catatan 8>: catatan 8 memindahkan butir/{OTHER} dari 0000000000, padahal catatan sebelumnya "
            "meninggalkannya di <langkah 2 (2)>; ada catatan yang hilang, ditukar, atau disisipkan. [audit-lama]")
        ],
    ),
    "cut at the end": (
        lambda records: records[:-1],
        [
            (f"butir/{OTHER} tidak pernah dicatat agenda; cabang itu dibuat tanpa gerbang, "
            "jadi periksa siapa yang membuatnya. [audit-ref-asing]")
        ],
    ),
    "cut at the beginning": (
        lambda records: records[1:],
        [
            ("komit <catatan 0>: catatan pertama agenda bukan catatan pangkal, jadi awalnya terpotong; "
            "ambil agenda yang lengkap dari server atau cadangan. [audit-awal]")
        ],
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_who_holds_the_key_is_contradicted_by_the_commits_and_the_refs(scene, case):
    change, sentences = FORGED[case]
    scene.thief().change(change)
    found = scene.found()
    assert set(sentences) <= set(found), found
    assert found[: len(sentences)] == sentences


def test_who_holds_the_key_can_say_another_pusher(scene):
    """The limit that the documents name: nothing but the server knows who pushed, and to within minutes when."""
    scene.thief().change(at(FIRST, pusher="joko"))
    assert scene.found() == []


def test_two_records_in_another_order(scene):
    scene.thief().change(lambda records: [*records[:THIRD], records[MERGE], records[THIRD], *records[LIVE:]])
    found = scene.found()
    assert "[audit-waktu]" in found[0]
    assert any("<catatan 3>: catatan 3 tidak menyebut komit <langkah 3 (2)>" in one for one in found)


# -- somebody who moves refs and objects -------------------------------------------------------------------------------


def test_a_main_moved_past_the_hook_is_found(scene):
    scene.history.run("update-ref", MAIN, scene.label("langkah 7"))
    assert scene.found() == [
        ("main berada di <langkah 7>, padahal menurut agenda di <gabung>; ambil ulang cabang dan agenda, "
        "dan bila tetap begitu, main bergerak tanpa catatan. [audit-ref]")
    ]


def test_a_commit_on_main_without_a_record_is_found(scene):
    main = scene.history.resolve(MAIN)
    tree = scene.history.tree_of(main)
    stray = git(scene.folder, "commit-tree", tree, "-p", main, "-m", "lewat belakang")
    scene.history.run("update-ref", MAIN, stray)
    assert scene.found() == [
        (f"main berada di {stray[:10]}, padahal menurut agenda di <gabung>; ambil ulang cabang dan agenda, "
        "dan bila tetap begitu, main bergerak tanpa catatan. [audit-ref]")
    ]


def test_a_branch_that_is_gone_or_was_made_past_the_hook_is_found(scene):
    scene.history.run("update-ref", "-d", f"refs/heads/butir/{OTHER}")
    scene.history.run("update-ref", "refs/heads/rawat/gelap", scene.label("rawat"))
    assert scene.found() == [
        (f"butir/{OTHER} tidak ada di sini, padahal menurut agenda di <langkah 2 (2)>; "
        "ambil ulang semua cabang dari server. [audit-ref-hilang]"),
        ("rawat/gelap tidak pernah dicatat agenda; cabang itu dibuat tanpa gerbang, "
        "jadi periksa siapa yang membuatnya. [audit-ref-asing]"),
    ]


def test_a_rewritten_commit_is_found_though_the_ledger_was_rewritten_with_it(scene):
    """With the server's key, refs and ledger tell one story; the officers' own signatures contradict it."""
    old = scene.label("langkah 2 (2)")
    raw = scene.history.commit(old).replace(b"Langkah 2", b"Langkah dua")
    new = scene.history.run("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw)
    scene.history.run("update-ref", f"refs/heads/butir/{OTHER}", new)
    scene.thief().change(at(OPEN, new=new, received=lambda records: (records[OPEN].received[0], new)))
    assert scene.found() == [
        f"komit {new[:10]}: {messages.RULES['tanda-tangan-rusak']} [tanda-tangan-rusak]"
    ]


def test_other_bytes_under_the_name_of_an_object_stop_the_audit(scene):
    oid = scene.label("langkah 4")
    scene.history.close()
    file = loose(scene.folder, oid)
    other = loose(scene.folder, scene.label("langkah 5"))
    file.chmod(0o644)
    file.write_bytes(other.read_bytes())
    with pytest.raises(SopanError, match=f"Objek {oid[:10]} berisi bita yang lain dari namanya"):
        scene.found()


def test_a_graph_that_git_was_told_otherwise_stops_the_audit(scene):
    grafted = f"{scene.label('langkah 7')} {scene.label('pangkal')}\n"
    (scene.folder / "info").mkdir(exist_ok=True)
    (scene.folder / "info" / "grafts").write_text(grafted, "ascii")
    with pytest.raises(SopanError, match=r"Git menyebut induk komit .* lain dari isi komit itu; buat klon yang baru"):
        scene.found()


def loose(folder: Path, oid: str) -> Path:
    """The file of an object of its own, unpacked where git had packed it."""
    file = folder / "objects" / oid[:2] / oid[2:]
    if not file.exists():
        for pack in (folder / "objects" / "pack").glob("*.pack"):
            moved = folder / pack.name
            shutil.move(pack, moved)
            git(folder, "config", "alias.buka", f"!git unpack-objects -q < {moved}")
            git(folder, "buka")
    return file


# -- clones that cannot prove ------------------------------------------------------------------------------------------


def test_without_the_ledger_nothing_can_be_judged(clone):
    git(clone, "update-ref", "-d", LEDGER)
    said = sopan("audit", at=clone)
    assert (said.code, said.out, said.err) == (
        2,
        "",
        ("Repositori ini tidak memuat agenda penerimaan; "
        "ambil dengan `git fetch origin '+refs/sopan/agenda:refs/sopan/agenda'`.\n"),
    )


def test_a_shallow_clone_cannot_judge(told, tmp_path):
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--depth=2", f"file://{told.top}/server", "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", "+refs/sopan/*:refs/sopan/*")
    said = sopan("audit", at=tmp_path / "klon")
    assert (said.code, said.out, said.err) == (
        2,
        "",
        "Riwayat repositori ini terpotong (shallow); jalankan `git fetch --unshallow` dahulu.\n",
    )


def test_a_clone_of_one_branch_is_told_which_it_lacks(told, tmp_path):
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--single-branch", f"file://{told.top}/server", "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", "+refs/sopan/*:refs/sopan/*")
    said = sopan("audit", at=tmp_path / "klon")
    missing = "tidak ada di sini, padahal menurut agenda di"
    assert said.code == 1
    assert [one.split(missing)[0] for one in said.out.splitlines() if missing in one] == [
        f"butir/{OTHER} ",
        f"butir/{ITEM} ",
    ]


def test_findings_for_programs(scene):
    scene.history.run("update-ref", MAIN, scene.label("langkah 7"))
    said = sopan("audit", "--format", "json", at=scene.folder)
    data = json.loads(said.out)
    assert (said.code, data["putusan"], data["lintasan"]) == (1, "tidak terbukti", [])
    assert [(one["aturan"], one["commit"]) for one in data["temuan"]] == [("audit-ref", None)]


def test_what_rests_on_a_revoked_key_is_named_until_it_was_made_again(office):
    """Steps 2, 4 and 6 are Budi's; the theft becomes known only after the item is out."""
    office.upto(2)
    office.wait(minutes=30)
    stolen = office.at - timedelta(minutes=10)
    for n in (3, 4, 5, 6):
        office.step(n)
    office.merge()
    office.sent("main")
    assert examined(office) == []
    line = (office.top / "kunci" / "budi.pub").read_text("utf-8").rpartition(" ")[0]
    entry = f"dicabut:\n- kunci: {line}\n  sejak: '{stolen.isoformat()}'\n  alasan: Laptop dicuri\n"
    revoking = office.edited(OFFICERS_FILE, ("versi: '1'", "versi: '2'")) + entry
    office.maintenance({OFFICERS_FILE: revoking}, "rina", "sari")
    sentence = (
        "komit <langkah {}>: langkah ini pada butir 2026/rencana-kerja dibuat dengan kunci yang ternyata sudah dicabut "
        "ketika diterima; butir itu perlu ditempuh lagi. [audit-dicabut]"
    )
    assert examined(office) == [sentence.format(4), sentence.format(6)]
    office.begin("main", "butir")
    for n in (1, 2, 3, 4, 5, 6):
        office.step(n, by="tono" if n in {2, 4, 6} else None)
    office.merge()
    office.sent("main")
    assert examined(office) == []


def examined(office):
    found = audit.examine(office.archive, NOTHING_KNOWN, lambda records, _: records).findings
    return [office.forge.named(finding.sentence()) for finding in found]
