"""A push that must fail: whether the gate really stands in the way, and not only in its file."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from sopan import commits, remotes
from sopan.errors import Refused
from sopan.history import ITEM_REFS, MAIN, History, clone
from sopan.server.home import Home

REF = f"{ITEM_REFS}2000/kenari"
_WHO = ("Kenari", "kenari@sopan.invalid")


def sings(home: Home, history: History, at: datetime) -> bool:
    """Whether the server takes a commit that nobody signed; what it took is taken away again.

    Git runs no hook where another folder of hooks is set, or the file system forbids running, and says nothing of it.
    """
    with tempfile.TemporaryDirectory(prefix="sopan-kenari-") as place:
        copy = clone(str(home.folder), Path(place, "klon"), "--shared", "--no-checkout", "--no-tags")
        main = history.resolve(MAIN) or ""
        bird = commits.build(tree=copy.tree_of(main), parents=(main,), who=_WHO, at=at, message="Kenari\n")
        try:
            remotes.push(copy, str(home.folder), copy.write("commit", bird), REF)
        except Refused:
            return False
        finally:
            copy.close()
    history.run("update-ref", "-d", REF)
    return True
