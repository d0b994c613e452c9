"""Where an item lives: its identity `<tahun>/<slug>` is its folder below `docs/informasi/`, for ever."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from sopan import quoting
from sopan.errors import SopanError

ITEMS_FOLDER = "docs/informasi"
_SHOWN_IN = PurePosixPath(ITEMS_FOLDER).name  # below the site's address
INDEX = "index.md"
MAXIMUM_SLUG = 80

_IDENTITY = re.compile(r"(?P<year>[12][0-9]{3})/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")

_FILE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")

# Names under which Windows knows devices, whatever ending they have: a clone there could not be laid out.
_DEVICES = frozenset({"aux", "con", "nul", "prn"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}

# Names that the site, its theme or a file system keeps for itself.
_RESERVED = frozenset(
    {"404", "aset", "assets", "berkala", "cari", "feed", "index", "javascripts", "rss", "search", "serta-merta"}
    | {"setiap-saat", "sitemap", "sop", "stylesheets", "unduh"}
    | _DEVICES
)


def is_identity(text: str) -> bool:
    """Whether `text` can be the identity of an item."""
    match = _IDENTITY.fullmatch(text)
    return match is not None and len(match["slug"]) <= MAXIMUM_SLUG and match["slug"] not in _RESERVED


def is_file_name(text: str) -> bool:
    """Whether a file of an item may have this name, on every machine that a clone may lie on."""
    return _FILE_NAME.fullmatch(text) is not None and text.partition(".")[0] not in _DEVICES


def identity(path: str) -> str | None:
    """Give the identity of the item to whose folder `path` (from the top of the repository) belongs, else None."""
    prefix = f"{ITEMS_FOLDER}/"
    candidate = "/".join(path.removeprefix(prefix).split("/")[:2])
    return candidate if path.startswith(prefix) and is_identity(candidate) else None


def folder(identity: str) -> str:
    """Give the item's folder from the top of the repository, without a closing slash."""
    return f"{ITEMS_FOLDER}/{identity}"


def page_address(site: str, identity: str) -> str:
    """Where a citizen finds the item on the site at that address, which ends in `/`."""
    return f"{site}{_SHOWN_IN}/{identity}/"


def slugify(title: str) -> str:
    """Make the last part of an identity out of a title; SopanError where nothing readable is left of it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", plain)
    if not words:
        sentence = f"Judul '{quoting.quote(title)}' tidak memuat huruf atau angka; tulis judul yang dapat dibaca."
        raise SopanError(sentence)
    slug = words[0][:MAXIMUM_SLUG]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > MAXIMUM_SLUG:
            break
        slug = f"{slug}-{word}"
    return f"informasi-{slug}" if slug in _RESERVED else slug
