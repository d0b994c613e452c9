"""`server periksa`: what is wrong with an installation, in sentences; a silent server must be a sound one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime

from sopan import ledger_index, policies, policy, publish
from sopan.errors import SopanError
from sopan.finding import Finding, found
from sopan.history import FLUSHING_GIT, ITEM_REFS, LEDGER, MAIN, MAINTENANCE_REFS, History
from sopan.quoting import Own
from sopan.server import canary, clock, hooks, recording, site, spool
from sopan.server.home import Home, site_folder
from sopan.server.setup import SETTINGS


def inspect(home: Home, history: History, at: datetime) -> Iterator[Finding]:
    """Every finding about hooks, settings, secrets, refs, the ledger, the policy and the live site."""
    about_hooks = list(_hooks(home))
    yield from about_hooks
    if not about_hooks and canary.sings(home, history, at):
        yield found("server-kenari")
    yield from _settings(history)
    yield from _key(home)
    yield from _refs(history)
    yield from _record(home, history, at)


def _hooks(home: Home) -> Iterator[Finding]:
    """Git skips a hook that is absent or not executable without a word, and then accepts everything."""
    for name in (hooks.PRE, hooks.POST):
        file = home.hook(name)
        if not file.is_file() or not os.access(file, os.X_OK):
            yield found("server-kait-tiada", kait=name)
        elif hooks.CLOCK in (text := file.read_text(encoding="utf-8")).split():
            yield found("server-kait-jam", kait=name)
        elif text != hooks.script(home, hooks.COMMANDS[name]):
            yield found("server-kait-lain", kait=name)
    if not (home.release / "sopan" / "gate.py").is_file():
        yield found("server-rilis-tiada")


def _settings(history: History) -> Iterator[Finding]:
    for key, wanted in SETTINGS.items():
        if (actual := history.config(key)) != wanted:
            yield found("server-setelan", kunci=key, nilai=actual or "kosong", seharusnya=wanted)
    if history.version < FLUSHING_GIT:  # which does not know the setting `core.fsync`
        yield found("server-git", seharusnya=Own(".".join(map(str, FLUSHING_GIT))))


def _key(home: Home) -> Iterator[Finding]:
    if not home.key.is_file():
        yield found("server-kunci-tiada")
    elif stat.S_IMODE(home.key.stat().st_mode) & 0o077:
        yield found("server-kunci-terbuka")


def _refs(history: History) -> Iterator[Finding]:
    known = (MAIN, LEDGER)
    for ref in history.refs("refs/"):
        if ref not in known and not ref.startswith((ITEM_REFS, MAINTENANCE_REFS)):
            yield found("server-ref-asing", ref=ref)


def _removals(history: History) -> Iterator[Finding]:
    for ref in ledger_index.read(history).gone():
        if history.resolve(ref):
            yield found("server-buang", ref=ref.removeprefix("refs/heads/"))


def _record(home: Home, history: History, at: datetime) -> Iterator[Finding]:
    """The ledger explains `main`, nothing waits in the spool, the policy is usable, and what is live is proven."""
    try:
        main = recording.require_recorded(history)
        rules = policies.policy_at(history, main)
    except SopanError as error:
        yield found("server-alarm", sebab=Own(error))
        return
    yield from _removals(history)
    yield from policy.appointable(rules, at)
    latest = ledger_index.read(history).latest or at
    if clock.lags(at, latest):
        yield found("server-jam", jam=at, agenda=latest)
    for entry in spool.entries(home.spool):
        if entry.ended:
            yield found("server-antrean", berkas=Own(entry.file.name))
    if not publish.holds(site_folder(history), main):
        yield found("server-situs-usang", situs=Own(site_folder(history)))
    for item in site.unproven(history):
        yield found("server-tayang-tertunda", butir=item)
