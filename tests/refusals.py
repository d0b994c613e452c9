"""Tables of refusals, one file each in `tests/data/`: a name, the bad input, its legal twin, the exact sentences."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "data"


def read(name):
    """Give a case per block of the file: `# name`, two Python literals (bad, good), then a sentence per line."""
    blocks = (FOLDER / name).read_text(encoding="utf-8").strip().split("\n\n")
    return [_case(block.split("\n")) for block in blocks]


def _case(lines):
    title, bad, good, *sentences = lines
    assert title.startswith("# ")
    assert sentences
    return pytest.param(ast.literal_eval(bad), ast.literal_eval(good), sentences, id=title[2:])
