"""Offices with as many items as one likes, written as one pack in seconds: what timings are measured on.

Each item goes its seven steps, with a start before the third; every tenth is returned once. Each act is a commit and a
receipt in the ledger, each merge is seen live. Commits and records have the form of real ones and signatures of real
length that nobody made: timings do not verify them (the gate did, an audit does). All commits share one tree.
"""

from __future__ import annotations

import base64
import hashlib
import random
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sopan import commits, ledger, signature, sshsig, trailer
from sopan.demo import office
from sopan.demo.office import Person
from sopan.history import LEDGER, MAIN, NO_OBJECT, History
from sopan.ledger import Record, RecordKind

PEOPLE = (("rina", "Rina Contoh", "sekretaris"), ("budi", "Budi Contoh", "kabid"), ("sari", "Sari Contoh", "admin"))
ADDRESS = "https://informasi.example/"
BEGIN = datetime(2025, 1, 6, 1, tzinfo=UTC)
SPAN = timedelta(days=660)  # within the calendars that the repository holds
BY = {1: "rina", 2: "budi", 3: "sari", 4: "budi", 5: "rina", 6: "budi", 7: "sari"}
STRAIGHT = ("step 1", "step 2", "start 3", "step 3", "step 4", "step 5", "step 6", "step 7")
RETURNED = (*STRAIGHT[:5], "return 3", *STRAIGHT[2:])
RETURNED_EVERY = 10
COMMIT = 1  # the number of the type in a pack


@dataclass(frozen=True)
class Deed:
    """One act to come: which item, what, by whom, when; `place` counts the item's acts."""

    at: datetime
    item: str
    place: int
    what: str
    number: int
    by: str


