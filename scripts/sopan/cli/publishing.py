"""`sopan terbit`: the site of `main` in a folder or on a branch, without a server of Sopan's own."""

from __future__ import annotations

import re
from pathlib import Path

import click

from sopan import publish, view
from sopan.cli.indonesian import command
from sopan.cli.words import here, notice, result
from sopan.errors import SopanError
from sopan.history import History

_BRANCH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@command("terbit")
@click.option("--ke", "live", type=click.Path(path_type=Path), help="Folder situs yang tayang.")
@click.option("--cabang", "branch", metavar="NAMA", help="Cabang repositori ini, bagi penyedia situs statis.")
def publish_site(live: Path | None, branch: str | None) -> None:
    """Menerbitkan main ke sebuah folder, seketika dan utuh, atau ke sebuah cabang."""
    if (live is None) == (branch is None):
        raise SopanError("Sebut salah satu: --ke dengan foldernya, atau --cabang dengan nama cabangnya.")
    history = History(here())
    history.require_whole()
    if live is not None:
        published = publish.publish(history, lambda: view.look(history).main, live.absolute())
        if published.whole:
            notice(f"Seluruh situs dibangun: {published.whole}.")
        result(f"Terbit: {live} kini berisi main {published.commit[:10]} (rilis {published.release.name}).")
    elif branch is not None:
        main = view.look(history).main
        made = publish.to_branch(history, main, _free(branch))
        result(f"Terbit: cabang {branch} kini {made[:10]} dan memuat situs dari main {main[:10]}.")


def _free(branch: str) -> str:
    """A branch that is no branch of the office's own."""
    if not _BRANCH.fullmatch(branch) or branch == "main":
        raise SopanError(f"“{branch}” tidak dapat dipakai sebagai cabang situs; pakai misalnya gh-pages.")
    return branch


COMMANDS = (publish_site,)
