"""Every parser of bytes that somebody else wrote, with legal seeds to spoil; for the tests and benchmarks/fuzz.py."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial

import cast
from policy_files import TOP, schema
from sopan import (
    codeowners,
    commits,
    front_matter,
    glimpse,
    item,
    ledger,
    personal_data,
    plain_text,
    policy,
    public_key,
    sshsig,
    strict_yaml,
    trailer,
    trees,
)
from sopan.errors import SopanError
from sopan.ledger import Record, RecordKind
from sopan.personal_data import Allowed
from sopan.rules import screening
from sopan.site import body
from sopan.trees import Entry

INDEX = "docs/informasi/2026/a/index.md"
OID, TREE = "c" * 40, "a" * 40
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGEzaEnFRtDwgVuNMM4nXHnd6hGgFHrl4dPbCSQGvT3D rina"
MOST_BYTES = 300_000  # what is fed to one parser at once; the limits of the gate lie below
NASTY = (
    b"\n", b"\n\n", b"\r\n", b"\0", b"\t", b" ", b"---\n", b"...\n", b"&a ", b"*a ", b"<<: ",
    b"!!python/object:os.system ", b"!!binary ", b"? ", b"{", b"[", b"[" * 3000, b"{a: " * 500, b"- " * 2000,
    b"> " * 2000, b"* " * 3000, b"`" * 999, b"a: b\n" * 99, b"'", b'"', b"|\n", b">\n", b"#", b"\xef\xbb\xbf",
    b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xff\xfe", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\xd9\xa1\xd9\xa2", b"\xef\xbc\x91", b"\xf0\x9d\x9f\x8e", b"9" * 5000,
    b"1.2.3.4-5 6" * 400, b"a@b." * 2000, b"." * 5000, b"+" * 3000, b"0x1e3", b"2026-02-30", b"yes", b"~", b"null",
    b"<script>", b"<!--", b"<a href=", b"&#106;", b"](javascript:", b"![](" * 900, b"](" * 900, b"|" * 900,
    b"~~" * 900, b"\\" * 900, b"SOP-Langkah: 3\n", b"sop-langkah : 3\n", b"gpgsig ", b"\n ", b"tree ", b"parent ",
    b"100644 a\0", b"40000 ..\0", b"-----BEGIN SSH SIGNATURE-----\n", b"Agenda-Waktu: ", b"=" * 99,
    b"\xcc\x81" * 900,
)  # fmt: skip

Parse = Callable[[bytes], object]


@dataclass(frozen=True)
class Parser:
    """`parse` answers any bytes with a value; `refuses` is what it may raise besides, and says so."""

    seeds: tuple[bytes, ...]
    parse: Parse
    refuses: tuple[type[Exception], ...] = ()


def spoiled(seed: bytes, chance: random.Random) -> bytes:
    """The seed after one to eight random changes."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(seed) + 1)
        until = min(len(seed), at + chance.choice((1, 2, 8, 64, 500)))
        match chance.randrange(6):
            case 0:
                seed = seed[:at] + chance.randbytes(chance.randint(1, 8)) + seed[until:]
            case 1:
                seed = seed[:at] + seed[until:]
            case 2:
                seed = seed[:at] + seed[at:until] * chance.choice((2, 3, 50)) + seed[until:]
            case 3:
                seed = seed[until:] + seed[:at]
            case _:
                seed = seed[:at] + chance.choice(NASTY) + seed[at:]
    return seed[:MOST_BYTES]


def answer(parser: Parser, data: bytes) -> bool:
    """Whether the parser answered, or refused as it says it does; anything else escapes."""
    try:
        parser.parse(data)
    except parser.refuses:
        return False
    return True


