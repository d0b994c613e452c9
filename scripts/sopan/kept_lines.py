"""Lines kept in a file beside the repository: read back whole and as they were written, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from sopan.history import History
from sopan.policy_files import POLICY_FILES

FOLDER = Path("sopan")  # below git's own folder


def load(file: Path) -> list[bytes] | None:
    """The lines; None where there is no file, or not every byte is as it was written."""
    content = _whole(file)
    return None if content is None else content.split(b"\n")[:-1]


def read(file: Path) -> memoryview | None:
    """The same lines in one piece, as they lie in the file."""
    content = _whole(file)
    return None if content is None else memoryview(content)[: content.rfind(b"\n")]


def save(file: Path, lines: Iterable[bytes]) -> None:
    """Keep them, whole or not at all; where nothing can be written, the next reader does without."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as draft:
            draft.writelines(_sealed(lines))
        Path(draft.name).replace(file)


def basis(history: History, commit: str) -> str:
    """What is kept rests on this besides its own input: the policy's files in a commit, and the program."""
    tree = history.tree_of(commit)
    entries = [history.find(tree, name.rstrip("/")) for name in POLICY_FILES]
    return " ".join([_code(), *(entry.oid if entry else "-" for entry in entries)])


@cache
def _code() -> str:
    """A digest of the program, by which is known whether the same code would say the same again."""
    top = Path(__file__).parent
    modules = (top / name for name in sorted(path.relative_to(top).as_posix() for path in top.rglob("*.py")))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in modules), digest_size=16).hexdigest()


def _whole(file: Path) -> bytes | None:
    """The file, its last line being the digest of all before."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    end = content.rfind(b"\n")
    whole = end >= 0 and content[end + 1 :] == _hex(hashlib.sha256(memoryview(content)[:end]))
    return content if whole else None


def _sealed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines with breaks between them, and last the digest of all that, without ever holding it in one piece."""
    digest = hashlib.sha256()  # half the time of blake2b on processors that know it: tens of megabytes at each report
    for number, line in enumerate(lines):
        part = b"\n" + line if number else line
        digest.update(part)
        yield part
    yield b"\n" + _hex(digest)


def _hex(digest: hashlib._Hash) -> bytes:
    return digest.hexdigest().encode()
