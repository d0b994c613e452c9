"""`server siapkan`: make a bare repository with gate, ledger and publisher from an office's repository."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from sopan import codeowners, ledger, policies, policy, policy_files, signature
from sopan.errors import SopanError
from sopan.finding import Finding
from sopan.history import FLUSH, MAIN, History, create
from sopan.ledger import Record, RecordKind
from sopan.server import hooks, release
from sopan.server.home import GENESIS_KEY, SITE_KEY, Home

# security: bare defaults accept force pushes, deletions, odd modes and links (measured on git 2.39)
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        **FLUSH,
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
    loaded, findings = policies.policy_findings(source, _tip(source))
    if loaded is None:
        return findings
    owners = source.read(_tip(source), policy_files.CODEOWNERS_FILE)
    drift = codeowners.drift(owners, codeowners.expected(loaded.sop, loaded.office))
    return [*findings, *policy.appointable(loaded, at), *drift]


def prepare(folder: Path, source: History, *, site: Path, at: datetime, clock: datetime | None) -> Home:
    """The new home; made beside its place and moved there when whole, so that a failure leaves nothing."""
    source.require_whole()
    tip = _tip(source)
    with made_beside(folder) as (draft, final):
        home, history = Home(draft), History(draft)
        history.run("fetch", "--quiet", "--no-tags", str(source.git_folder.resolve()), f"{tip}:{MAIN}")
        furnish(home, history, genesis=tip, site=site.resolve())
        signature.generate(home.key, "agenda sopan")
        release.install(home, history, tip)
        version = policies.policy_at(history, tip).register.version
        ledger.append(history, home.key, [Record(kind=RecordKind.GENESIS, at=at, new=tip, policy=version)])
        hooks.write(home, clock=clock, final=final)
        history.close()
    return Home(final)


@contextmanager
def made_beside(folder: Path) -> Iterator[tuple[Path, Path]]:
    """A new bare repository beside its place, and the place, where it is moved to once everything in it is made."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SopanError(f"Folder {folder} sudah berisi; pilih folder baru atau kosongkan dahulu.")
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.siapkan")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        create(draft, bare=True)
        yield draft, folder
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def furnish(home: Home, history: History, *, genesis: str, site: Path) -> None:
    """A home's settings and its own folders."""
    for key, value in {**SETTINGS, GENESIS_KEY: genesis, SITE_KEY: str(site)}.items():
        history.set_config(key, value)
    home.spool.mkdir(parents=True)
    home.releases.mkdir()


def _tip(source: History) -> str:
    tip = source.resolve(MAIN) or source.resolve("HEAD")
    if tip is None:
        raise SopanError("Repositori sumber belum mempunyai komit; buat komit pertama di main dahulu.")
    return tip