@cache
def parsers() -> Mapping[str, Parser]:
    """By name, each with its seeds."""
    rules, _ = policy.load(_read, _names)
    assert rules is not None
    items = tuple(file.read_bytes() for file in sorted((TOP / "docs/informasi").glob("*/*/index.md")))
    assert items
    drafts = (*items, cast.AWAL.encode(), cast.COMPLETE["index.md"].encode())
    texts = tuple(part.partition(b"\n---\n")[2] for part in drafts)
    yamls = tuple((TOP / name).read_bytes() for name in ("sop.yml", "petugas.yml", "kantor.yml", "kalender/2026.yml"))
    wanted = codeowners.expected(rules.sop, rules.office)
    named = partial(_policy, dict.fromkeys(("sop.yml", "petugas.yml", "kantor.yml", "kalender/2026.yml", "CODEOWNERS")))
    return {
        "commit": Parser(_commits(), _commit),
        "commit, whole histories": Parser(_commits(), lambda data: glimpse.read(OID, data)),
        "tree": Parser((_tree(),), trees.parse),
        "SSH signature": Parser((_armor(),), sshsig.parse),
        "public key": Parser((KEY.encode(),), lambda data: public_key.fault(data.decode("latin-1"))),
        "ledger record": Parser(_records(), lambda data: ledger.parse(OID, data), (SopanError,)),
        "YAML": Parser(yamls, lambda data: strict_yaml.load(data, "a.yml")),
        "policy": Parser(yamls, named),
        "CODEOWNERS": Parser((wanted.encode(),), lambda data: codeowners.drift(data, wanted)),
        "front matter": Parser(drafts, lambda data: front_matter.split(data, "index.md")),
        "item": Parser(drafts, partial(_item, schema("informasi"))),
        "plain text": Parser(drafts, lambda data: plain_text.read(data, "a.csv")),
        "Markdown to page": Parser(texts, lambda data: str(body.render(_text(data)))),
        "personal data": Parser(
            (*texts, *(file.read_bytes() for file in sorted((TOP / "tests/data/bersih").glob("*"))[:8])),
            lambda data: [hit.masked for hit in personal_data.hits(_text(data), allowed=Allowed())],
        ),
        "screening": Parser(drafts, lambda data: list(screening.of_file(rules.office, INDEX, data, None))),
    }  # fmt: skip


def _commit(data: bytes) -> object:
    return commits.parse(OID, data), commits.detach(data), commits.parents(data)


def _item(schema_of_items: Mapping[str, object], data: bytes) -> object:
    return [item.read(data, INDEX, schema_of_items, complete=complete) for complete in (True, False)]


def _read(path: str) -> bytes | None:
    file = TOP / path
    return file.read_bytes() if file.is_file() else None


def _names(folder: str) -> list[str]:
    return [file.name for file in (TOP / folder).iterdir()]


def _policy(files: Mapping[str, None], data: bytes) -> object:
    """The whole policy with each of its files in turn replaced by these bytes, where they are its own kind."""
    own = next((name for name in files if data[:40] == (_read(name) or b"")[:40]), "petugas.yml")
    return policy.load(lambda path: data if path == own else _read(path), _names)


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _armor() -> bytes:
    return b"-----BEGIN SSH SIGNATURE-----\n" + SIGNATURE + b"\n-----END SSH SIGNATURE-----\n"


SIGNATURE = (
    b"U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg6WDWq5relS+faljAP7WUXdzERA\n"
    b"s+xaEYDvJ4h9qTdq4AAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5\n"
    b"AAAAQAMfxQ7SjK+d5k9EDw7jRomOqqwf84nqSODKSi4F0c6430wR6ijbAZaMY0Jnwp06zv\n"
    b"i6r9pQZq1o5yVAe/FxRwA="
)


def _commits() -> tuple[bytes, ...]:
    content = f"sha256:{'0' * 64}"
    blocks = (
        {trailer.ITEM: "2026/contoh", trailer.STEP: "3", trailer.CONTENT: content},
        {trailer.ITEM: "2026/contoh", trailer.START: "3"},
        {trailer.MAINTENANCE: "setuju", trailer.CONTENT: content},
        {},
    )
    messages = (commits.compose("Langkah 3", "Catatan — “dua” baris.\n\nLagi.", block) for block in blocks)
    who = ("Rina Contoh", "rina@kantor.example")
    raw = (commits.build(tree=TREE, parents=(OID,), who=who, at=AT, message=message) for message in messages)
    return tuple(commits.attach(payload, _armor()) for payload in raw)


def _tree() -> bytes:
    names = (b"CODEOWNERS", b"docs", b"index.md", b"tabel.csv")
    return trees.serialise([Entry("40000" if name == b"docs" else "100644", name, OID) for name in names])


def _records() -> tuple[bytes, ...]:
    receipt = Record(
        kind=RecordKind.RECEIPT, at=AT + timedelta(minutes=1), new=OID, received=(OID, TREE), pusher="rina"
    )
    live = Record(kind=RecordKind.LIVE, at=AT, new=OID, item="2026/contoh", address="https://kantor.example/x/")
    return tuple(commits.attach(ledger.serialise(one, TREE), _armor()) for one in (receipt, live))
