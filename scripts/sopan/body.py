"""The body of an item: CommonMark with tables, without anything that could act, load or deceive in a reader's browser.

`parser` is the one grammar; the site renders with the same one. Faults are found
on the parsed tokens, so that an entity, a reference or odd letter case hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sopan import legible
from sopan.finding import Finding, found

# A file beside index.md, or a heading of this page; a colon, slash or percent sign would lead elsewhere.
_LOCAL = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)?(#[\w-]+)?", re.ASCII)
# Nothing stands before the host but the scheme: in https://kantor.go.id@lain.example/ a reader sees the wrong server.
_OUTSIDE = re.compile(r"https://[a-z0-9][^\s/?#@]*(?:[/?#]|\Z)|mailto:[^\s@]+@[^\s@]+", re.ASCII | re.IGNORECASE)
_PICTURE = re.compile(r"[a-z0-9][a-z0-9._-]*\.(png|jpe?g)")
_INCLUDE_MARK = "--8<--"
# Without brackets (of HTML, links and pictures), an include, a first heading of either kind, or a beginning that may
# nest too deep, there is nothing to find.
_SIGNS = re.compile(
    rf"[<\[]|{_INCLUDE_MARK}|^[ \t>*+.)\d-]*(?:#(?!#)|=+[ \t]*$)|^[ >*+.)\d-]*(?:\t|[ >*+.)\d-]{{16}})", re.MULTILINE
)
NESTING = 20  # levels of blocks; the grammar leaves out what lies deeper, and a list takes two levels
_HOLDING = frozenset({"blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open"})


@dataclass(frozen=True)
class Body:
    """A body that was read: `targets` are the files of its own folder that it links to, each with its line."""

    findings: tuple[Finding, ...]
    targets: tuple[tuple[str, int], ...]


@cache
def parser(*, html: bool) -> MarkdownIt:
    """Give the grammar of bodies; `html=False` shows raw HTML as text, which is how the site renders."""
    return _configured(MarkdownIt(), html=html)


def read(text: str, file: str, first_line: int) -> Body:
    """Judge `text`, which begins at `first_line` of `file`; what holds no sign of any fault or link is not parsed."""
    if not _SIGNS.search(text):
        return Body((), ())
    walker = _Walker(file, first_line)
    tokens = _judged().parse(text)
    findings = [*walker.includes(text), *walker.blocks(tokens)]
    return Body(tuple(sorted(findings, key=lambda finding: finding.line or 0)), tuple(walker.targets))


def plain(text: str) -> Iterator[tuple[int, str]]:
    """The words of `text` without its marks, by the line (from 0) at which they begin; beside them what links hold."""
    for token in parser(html=True).parse(text):
        children = token.children or ()
        line = token.map[0] if token.map else 0
        yield from ((line, beside) for child in children for beside in _beside(child))
        if words := "".join(map(_words, children)):
            yield line, words


def _beside(token: Token) -> Iterator[str]:
    """What a link or a picture shows beside its words: where it leads, and the title under the pointer."""
    yield from (str(token.attrs[name]) for name in ("href", "title") if name in token.attrs)
    yield from (beside for child in token.children or () for beside in _beside(child))


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "image":
        return "".join(map(_words, token.children or ()))
    return token.content if token.type in {"text", "text_special", "code_inline"} else ""


class _EveryLink(MarkdownIt):
    """Keeps links that markdown-it would show as text, so that they are found and named."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's own name
        del url
        return True


@cache
def _judged() -> MarkdownIt:
    """The grammar of judging: it reads the inside of a block only where a link, a picture or HTML could stand."""
    grammar = _configured(_EveryLink(), html=True)
    grammar.core.ruler.at("inline", _where_brackets_are)
    return grammar


def _where_brackets_are(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and ("[" in token.content or "<" in token.content):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _configured(grammar: MarkdownIt, *, html: bool) -> MarkdownIt:
    return grammar.configure("commonmark", {"html": html, "maxNesting": NESTING}).enable("table")


class _Walker:
    """Walks the tokens once; inline tokens carry no line, so line breaks before them are counted."""

    def __init__(self, file: str, first_line: int) -> None:
        self._file, self._first_line = file, first_line
        self.targets: list[tuple[str, int]] = []

    def includes(self, text: str) -> Iterator[Finding]:
        for line, content in enumerate(text.split("\n"), self._first_line):
            if _INCLUDE_MARK in content:
                yield found("isi-sisipan", file=self._file, line=line)

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Finding]:
        for token in tokens:
            line = self._first_line + (token.map[0] if token.map else 0)
            if token.type == "html_block":
                first = token.content.strip().split("\n")[0]
                yield found("isi-html", file=self._file, line=line, potongan=first)
            elif token.type == "heading_open" and token.tag == "h1":
                yield found("isi-judul-ganda", file=self._file, line=line)
            elif token.type in _HOLDING and token.level >= NESTING - 1:
                yield found("isi-bersarang", file=self._file, line=line, batas=NESTING)
            elif token.type == "inline":
                yield from self._inline(token.children or (), line)

    def _inline(self, tokens: Sequence[Token], line: int) -> Iterator[Finding]:
        for token in tokens:
            if token.type in {"softbreak", "hardbreak"}:
                line += 1
            elif check := _INLINE_CHECKS.get(token.type):
                yield from check(self, token, line)

    def html(self, token: Token, line: int) -> Iterator[Finding]:
        yield found("isi-html", file=self._file, line=line, potongan=token.content)

    def link(self, token: Token, line: int) -> Iterator[Finding]:
        address = str(token.attrs["href"])
        local = _LOCAL.fullmatch(address)
        if local and address:
            self.targets += [(local["name"], line)] if local["name"] else []
        elif not _OUTSIDE.match(address):
            yield found("isi-tautan", file=self._file, line=line, alamat=address)

    def image(self, token: Token, line: int) -> Iterator[Finding]:
        address = str(token.attrs["src"])
        if not legible.read(_words(token)).text:
            yield found("isi-gambar-tanpa-teks", file=self._file, line=line, alamat=address)
        if _PICTURE.fullmatch(address):
            self.targets.append((address, line))
        else:
            yield found("isi-gambar", file=self._file, line=line, alamat=address)


_INLINE_CHECKS: dict[str, Callable[[_Walker, Token, int], Iterator[Finding]]] = {
    "html_inline": _Walker.html,
    "link_open": _Walker.link,
    "image": _Walker.image,
}
