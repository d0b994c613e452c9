"""A whole site as a validator reads it: every page strict HTML, every link to a place, every feed by its grammar."""

from functools import cache
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from lxml import etree

import shown_site
import site_office as so

GRAMMARS = so.ROOT / "tests" / "data" / "umpan"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with shown_site.shown(tmp_path_factory.mktemp("utuh")) as one:
        yield one


@cache
def parsed(path):
    """The elements of a page; html5lib raises at the first fault of its writing."""
    return list(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(path.read_text("utf-8")).iter())


@cache
def anchors(path):
    return {element.attrib["id"] for element in parsed(path) if "id" in element.attrib}


def grammar(kind):
    return etree.RelaxNG(etree.parse(GRAMMARS / f"{kind}.rng"))


def test_every_page_is_strict_html_and_every_link_leads_to_a_place(site):
    broken, followed = [], 0
    for page in site.folder.rglob("*.html"):
        top = site.folder if page.name == "404.html" else page.parent
        for element in parsed(page):
            address = element.attrib.get("href") or element.attrib.get("src") or element.attrib.get("action") or ""
            parts = urlsplit(address.removeprefix(site.address))
            if not address or parts.scheme or parts.netloc:
                continue
            inside = address.startswith((site.address, "/"))
            target = (site.folder / parts.path.lstrip("/") if inside else top / unquote(parts.path)).resolve()
            target = page if not parts.path and not inside else target
            target = target / "index.html" if target.is_dir() else target
            followed += 1
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in anchors(target)):
                broken.append((page.relative_to(site.folder).as_posix(), address))
    assert broken == []
    assert followed > 1000


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize("start", ["", "serta-merta-"])
def test_a_feed_follows_its_grammar(site, kind, start):
    feed, rules = etree.parse(site.folder / "umpan" / f"{start}{kind}.xml"), grammar(kind)
    assert rules.validate(feed), rules.error_log


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize("change", [("<title>", "<judul>"), ("http://", "javascript:"), ("2026", "kemarin")])
def test_a_feed_that_does_not_is_found(site, kind, change):
    text = (site.folder / "umpan" / f"{kind}.xml").read_text("utf-8").replace(*change)
    text = text.replace("</title>", "</judul>") if change[0] == "<title>" else text
    assert not grammar(kind).validate(etree.fromstring(text.encode()))
