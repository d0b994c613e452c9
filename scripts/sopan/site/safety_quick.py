"""Tells of a finished page that nothing in it is wrong, without reading it as a browser does.

A page is told so whose every `<` begins a tag that is written as mkdocs-material and Sopan write them; a tag that was
judged once is not judged again on the next page. What the patterns do not explain, or do not find harmless, is left to
`safety`, which alone refuses.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from sopan.site import safety

_REMEMBERED = 1 << 14  # tags
_NAME = r"[a-z][a-z0-9-]*"
_KEY = r"[a-zA-Z_:][\w:.-]*"
_ATTRIBUTE = rf'{_KEY}(?:="[^"<>]*"|=[^\s"\'<>=`]+)?'
_ATTRIBUTES = rf"((?:\s+{_ATTRIBUTE})*)\s*/?"
_SCRIPT = re.compile(rf"<script{_ATTRIBUTES}>(.*?)</script>", re.ASCII | re.DOTALL)
_ANY = re.compile(r"<[^<>]*>")
_TAG = re.compile(rf"<(?!script)({_NAME}){_ATTRIBUTES}>", re.ASCII)
_NO_ELEMENT = re.compile(rf"</{_NAME}>|<!--[^<>]*-->|<!doctype html>")
_PAIR = re.compile(rf'({_KEY})(?:="([^"]*)"|=([^\s"]+))?', re.ASCII)


def is_harmless(page: str, site: str) -> bool:
    """Whether it is plain that `safety.judge` has nothing to say of a page of the site at the address `site`."""
    rest = _SCRIPT.sub("</script>", page)  # which no tag holds inside: a script that stands in one is none
    tags = _ANY.findall(rest)
    return (
        len(tags) == rest.count("<")
        and all(_is_harmless(tag, site) for tag in set(tags))
        and all(_runs_nothing(opening, text, site) for opening, text in _SCRIPT.findall(page))
    )


@lru_cache(_REMEMBERED)
def _is_harmless(tag: str, site: str) -> bool:
    if _NO_ELEMENT.fullmatch(tag):
        return True
    element = _TAG.fullmatch(tag)
    return element is not None and _loads_nothing(element[1], _pairs(element[2]), site)


def _runs_nothing(opening: str, text: str, site: str) -> bool:
    """Whether a script element is data, a file of the site's or the theme's."""
    attributes = _pairs(opening)
    return _loads_nothing("script", attributes, site) and safety.is_harmless_inside(attributes, text)


def _loads_nothing(name: str, attributes: safety.Attributes, site: str) -> bool:
    return name not in safety.FORBIDDEN and not any(safety.judge_element(name, attributes, "", site))


def _pairs(attributes: str) -> safety.Attributes:
    found = _PAIR.findall(attributes)
    return [(name.lower(), html.unescape(quoted or bare)) for name, quoted, bare in found]
