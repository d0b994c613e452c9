"""Commits made by hand: what an officer's command would make, or a forger, object by object in a real repository."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cast import who
from sopan import commits, signature
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.trees import FILE_MODE, Entry

REMOVED = "0" * 64
FORGE_SIGNATURE = b"""\
-----BEGIN PGP SIGNATURE-----

wsFcBAABCAAQBQJmCONTOHCRC1aQ7uu5UhlAAAdHIQAF
=TOH1
-----END PGP SIGNATURE-----
"""


@dataclass(frozen=True, kw_only=True)
class Forgery:
    """What differs from the commit that the act would honestly be; None leaves it honest.

    `key` names the key that signs, `who` the person whose name stands on the commit. `raw` and `spoil` are replacements
    in its bytes, before and after the signature is made. `trailers` replace the block, `message` everything.
    `forge_signed` is as GitHub's editor and its merge button leave a commit: with a signature of GitHub's own.
    """

    key: str | None = None
    who: str | None = None
    at: datetime | None = None
    author_at: datetime | None = None
    subject: str | None = None
    message: str | None = None
    trailers: Mapping[str, str] | None = None
    tree: str | None = None
    parents: tuple[str, ...] | None = None
    sign: bool = True
    raw: tuple[str, str] | None = None
    spoil: tuple[str, str] | None = None
    forge_signed: bool = False


@dataclass
class Forge:
    """A clone in which objects are written one by one; `labels` are what the tests call the commits made here."""

    folder: Path
    keys: Path
    labels: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.history = History(self.folder)

    def commit(
        self, label: str, *, by: str, at: datetime, tree: str, parents: tuple[str, ...], message: str, forgery: Forgery
    ) -> str:
        """Write a commit and remember it under a label; `forgery` has its say over every part."""
        payload = commits.build(
            tree=forgery.tree or tree,
            parents=parents if forgery.parents is None else forgery.parents,
            who=who(forgery.who or by),
            at=forgery.at or at,
            message=message if forgery.message is None else forgery.message,
        )
        payload = _replace(_author_dated(payload, forgery.author_at), forgery.raw)
        raw = payload
        if forgery.forge_signed:
            raw = commits.attach(payload, FORGE_SIGNATURE)
        elif forgery.sign:
            raw = commits.attach(payload, signature.sign(payload, self.keys / (forgery.key or by)))
        oid = self.history.run(
            "hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=_replace(raw, forgery.spoil)
        )
        count = sum(known == label or known.startswith(f"{label} (") for known in self.labels.values())
        self.labels[oid] = f"{label} ({count + 1})" if count else label
        return oid

    def tree(self, tree: str, paths: Mapping[str, str | Entry | None]) -> str:
        """A tree with other files at some paths: a text, bytes, an entry of any mode, or None for no file."""
        for path, content in paths.items():
            tree = self.history.replace(tree, path, self._entry(path, content))
        return tree

    def blob(self, text: str | bytes) -> str:
        """Store a file's content."""
        return self.history.write("blob", text.encode() if isinstance(text, str) else text)

    def content(self, tree: str, item: str) -> str:
        """What `SOP-Isi` names, recomputed here by the words of the design and not by the code under test."""
        folder = f"{ITEMS_FOLDER}/{item}/"
        listed = self.history.run("ls-tree", "-r", "-z", tree, "--", folder).split("\0")
        kinds = [(line.split("\t")[0].split(), line.split("\t")[1].removeprefix(folder)) for line in listed if line]
        files = {path.encode(): self.history.blob(oid) for (_, kind, oid), path in kinds if kind == "blob"}
        return _digest({path: hashlib.sha256(data).hexdigest() for path, data in files.items()})

    def changed(self, old: str, new: str) -> str:
        """What `SOP-Isi` of an approval names, by git's own diff."""
        listed = self.history.run("diff-tree", "-r", "--no-renames", "--raw", "--abbrev=40", old, new).splitlines()
        files = {}
        for line in listed:
            about, path = line.split("\t")
            oid = about.split()[3]
            gone = oid == "0" * 40
            files[path.encode()] = REMOVED if gone else hashlib.sha256(self.history.blob(oid)).hexdigest()
        return _digest(files)

    def named(self, text: str) -> str:
        """A text in which the ids of commits made here are their labels."""
        for oid, label in self.labels.items():
            text = text.replace(oid[:10], f"<{label}>")
        return text

    def rev(self, name: str) -> str:
        """A commit by label or revision, with git's `~` and `^` after it."""
        base, suffix = re.fullmatch(r"(.*?)((?:[~^][0-9]*)*)", name).groups()
        oid = next((oid for oid, label in self.labels.items() if label == base), base)
        found = self.history.resolve(oid + suffix)
        assert found, name
        return found

    def _entry(self, path: str, content: str | bytes | Entry | None) -> Entry | None:
        name = path.rpartition("/")[2].encode()
        if isinstance(content, str | bytes):
            return Entry(FILE_MODE, name, self.blob(content))
        return content and Entry(content.mode, name, content.oid)


def _digest(files: Mapping[bytes, str]) -> str:
    listing = b"".join(f"{files[name]}  ".encode() + name + b"\n" for name in sorted(files))
    return "sha256:" + hashlib.sha256(listing).hexdigest()


def _author_dated(payload: bytes, at: datetime | None) -> bytes:
    stamp = f"{int(at.timestamp())} {at.strftime('%z')}".encode() if at else b""
    return re.sub(rb"(?m)^(author .*>) .*$", rb"\g<1> " + stamp, payload, count=1) if at else payload


def _replace(data: bytes, change: tuple[str, str] | None) -> bytes:
    if change is None:
        return data
    old, new = (text.encode("utf-8", "surrogateescape") for text in change)
    assert old in data, (change, data)
    return data.replace(old, new, 1)