@dataclass
class Pack:
    """Objects on their way into a repository, and the random numbers that stand for signatures."""

    chance: random.Random
    objects: list[bytes] = field(default_factory=list)

    def signed(self, payload: bytes, key: bytes) -> str:
        """Take a commit by this key (as the wire has it), and give its id."""
        return self.take(commits.attach(payload, armored(key, self.chance.randbytes(63) + b"\0")))

    def take(self, raw: bytes) -> str:
        """Take a commit of these bytes, and give its id."""
        self.objects.append(_header(len(raw)) + zlib.compress(raw, 1))
        return hashlib.sha1(b"commit %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()

    def bytes(self) -> bytes:
        """The pack file."""
        pack = b"".join([b"PACK", struct.pack(">II", 2, len(self.objects)), *self.objects])
        return pack + hashlib.sha1(pack, usedforsecurity=False).digest()


def armored(key: bytes, value: bytes, namespace: bytes = b"git") -> bytes:
    """The signature `value` by an Ed25519 key as `ssh-keygen` writes it."""
    inner = sshsig.string(b"ssh-ed25519") + sshsig.string(value)
    fields = b"".join(sshsig.string(part) for part in (key, namespace, b"", b"sha512", inner))
    body = sshsig.wrapped(base64.b64encode(b"SSHSIG" + struct.pack(">I", 1) + fields))
    return b"-----BEGIN SSH SIGNATURE-----\n" + body + b"-----END SSH SIGNATURE-----"


def make(source: Path, folder: Path, items: int, *, seed: int = 1) -> Path:
    """A bare repository with so many published items and their ledger, of the policy of `source`; gives its folder."""
    return made(source, folder, lambda _: named_by_time(items), seed=seed).server


@dataclass(frozen=True)
class Archive:
    """A server's repository, the people who worked in it, and the items that they published."""

    server: Path
    people: list[Person]
    items: list[str]


def made(source: Path, folder: Path, write: Callable[[Path], list[str]], *, seed: int = 1) -> Archive:
    """The same, with the items that `write` puts into the office's tree and names in the order of time."""
    people = office.hire(folder / "kunci", PEOPLE)
    start = folder / "kantor"
    office.found_office(source, start, people=people, address=ADDRESS, since="2025-01-01")
    items = write(start)
    genesis = office.commit_all(start, "Kantor", BEGIN - timedelta(days=1))
    server = folder / "server"
    subprocess.run(["git", "clone", "-q", "--bare", str(start), str(server)], check=True)
    history = History(server)
    pack = Pack(random.Random(seed))  # noqa: S311 - nothing is secret here
    first = Record(kind=RecordKind.GENESIS, at=BEGIN, new=genesis)
    tip = pack.signed(ledger.serialise(first, None), _keys(people)["sari"])
    tree = history.tree_of(genesis)
    main, tip = _write(pack, tree, genesis, tip, people, list(deeds(items, pack.chance)))
    history.write("tree", b"")
    _take(history, pack, (main, tip), (genesis, NO_OBJECT))
    history.run("commit-graph", "write", "--reachable")
    history.close()
    return Archive(server, people, items)


def again(archive: Archive, item: str, tree: str) -> str:
    """One more round of an item by the straight way, after which `main` has this tree; gives the merge."""
    history, pack = History(archive.server), Pack(random.Random(item))  # noqa: S311  as above
    main, tip = history.resolve(MAIN) or "", history.resolve(LEDGER) or ""
    at = ledger.record(history, tip).at
    todo = [
        Deed(at + (place + 1) * timedelta(minutes=5), item, place, what, int(number), BY[int(number)])
        for place, (what, _, number) in enumerate(words.partition(" ") for words in STRAIGHT)
    ]
    merge, following = _write(pack, tree, main, tip, archive.people, todo)
    _take(history, pack, (merge, following), (main, tip))
    history.close()
    return merge


def _take(history: History, pack: Pack, now: tuple[str, str], before: tuple[str, str]) -> None:
    """Put a pack into a repository, and move `main` and the ledger."""
    words = ["git", "-C", str(history.git_folder), "index-pack", "--stdin"]
    subprocess.run(words, input=pack.bytes(), check=True, capture_output=True)
    for ref, new, old in zip((MAIN, LEDGER), now, before, strict=True):
        history.move(ref, new, old)


def named_by_time(items: int) -> list[str]:
    """So many identities, each of the year in which its round begins."""
    return [f"{(BEGIN + n * (SPAN / items)).year}/butir-{n:05}" for n in range(items)]


def deeds(items: Sequence[str], chance: random.Random) -> Iterator[Deed]:
    """Every act of every item, in the order of time; the items begin at even distances."""
    todo = []
    for n, item in enumerate(items):
        at = BEGIN + n * (SPAN / len(items))
        for place, words in enumerate(RETURNED if n % RETURNED_EVERY == 0 else STRAIGHT):
            what, _, number = words.partition(" ")
            at += timedelta(seconds=chance.randrange(30, 1500))
            by = "budi" if what == "return" else BY[int(number)]
            todo.append(Deed(at.replace(microsecond=0), item, place, what, int(number), by))
    return iter(sorted(todo, key=lambda deed: (deed.at, deed.item, deed.place)))


def _keys(people: list[Person]) -> dict[str, bytes]:
    return {person.id: base64.b64decode(signature.public_line(person.key).split()[1]) for person in people}


def _write(  # noqa: PLR0917  where the two refs stood
    pack: Pack, tree: str, main: str, tip: str, people: list[Person], todo: list[Deed]
) -> tuple[str, str]:
    """All commits and records into the pack; gives the tips of `main` and of the ledger."""
    keys, heads = _keys(people), dict[str, str]()
    names = {person.id: (person.name, person.email) for person in people}
    for deed in todo:
        old = heads.get(deed.item, NO_OBJECT)
        base = main if old == NO_OBJECT else old
        publishes = deed.number == len(BY) and deed.what == "step"
        parents = (main, old) if publishes else (base,)
        payload = commits.build(tree=tree, parents=parents, who=names[deed.by], at=deed.at, message=_message(deed))
        new = pack.signed(payload, keys[deed.by])
        ref = MAIN if publishes else f"refs/heads/butir/{deed.item}"
        stood = main if publishes else old
        kind = RecordKind.RECEIPT
        move = Record(kind=kind, at=deed.at, new=new, ref=ref, old=stood, pusher=deed.by, policy=1, received=(new,))
        tip = pack.signed(ledger.serialise(move, tip), keys["sari"])
        if publishes:
            main = new
            at, page = deed.at + timedelta(seconds=3), f"{ADDRESS}informasi/{deed.item}/"
            live = Record(kind=RecordKind.LIVE, at=at, new=new, item=deed.item, address=page, policy=1)
            tip = pack.signed(ledger.serialise(live, tip), keys["sari"])
        heads[deed.item] = new
    return main, tip


def _message(deed: Deed) -> str:
    digest = "sha256:" + hashlib.sha256(deed.item.encode()).hexdigest()
    keys = {"step": trailer.STEP, "start": trailer.START, "return": trailer.RETURN}
    block = {trailer.ITEM: deed.item, keys[deed.what]: str(deed.number)}
    if deed.what != "start":
        block[trailer.CONTENT] = digest
    note = "Perbaiki tabelnya." if deed.what == "return" else ""
    return commits.compose(f"{deed.what} {deed.number}: {deed.item}", note, block)


def _header(size: int) -> bytes:
    """The type and size of an object in a pack: seven bits a byte, after the first one's four."""
    first, size = COMMIT << 4 | size & 15, size >> 4
    rest = bytearray()
    while size:
        rest.append(first | 0x80)
        first, size = size & 127, size >> 7
    return bytes([*rest, first])
