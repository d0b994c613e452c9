"""The exceptions of Sopan: raised only where judging or acting cannot go on."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence


class SopanError(Exception):
    """Cannot go on. The message is one Indonesian sentence that ends with the cure; exit code 2."""


class GitUnavailable(SopanError):  # noqa: N818 - names what is the case, as callers read it
    """Git, or the repository, cannot answer: absent, too old, shallow, damaged."""


class GitFailed(GitUnavailable):
    """A command of git ended badly; `reason` is a clause that says why, and what to do."""

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(f"git {command} gagal: {reason}.")
        self.reason = reason


class Refused(SopanError):  # noqa: N818 - same
    """The gate, or the server's, said no: `sentences` are its findings, one a line; exit code 1."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


NO_ROOM, NO_RIGHT = "ruang penyimpanan habis", "tidak ada hak akses"
_CAUSES: Mapping[int, str] = {
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: "jatah ruang penyimpanan habis",
    errno.EFBIG: "berkas melampaui batas ukuran",
    errno.EACCES: NO_RIGHT,
    errno.EPERM: NO_RIGHT,
    errno.EEXIST: "sudah ada",
    errno.EROFS: "penyimpanan hanya dapat dibaca",
    errno.ENOENT: "tidak ada",
    errno.ENOTDIR: "bukan folder",
}


def cause(error: OSError) -> str:
    """Why the system refused, in Indonesian where the case is a usual one."""
    return _CAUSES.get(error.errno or 0, error.strerror or str(error))
