"""mkdocs' events: puts the office's facts into the configuration and finished pages in place of raw items.

Raw items never reach mkdocs: their front matter is read by `sopan.item` alone, and their text by `sopan.site.body`.
The theme's templates do not escape, so every plain text that they print is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from sopan.errors import SopanError
from sopan.site import (
    body,
    digests,
    downloads,
    gather,
    pages,
    render,
    safety,
    search,
    search_records,
    sitemap,
    taken,
)
from sopan.site.body import Heading
from sopan.site.bundles import Bundles, Plan
from sopan.site.facts import Entry, SiteFacts, Volume
from sopan.site.kept_parts import Parts
from sopan.site.rest import APART, Apart
from sopan.site.search_records import WrittenPage
from sopan.site.taken import Taken

FACTS = "sopan"
TAKEN, GUIDES_TAKEN, BUNDLES, PARTS = "sopan_diambil", "sopan_panduan_diambil", "sopan_indeks", "sopan_bagian"
_PLAN, _WRITTEN = "sopan_halaman", "sopan_dicari"
_ITEMS = "informasi/"
_GUIDES = "panduan/"
_ENGINEERS = "pengembang"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Fill in what kantor.yml says; facts that the caller of `build` brought are not read a second time."""
    facts = config.extra.get(FACTS) or _gathered(Path(config.config_file_path).parent)
    config.extra[FACTS] = facts
    office = facts.policy.office
    config.site_name = escape(f"Informasi Publik {office.short_name}")
    config.site_url = office.site or None
    config.site_description = escape(f"Informasi publik {office.name}")
    config.copyright = render.page("footer.html", office=office)
    engineers = _engineers_pages(Path(config.docs_dir))
    if engineers and config.nav is not None:
        config.nav = [*config.nav, {"Pengembang": engineers}]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the raw folders of items by generated pages and byte-for-byte attachments."""
    facts = _facts(config)
    entries = [facts.entry(name) for name in _taken(config).others(facts.oldest_first)]
    config.extra |= {_PLAN: pages.plan(facts, entries), _WRITTEN: []}
    for file in list(files):
        if file.src_uri.startswith(_ITEMS):
            files.remove(file)
    for source in _rendered(config.extra[_PLAN], config):
        files.append(File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))
    for source, make in downloads.of_items(facts, entries).items():
        files.append(File.generated(config, source, content=make()))
    for source, place in _attachments(entries):
        files.append(File.generated(config, source, abs_src_path=str(place)))
    _begin_others(config)
    return files


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:  # noqa: ARG001  same
    """Leave the items and the list out of the sitemap, which is completed with them."""
    if template_name == sitemap.FILE:
        context["pages"] = [file for file in context["pages"] if taken.owner(file.src_uri) is None]
    return context


def on_pre_page(page: MkDocsPage, config: MkDocsConfig, files: Files) -> MkDocsPage:  # noqa: ARG001  mkdocs' signature
    """Date the page by the record instead of by the day of the build."""
    page.update_date = _facts(config).updated.isoformat()
    return page


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001  same
    """The finished body of a generated page; the written pages pass as they are."""
    source = page.file.src_uri
    if source == pages.HOME:
        text = Markup(html)  # noqa: S704  rendered from docs/index.md, a maintained text
        return _installed(pages.home(_facts(config), text), page)
    make = config.extra[_PLAN].get(source)
    finished = _installed(make(), page) if make else body.with_scrolling_tables(html)
    if _is_searched(source):
        searched = search_records.without_figures(finished) if source == pages.PERFORMANCE else finished
        config.extra[_WRITTEN].append(WrittenPage(page.url, searched))
    return finished


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG001  same
    """Tell browsers to run nothing but the theme's own scripts, and readers that engineers' pages are English."""
    if page.file.src_uri.startswith(f"{_ENGINEERS}/"):
        output = output.replace('<html lang="id"', '<html lang="en"', 1)
    return safety.with_policy(output, computes=page.file.src_uri == pages.SEARCH)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001  mkdocs' signature
    """Begin the search's indexes of what is read by now: of each year's items, of the pages and of the guides."""
    _begin_bundles(config)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Wait for the search's indexes, without which no site goes live."""
    try:
        if search.PAGES not in config.extra[BUNDLES].digests:
            _begin_bundles(config)  # where the tree has the mkdocs_hooks.py of an earlier release
        config.extra[BUNDLES].end(Path(config.site_dir))
    except SopanError as error:
        raise PluginError(str(error)) from error


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Complete the sitemap; the same as above for pages that come from a template alone, such as 404.html."""
    if template_name == sitemap.FILE:
        return sitemap.complete(output_content, _facts(config), config.extra.get(PARTS, Parts()))
    return safety.with_policy(output_content) if template_name.endswith(".html") else output_content


def _begin_others(config: MkDocsConfig) -> None:
    """Begin what rests on the facts alone: the search's engine, what is not on its way already, few items' bundles."""
    out, bundles = Path(config.site_dir), config.extra.get(BUNDLES)
    if bundles is None:
        config.extra[BUNDLES] = bundles = Bundles()
        bundles.begin_other([partial(downloads.write, downloads.plan(_facts(config)), out)])
    if config.extra.get(GUIDES_TAKEN):
        bundles.begin(_of_items(config), out)  # the pages of a few items are not worth waiting for
    else:
        bundles.begin_other([partial(search.build_engine, out / search.ENGINE)])


def _begin_bundles(config: MkDocsConfig) -> None:
    """Begin those of pages, now that these are read, and the items' pages with what of their bundles is not begun."""
    bundles, out, of_items = config.extra[BUNDLES], Path(config.site_dir), list(_of_items(config))
    if config.extra.get(GUIDES_TAKEN):
        bundles.begin_other([plan.pages for plan in of_items if plan.pages])
    else:
        bundles.begin(of_items, out)
    bundles.begin(_of_written(config), out)


