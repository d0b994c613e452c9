"""What may stand in a finished page, judged on the output itself: the second of two nets, after the gate.

A page carries the theme's own scripts, known by their hashes, and nothing else that a browser would run. The policy
that tells browsers so is written into every page, for servers that cannot send it as a header.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from urllib.parse import urlsplit

from sopan.finding import Finding, found

# The inline scripts of mkdocs-material, without the path that differs from page to page; a new release changes them.
THEME_SCRIPTS = frozenset(
    {
        "1a16d49167eec4eb671961da62895769b5103a3000f2b172ac10afcc455e6600",
        "0eb10c249dbdb0beef225a10ce5cbe55418cc4a7014cc208f8e7d6ed8f00906e",
        "ffcc0f7735fdab434d257c80e65cec2e88d716991e69757185b7e450e41a5b2f",
    }
)
DATA_TYPES = frozenset({"application/json", "application/ld+json"})
FORBIDDEN = frozenset({"base", "embed", "frame", "frameset", "iframe", "object", "portal", "applet"})
ADDRESSES = frozenset({"href", "src", "action", "formaction", "xlink:href"})
LINK_SCHEMES = frozenset({"", "http", "https", "mailto"})
POLICY = (
    "default-src 'none'; script-src {scripts}; worker-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'"
)

Attributes = Sequence[tuple[str, str]]  # names in small letters, and values as browsers read them

_PLACE = re.compile(r'new URL\("[^"]*",location\)')
_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<head>\s*", re.IGNORECASE)
_LOADED = {"script": "src", "img": "src", "link": "href", "source": "src", "video": "src", "audio": "src"}


def with_policy(page: str, *, computes: bool = False) -> str:
    """The page with its content security policy: scripts from the site itself, and the theme's inline ones by hash.

    `computes`: the page may run WebAssembly too, which the search is made of; still from the site itself alone.
    """
    scripts = dict.fromkeys(_SCRIPT.findall(page))  # a glance is enough: only what is known gets its hash
    hashes = [f"'sha256-{_base64(text)}'" for text in scripts if known(text)]
    allowed = " ".join(["'self'", *(["'wasm-unsafe-eval'"] if computes else []), *hashes])
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(scripts=allowed)}">'
    return _HEAD.sub(lambda match: match.group() + meta, page, count=1)


def known(script: str) -> bool:
    """Whether an inline script is one of the theme's."""
    return hashlib.sha256(_PLACE.sub("new URL(location)", script).encode()).hexdigest() in THEME_SCRIPTS


def judge(page: str, file: str, site: str) -> Iterator[Finding]:
    """Everything in a finished page that a browser would run or load and that is not the theme's or the site's own."""
    reader = read(page)
    yield from (found("keluaran-skrip", file=file) for script in reader.scripts if not is_harmless_inside(*script))
    yield from (found("keluaran-unsur", file=file, unsur=tag) for tag in reader.tags if tag in FORBIDDEN)
    for tag, attributes in reader.elements:
        yield from judge_element(tag, attributes, file, site)


def judge_element(tag: str, attributes: Attributes, file: str, site: str) -> Iterator[Finding]:
    """Everything in the attributes of an element that a browser would run or load."""
    for name, value in attributes:
        if name.startswith("on") or (name == "http-equiv" and value.lower() == "refresh"):
            yield found("keluaran-atribut", file=file, atribut=name)
        followed = name in ADDRESSES and _scheme(value) not in LINK_SCHEMES
        loaded = name == _LOADED.get(tag) and _foreign(value, site)
        if followed or loaded:
            yield found("keluaran-alamat", file=file, alamat=value)


def is_harmless_inside(attributes: Attributes, text: str) -> bool:
    """Whether a script element with these attributes, of which browsers take the first of each name, runs no own text.

    Data holds no `<`, so that nothing hides in what only some readers take for data.
    """
    own = dict(reversed(attributes))
    if "src" in own or own.get("type", "") in DATA_TYPES:
        return "<" not in text
    return known(text)


def _scheme(address: str) -> str:
    """The scheme as a browser reads it, which drops blanks and control characters."""
    return urlsplit("".join(c for c in address if c > " ")).scheme.lower()


def _foreign(address: str, site: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.netloc) and not (site and address.startswith(site))


class Reader(HTMLParser):
    """Collects what a page holds: elements with their attributes, and the texts of scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.scripts: list[tuple[Attributes, str]] = []
        self._inside = False

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: nobody asks for them, and every page of the site is read."""
        del i
        return j

    @property
    def tags(self) -> list[str]:
        """The names of all elements, in order."""
        return [tag for tag, _ in self.elements]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; after a script's beginning comes its text."""
        values = [(name, value or "") for name, value in attrs]
        self.elements.append((tag, values))
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append((values, ""))

    def handle_endtag(self, tag: str) -> None:
        """Note where a script ends."""
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Gather a script's text."""
        if self._inside:
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data


def read(page: str) -> Reader:
    """A page, read."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def _base64(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
