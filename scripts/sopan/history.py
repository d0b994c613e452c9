"""The one door to git: raw objects through GitPython's persistent `cat-file`, refs, and a few plumbing commands.

Nothing here decides. Every command runs without the user's and the machine's git configuration, without replace
objects, in a fixed locale and zone, so that a verdict is the same in a hook, in CI and on an officer's machine.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # noqa: TID251 - no git is said below, not by GitPython's import

import git  # noqa: TID251 - this is the one door

from sopan import git_failure, trees
from sopan.errors import GitFailed, GitUnavailable
from sopan.objects import Objects, Raw, streamed
from sopan.trees import TREE_MODE, Entry

MAIN = "refs/heads/main"
ITEM_REFS = "refs/heads/butir/"
MAINTENANCE_REFS = "refs/heads/rawat/"
LEDGER = "refs/sopan/agenda"
NO_OBJECT = "0" * 40

OLDEST_GIT = (2, 34)  # the first with SSH signatures
FLUSHING_GIT = (2, 36)  # the first that writes refs and single objects through to the disk where it is asked to
FLUSH: Mapping[str, str] = MappingProxyType({"core.fsync": "all"})  # left to itself git does so with none of a push
_ENOUGH = f"pasang git versi {'.'.join(map(str, OLDEST_GIT))} atau lebih baru."
_NO_GIT = f"Perintah git tidak ditemukan; {_ENOUGH}"

_ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
)


class History(Objects):
    """One repository, open for reading; what it holds is handed out as bytes and ids."""

    def __init__(self, path: Path) -> None:
        if shutil.which("git") is None:
            raise GitUnavailable(_NO_GIT)
        try:
            self._repo = git.Repo(path)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
            raise GitUnavailable(
                f"Folder {path} bukan repositori git; jalankan perintah ini di dalam repositori kantor."
            ) from error
        self.git, self._process = self._repo.git, os.getpid()
        self.git.update_environment(**_ENVIRONMENT)

    @property
    def _store(self) -> git.Git:
        """What reads objects: in a process that was forked its own, for two would take each other's answers."""
        if self._process != os.getpid():
            self._inherited, self._process = self.git, os.getpid()  # which ends git's process once it is let go
            self.git = git.Git(self._repo.working_dir)
            self.git.update_environment(**_ENVIRONMENT)
        return self.git

    @property
    def folder(self) -> Path:
        """The work tree's top, or the bare repository itself."""
        return Path(self._repo.working_tree_dir or self._repo.git_dir)

    @property
    def git_folder(self) -> Path:
        """The repository's own folder (`.git`, or the bare repository)."""
        return Path(self._repo.git_dir)

    @property
    def bare(self) -> bool:
        """Whether there is no work tree."""
        return self._repo.bare

    def close(self) -> None:
        """End the persistent processes."""
        self._repo.close()

    def require_whole(self) -> None:
        """Refuse to judge with a git too old, or in a repository that lacks part of its history."""
        if self.version < OLDEST_GIT:
            raise GitUnavailable(f"Versi git terlalu lama; {_ENOUGH}")
        if self.run("rev-parse", "--is-shallow-repository") == "true":
            raise GitUnavailable("Riwayat repositori ini terpotong (shallow); jalankan `git fetch --unshallow` dahulu.")
        if self._is_partial():
            raise GitUnavailable(
                "Repositori ini hanya salinan sebagian (partial clone); buat klon yang lengkap dahulu."
            )

    def _is_partial(self) -> bool:
        """Whether objects were left out of the clone: git marks that on the remote, an older one on itself."""
        marks = r"^(extensions\.partialclone|remote\..*\.promisor)$"
        try:
            return bool(self.git.config("--local", "--get-regexp", marks))
        except git.GitCommandError:
            return False

    @property
    def version(self) -> tuple[int, ...]:
        """The version of git, by its first two numbers; zero where it says none."""
        match = re.search(r"(\d+)\.(\d+)", self.run("version"))
        return tuple(int(part) for part in match.groups()) if match else (0,)

    # -- commands ----------------------------------------------------------------------------------------------

    def run(self, *words: str, stdin: bytes | None = None, environment: Mapping[str, str] | None = None) -> str:
        """What a git command prints, without its last newline; GitUnavailable when it fails."""
        try:
            with _as_file(stdin) as stream:
                return str(self.git.execute(["git", *words], istream=stream, env=dict(environment or {})))
        except git.GitCommandNotFound as error:
            raise GitUnavailable(_NO_GIT) from error
        except git.GitCommandError as error:
            raise GitFailed(words[0], _reason(error)) from error

    def config(self, key: str) -> str:
        """A value of this repository's own configuration, empty when unset."""
        try:
            return str(self.git.config("--local", "--get", key))
        except git.GitCommandError:
            return ""

    def set_config(self, key: str, value: str) -> None:
        """Set a value of this repository's own configuration."""
        self.run("config", "--local", key, value)

    # -- refs and the graph --------------------------------------------------------------------------------------

    def resolve(self, revision: str) -> str | None:
        """The commit id that a revision names, None when it names none."""
        return None if "\n" in revision else self.named(revision + "^{commit}")

    def refs(self, prefix: str) -> dict[str, str]:
        """The refs below a prefix and what they point at, by name."""
        lines = self.run("for-each-ref", "--format=%(objectname) %(refname)", prefix).splitlines()
        return {name: oid for oid, _, name in (line.partition(" ") for line in lines)}

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `old` is `new` or an ancestor of it."""
        try:
            self.git.merge_base("--is-ancestor", old, new)
        except git.GitCommandError as error:
            if error.status == 1:
                return False
            raise GitFailed("merge-base", _reason(error)) from error
        return True

    def first_parents(self, new: str, *without: str) -> list[str]:
        """The commits from `new` back along first parents to what `without` reaches, oldest first."""
        words = ["rev-list", "--first-parent", "--reverse", new, *(f"^{oid}" for oid in without)]
        return self.run(*words).splitlines()

    def graph(self, *tips: str, without: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
        """Every commit that the tips reach with its parents, children before parents."""
        stdin = "\n".join([*tips, *(f"^{oid}" for oid in without)]).encode() + b"\n"
        lines = self.run("rev-list", "--topo-order", "--parents", "--stdin", stdin=stdin).splitlines()
        return {oid: tuple(parents) for oid, *parents in (line.split() for line in lines)}

    def stream(self, *tips: str, without: tuple[str, ...] = (), options: tuple[str, ...] = ()) -> Iterator[Raw]:
        """The id and the raw bytes of every commit that the tips reach, as `rev-list` orders them.

        One pass over history by two processes of git, whatever its length; GitUnavailable when it breaks off.
        """
        stdin = "\n".join([*tips, *(f"^{oid}" for oid in without)]).encode() + b"\n"
        with _as_file(stdin) as revisions:
            ids = self._pipe(["rev-list", "--stdin", *options], revisions)
            objects = self._pipe(["cat-file", "--batch", "--buffer"], ids.stdout)
            yield from streamed(objects.stdout)
            for process in (ids, objects):
                self._end(process)

    def _pipe(self, words: list[str], stdin: BinaryIO | None) -> git.Git.AutoInterrupt:
        return self.git.execute(["git", *words], istream=stdin, as_process=True)

    def _end(self, process: git.Git.AutoInterrupt) -> None:
        try:
            process.wait()
        except git.GitCommandError as error:
            raise GitUnavailable(f"Riwayat tidak terbaca sampai selesai: {_reason(error)}.") from error

    # -- writing -------------------------------------------------------------------------------------------------

    def write(self, kind: str, data: bytes) -> str:
        """Store an object and give its id."""
        return self.run("hash-object", "-t", kind, "-w", "--stdin", stdin=data)

    def write_tree(self, entries: Mapping[bytes, Entry]) -> str:
        """Store a tree of these entries, sorted as git sorts them."""
        return self.write("tree", trees.serialise(entries.values()))

    def replace(self, tree: str | None, path: str, new: Entry | None) -> str:
        """A tree in which the entry at `path` is `new` (None removes it), all else as it was."""
        head, _, rest = path.partition("/")
        name = head.encode()
        entries = {entry.name: entry for entry in self.tree(tree)} if tree else {}
        below = entries.get(name)
        if rest:
            inner = self.replace(below.oid if below and below.mode == TREE_MODE else None, rest, new)
            new = Entry(TREE_MODE, name, inner) if self.tree(inner) else None
        entries.pop(name, None)
        return self.write_tree(entries | ({name: Entry(new.mode, name, new.oid)} if new else {}))

    def move(self, ref: str, new: str, old: str) -> None:
        """Move a ref from `old` (zeros: it must not exist) to `new`, or fail when it is elsewhere by now."""
        self.run("update-ref", "--create-reflog", ref, new, old)


@contextmanager
def _as_file(data: bytes | None) -> Iterator[BinaryIO | None]:
    """Bytes as a real file, which is what GitPython hands to a process as its input."""
    if data is None:
        yield None
        return
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield file


def create(folder: Path, *, bare: bool = False) -> None:
    """Make an empty repository whose first branch is `main`."""
    words = ["git", "init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []), str(folder)]
    git.Git().execute(words, env=dict(_ENVIRONMENT))


def clone(source: str, folder: Path, *options: str) -> History:
    """Clone a repository and open the clone; GitUnavailable when git cannot."""
    words = ["git", "clone", "--quiet", *options, source, str(folder)]
    try:
        git.Git().execute(words, env=dict(_ENVIRONMENT))
    except git.GitCommandError as error:
        raise GitFailed("clone", _reason(error)) from error
    return History(folder)


def _reason(error: git.GitCommandError) -> str:
    printed = str(error.stderr).strip().removeprefix("stderr: ").strip("'")  # as GitPython wraps it
    return git_failure.reason(printed)
