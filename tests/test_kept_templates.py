"""Templates are compiled once; another text, a damaged file or another basis is compiled anew."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from sopan.site.kept_parts import Parts
from sopan.site.kept_templates import KeptNames, KeptTemplates

NAME = "partials/salam.html"


@pytest.fixture
def compiled(monkeypatch):
    """The texts that Jinja had to compile."""
    texts, compile_text = [], Environment.compile

    def counted(self, source, *rest, **named):
        texts.append(source)
        return compile_text(self, source, *rest, **named)

    monkeypatch.setattr(Environment, "compile", counted)
    return texts


def shown(folder, text, *, basis="dasar", name="tema"):
    cache = KeptTemplates(Parts(folder, basis), name)
    return Environment(loader=DictLoader({NAME: text}), bytecode_cache=cache).get_template(NAME).render(siapa="Rina")  # noqa: S701


def test_a_text_is_compiled_once_and_shows_the_same(tmp_path, compiled):
    text = "Salam,\n{{ siapa }}!\n"
    assert shown(tmp_path, text) == shown(tmp_path, text) == "Salam,\nRina!"
    assert compiled == [text]


def test_another_text_environment_or_basis_is_compiled_anew(tmp_path, compiled):
    shown(tmp_path, "a {{ siapa }}")
    assert shown(tmp_path, "b {{ siapa }}") == "b Rina"
    assert shown(tmp_path, "b {{ siapa }}", name="halaman") == "b Rina"
    assert shown(tmp_path, "b {{ siapa }}", basis="lain") == "b Rina"
    assert compiled == ["a {{ siapa }}", *["b {{ siapa }}"] * 3]


def test_what_is_damaged_is_compiled_anew(tmp_path, compiled):
    shown(tmp_path, "a {{ siapa }}")
    (file,) = (tmp_path / "sopan").iterdir()
    data = file.read_bytes()
    file.write_bytes(data.replace(b"siapa", b"siapb"))
    assert shown(tmp_path, "a {{ siapa }}") == "a Rina"
    assert (len(compiled), file.read_bytes()) == (2, data)


def test_where_nothing_is_kept_it_is_compiled_each_time(compiled):
    for _ in range(2):
        assert shown(None, "a {{ siapa }}") == "a Rina"
    assert len(compiled) == 2


@pytest.fixture
def asked(monkeypatch):
    """The names that filters were asked about."""
    names, list_templates = [], Environment.list_templates

    def counted(self, extensions=None, filter_func=None):
        return list_templates(self, extensions, lambda name: names.append(name) or filter_func(name))

    monkeypatch.setattr(Environment, "list_templates", counted)
    return names


def test_the_theme_s_files_are_looked_for_once_by_the_same_basis(tmp_path, asked):
    env = Environment(loader=DictLoader({"assets/a.css": "", "main.html": ""}))  # noqa: S701  nothing is shown

    def files(folder, basis="dasar"):
        names = KeptNames(env, Parts(folder, basis)).list_templates(lambda name: not name.endswith(".html"))
        return names, [asked.pop() for _ in range(len(asked))]

    found, all_of_them = ["assets/a.css"], ["main.html", "assets/a.css"]
    assert files(tmp_path) == (found, all_of_them)
    assert files(tmp_path) == (found, [])
    assert files(tmp_path, "lain") == (found, all_of_them)
    assert [files(None) for _ in range(2)] == [(found, all_of_them)] * 2
