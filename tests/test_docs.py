"""The documents are true: commands, steps, links, trailers and the map of modules are what the code has."""

import ast
import re
import subprocess
import tomllib
import unicodedata
from urllib.parse import unquote

import click
import pytest

import site_office as so
from sopan import trailer
from sopan.cli import sopan

README = (so.ROOT / "README.md").read_text(encoding="utf-8")
DESIGN = (so.ROOT / "docs/pengembang/rancangan.md").read_text(encoding="utf-8")
PAGES = [
    so.ROOT / "README.md",
    so.ROOT / "CONTRIBUTING.md",
    *sorted((so.ROOT / "docs/pengembang").glob("*.md")),
    *sorted((so.ROOT / "docs/panduan").rglob("*.md")),
]
PACKAGE = so.ROOT / "scripts/sopan"

# In pieces, so that this file does not hold what it forbids.
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "crates" + ".io", "index" + "-url")
MACHINES = ("/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/")


def rows(text, heading):
    """The cells of the table that follows a heading, without its head."""
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.split("\n") if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def quoted(text):
    return re.findall(r"`([^`\n]+)`", text)


def leaves(group, path=("sopan",)):
    """Every command that does something, with its whole name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def long_options(command):
    return sorted(word for option in command.params for word in option.opts if word.startswith("--"))


def test_the_readme_lists_every_command_with_its_options_and_no_other():
    listed = {quoted(name)[0]: sorted(quoted(options)) for name, _, options in rows(README, "Commands")}
    assert listed == {name: long_options(command) for name, command in leaves(sopan) if not command.hidden}


def test_the_design_names_the_hidden_commands():
    hidden = {name for name, command in leaves(sopan) if command.hidden}
    assert hidden
    assert hidden <= set(quoted(DESIGN))


def test_the_readme_follows_the_sop_step_by_step():
    sop = so.make_policy().sop
    told = [row[:4] for row in rows(README, "How the chain follows the SOP")]
    assert told == [
        [str(step.number), step.sentence, step.role.name, str(step.standard_time or "none")] for step in sop.steps
    ]


def test_the_readme_tells_content_steps_and_the_merge_apart():
    sop = so.make_policy().sop
    told = {int(row[0]): row[4] for row in rows(README, "How the chain follows the SOP")}
    for step in sop.chain[:-1]:
        assert told[step.number] == f"on the item's branch, {'content' if step.changes_content else 'empty'}"
    assert told[sop.last.number] == "the merge on `main`"


def test_what_the_readme_says_is_where_it_says():
    places = [place for row in rows(README, "Where things are") for place in quoted(row[0])]
    assert places
    assert [place for place in places if not (so.ROOT / place.split("<")[0]).exists()] == []


def relative_links(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r'(?:\]\(\s*<?|<img src=")([^)\s>"]+)', text)
    elsewhere = r"[a-z]+:|\.\./\.\./new/main\?"  # the second is GitHub's own: test_github_guides
    return [unquote(target) for target in targets if not re.match(elsewhere, target)]


def anchors(page):
    """The anchors of a page's headings, as both GitHub and the site make them of such plain headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plain = (unicodedata.normalize("NFKD", heading.replace("`", "")).lower() for heading in headings)
    return {re.sub(r"[^\w\s-]", "", heading).strip().replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(so.ROOT).as_posix())
def test_relative_links_lead_somewhere(page):
    for target in relative_links(page):
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), target
        assert not anchor or anchor in anchors(goal), target


def test_the_pages_link_at_all():
    assert sum(len(relative_links(page)) for page in PAGES) > len(PAGES)


def committed_files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=so.ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().rstrip("\0").split("\0"):
        path = so.ROOT / name
        if path.is_file():
            yield name, path.read_bytes()


def test_no_committed_file_names_a_registry_or_a_developers_machine():
    files = dict(committed_files())
    assert {"requirements.lock", "requirements-test.lock"} <= files.keys()
    wrong = [(name, word) for name, held in files.items() for word in (*REGISTRIES, *MACHINES) if word.encode() in held]
    assert wrong == []


def test_the_lock_files_hold_no_address_at_all():
    for name in ("requirements.lock", "requirements-test.lock"):
        assert "://" not in (so.ROOT / name).read_text(encoding="utf-8")


def test_the_changelog_names_the_version_that_is_built():
    version = tomllib.loads((so.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    heads = re.findall(r"^## (.+)$", (so.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert any(version in head.split() for head in heads)


def test_the_design_and_the_code_know_the_same_trailers():
    known = {value for value in vars(trailer).values() if isinstance(value, str) and value.startswith("SOP-")}
    assert set(re.findall(r"SOP-[A-Z][a-z]+", DESIGN)) == known


def test_the_ledgers_page_and_the_code_know_the_same_trailers():
    page = (so.ROOT / "docs/pengembang/agenda.md").read_text(encoding="utf-8")
    names = re.compile(r"Agenda-[A-Z][a-z]+")
    assert set(names.findall(page)) == set(names.findall((PACKAGE / "ledger.py").read_text(encoding="utf-8")))


def floors():
    """The map of modules as the design draws it: doors, work, ground."""
    lines = re.findall(r"^\*\*(Doors|Work|Ground)\*\* (.+)$", DESIGN, re.MULTILINE)
    return {name: set(quoted(line)) for name, line in lines}


def noun(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """The nouns of the package that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sopan":
            yield from [node.module.split(".")[1]] if "." in node.module else [name.name for name in node.names]


def test_every_module_stands_on_one_floor():
    modules = {noun(path) for path in PACKAGE.rglob("*.py")} - {"__init__", "__main__"}
    doors, work, ground = floors().values()
    assert doors | work | ground == modules
    assert len(doors) + len(work) + len(ground) == len(modules)


def test_imports_go_to_the_same_floor_or_down():
    order = list(floors().values())
    height = {module: level for level, floor in enumerate(reversed(order)) for module in floor}
    upward = [
        (noun(path), other)
        for path in PACKAGE.rglob("*.py")
        if noun(path) in height
        for other in imported(path)
        if other in height and height[other] > height[noun(path)]
    ]
    assert upward == []
