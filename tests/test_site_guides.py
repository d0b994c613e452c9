"""The guides are true: every command and option that they show exists."""

import re
import shlex

import click
import pytest

import site_office as so
from sopan.cli import sopan

GUIDES = sorted((so.ROOT / "docs" / "panduan").glob("*.md"))
SHOWN = re.compile(r"(?:`|^ {4,})sopan ([^`\n]+)", re.MULTILINE)


def shown_commands():
    texts = {guide.name: guide.read_text(encoding="utf-8") for guide in GUIDES}
    return [(name, shown.strip()) for name, text in texts.items() for shown in SHOWN.findall(text)]


def command_of(words):
    """The command that the words name, and the words after its name."""
    command = sopan
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    return command, words


@pytest.mark.parametrize(("guide", "shown"), shown_commands())
def test_a_command_in_a_guide_exists_with_its_options(guide, shown):
    command, words = command_of(shlex.split(shown))
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}

    assert not isinstance(command, click.Group), f"{guide}: sopan {shown}"
    assert {word for word in words if word.startswith("--")} <= known


def test_the_guides_show_commands_at_all():
    assert {name for name, _ in shown_commands()} == {guide.name for guide in GUIDES}


def test_the_guides_name_the_steps_and_times_of_the_sop():
    sop = so.make_policy().sop
    index = (so.ROOT / "docs" / "panduan" / "index.md").read_text(encoding="utf-8")
    by_role = {code: [step for step in sop.chain if step.role.code == code] for code in so.OFFICERS}

    assert [len(steps) for steps in by_role.values()] == [2, 3, 2]
    for name, steps in zip(("Sekretaris", "Kepala Bidang (Kabid)", "Admin"), by_role.values(), strict=True):
        numbers = [str(step.number) for step in steps]
        said = " dan ".join(numbers) if len(numbers) == 2 else f"{', '.join(numbers[:-1])}, dan {numbers[-1]}"
        assert f"| {name} | {said} |" in index