def _of_items(config: MkDocsConfig) -> Iterator[Plan]:
    parts = config.extra.get(PARTS, Parts())
    facts = _facts(config)
    for year in facts.volumes:
        for name, (made_of, items) in facts.told("cari", year, _searched_together).items():
            make = partial(search_records.kept, parts, name, partial(map, facts.entry, items))
            yield Plan(search.year(name), made_of, make, len(items), _pages(config, items))


def _searched_together(volume: Volume) -> Mapping[str, tuple[str, Sequence[str]]]:
    """Of a year's bundles by name what each is made of, as one digest, and its items."""
    together = search_records.together(volume.year, volume.names)
    return {
        name: (digests.of([volume.entry(item).content for item in items]), items) for name, items in together.items()
    }


def _of_written(config: MkDocsConfig) -> Iterator[Plan]:
    written: Sequence[WrittenPage] = config.extra[_WRITTEN]
    others = [page for page in written if not page.address.startswith(_GUIDES)]
    yield _of_pages(search.PAGES, others, "Halaman situs")
    if not config.extra.get(GUIDES_TAKEN):
        yield _of_pages(search.GUIDES, [one for one in written if one.address.startswith(_GUIDES)], "Panduan petugas")


def _pages(config: MkDocsConfig, items: Iterable[str]) -> Callable[[], None] | None:
    """How to make the pages of these items, where mkdocs does not do it by itself."""
    apart: Apart | None = config.extra.get(APART)
    own = [item for item in items if apart and item in apart.by_item]
    return partial(apart.make, own) if apart and own else None


def _of_pages(place: str, written: Sequence[WrittenPage], label: str) -> Plan:
    return Plan(place, digests.of(written), partial(search_records.read, written, label), len(written))


def _installed(made: pages.Page, page: MkDocsPage) -> str:
    if page.file.src_uri not in pages.NAMED_IN_NAV:
        page.title = escape(made.title)
    page.meta = {
        "title": escape(made.title),
        "description": escape(made.description),
        "hide": list(made.hide),
        "diperbarui": made.updated.isoformat() if made.updated else None,
        "data": made.data,
        "terindeks": made.indexed,
    }
    page.toc = _toc(made.headings)
    page.present_anchor_ids = {heading.anchor for heading in made.headings} | (page.present_anchor_ids or set())
    return str(made.html)


def _is_searched(source: str) -> bool:
    """Whether a page is found as a page: items have records of their own, lists repeat them, engineers read English."""
    return not source.startswith((_ITEMS, f"{_ENGINEERS}/")) and source not in (pages.HOME, pages.SEARCH)


def _toc(headings: Iterable[Heading]) -> TableOfContents:
    """Headings as mkdocs' tree; a level that is skipped hangs below the nearest larger heading."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.text), heading.anchor, heading.level)
        open_links = [above for above in open_links if above.level < heading.level]
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return TableOfContents(top)


def _attachments(entries: Iterable[Entry]) -> Iterable[tuple[str, Path]]:
    for entry in entries:
        for attachment in entry.item.attachments:
            yield f"{_ITEMS}{entry.item.id}/{attachment.name}", entry.file(attachment.name).path


def _rendered(sources: Iterable[str], config: MkDocsConfig) -> list[str]:
    """Of what the site has, what this build makes: all but the pages that it takes over."""
    same = _taken(config)
    return [source for source in sources if not same.holds(taken.owner(source))]


def _engineers_pages(docs: Path) -> list[str]:
    sources = sorted(path.relative_to(docs).as_posix() for path in (docs / _ENGINEERS).glob("*.md"))
    return sorted(sources, key=lambda source: not source.endswith("/index.md"))


def _taken(config: MkDocsConfig) -> Taken:
    return cast("Taken", config.extra.get(TAKEN, Taken()))


def _facts(config: MkDocsConfig) -> SiteFacts:
    return cast("SiteFacts", config.extra[FACTS])


def _gathered(tree: Path) -> SiteFacts:
    try:
        return gather.gather(tree)
    except SopanError as error:
        raise PluginError(str(error)) from error
