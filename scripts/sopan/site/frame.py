"""What the pages of a folder show alike around their own content: laid out once, and shown again on the next page.

The theme's menu, tabs, footer and lists of files know a page only by its address and its place in the menu. So they
are the same for all pages of a folder, from which every link leads the same way, but for those that the menu names.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from jinja2 import Environment
from jinja2.runtime import Context
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

_PARTIALS = (
    "footer",
    "javascripts/base",
    "javascripts/content",
    "javascripts/palette",
    "logo",
    "nav",
    "palette",
    "tabs",
)
_TEMPLATES = tuple(f"partials/{name}.html" for name in _PARTIALS)
_BASE, _BLOCKS = "base.html", ("config", "scripts", "styles")

Layout = Callable[[Context], Iterator[str]]


def share(env: Environment, nav: Navigation) -> None:
    """Let pages of one folder that are not in the menu share what they show alike."""
    named = {page.file for page in nav.pages}
    for name in _TEMPLATES:
        template = env.get_template(name)
        template.root_render_func = _shared(template.root_render_func, named)
    blocks = env.get_template(_BASE).blocks
    blocks.update({name: _shared(blocks[name], named) for name in _BLOCKS})


def _shared(layout: Layout, named: Container[File]) -> Layout:
    laid_out: dict[str, str] = {}

    def show(context: Context) -> Iterator[str]:
        page: Page | None = context["page"]
        if page is None or page.file in named:
            yield from layout(context)
            return
        folder = page.url.rstrip("/").rpartition("/")[0]
        if folder not in laid_out:
            laid_out[folder] = "".join(layout(context))
        yield laid_out[folder]

    return show
