"""The installed release of Sopan: code taken from a commit of `main`, never from a branch, switched in one step."""

from __future__ import annotations

import compileall
import shutil
from collections.abc import Iterator
from pathlib import Path
from py_compile import PycInvalidationMode

from sopan.errors import SopanError
from sopan.history import MAIN, History
from sopan.server.home import Home
from sopan.trees import FILE_MODE, TREE_MODE

PACKAGE = "scripts/sopan"


def install(home: Home, history: History, revision: str) -> str:
    """Take the package of a commit of `main` as the release that judges from now on; gives the commit."""
    commit, main = history.resolve(revision), history.resolve(MAIN)
    if commit is None or main is None or commit not in history.first_parents(main):
        raise SopanError(f"{revision} bukan komit pada main; rilis Sopan hanya dapat diambil dari main.")
    folder = home.releases / commit
    if not folder.exists():
        _export(history, commit, folder)
    link = home.releases / "kini.baru"
    link.unlink(missing_ok=True)
    link.symlink_to(commit)
    link.replace(home.release)
    return commit


def _export(history: History, commit: str, folder: Path) -> None:
    """Write the package's files beside their final place, then move them there at once."""
    files = list(_files(history, commit))
    if not files:
        raise SopanError(f"Komit {commit[:10]} tidak memuat {PACKAGE}; ambil rilis Sopan yang lengkap.")
    draft = folder.with_name(f"{folder.name}.tulis")
    shutil.rmtree(draft, ignore_errors=True)
    for path, oid in files:
        target = draft / "sopan" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(history.blob(oid))
    _compile(draft, folder)
    draft.rename(folder)


def _compile(draft: Path, folder: Path) -> None:
    """Put byte code beside the code: hooks may not write, and compiling anew would cost every push half a second."""
    compiled = compileall.compile_dir(
        draft, quiet=2, stripdir=draft, prependdir=folder, invalidation_mode=PycInvalidationMode.CHECKED_HASH
    )
    if not compiled:
        raise SopanError("Rilis memuat kode Python yang tidak dapat dipakai; perbaiki pada main lebih dahulu.")


def _files(history: History, commit: str) -> Iterator[tuple[str, str]]:
    package = history.find(history.tree_of(commit), PACKAGE)
    if package is None or package.mode != TREE_MODE:
        return
    for change in history.changes(None, package.oid):
        if change.new is not None and change.new.mode == FILE_MODE:
            yield change.path.decode(), change.new.oid
