"""`server pulihkan`: an office's server out of a mirror of its repository, once the ledger proves the whole of it.

A mirror holds all refs and no secret. The server's key comes from the office's own backup, for without it no record can
follow the last one.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sopan import audit, public_key, signature
from sopan.audit import Audit, Pins
from sopan.errors import Refused, SopanError
from sopan.history import LEDGER, MAIN, History
from sopan.server import hooks, release, setup
from sopan.server.home import Home


@dataclass(frozen=True)
class Restored:
    """The new home, how many records prove it, and the ledger's tip."""

    home: Home
    records: int
    tip: str


def restore(folder: Path, mirror: Path, *, key: Path, site: Path, tip: str) -> Restored:
    """The home made anew from `mirror`; `tip`, where it is given, is a tip of the ledger that must not be missing.

    Refused with every finding where the ledger does not prove the whole of it.
    """
    source = History(mirror)
    source.require_whole()
    if source.resolve(LEDGER) is None:
        raise SopanError("Cadangan ini tidak memuat agenda penerimaan; buat cadangan dengan `git clone --mirror`.")
    line = signature.public_line(key)
    with setup.made_beside(folder) as (draft, final):
        home, history = Home(draft), History(draft)
        refs = ("+refs/heads/*:refs/heads/*", f"+{LEDGER}:{LEDGER}")
        history.run("fetch", "--quiet", "--no-tags", str(source.git_folder.resolve()), *refs)
        examined = _proven(history, line, tip)
        setup.furnish(home, history, genesis=examined.book.records[0].new, site=site.resolve())
        shutil.copyfile(key, home.key)
        home.key.chmod(0o600)
        home.key.with_name(f"{home.key.name}.pub").write_text(f"{line}\n", encoding="ascii")
        release.install(home, history, MAIN)
        hooks.write(home, final=final)
        history.close()
    return Restored(Home(final), len(examined.book.records), examined.book.tip)


def _proven(history: History, line: str, tip: str) -> Audit:
    """The audit without a finding, by this very key, and not older than the tip that is known."""
    if tip and not (history.holds(tip) and history.is_ancestor(tip, LEDGER)):
        raise SopanError(f"Agenda cadangan ini tidak memuat {tip[:10]}; cadangan yang lebih baru diperlukan.")
    examined = audit.examine(history, Pins(key=public_key.fingerprint(line)), lambda records, _: records)
    if examined.findings:
        raise Refused(["Cadangan tidak terbukti utuh:", *(one.sentence() for one in examined.findings)])
    return examined
