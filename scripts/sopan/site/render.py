"""Templates of the page bodies: Jinja with autoescape, so that no value of an item reaches a page as markup."""

from __future__ import annotations

from functools import cache

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sopan.site import words


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sopan.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters.update(
        kelas=words.CLASSES.__getitem__,
        berkode=words.coded,
        kapital=words.capitalised,
        ukuran=words.size,
        hari=words.iso_day,
    )
    return environment


def keep_compiled(cache: BytecodeCache) -> None:
    """Take templates as they were compiled before."""
    _environment().bytecode_cache = cache


def page(template: str, **values: object) -> Markup:
    """`template` filled with `values`, each of them escaped unless it is finished HTML of ours."""
    return Markup(_environment().get_template(template).render(**values))  # noqa: S704  autoescaped above
