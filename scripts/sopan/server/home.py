"""Where things lie in an embedded home: a bare repository with a folder `sopan/` of the server's own."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sopan.errors import SopanError
from sopan.history import History

GENESIS_KEY = "sopan.pangkal"
SITE_KEY = "sopan.situs"
STORE = "simpanan"  # the lock under which objects vanish: while it is held, no push may be let in


@dataclass(frozen=True)
class Home:
    """The bare repository at `folder`; everything else lies at fixed places in it."""

    folder: Path

    @property
    def own(self) -> Path:
        """The server's own folder, which no push can reach."""
        return self.folder / "sopan"

    @property
    def key(self) -> Path:
        """The private key that signs the ledger."""
        return self.own / "kunci"

    @property
    def spool(self) -> Path:
        """Where `pre-receive` leaves time and verdict for `post-receive`."""
        return self.own / "antrean"

    @property
    def releases(self) -> Path:
        """The installed releases of Sopan, one folder a commit of `main`."""
        return self.own / "rilis"

    @property
    def release(self) -> Path:
        """The release in use: a link, so that switching is one step."""
        return self.releases / "kini"

    @property
    def faults(self) -> Path:
        """The log of unexpected errors, which pushers are not shown."""
        return self.own / "galat.log"

    def hook(self, name: str) -> Path:
        """A hook of this repository."""
        return self.folder / "hooks" / name

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Hold one of the server's locks (`agenda`, `terbit`, `simpanan`); it ends with the process."""
        with (self.own / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def open_home(folder: Path) -> tuple[Home, History]:
    """A prepared home and its history; refused where `siapkan` never ran."""
    history = History(folder)
    home = Home(folder.resolve())
    if not history.config(GENESIS_KEY):
        raise SopanError(f"Folder {folder} belum disiapkan sebagai server; jalankan `sopan server siapkan` dahulu.")
    return home, history


def site_folder(history: History) -> Path:
    """Where this home publishes."""
    return Path(history.config(SITE_KEY))


def now() -> datetime:
    """The server's clock, in whole seconds as the ledger holds them (UTC)."""
    return datetime.now(tz=UTC).replace(microsecond=0)
