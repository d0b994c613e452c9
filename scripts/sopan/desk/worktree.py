"""What git says of the work tree, without what office programs and file managers leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopan.errors import GitFailed, SopanError, cause
from sopan.history import History

# Nobody means to hand these in.
_LITTER = re.compile(r"~\$.*|\.~lock\..*#|thumbs\.db|desktop\.ini|\.ds_store", re.IGNORECASE)


def is_litter(name: str) -> bool:
    """Whether an office program or a file manager left a file of this name behind."""
    return _LITTER.fullmatch(name) is not None


def show(history: History, branch: str, head: str) -> None:
    """Lay a branch out in the work tree, at a commit, over all that lies there."""
    history.run("checkout", "--quiet", "--force", "--no-track", "-B", branch, head)


def hindrance(error: SopanError | OSError) -> str:
    """Why the work tree does not follow an act, which is made and stays made: so without "do it again"."""
    if isinstance(error, OSError):
        return f"{error.filename or 'folder kerja'} tidak dapat dibaca atau ditulis ({cause(error)})"
    return error.reason.partition(";")[0] if isinstance(error, GitFailed) else str(error).removesuffix(".")


def changed(history: History) -> Iterator[str]:
    """The paths at which the work tree differs from the commit that lies there, without litter."""
    status = history.run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
    paths = (line[3:] for line in status.split("\0") if line)
    return (path for path in paths if not is_litter(path.rpartition("/")[2]))
