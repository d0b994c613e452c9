"""The one door to git: raw objects through GitPython's persistent `cat-file`, refs, and a few plumbing commands.

Nothing here decides. Every command runs without the user's and the machine's git configuration, without replace
objects, in a fixed locale and zone, so that a verdict is the same in a hook, in CI and on an officer's machine.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, TypeAlias

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # noqa: TID251 - no git is said below, not by GitPython's import

import git  # noqa: TID251 - this is the one door

from sopan import trees
from sopan.errors import GitUnavailable, Refused
from sopan.trees import FILE_MODE, TREE_MODE, Change, Entry

MAIN = "refs/heads/main"
ITEM_REFS = "refs/heads/butir/"
MAINTENANCE_REFS = "refs/heads/rawat/"
LEDGER = "refs/sopan/agenda"
NO_OBJECT = "0" * 40

OLDEST_GIT = (2, 34)  # the first with SSH signatures

_FORGED = "Objek {} berisi bita yang lain dari namanya; pulihkan dari cadangan."
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


Raw: TypeAlias = tuple[str, bytes]
"""A commit's id and its bytes."""


class History:
    """One repository, open for reading; what it holds is handed out as bytes and ids."""

    def __init__(self, path: Path) -> None:
        if shutil.which("git") is None:
            raise GitUnavailable("Perintah git tidak ditemukan; pasang git versi 2.34 atau lebih baru.")
        try:
            self._repo = git.Repo(path)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
            raise GitUnavailable(
                f"Folder {path} bukan repositori git; jalankan perintah ini di dalam repositori kantor."
            ) from error
        self.git = self._repo.git
        self.git.update_environment(**_ENVIRONMENT)

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
        if self._version() < OLDEST_GIT:
            raise GitUnavailable("Versi git terlalu lama; pasang git versi 2.34 atau lebih baru.")
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

    def _version(self) -> tuple[int, ...]:
        match = re.search(r"(\d+)\.(\d+)", self.run("version"))
        return tuple(int(part) for part in match.groups()) if match else (0,)

    # -- commands ----------------------------------------------------------------------------------------------

    def run(self, *words: str, stdin: bytes | None = None, environment: Mapping[str, str] | None = None) -> str:
        """What a git command prints, without its last newline; GitUnavailable when it fails."""
        try:
            with _as_file(stdin) as stream:
                return str(self.git.execute(["git", *words], istream=stream, env=dict(environment or {})))
        except git.GitCommandNotFound as error:
            raise GitUnavailable("Perintah git tidak ditemukan; pasang git versi 2.34 atau lebih baru.") from error
        except git.GitCommandError as error:
            raise GitUnavailable(f"git {words[0]} gagal: {_reason(error)}") from error

    def push(self, remote: str, new: str, ref: str) -> list[str]:
        """Send a commit to a ref of a remote; gives what the server said, Refused with it when it said no."""
        words = ["git", "push", "--porcelain", remote, f"{new}:{ref}"]
        status, out, err = self.git.execute(words, with_extended_output=True, with_exceptions=False)
        said = [line.removeprefix("remote:").strip() for line in str(err).splitlines() if line.startswith("remote:")]
        if status != 0:
            others = [line.strip() for line in [*str(out).splitlines(), *str(err).splitlines()] if line.strip()]
            raise Refused([line for line in said if line] or ["Kiriman gagal sampai ke server:", *others[-3:]])
        return [line for line in said if line]

    def send(
        self, remote: str, updates: Mapping[str, str], environment: Mapping[str, str], *, instead_of: str = ""
    ) -> None:
        """Send commits to refs of a remote, all of them or none; Refused where the remote would not take them.

        With `instead_of` the one ref is set back, where it still stands at that commit.
        """
        words = ["git", "push", "--quiet", "--porcelain", "--atomic", remote]
        words[3:3] = [f"--force-with-lease={ref}:{instead_of}" for ref in updates if instead_of]
        words += [f"{new}:{ref}" for ref, new in updates.items()]
        status, out, err = self.git.execute(words, with_extended_output=True, with_exceptions=False, env=environment)
        if status != 0:
            lines = [line.strip() for line in [*str(out).splitlines(), *str(err).splitlines()] if line.strip()]
            raise Refused(["Kiriman tidak diterima repositori:", *lines[-3:]])

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
        try:
            return str(self.git.rev_parse("--verify", "--quiet", "--end-of-options", revision + "^{commit}"))
        except git.GitCommandError:
            return None

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
            raise GitUnavailable(f"git merge-base gagal: {_reason(error)}") from error
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

    # -- objects -------------------------------------------------------------------------------------------------

    def holds(self, oid: str) -> bool:
        """Whether there is a commit of this id."""
        try:
            return _word(self.git.get_object_header(oid)[1]) == "commit"
        except ValueError:
            return False

    def commit(self, oid: str) -> bytes:
        """The raw bytes of a commit object."""
        return self._object(oid, "commit")

    def blob(self, oid: str) -> bytes:
        """The bytes of a file."""
        return self._object(oid, "blob")

    def size(self, oid: str) -> int:
        """The size in bytes of an object, without reading it."""
        try:
            _, _, size = self.git.get_object_header(oid)
        except ValueError as error:
            raise GitUnavailable(f"Objek {oid[:10]} hilang dari repositori; pulihkan dari cadangan.") from error
        return int(size)

    def tree(self, oid: str) -> tuple[Entry, ...]:
        """The entries of a tree object, as stored; a tree that git itself would not write is refused."""
        entries = trees.parse(self._object(oid, "tree"))
        if entries is None:
            raise GitUnavailable(
                f"Pohon {oid[:10]} rusak: namanya ganda atau tidak berurut; periksa dengan `git fsck`."
            )
        return entries

    def tree_of(self, commit: str) -> str:
        """The id of a commit's tree."""
        return self.commit(commit)[len("tree ") : len("tree ") + 40].decode("ascii")

    def find(self, tree: str, path: str) -> Entry | None:
        """The entry at a path below a tree, None where there is none."""
        entry: Entry | None = None
        for name in path.encode().split(b"/"):
            if entry is not None and entry.mode != TREE_MODE:
                return None
            entries = self.tree(entry.oid if entry else tree)
            entry = next((e for e in entries if e.name == name), None)
            if entry is None:
                return None
        return entry

    def read(self, commit: str, path: str) -> bytes | None:
        """The bytes of a regular file at a path in a commit, None where there is none."""
        entry = self.find(self.tree_of(commit), path)
        return self.blob(entry.oid) if entry and entry.mode == FILE_MODE else None

    def list_files(self, commit: str, path: str) -> list[str]:
        """The names of the regular files directly below a folder in a commit."""
        entry = self.find(self.tree_of(commit), path)
        if entry is None or entry.mode != TREE_MODE:
            return []
        return [e.name.decode(errors="replace") for e in self.tree(entry.oid) if e.mode == FILE_MODE]

    def changes(self, old: str | None, new: str | None, prefix: bytes = b"") -> Iterator[Change]:
        """Every path that differs between two trees (ids; None is the empty tree); equal subtrees are not opened."""
        before = {entry.name: entry for entry in self.tree(old)} if old else {}
        after = {entry.name: entry for entry in self.tree(new)} if new else {}
        for name in sorted(before.keys() | after.keys()):
            one, two = before.get(name), after.get(name)
            if one == two:
                continue
            inside = trees.tree_id(one), trees.tree_id(two)
            if any(inside):
                yield from self.changes(*inside, prefix + name + b"/")
            change = Change(prefix + name, None if inside[0] else one, None if inside[1] else two)
            if change.old or change.new:
                yield change

    def stream(self, *tips: str, without: tuple[str, ...] = (), options: tuple[str, ...] = ()) -> Iterator[Raw]:
        """The id and the raw bytes of every commit that the tips reach, as `rev-list` orders them.

        One pass over history by two processes of git, whatever its length; GitUnavailable when it breaks off.
        """
        stdin = "\n".join([*tips, *(f"^{oid}" for oid in without)]).encode() + b"\n"
        with _as_file(stdin) as revisions:
            ids = self._pipe(["rev-list", "--stdin", *options], revisions)
            objects = self._pipe(["cat-file", "--batch", "--buffer"], ids.stdout)
            yield from _objects(objects.stdout)
            for process in (ids, objects):
                self._end(process)

    def _pipe(self, words: list[str], stdin: BinaryIO | None) -> git.Git.AutoInterrupt:
        return self.git.execute(["git", *words], istream=stdin, as_process=True)

    def _end(self, process: git.Git.AutoInterrupt) -> None:
        try:
            process.wait()
        except git.GitCommandError as error:
            raise GitUnavailable(f"Riwayat tidak terbaca sampai selesai: {_reason(error)}.") from error

    def _object(self, oid: str, kind: str) -> bytes:
        try:
            name, found, _, data = self.git.get_object_data(oid)
        except ValueError as error:
            raise GitUnavailable(f"Objek {oid[:10]} hilang dari repositori; pulihkan dari cadangan.") from error
        if _word(found) != kind:
            raise GitUnavailable(f"Objek {oid[:10]} bukan {kind}; repositori ini perlu diperiksa dengan `git fsck`.")
        if hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest() != _word(name):
            raise GitUnavailable(_FORGED.format(oid[:10]))
        return bytes(data)

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


def _objects(stream: BinaryIO) -> Iterator[Raw]:
    """What `cat-file --batch` prints: a line with id, type and size, then so many bytes and a line's end."""
    for header in stream:
        oid, kind, size = header.split()
        data = stream.read(int(size) + 1)[:-1]
        if hashlib.sha1(b"%b %b\0%b" % (kind, size, data), usedforsecurity=False).hexdigest().encode() != oid:
            raise GitUnavailable(_FORGED.format(oid[:10].decode()))
        yield oid.decode(), data


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
        raise GitUnavailable(f"git clone gagal: {_reason(error)}") from error
    return History(folder)


def _word(text: str | bytes) -> str:
    """GitPython declares str here and gives bytes."""
    return text.decode("ascii") if isinstance(text, bytes) else text


def _reason(error: git.GitCommandError) -> str:
    """The last line that git printed, which is the one that says why."""
    lines = [line.strip() for line in str(error.stderr).strip().strip("'").splitlines() if line.strip()]
    return lines[-1].removeprefix("stderr: ").strip("'").removeprefix("fatal: ") if lines else f"kode {error.status}"
