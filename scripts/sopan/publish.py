"""Make the live site equal `main`: build beside it, swap by one rename, and read the page back as a citizen would.

The live site is a link `DIR` to a release folder in `DIR.rilis/`. A reader sees a whole old site or a whole new one.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urljoin
from urllib.request import urlopen

from sopan import beside, policies, releases
from sopan.errors import SopanError, cause
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER
from sopan.releases import SHOWN_COMMIT
from sopan.site import checkout, taken

READ_BACK_SECONDS = 10
_RELEASE = re.compile(r"([0-9a-f]{12})-[0-9a-f]{12}(-[0-9]+)?")
_ON_BRANCH = re.compile(rb"\n\nSitus dari main ([0-9a-f]{40})\n\Z")


@dataclass(frozen=True)
class Publication:
    """The commit and the release folder that are live now; where all had to be rendered again, why (else empty)."""

    commit: str
    release: Path
    whole: str


def publish(history: History, main: Callable[[], str], live: Path) -> Publication:
    """Build the site of `main` and make it the live one, as `published` does, and tidy up."""
    with published(history, main, live) as publication:
        return publication


@contextmanager
def published(history: History, main: Callable[[], str], live: Path) -> Iterator[Publication]:
    """The site of `main`, built and live; what `main` is, is asked when this publisher's turn has come.

    A commit that does not go on from the live one is refused, unless two officers recorded that the site goes back.
    The same commit with the same ledger gives the same bytes, and so the same release. Items that are made of the same
    as in the live release are taken over from it. While the caller looks at what is live nothing is tidied up:
    afterwards of the releases the last few are kept.
    """
    place = live.with_name(f"{live.name}.rilis")
    _require_link(live)
    with (
        releases.draft(place) as draft,
        tempfile.TemporaryDirectory(prefix="sopan-terbit-") as work,
        taken.looking(live.resolve()) as live_release,
    ):
        commit, tree = main(), Path(work, "pohon")
        _require_onward(history, _live_commit(live), commit)
        try:
            with beside.meanwhile([partial(checkout.lay, history.git_folder, commit, tree)]):
                from sopan.site import build  # noqa: PLC0415 - a third of every push's start; few publish

            with checkout.laid(history.git_folder, commit, tree) as laid:
                built = build.onto(tree, draft, live_release, checkout=laid)
            release = releases.settle(draft, commit, live_release(), built)
        except OSError as error:
            raise SopanError(f"Situs tidak dapat ditulis: {cause(error)}; situs yang tayang tidak berubah.") from error
        _swap(live, release.folder)
        try:
            yield Publication(commit, release.folder, built.whole)
        finally:
            releases.tidy(release)


def to_branch(history: History, commit: str, name: str) -> str:
    """Put the site of a commit of `main` on a branch, as static hosts take it; gives the branch's commit.

    Without a checkout, and without a new commit where the branch holds this very site already.
    """
    from sopan.site import build  # noqa: PLC0415 - as above

    ref = f"refs/heads/{name}"
    before = history.resolve(ref)
    if before and (shown := _ON_BRANCH.search(history.commit(before))):
        _require_onward(history, shown[1].decode(), commit)
    with tempfile.TemporaryDirectory(prefix="sopan-terbit-") as place:
        tree, out = Path(place, "pohon"), Path(place, "situs")
        checkout.lay(history.git_folder, commit, tree)
        with checkout.laid(history.git_folder, commit, tree) as laid:
            laid.bring_all()
        build.build(tree, out)
        history.run("fast-import", "--quiet", stdin=b"".join(_import(out, commit, ref, before)))
        made = history.resolve(ref) or ""
        if before and history.tree_of(before) == history.tree_of(made):
            history.move(ref, before, made)
            made = before
    return made


def _import(out: Path, commit: str, ref: str, before: str | None) -> Iterator[bytes]:
    """A commit of all files for `git fast-import`; dated by nothing but what it shows."""
    said = f"Situs dari main {commit}\n".encode()
    yield f"commit {ref}\ncommitter Sopan <sopan@localhost> 0 +0000\ndata {len(said)}\n".encode() + said
    if before:
        yield f"from {before}\n".encode()
    yield b"deleteall\n"
    for file in sorted(path for path in out.rglob("*") if path.is_file()):
        data = file.read_bytes()
        yield f"M 100644 inline {file.relative_to(out).as_posix()}\ndata {len(data)}\n".encode() + data + b"\n"


def read_back(address: str, live: Path, item: str) -> str | None:
    """Fetch an item's page and attachments from the site's public address and compare them with the live release.

    None when every byte agrees; otherwise one sentence that says what did not.
    """
    folder = live / Path(ITEMS_FOLDER).name / item
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        return f"halaman {item} tidak ada pada rilis yang tayang"
    return next(_differences(address, live, files), None)


def holds(live: Path, commit: str) -> bool:
    """Whether the live site is a release of this commit."""
    return live.is_symlink() and live.readlink().name.startswith(commit[:SHOWN_COMMIT])


def _differences(address: str, live: Path, files: list[Path]) -> Iterator[str]:
    for file in files:
        relative = file.relative_to(live).as_posix().removesuffix("index.html")
        where = urljoin(address, quote(relative))
        try:
            with urlopen(where, timeout=READ_BACK_SECONDS) as answer:  # noqa: S310 - kantor.yml's schema allows http(s) only
                fetched = answer.read(file.stat().st_size + 1)
        except (URLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            yield f"{where} tidak terbaca ({reason})"
            return
        if fetched != file.read_bytes():
            yield f"{where} berbeda dari rilis yang tayang"


def _require_link(live: Path) -> None:
    """The live place is free, an empty folder, or the link of an earlier publication."""
    if live.is_symlink() or not live.exists():
        return
    if not live.is_dir() or any(live.iterdir()):
        raise SopanError(f"{live} sudah berisi dan bukan hasil terbit; pilih folder lain atau kosongkan dahulu.")


def _live_commit(live: Path) -> str | None:
    """The beginning of the commit that is live, as its release is named; None where nothing of ours is."""
    named = _RELEASE.fullmatch(live.readlink().name) if live.is_symlink() else None
    return named[1] if named else None


def _require_onward(history: History, shown: str | None, commit: str) -> None:
    """The commit is the one that is shown, or comes after it; or its own kantor.yml says that the site goes back."""
    before = history.resolve(shown) if shown else None
    if not shown or (before and history.is_ancestor(before, commit)):
        return
    if shown[:SHOWN_COMMIT] not in policies.policy_at(history, commit).office.retreats:
        raise SopanError(
            f"Situs memuat main {shown[:SHOWN_COMMIT]}, yang bukan bagian dari main {commit[:SHOWN_COMMIT]}: "
            "penerbitan akan mundur, jadi situs tidak diubah. Ambil main terbaru; bila kemunduran disengaja, dua "
            "petugas mencatatnya pada `mundur` di kantor.yml."
        )


def _swap(live: Path, release: Path) -> None:
    link = live.with_name(f".{live.name}.baru")
    link.unlink(missing_ok=True)
    link.symlink_to(Path(release.parent.name, release.name))
    if live.is_dir() and not live.is_symlink():
        live.rmdir()
    link.replace(live)
