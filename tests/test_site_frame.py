"""What pages show alike is laid out once for each folder, and for each page of the menu by itself."""

from itertools import count
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment

from sopan.site import frame

BASE = "".join(f"{{% block {name} %}}{{{{ times() }}}}{{% endblock %}}" for name in frame._BLOCKS)


@pytest.fixture
def shown():
    """What a part shows on the page at an address: the menu holds `a/` alone, and no part is shown twice by itself."""
    pages = {url: SimpleNamespace(url=url, file=url) for url in ("a/", "b/", "c/", "b/a/", "b/c/", "b/c/d/")}
    parts = dict.fromkeys(frame._TEMPLATES, "{{ times() }}")
    env = Environment(
        loader=DictLoader({**parts, "base.html": BASE, "main.html": '{% extends "base.html" %}'}), autoescape=True
    )
    frame.share(env, SimpleNamespace(pages=[pages["a/"]]))
    turns = count()
    return lambda name, url: env.get_template(name).render(page=pages.get(url), times=lambda: f"{next(turns)} ")


@pytest.mark.parametrize("name", [*frame._TEMPLATES, "main.html"])
def test_pages_of_a_folder_share_what_they_show_but_those_of_the_menu_share_nothing(shown, name):
    told = {url: shown(name, url) for url in ("b/", "c/", "b/a/", "b/c/", "b/c/d/", "a/", "")}
    assert told["b/"] == told["c/"]
    assert told["b/a/"] == told["b/c/"]
    assert len({*told.values(), shown(name, "a/"), shown(name, "")}) == 7
