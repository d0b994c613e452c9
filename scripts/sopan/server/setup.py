"""`server siapkan`: make a bare repository with gate, ledger and publisher from an office's repository."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from sopan import branches, codeowners, ledger, policy, signature
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.history import MAIN, History, create
from sopan.ledger import Record, RecordKind
from sopan.server import hooks, release
from sopan.server.home import GENESIS_KEY, SITE_KEY, Home

# security: bare defaults accept force pushes, deletions, odd modes and links (measured on git 2.39)
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "receive.fsckObjects": "true",
        "transfer.fsckObjects": "true",
        "receive.fsck.badFilemode": "error",
        "receive.fsck.gitattributesSymlink": "error",
        "receive.fsck.mailmapSymlink": "error",
        "receive.denyNonFastForwards": "true",
        "receive.denyDeletes": "true",
        "receive.denyCurrentBranch": "refuse",
        "receive.maxInputSize": "512m",
        "receive.shallowUpdate": "false",
        "receive.advertisePushOptions": "false",
        "core.fsmonitor": "false",
        "core.logAllRefUpdates": "true",
        "log.mailmap": "false",
        "safe.bareRepository": "explicit",
    }
)


def unready(source: History, at: datetime) -> list[Finding]:
    """What the office must fill in or mend before a server can be made from its `main`."""
    loaded, findings = branches.policy_findings(source, _tip(source))
    if loaded is None:
        return findings
    owners = source.read(_tip(source), policy.CODEOWNERS_FILE)
    drift = codeowners.drift(owners, codeowners.expected(loaded.sop, loaded.office))
    return [*findings, *policy.appointable(loaded, at), *drift]


def prepare(folder: Path, source: History, *, site: Path, at: datetime, clock: datetime | None) -> Home:
    """The new home; made beside its place and moved there when whole, so that a failure leaves nothing."""
    source.require_whole()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SopanError(f"Folder {folder} sudah berisi; pilih folder baru atau kosongkan dahulu.")
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.siapkan")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        _make(draft, folder, source, site=site.resolve(), at=at, clock=clock)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Home(folder)


def _make(draft: Path, folder: Path, source: History, *, site: Path, at: datetime, clock: datetime | None) -> None:
    tip = _tip(source)
    draft.mkdir(parents=True)
    create(draft, bare=True)
    home, history = Home(draft), History(draft)
    history.run("fetch", "--quiet", "--no-tags", str(source.git_folder.resolve()), f"{tip}:{MAIN}")
    for key, value in {**SETTINGS, GENESIS_KEY: tip, SITE_KEY: str(site)}.items():
        history.set_config(key, value)
    home.spool.mkdir(parents=True)
    home.releases.mkdir()
    signature.generate(home.key, "agenda sopan")
    release.install(home, history, tip)
    version = branches.policy_at(history, tip).register.version
    ledger.append(history, home.key, [Record(kind=RecordKind.GENESIS, at=at, new=tip, policy=version)])
    hooks.write(home, clock=clock, final=folder)
    history.close()


def _tip(source: History) -> str:
    tip = source.resolve(MAIN) or source.resolve("HEAD")
    if tip is None:
        raise SopanError("Repositori sumber belum mempunyai komit; buat komit pertama di main dahulu.")
    return tip
