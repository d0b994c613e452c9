"""An item's own text as harmless HTML: raw HTML off, tags and addresses by allow-list, headings with anchors.

Two locks on one door, since the gate's check of a body and this rendering must not fail together: markdown-it
never passes raw HTML on, and nh3 keeps only what is named here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import nh3
from markdown_it.token import Token
from markupsafe import Markup

from sopan import body as bodies

ANCHOR_PREFIX = "isi-"
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "ol", "ul", "li", "a", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *_HEADINGS,
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"scope"},
    **{tag: {"id"} for tag in _HEADINGS},
}
_SCHEMES = {"https", "mailto"}
_DROPPED_WITH_CONTENT = {"script", "style"}
_ALIGNMENTS = {"text-align:left": "kiri", "text-align:center": "tengah", "text-align:right": "kanan"}
_SCROLLING = 'class="tabel" role="group" aria-label="Tabel yang dapat digulir" tabindex="0"'
_TABLE_OPEN = f'<div {_SCROLLING}><table class="sopan-tabel">'


@dataclass(frozen=True)
class Heading:
    """A heading of a page: `level` 1 to 6, the anchor's id, and its text (plain, not HTML)."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Body:
    """A rendered text: finished HTML and its headings in order."""

    html: Markup
    headings: tuple[Heading, ...]


def render(markdown: str) -> Body:
    """The harmless HTML of `markdown` (CommonMark with tables)."""
    parser = bodies.parser(html=False)
    tokens = parser.parse(markdown)
    headings = tuple(_anchored(tokens))
    for token in tokens:
        _describe_cell(token)
    clean = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes={tag: set(_ALIGNMENTS.values()) for tag in ("th", "td")},
        attribute_filter=_no_foreign_image,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        url_schemes=_SCHEMES,
        url_relative=_own_folder_only,
        link_rel="noopener noreferrer",
    )
    return Body(Markup(with_scrolling_tables(clean)), headings)  # noqa: S704  nh3's output


def with_scrolling_tables(html: str) -> str:
    """HTML made from Markdown, each table in a frame of its own that keys can scroll."""
    return html.replace("<table>", _TABLE_OPEN).replace("</table>", "</table></div>")


def _no_foreign_image(tag: str, attribute: str, value: str) -> str | None:
    """Images come from the item's own folder: a page must not make its reader's browser ask another server."""
    return _own_folder_only(value) if (tag, attribute) == ("img", "src") else value


def _own_folder_only(address: str) -> str | None:
    """A file of the same folder or a heading of the same text; anything that climbs or leaves loses its address."""
    if heading := re.fullmatch(r"#([\w-]+)", address, re.ASCII):
        return f"#{ANCHOR_PREFIX}{heading[1].removeprefix(ANCHOR_PREFIX)}"
    return address if re.fullmatch(r"(?:\./)?[a-z0-9][a-z0-9._-]*", address) else None


def _anchored(tokens: list[Token]) -> list[Heading]:
    headings: list[Heading] = []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open" or opening.tag == "h1":
            continue
        text = _plain(inline)
        anchor = _unused(ANCHOR_PREFIX + _slug(text), {heading.anchor for heading in headings})
        opening.attrSet("id", anchor)
        headings.append(Heading(int(opening.tag[1]), anchor, text))
    return headings


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-") or "bagian"


def _unused(anchor: str, taken: set[str]) -> str:
    if anchor not in taken:
        return anchor
    return next(numbered for n in range(2, len(taken) + 3) if (numbered := f"{anchor}-{n}") not in taken)


def _describe_cell(token: Token) -> None:
    """Head cells say what they head; markdown-it's inline style becomes a class of ours (no inline styles)."""
    if token.type == "th_open":
        token.attrSet("scope", "col")
    style = token.attrs.pop("style", None)
    if style is not None:
        token.attrSet("class", _ALIGNMENTS[str(style)])
